from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "simpul.privacy"
    label = "privacy"
