"""The papers: what must stand on each, and what must not stand on the one that lies open."""

from dataclasses import fields, replace
from decimal import Decimal
from inspect import signature
from itertools import chain

import pytest
from django.utils import translation

from simpul.documents import letters
from simpul.documents.letters import Loss, Returning
from simpul.documents.sheets import Party, long_moment
from simpul.reference.citations import cited
from tests.documents import papers
from tests.documents.papers import ALL, AT, LINK, MELATI, MOTHER, NEED, PAPER, RINA, SHARED, TELLING
from tests.documents.reading import everything, pages, squeezed, words

STATEMENTS = ("receipt", "refusal_statement", "handover_record", "consent_form", "readings", "power_of_attorney")


def says(pdf, *parts):
    """Whether every part stands on the pages, in Indonesian where the letter cites the law."""
    found = words(pdf)
    with translation.override("id"):
        return [part for part in parts if squeezed(cited(str(part))) not in found] == []


def test_every_letter_has_its_sample():
    made = {name for name in letters.__all__ if name.islower()}
    assert made == set(ALL)
    assert len(made) == 12


@pytest.mark.parametrize("name", ALL)
def test_a_paper_bears_office_number_day_and_pages(name):
    pdf = ALL[name]()
    assert pdf.startswith(b"%PDF-")
    assert says(pdf, PAPER.office.name, PAPER.office.above, PAPER.office.address, PAPER.number, "3 Agustus 2026")
    assert len(pages(pdf)) <= 3


@pytest.mark.parametrize("name", ALL)
def test_every_page_says_who_printed_it_and_when(name):
    found = pages(ALL[name]())
    with translation.override("id"):
        moment = squeezed(long_moment(AT))
    for number, page in enumerate(found, start=1):
        assert squeezed(PAPER.printed_by) in squeezed(page)
        assert moment in squeezed(page)
        assert f"{number}" in page.split()[-3:]
        assert f"{len(found)}" in page.split()[-1:]


@pytest.mark.parametrize("name", ALL)
def test_every_paper_is_for_keeping(name):
    assert "pdfaid" in everything(ALL[name]())


@pytest.mark.parametrize("name", ALL)
def test_the_title_of_a_file_names_nobody(name):
    pdf = ALL[name]()
    head = pdf[pdf.rindex(b"/Title") :].split(b"/Author")[0].decode("latin-1")
    assert not any(telling in head for telling in TELLING)


@pytest.mark.parametrize("name", ALL)
def test_a_paper_is_in_the_language_of_the_installation_whatever_the_officer_reads(name, settings):
    with translation.override("en"):
        assert says(ALL[name](), "3 Agustus 2026")
        assert translation.get_language() == "en"
    settings.LANGUAGE_CODE = "en"
    assert says(ALL[name](), "3 August 2026")


@pytest.mark.parametrize("name", ALL)
def test_what_is_not_known_is_left_for_the_hand(name):
    """Nobody is asked to invent a name to get a form."""
    empty = {
        key: Party() for key in signature(getattr(letters, name)).parameters
        if key in {"to", "signer", "officer", "person", "giver", "receiver", "claimant", "witness", "family"}
    }  # fmt: skip
    assert ALL[name](**empty).startswith(b"%PDF-")


def test_there_is_something_to_hide():
    inner = papers.referral_inner()
    assert says(inner, *chain.from_iterable(SHARED), NEED)
    # The title, which the file bears uncompressed, is told too: so looking into the file finds what it holds.
    assert "UPTD PPA Kabupaten Bengkayang" in everything(inner)


def test_the_cover_names_nobody():
    cover = papers.referral_cover()
    for telling in TELLING:
        assert squeezed(telling) not in words(cover)
        assert telling not in everything(cover)


def test_the_cover_has_no_room_for_a_victim():
    assert set(signature(letters.referral_cover).parameters) == {
        "paper", "to", "service", "is_urgent", "link", "until_at", "telephone", "signer", "answer_by",
    }  # fmt: skip
    assert {field.name for field in fields(PAPER)} == {
        "office", "number", "place", "on", "printed_by", "printed_at",
    }  # fmt: skip


