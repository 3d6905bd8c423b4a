"""The command that takes official boundaries in and back."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from simpul.places.models import Boundary

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def file(tmp_path):
    found = tmp_path / "batas.geojson"
    ring = [[109, 1], [110, 1], [110, 2], [109, 1]]
    features = [
        {"type": "Feature", "properties": {"KODE": "6107"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    ]
    found.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return found


def run(*arguments, **options):
    said = io.StringIO()
    call_command("load_boundaries", *arguments, level="regency", stdout=said, **options)
    return said.getvalue()


def test_boundaries_are_taken_in_and_what_is_missing_is_told(file):
    said = run(str(file), code_property="KODE", source="BIG 2024", allow_missing=True)
    assert "1 boundaries are taken in" in said
    assert "13 places stay approximate: 61.01, 61.02" in said
    assert Boundary.objects.get().place_id == "61.07"
    assert "1 official boundaries are removed" in run(remove=True)
    assert not Boundary.objects.exists()


def test_what_is_wrong_is_told_in_a_sentence(file):
    with pytest.raises(CommandError, match="13 places have no shape"):
        run(str(file), code_property="KODE", source="BIG 2024")
    with pytest.raises(CommandError, match="There is no file"):
        run(f"{file}.zip", code_property="KODE", source="BIG 2024")
    with pytest.raises(CommandError, match="--code-property"):
        run(str(file), source="BIG 2024")
    with pytest.raises(CommandError, match="--source"):
        run(str(file), code_property="KODE")
    with pytest.raises(CommandError, match="Name the file"):
        run()
