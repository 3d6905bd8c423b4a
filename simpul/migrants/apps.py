from django.apps import AppConfig


class MigrantsConfig(AppConfig):
    name = "simpul.migrants"
    label = "migrants"

    def ready(self):
        from simpul.linkage import records
        from simpul.migrants import linked

        records.declare(linked.ROOM)
