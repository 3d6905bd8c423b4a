"""`simpul load-catalogues`: bring data/*.csv into the database, or show what that would change."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from simpul.reference import catalogues, loading


class Command(BaseCommand):
    help = "Load the catalogues from data/; --plan only shows what would change."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--plan", action="store_true", help="show every change, and change nothing")

    def handle(self, *, plan, **options):
        try:
            made = planned() if plan else loading.load(at=timezone.now())
        except loading.CatalogueError as problem:
            raise CommandError(str(problem)) from problem
        if plan:
            self.stdout.write("\n".join(line for changes in made for line in changes.sentences()) or "Nothing changes.")
            return
        for changes in made:
            counts = ", ".join(f"{count} {what}" for what, count in changes.counts().items() if count)
            self.stdout.write(f"{changes.catalogue}: {counts}.")
        if not made:
            self.stdout.write("The catalogues are as they are in the files.")


def planned():
    return [loading.plan(catalogue) for catalogue in catalogues.CATALOGUES]
