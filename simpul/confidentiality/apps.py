from django.apps import AppConfig


class ConfidentialityConfig(AppConfig):
    name = "simpul.confidentiality"
    label = "confidentiality"
