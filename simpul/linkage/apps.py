from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "simpul.linkage"
    label = "linkage"

    def ready(self):
        from simpul.linkage import encodings, erasing
        from simpul.persons import followers

        followers.when_recorded(encodings.note)
        followers.when_forgotten(erasing.let_go)
