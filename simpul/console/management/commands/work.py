"""`simpul work`: the background work, where `simpul serve` does not start it already."""

import os
import sys

from django.core.management.base import BaseCommand
from django.db import connections

from simpul.console.background import Background


class Command(BaseCommand):
    help = "Do the background work; serve starts this by itself."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--beside", type=int, metavar="PID", help="end when this process is the parent no more")

    def handle(self, *, beside, **options):
        background = Background(beside=beside, begin_anew=begin_anew)
        background.heed_signals()
        background.work()


def begin_anew():
    """This process from its beginning, with the number and the parent it has."""
    connections.close_all()
    os.execv(sys.executable, [sys.executable, "-m", "simpul.console", *sys.argv[1:]])
