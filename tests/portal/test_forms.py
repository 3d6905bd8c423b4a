import pytest
from django.http import QueryDict
from django.utils import translation

from simpul.intake import receipts
from simpul.places import search
from simpul.portal.forms import LONGEST, ReportForm, undoubted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def form(**fields):
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return ReportForm(data)


def test_what_happened_is_enough():
    told = form(statement="Dia dikurung.")
    assert told.check()
    assert told.told(files=[]).statement == "Dia dikurung."


@pytest.mark.parametrize("statement", ["", "   \n ", "\u200b\u202e", "\x00\x07"])
def test_nothing_that_can_be_read_is_not_enough(statement):
    told = form(statement=statement)
    assert not told.check()
    assert "A few words are enough" in told.errors["statement"]


@pytest.mark.parametrize("name", LONGEST)
def test_a_text_that_is_too_long_is_named_with_its_length(name):
    fits, over = "a" * LONGEST[name], "a" * (LONGEST[name] + 1)
    assert form(**{"statement": "ada", name: fits}).check()
    told = form(**{"statement": "ada", name: over})
    assert not told.check()
    assert str(len(over)) in told.errors[name]
    assert told.texts[name] == over


def test_codes_that_no_list_has_are_passed_over():
    told = form(
        statement="ada", danger="perhaps", people="one", children="maybe", kinds=["sexual", "sexual", "nothing"],
        involves=["police", "martians"],
    )  # fmt: skip
    assert told.check()
    assert told.codes["danger"] == ""
    assert told.codes["people"] == "one"
    assert told.codes["children"] == ""
    assert told.several == {"kinds": ["sexual"], "involves": ["police"]}


def test_sixteen_digits_in_the_statement_are_no_reason_to_refuse():
    assert form(statement="NIK dia 6107012345678901").check()


def test_a_token_stays_and_a_bad_one_gives_way_to_a_fresh_one():
    token = receipts.new_token()
    assert form(token=token).token == token
    for bad in ("", "x" * 32, token + "0", token.upper() + "é"):
        fresh = form(token=bad).token
        assert receipts.is_token(fresh)
        assert fresh != bad


def test_only_the_hourly_check_has_a_token_of_its_kind():
    assert form(token=receipts.new_check_token()).is_check
    assert not form(token=receipts.new_token()).is_check
    assert not form(token=receipts.new_token() + "0" * 16).is_check


def test_a_place_counts_when_it_was_chosen_for_the_words_that_stand_there():
    chosen = form(where="jagoi", sought="Jagoi", place="61.07.07.2001")
    assert chosen.place() == "61.07.07.2001"
    assert form(where="jagoi", sought="jagoi", place="-").place() == ""
    assert form(where="jagoi", sought="jagoi", place="61.99").place() == ""
    assert form(where="Skw", sought="jagoi", place="61.07.07.2001").place() == "61.72"


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("", ""),
        ("kec. jagoi babang", "61.07"),
        ("Kabupaten Bengkayang", "61.07"),
        ("singkawang", "61.72"),
        ("Jagoi Babang, dekat pasar", "61.07"),
        ("di rumah paman", ""),
        ("Sambas, Singkawang", ""),
        # Two districts of this name, in two regencies.
        ("Sungai Raya", ""),
    ],
)
def test_words_alone_set_the_regency_only_when_they_leave_no_doubt(where, code):
    assert form(where=where).place() == code


def test_two_places_that_fit_nearly_as_well_are_a_doubt():
    matches = search.find("Sungai Raya", near="61")
    assert len({match.place.code[:5] for match in matches}) > 1
    assert undoubted(matches) == ""
    assert undoubted([]) == ""


def test_answers_are_shown_in_the_language_of_the_page_with_what_was_chosen():
    told = form(statement="x", danger="no", kinds=["sexual", "child"], involves=["village"], children="yes")
    danger = told.picks("danger")
    assert ("no", "No", "", True) in danger
    assert sum(chosen for *_rest, chosen in danger) == 1
    assert {code for code, *_rest, chosen in told.picks("kinds") if chosen} == {"sexual", "child"}
    assert ("village", "The village head or village office", "", True) in told.picks("involves")
    assert [code for code, *_rest, chosen in told.picks("children") if chosen] == ["yes"]


def test_an_empty_form_has_nothing_chosen():
    empty = ReportForm()
    assert not any(chosen for picks in empty.options().values() for *_rest, chosen in picks)


def test_refused_files_are_named_and_the_others_must_be_chosen_again():
    told = form(statement="ada")
    told.refuse([("b.exe", "No.")], others=["a.jpg"])
    assert told.errors["files"]
    assert told.refused == [("b.exe", "No.")]
    assert told.files_again == ["a.jpg"]
