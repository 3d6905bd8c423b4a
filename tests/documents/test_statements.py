"""The papers that are signed or kept: what must stand on each."""

from dataclasses import replace

import pytest

from simpul.documents import statements
from tests.documents import papers
from tests.documents.papers import ALL, MELATI, MOTHER, PAPER, RINA
from tests.documents.reading import pages, says, squeezed, words


def test_a_receipt_lists_what_went_from_hand_to_hand():
    assert says(papers.receipt(), RINA.name, MOTHER.name, "Paspor", "Halaman 12 sobek", "1 buah", "Pakaian")


def test_a_refusal_has_the_day_on_which_the_service_is_offered_again():
    refused = papers.refusal_statement()
    assert says(refused, MELATI.name, "Pemeriksaan kesehatan", "2 September 2026", "Permen P2MI 32/2025 Art. 39")
    assert words(refused) != words(papers.refusal_statement(is_postponed=True))


def test_the_family_signs_for_who_cannot():
    assert not says(papers.refusal_statement(), MOTHER.name)
    assert says(papers.refusal_statement(family=MOTHER), MOTHER.name, MOTHER.title, MELATI.name)


def test_a_handover_is_witnessed():
    record = papers.handover_record()
    assert says(record, MELATI.name, MOTHER.name, RINA.name, "Markus Dohong", "Kepala Desa Jagoi", "Kantor Desa Jagoi")
    assert says(record, "Permen P2MI 32/2025 Art. 13", "3 November 2026")


@pytest.mark.parametrize("told", ["UU 21/2007 Art. 51", "5 tahun sesudah kasus ditutup", "3 Februari 2027", "Umur"])
def test_a_consent_says_what_the_law_wants_said(told):
    """UU 27/2022 Art. 21: legality, purpose, kinds of data, retention, period, rights."""
    assert says(papers.consent_form(), told)


@pytest.mark.parametrize("article", [10, 30, 32, 40, 43])
def test_a_consent_tells_the_rights(article):
    assert says(papers.consent_form(), f"UU 27/2022 Art. {article}")


def test_a_guardian_signs_for_a_child():
    with_guardian = words(papers.consent_form(guardian=MOTHER))
    assert with_guardian.count(squeezed(MOTHER.name)) == 2
    assert with_guardian.count(squeezed(MELATI.name)) == 1
    assert words(papers.consent_form()).count(squeezed(MELATI.name)) == 2


def test_every_opening_of_a_file_has_its_line():
    told = " ".join(pages(papers.readings()))
    assert told.count("3 Agu 2026, 09:") == 40
    assert not says(papers.readings(), "UU 27/2022 Art. 33")
    assert says(papers.readings(is_withheld=True), "UU 27/2022 Art. 33")


def test_a_file_nobody_opened_has_its_paper_too():
    assert says(papers.readings(entries=[]), MELATI.name)


def test_a_power_of_attorney_is_a_form_to_be_filled_in():
    form = papers.power_of_attorney()
    assert says(form, MELATI.name, "Agustina Natan, S.H.", "Mengajukan restitusi")
    assert len(words(papers.power_of_attorney(may_be_passed_on=False))) < len(words(form))


def test_long_papers_go_on_on_the_next_page():
    long = papers.consent_form(fields=[f"Data {n}" for n in range(60)])
    assert len(pages(long)) > 1
    assert "Data 59" in " ".join(pages(long))
    assert squeezed(PAPER.number) in squeezed(pages(long)[1])


def test_nobody_signs_a_page_without_words():
    for name in filter(str.islower, statements.__all__):
        last = pages(ALL[name](paper=replace(PAPER, number="1")))[-1]
        assert len(last.split()) > 25
