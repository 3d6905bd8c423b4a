import pytest
from django.utils import translation

from simpul.journal.acts import Act
from simpul.journal.chain import verify
from simpul.journal.models import Entry
from simpul.reference import catalogues, loading
from simpul.reference.loading import CatalogueError
from simpul.reference.models import Edition, Term

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_the_first_load_brings_every_catalogue(loaded):
    assert {changes.catalogue for changes in loaded} == set(catalogues.CATALOGUES)
    assert Term.objects.count() == sum(len(changes.added) for changes in loaded)
    assert not Term.objects.exclude(retired_on=None).exists()


def test_a_load_is_in_the_journal_with_counts(loaded):
    entry = Entry.objects.filter(subject="catalogue:acts").latest("number")
    assert entry.act == Act.CATALOGUE_LOADED
    assert entry.facts == {"added": 6, "changed": 0, "retired": 0, "returned": 0, "moved": 0}
    assert Entry.objects.filter(at=entry.at).count() == len(catalogues.CATALOGUES)
    assert verify() == []


def test_a_second_load_changes_nothing(loaded, now):
    stamp, entries = Edition.objects.get().stamp, Entry.objects.count()
    assert loading.load(at=now) == []
    assert (Edition.objects.get().stamp, Entry.objects.count()) == (stamp, entries)


def test_a_plan_shows_every_change_and_makes_none(loaded, files):
    files.replace("dangers.csv", "no,No,Tidak", "no,Not now,Tidak")
    files.replace("people_counts.csv", ",2\n", ",3\n")
    files.drop("dangers.csv", "maybe_soon")
    files.write("dangers.csv", *files.lines("dangers.csv"), 'new_one,New,Baru,,,,,"Simpul, own wording",G,,,,,\n')
    plan = loading.plan("dangers")
    assert plan.added == ["new_one"]
    assert plan.changed == {"no": {"english": ("No", "Not now")}}
    assert plan.retired == ["maybe_soon"]
    assert loading.plan("people_counts").changed == {"two_to_five": {"at_least": (2, 3)}}
    assert plan.sentences()[:3] == [
        "dangers.new_one is new.",
        "dangers.no: english was “No”, becomes “Not now”.",
        "dangers.maybe_soon is retired.",
    ]
    assert Term.objects.get(catalogue="dangers", code="no").english == "No"
    assert not loading.plan("acts")


def test_a_load_does_what_its_plan_said(loaded, files, now):
    files.replace("dangers.csv", "no,No,Tidak", "no,Not now,Tidak")
    files.drop("dangers.csv", "maybe_soon")
    plan = loading.plan("dangers")
    assert loading.load(at=now) == [plan]
    assert not loading.plan("dangers")


def test_a_term_missing_from_its_file_is_retired_and_can_return(loaded, files, now):
    before = files.lines("dangers.csv")
    files.drop("dangers.csv", "maybe_soon")
    loading.load(at=now)
    assert Term.objects.get(catalogue="dangers", code="maybe_soon").retired_on == now.date()
    files.write("dangers.csv", *before)
    assert loading.plan("dangers").returned == ["maybe_soon"]
    loading.load(at=now)
    assert Term.objects.get(catalogue="dangers", code="maybe_soon").retired_on is None


def test_a_new_order_is_kept(loaded, files, now):
    head, first, second, *others = files.lines("dangers.csv")
    files.write("dangers.csv", head, second, first, *others)
    (changes,) = loading.load(at=now)
    assert set(changes.moved) == {"yes_now", "maybe_soon"}
    assert not changes.changed
    assert [term.code for term in catalogues.terms("dangers")][:2] == ["maybe_soon", "yes_now"]


ROW = "{code},{en},{id},,,{begins},{ends},{source},{mark},,,,,\n"
GOOD = {"code": "maybe", "en": "Maybe", "id": "Mungkin", "begins": "", "ends": "", "source": "Simpul", "mark": "G"}


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"en": ""}, "dangers.csv, line 6: the column “english” is empty."),
        ({"id": " "}, "dangers.csv, line 6: the column “indonesian” is empty."),
        ({"source": ""}, "dangers.csv, line 6: the column “source” is empty."),
        ({"code": "no"}, "dangers.csv, line 6: the code “no” already stands on line 4."),
        ({"code": "Ya Sekarang"}, "“Ya Sekarang” is not a code; write small letters, digits and _."),
        ({"mark": "X"}, "the mark “X” is unknown; write one of: V, S, M, G, C."),
        ({"mark": ""}, "the mark “” is unknown"),
        ({"begins": "02-01-2026"}, "“02-01-2026” in the column “valid_from” is not a date; write year-month-day"),
        ({"begins": "2026-01-02", "ends": "2026-01-01"}, "valid_until lies before valid_from."),
        ({"en": "x" * 201}, "“english” is longer than 200 characters."),
        ({"mark": "G,"}, "dangers.csv, line 6: the row has 15 cells, the head has 14."),
        ({"en": '"never closed'}, "a quotation mark is not closed."),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_loaded(loaded, files, now, fault, sentence):
    # Another file has a change that is right; it must not be loaded either.
    files.replace("acts.csv", "Recruitment", "Recruiting")
    files.write("dangers.csv", *files.lines("dangers.csv"), ROW.format(**GOOD | fault))
    with pytest.raises(CatalogueError) as error:
        loading.load(at=now)
    assert sentence in str(error.value)
    assert str(error.value).startswith("dangers.csv, line 6: ")
    assert Term.objects.get(catalogue="acts", code="recruitment").english == "Recruitment"
    assert not Term.objects.filter(code="maybe").exists()


def test_the_row_that_faults_are_made_from_is_right(loaded, files, now):
    files.write("dangers.csv", *files.lines("dangers.csv"), ROW.format(**GOOD))
    loading.load(at=now)
    assert Term.objects.filter(catalogue="dangers", code="maybe").exists()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("english", "inggris", "dangers.csv, line 1: the column “inggris” is unknown."),
        ("hint_english", "english", "dangers.csv, line 1: the column “english” stands twice."),
        (",source", "", "dangers.csv, line 1: the column “source” is missing."),
    ],
)
def test_a_wrong_head_is_named(files, old, new, sentence):
    files.replace("dangers.csv", old, new)
    with pytest.raises(CatalogueError) as error:
        loading.read("dangers")
    assert str(error.value) == sentence


def test_a_missing_an_empty_and_a_badly_saved_file_are_named(files):
    (files.folder / "dangers.csv").unlink()
    with pytest.raises(CatalogueError, match="dangers.csv is missing"):
        loading.read("dangers")
    files.write("acts.csv", files.lines("acts.csv")[0])
    with pytest.raises(CatalogueError, match="acts.csv has no rows"):
        loading.read("acts")
    (files.folder / "means.csv").write_bytes("é".encode("latin-1"))
    with pytest.raises(CatalogueError, match="means.csv is not UTF-8"):
        loading.read("means")


def test_a_wrong_cell_of_an_own_column_is_named(files):
    files.replace("people_counts.csv", ",2\n", ",two\n")
    with pytest.raises(CatalogueError) as error:
        loading.read("people_counts")
    assert str(error.value) == ("people_counts.csv, line 3: column “at_least”: write a whole number in digits.")


def test_a_code_that_points_nowhere_is_named(db, files, now):
    files.replace("services.csv", "name sex age", "name shoe_size age")
    with pytest.raises(CatalogueError) as error:
        loading.load(at=now)
    assert str(error.value) == (
        "services.csv, row first_aid, column “fields”: there is no “shoe_size” in shared_fields.csv."
    )
    assert not Term.objects.exists()
