from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "simpul.obligations"
    label = "obligations"
