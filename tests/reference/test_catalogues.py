from datetime import date

import pytest
from django.utils import translation

from simpul.reference import catalogues, loading
from simpul.reference.models import Edition, Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """The seconds that the memory goes by, set by hand."""
    seconds = [1000.0]
    monkeypatch.setattr(catalogues, "monotonic", lambda: seconds[0])
    return seconds


def load_elsewhere(files, now):
    """A load as another process does it: this one is not told."""
    kept = catalogues._kept.shelf
    loading.load(at=now)
    catalogues._kept.shelf = kept


def test_terms_come_in_the_order_of_their_file(loaded):
    codes = [term.code for term in catalogues.terms("acts")]
    assert codes == ["recruitment", "transport", "harbouring", "sending", "transfer", "receipt"]


def test_asking_costs_no_query_once_warm(loaded, django_assert_num_queries):
    with django_assert_num_queries(2):
        catalogues.terms("acts")
    with django_assert_num_queries(0):
        for name in catalogues.CATALOGUES:
            assert catalogues.terms(name)
            assert [str(label) for code, label in catalogues.choices(name)]
        assert catalogues.is_code("dangers", "yes_now")
        assert catalogues.name_of("dangers", "yes_now")


def test_choices_speak_the_language_of_the_page(loaded):
    choices = dict(catalogues.choices("dangers"))
    with translation.override("id"):
        assert str(choices["no"]) == "Tidak"
    with translation.override("en"):
        assert str(choices["no"]) == "No"


def test_the_law_of_the_day_is_found(loaded):
    before = {term.code for term in catalogues.terms("legal_bases", on=date(2026, 1, 1))}
    after = {term.code for term in catalogues.terms("legal_bases", on=date(2026, 1, 2))}
    assert before - after == {"uu21_2007_2", "uu31_2014_41"}
    assert after - before == {"kuhp_455", "kuhp_299"}
    assert catalogues.is_code("legal_bases", "uu21_2007_2", on=date(2025, 6, 1))
    assert not catalogues.is_code("legal_bases", "uu21_2007_2", on=date(2026, 6, 1))


def test_a_retired_code_keeps_its_name_and_takes_no_new_records(loaded, files, now):
    assert catalogues.is_code("dangers", "maybe_soon")
    files.drop("dangers.csv", "maybe_soon")
    loading.load(at=now)
    assert not catalogues.is_code("dangers", "maybe_soon")
    assert "maybe_soon" not in dict(catalogues.choices("dangers"))
    assert catalogues.name_of("dangers", "maybe_soon") == "Mungkin sebentar lagi"
    assert catalogues.term("dangers", "maybe_soon").retired_on == now.date()


def test_an_unknown_code_is_not_guessed(loaded):
    assert not catalogues.is_code("dangers", "perhaps")
    assert catalogues.name_of("dangers", "perhaps") == "perhaps"
    with pytest.raises(LookupError, match="perhaps"):
        catalogues.term("dangers", "perhaps")
    with pytest.raises(LookupError, match="dangerz"):
        catalogues.terms("dangerz")


def test_a_load_here_is_seen_at_once(loaded, files, now):
    assert catalogues.term("dangers", "no").english == "No"
    files.replace("dangers.csv", "no,No,", "no,Not now,")
    loading.load(at=now)
    assert catalogues.term("dangers", "no").english == "Not now"


def test_a_load_in_another_process_is_seen_within_a_minute(loaded, files, now, clock):
    assert catalogues.term("dangers", "no").english == "No"
    files.replace("dangers.csv", "no,No,", "no,Not now,")
    load_elsewhere(files, now)
    clock[0] += catalogues.FRESH_FOR - 1
    assert catalogues.term("dangers", "no").english == "No"
    clock[0] += 1
    assert catalogues.term("dangers", "no").english == "Not now"


def test_without_a_load_elsewhere_a_minute_costs_one_query(loaded, clock, django_assert_num_queries):
    catalogues.terms("acts")
    clock[0] += catalogues.FRESH_FOR
    with django_assert_num_queries(1):
        catalogues.terms("acts")
    with django_assert_num_queries(0):
        catalogues.terms("acts")


def test_empty_catalogues_are_empty_and_no_error():
    assert not Term.objects.exists()
    assert not Edition.objects.exists()
    assert catalogues.terms("acts") == ()
    assert catalogues.choices("acts") == []


def test_numbers_flags_and_codes_are_read():
    assert (catalogues.number(""), catalogues.number("24")) == (None, 24)
    assert catalogues.yes_no("yes") is True
    assert catalogues.codes(" name   sex ") == ["name", "sex"]
    assert catalogues.some_of("supervisor", "secretariat")("secretariat  supervisor") == ["secretariat", "supervisor"]
    for read, cell in [
        (catalogues.number, "2.5"),
        (catalogues.number, "²"),
        (catalogues.yes_no, "ya"),
        (catalogues.one_of("hours"), "days"),
        (catalogues.some_of("supervisor"), "supervisor mayor"),
        (catalogues.filled, ""),
    ]:
        with pytest.raises(ValueError):
            read(cell)
