from django.apps import AppConfig


class PersonsConfig(AppConfig):
    name = "simpul.persons"
    label = "persons"
