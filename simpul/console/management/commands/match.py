"""`simpul match A.csv [B.csv] -o pairs.csv`: the likely same persons in one list or in two."""

from argparse import Namespace

from django.core.management.base import BaseCommand, CommandError

from simpul.console import match


class Command(BaseCommand):
    help = match.HELP
    requires_system_checks = []

    def add_arguments(self, parser):
        match.add_arguments(parser)

    def handle(self, **options):
        try:
            match.run(Namespace(**options), out=self.stdout, err=self.stderr)
        except match.Trouble as problem:
            raise CommandError(str(problem), returncode=1) from None
