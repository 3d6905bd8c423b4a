from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "simpul.insight"
    label = "insight"
