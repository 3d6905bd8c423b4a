from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "simpul.reference"
    label = "reference"
