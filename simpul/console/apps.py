from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "simpul.console"
    label = "console"
