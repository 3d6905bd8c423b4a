from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "simpul.journal"
    label = "journal"