def test_the_cover_says_how_and_until_when_the_link_opens():
    with translation.override("id"):
        until = long_moment(AT.replace(day=6))
    cover = papers.referral_cover()
    assert len(pages(cover)) == 1
    assert says(cover, LINK, until, "0562 000 000", "UU 21/2007 Art. 24", "UU 21/2007 Art. 44", "Rehabilitasi sosial")


def test_an_address_is_told_without_anything_between_its_letters():
    assert LINK in " ".join(pages(papers.referral_cover()))


def test_urgency_shows():
    assert words(papers.referral_cover(is_urgent=True)) != words(papers.referral_cover(is_urgent=False))


def test_the_outside_of_the_closed_envelope_names_nobody():
    outside, inside = pages(papers.referral_inner())
    for telling in (MELATI.name, MELATI.nik, "kakaknya"):
        assert telling in inside
    for telling in TELLING:
        assert squeezed(telling) not in squeezed(outside)
    assert "Pasal44" in squeezed(outside)
    assert "Pasal24" in squeezed(outside)


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


def test_the_person_is_told_which_data_when_how_and_what_is_done():
    notice = papers.breach_notice_to_person()
    assert says(notice, MELATI.name, "Nomor telepon", "1 Agustus 2026, malam", "Sebuah laptop kantor dicuri.")
    assert says(notice, "Akses laptop itu diputus.", "UU 27/2022 Art. 46", papers.CONTACT)


def test_the_authority_is_told_the_same_and_no_name():
    notice = papers.breach_notice_to_authority()
    assert says(notice, "14", "Nomor telepon", "1 Agustus 2026, malam", "UU 27/2022 Art. 46", "12 dari 14")
    for telling in TELLING:
        assert squeezed(telling) not in words(notice)


def test_a_claim_sums_its_losses():
    claim = papers.restitution_claim()
    assert says(claim, "Rp24.500.000,00", "Rp6.000.000,50", "Rp88.750.000,50", "UU 21/2007 Art. 48", "Kuitansi RSUD")
    assert says(claim, "delapan puluh delapan juta tujuh ratus lima puluh ribu rupiah lima puluh sen")


def test_losses_of_one_head_stand_together_with_their_sum():
    losses = [Loss("A", "one", Decimal(1)), Loss("B", "two", Decimal(20)), Loss("A", "three", Decimal(300))]
    lines, heads = letters._losses(losses)
    assert [line[0] for line in lines] == ["1. A", "one", "three", "2. B", "two"]
    assert heads == [0, 3]
    assert lines[0][2] == "Rp301,00"


def test_a_claim_without_losses_yet_sums_to_nothing():
    assert says(papers.restitution_claim(losses=[]), "Rp0,00", "nol rupiah")


def test_a_claim_in_another_language_has_no_indonesian_words(settings):
    settings.LANGUAGE_CODE = "en"
    assert not says(papers.restitution_claim(), "rupiah lima puluh sen")


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
    for name in STATEMENTS:
        last = pages(ALL[name](paper=replace(PAPER, number="1")))[-1]
        assert len(last.split()) > 25


def test_a_notice_to_the_home_region_says_who_may_read_it_and_counts_who_is_not_named():
    pdf = papers.home_notice()
    assert says(pdf, "Permen P2MI 32/2025 Art. 13", MELATI.name, "Kenanga Sari", "M-2026-000012/2", "Kab. Bengkayang")
    reader = (
        "This letter may be read only by officers of the home region who receive and visit people sent home. It is not"
        " copied, photographed or passed on, and it is locked away. Whoever was sent home committed no offence by that."
    )
    with translation.override("id"):
        sentences = [translation.gettext(reader), translation.ngettext(
            "%(count)d more person asked that the name not be passed on.",
            "%(count)d more people asked that their names not be passed on.", 1) % {"count": 1}]  # fmt: skip
    assert says(pdf, *sentences)
    many = [Returning(f"M-2026-000012/{n}", f"Orang {n}", "Laki-laki", "30", "Jagoi") for n in range(1, 81)]
    found = pages(papers.home_notice(people=many))
    assert 1 < len(found) <= 4
    assert squeezed("M-2026-000012/80") in words(papers.home_notice(people=many))
    assert "M-2026" not in words(papers.home_notice(people=[], withheld=2))
