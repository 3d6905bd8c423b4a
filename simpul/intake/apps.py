from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "simpul.intake"
    label = "intake"
