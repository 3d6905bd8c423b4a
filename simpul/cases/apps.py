from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "simpul.cases"
    label = "cases"

    def ready(self):
        from simpul.cases import linked
        from simpul.linkage import records

        records.declare(linked.ROOM)
