"""`simpul load-demo`: an invented year to learn on."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from simpul.console import first_start
from simpul.lib.rules import NotAllowed


class Command(BaseCommand):
    help = "Load an invented year to learn on, into an empty demonstration."
    requires_system_checks = []

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Invented reports belong into a demonstration only. Set SIMPUL_DEMO=1, or do without.")
        if first_start.has_officers():
            raise CommandError("There are officers already: invented ones are not put among them.")
        from simpul.demo import load

        try:
            load.load(at=timezone.now())
        except NotAllowed as problem:
            raise CommandError(str(problem)) from problem
