from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "simpul.console"
    label = "console"

    def ready(self):
        from simpul import checks  # noqa: F401 - registers the checks of a deployment
