"""The letters: what must stand on each, and what must not stand on the one that lies open."""

from dataclasses import fields
from decimal import Decimal
from inspect import signature
from itertools import chain

from django.utils import translation

from simpul.documents import letters
from simpul.documents.letters import Loss, Returning
from simpul.documents.sheets import long_moment
from tests.documents import papers
from tests.documents.papers import AT, LINK, MELATI, NEED, PAPER, SHARED, TELLING
from tests.documents.reading import everything, pages, says, squeezed, words


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
