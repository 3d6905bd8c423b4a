from django.apps import AppConfig
from django.conf import settings


class DemoConfig(AppConfig):
    name = "simpul.demo"
    label = "demo"

    def ready(self):
        if settings.DEMO:
            from simpul.linkage import quality

            quality.know(_same_persons, among=_persons)


def _same_persons():
    # Only who measures needs the invented year.
    from simpul.demo import truth

    return truth.same_persons()


def _persons():
    from simpul.demo import truth

    return truth.persons()
