from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "simpul.desk"
    label = "desk"
