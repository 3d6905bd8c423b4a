"""`simpul load-boundaries`: official outlines from GeoJSON in place of the approximate ones."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from simpul.places import boundaries
from simpul.places.models import Place


class Command(BaseCommand):
    help = "Load official boundaries from GeoJSON (WGS 84) for the maps; --remove goes back to approximate ones."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="a FeatureCollection of polygons")
        parser.add_argument("--level", required=True, choices=Place.Level.values, help="what the shapes are")
        parser.add_argument("--code-property", default="", help="the property with the Kemendagri code, such as KODE")
        parser.add_argument("--name-property", default="", help="the property with the name, if there is no code")
        parser.add_argument("--source", default="", help="where the boundaries come from; the maps say it")
        parser.add_argument("--allow-missing", action="store_true", help="let places without a shape stay approximate")
        parser.add_argument("--remove", action="store_true", help="take the official boundaries of the level away")

    def handle(self, **options):
        if options["remove"]:
            removed = boundaries.remove(level=options["level"])
            self.stdout.write(f"{removed} official boundaries are removed. The maps are approximate again.")
            return
        self._check(options)
        reading = boundaries.Reading(options["level"], options["code_property"], options["name_property"])
        try:
            taken = boundaries.load(
                options["file"],
                reading=reading,
                source=options["source"],
                on=timezone.localdate(),
                allow_missing=options["allow_missing"],
            )
        except boundaries.BoundaryError as problem:
            raise CommandError(str(problem)) from problem
        self._tell(taken)

    def _check(self, options):
        file = options["file"]
        if file is None:
            raise CommandError("Name the file with the boundaries, or give --remove.")
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        if not options["code_property"] and not options["name_property"]:
            raise CommandError("Say which property names the place: --code-property KODE or --name-property NAMA.")
        if not options["source"]:
            raise CommandError('Say where the boundaries come from: --source "BIG, 2024". The maps show it.')

    def _tell(self, taken):
        self.stdout.write(f"{taken.shapes} boundaries are taken in. The maps show them from the next page on.")
        if taken.repaired:
            self.stdout.write(f"{taken.repaired} crossed themselves and were repaired; look at them on the map.")
        if taken.elsewhere:
            self.stdout.write(f"{taken.elsewhere} shapes lie outside {settings.REGION_NAME} and were passed over.")
        if taken.missing:
            self.stdout.write(f"{len(taken.missing)} places stay approximate: {', '.join(taken.missing[:20])}.")
