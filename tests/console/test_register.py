"""`simpul register`: a long file is taken in, what is wrong is written beside it, and nothing is dropped silently."""

import csv
import io
import stat

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from python_calamine import CalamineWorkbook

from simpul.console.management.commands import register as command
from simpul.lib.rules import NotAllowed
from simpul.migrants import lists
from simpul.migrants.models import Sheet, Worker
from tests.register import NIK, OTHER_NIK, line, table
from tests.returns import with_returns

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def w(world, monkeypatch):
    # In a test everything is one transaction, which a second process could not share.
    monkeypatch.setattr(command, "ahead", iter)
    return with_returns(world)


def file_of(folder, lines):
    file = folder / "register.csv"
    file.write_bytes(table(lines))
    return file


def taken(*arguments, **options):
    out = io.StringIO()
    call_command("register", "import", *map(str, arguments), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_file_is_taken_in_under_the_name_of_an_officer(w, tmp_path):
    file = file_of(tmp_path, [line("Anggrek Lestari", nik=NIK), line("Melati Kusuma", nik=OTHER_NIK)])
    assert "2 people are taken in, 0 lines are not" in taken(file, "--by", "joko")
    sheet = Sheet.objects.get()
    assert (sheet.agency, sheet.taken_in_by, sheet.people) == (w.disnaker, w.joko, 2)
    assert list(tmp_path.iterdir()) == [file]


def test_lines_with_problems_stand_beside_the_file_to_be_corrected(w, tmp_path):
    file = file_of(tmp_path, [line("Anggrek Lestari"), line("Melati Kusuma", nik="12"), line("Dahlia", village="")])
    told = taken(file, "--by", "joko")
    assert "2 people are taken in, 1 lines are not" in told
    (problem,) = rows_of(tmp_path / "register.csv.problems.csv")
    assert (problem["row"], problem["column"], problem["read"]) == ("3", "NIK", "12")
    assert problem["write"]
    (left,) = rows_of(tmp_path / "register.csv.left.csv")
    assert left["Nama"] == "Melati Kusuma"


def test_the_lines_that_were_left_are_taken_in_once_they_are_corrected(w, tmp_path):
    taken(file_of(tmp_path, [line("Anggrek Lestari"), line("Melati Kusuma", nik="12")]), "--by", "joko")
    left = tmp_path / "register.csv.left.csv"
    left.write_text(left.read_text(encoding="utf-8-sig").replace("12,P", f"{OTHER_NIK},P"), encoding="utf-8")
    assert "1 people are taken in, 0 lines" in taken(left, "--by", "joko")
    entry = Worker.objects.order_by("pk").last()
    assert (entry.person.nik.opened(), entry.employer.opened(), entry.country) == (OTHER_NIK, "Ladang Hijau", "my")


def test_only_the_owner_may_read_what_was_left(w, tmp_path):
    taken(file_of(tmp_path, [line("Melati Kusuma", nik="12")]), "--by", "joko")
    for name in ("problems", "left"):
        assert stat.S_IMODE((tmp_path / f"register.csv.{name}.csv").stat().st_mode) == 0o600


def test_nothing_that_was_left_is_taken_for_a_formula(w, tmp_path):
    taken(file_of(tmp_path, [line("Melati Kusuma", nik="12", employer="=1+1")]), "--by", "joko")
    (left,) = rows_of(tmp_path / "register.csv.left.csv")
    assert "'=1+1" in left.values()
    assert command.safe("+62 812-0000-0001") == "+62 812-0000-0001"


def test_a_trial_only_tells(w, tmp_path):
    file = file_of(tmp_path, [line("Anggrek Lestari"), line("Melati Kusuma", nik="12")])
    assert "1 people would be taken in, 1 lines not" in taken(file, "--by", "joko", "--dry-run")
    assert not Worker.objects.exists()
    assert not Sheet.objects.exists()
    assert len(rows_of(tmp_path / "register.csv.problems.csv")) == 1


def test_an_interrupted_import_goes_on(w, tmp_path, monkeypatch):
    monkeypatch.setattr(lists, "AT_ONCE", 1)
    file = file_of(tmp_path, [line(f"Orang {letter}") for letter in "ABC"])

    def torn(rows):
        rows = iter(rows)
        yield next(rows)
        raise NotAllowed("Torn.")

    monkeypatch.setattr(command, "ahead", torn)
    with pytest.raises(CommandError, match="goes on where it stopped"):
        taken(file, "--by", "joko")
    assert Worker.objects.count() == 1
    monkeypatch.setattr(command, "ahead", iter)
    assert "3 people are taken in" in taken(file, "--by", "joko")
    assert Worker.objects.count() == 3


def test_the_same_file_twice_is_known(w, tmp_path):
    file = file_of(tmp_path, [line("Anggrek Lestari")])
    taken(file, "--by", "joko")
    with pytest.raises(CommandError, match=Sheet.objects.get().number):
        taken(file, "--by", "joko")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--by", "nobody"), "no officer 'nobody'"),
        (("--by", "rina"), "daftar|lists"),
        (("--by", "joko", "--sender", "Kantor"), "no agency 'Kantor'"),
        (("--by", "joko", "--column", "nik"), "names no column"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_read(w, tmp_path, arguments, said):
    with pytest.raises(CommandError, match=said):
        taken(file_of(tmp_path, [line("Anggrek Lestari")]), *arguments)
    assert not Sheet.objects.exists()


def test_a_file_that_is_not_there_is_told_by_its_name(w, tmp_path):
    with pytest.raises(CommandError, match="tidakada.csv cannot be opened"):
        taken(tmp_path / "tidakada.csv", "--by", "joko")


def test_a_file_that_is_no_list_is_told_so(w, tmp_path):
    file = tmp_path / "surat.xlsx"
    file.write_bytes(b"%PDF-1.7 surat")
    with pytest.raises(CommandError, match="PDF"):
        taken(file, "--by", "joko")


def test_a_column_is_named_by_its_letter():
    assert command.choice("F=nik") == (5, "nik")
    assert command.choice("AA=") == (26, "")


def test_the_empty_file_is_made(w, tmp_path):
    made = tmp_path / "kosong.xlsx"
    call_command("register", "template", "-o", str(made), stdout=io.StringIO())
    head = CalamineWorkbook.from_path(str(made)).get_sheet_by_index(1).to_python()[0]
    assert {"Nama", "NIK", "L/P", "Desa", "Majikan", "P3MI"} <= set(head)
