"""`simpul load-places`: provinces, regencies, districts and villages with their codes."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from simpul.places import loading


class Command(BaseCommand):
    help = "Load the places of Indonesia; codes that are gone are retired, never deleted."
    requires_system_checks = []

    def handle(self, **options):
        try:
            counts = loading.load(on=timezone.localdate())
        except loading.LoadingError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"Places are loaded: {counts.added} added, {counts.changed} changed, {counts.retired} retired."
        )
