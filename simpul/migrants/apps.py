from django.apps import AppConfig


class MigrantsConfig(AppConfig):
    name = "simpul.migrants"
    label = "migrants"
