"""`simpul work`: the background work, where `simpul serve` does not start it already."""

from django.core.management.base import BaseCommand

from simpul.console.background import Background


class Command(BaseCommand):
    help = "Do the background work; serve starts this by itself."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--beside", type=int, metavar="PID", help="end when this process is the parent no more")

    def handle(self, *, beside, **options):
        background = Background(beside=beside)
        background.heed_signals()
        background.work()
