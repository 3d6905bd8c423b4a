"""`simpul load-indicators`: what is shipped, and a table in an officer's name."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from simpul.insight import indicators
from simpul.insight.models import IndicatorLoad

TABLE = "kode,indikator,tahun,nilai\n61.07,poverty,2025,6.5\n"


def run(*arguments, **options):
    said = io.StringIO()
    call_command("load_indicators", *arguments, stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def table(tmp_path):
    def written(text=TABLE):
        path = tmp_path / "a.csv"
        path.write_text(text)
        return str(path)

    return written


def test_what_is_shipped_is_loaded_once(db):
    assert "138 values" in run()
    assert "before" in run()
    assert IndicatorLoad.objects.get().is_shipped


def test_a_table_is_taken_in_in_the_name_of_the_secretariat(world, table):
    assert "1 values are new" in run(table(), by="dewi", source="BPS 2025")
    assert indicators.in_force()["poverty", "61.07", 2025].load.received_by == world.dewi


def test_a_trial_keeps_nothing(world, table):
    assert "would be new" in run(table(), by="dewi", source="BPS 2025", dry_run=True)
    assert not IndicatorLoad.objects.exists()


def test_what_is_wrong_is_told_with_its_line_and_nothing_is_kept(world, table):
    with pytest.raises(CommandError, match="2 nilai"):
        run(table(TABLE.replace("6.5", "650")), by="dewi", source="BPS 2025")
    assert not IndicatorLoad.objects.exists()


def test_somebody_answers_for_a_table(world, table):
    with pytest.raises(CommandError, match="--by"):
        run(table(), source="BPS 2025")
    with pytest.raises(CommandError, match="no officer"):
        run(table(), by="nobody", source="BPS 2025")
    with pytest.raises(CommandError):
        run(table(), by="rina", source="BPS 2025")
    with pytest.raises(CommandError, match="cannot be read"):
        run("/nowhere/a.csv", by="dewi", source="BPS 2025")
