"""An agency without an account is asked by a link that opens once, with a code told by voice; nothing names the victim.

The answer comes back the same way, or by telephone or letter.
"""

import pytest

from simpul.cases import jobs, referrals
from simpul.cases.queries import waiting_for
from simpul.confidentiality import parcels
from simpul.confidentiality.models import Parcel
from simpul.confidentiality.parcels import ParcelError
from simpul.documents import records
from simpul.journal.models import Entry
from simpul.journal.queries import entries_of
from simpul.lib.rules import NotAllowed
from tests.documents.reading import everything, squeezed, words

NAME = "Kenanga Purnama"
SECRETS = ("Kenanga", "Purnama", "Ibu Ani", "08125550199", "trauma berat")
YES = {"answer": "accept", "name": "Ibu Marta", "phone": "0561 555 0100", "words": "Kami jemput besok pagi."}
NO = {"answer": "decline", "reason": "no_capacity", "name": "Ibu Marta", "phone": "0561 555 0100", "words": ""}


@pytest.fixture
def referral(world):
    """A need for a foundation that has no account here."""
    victim = world.victim(world.case(), name=NAME, phone="08125550199", safe_contact="Ibu Ani")
    return referrals.send(
        world.service(victim), to=world.dinsos, need="Pendampingan karena trauma berat",
        fields=["name", "safe_contact"], basis="vital_interests", basis_reason="Mendesak.", by=world.rina, at=world.at,
    )  # fmt: skip


def link(referral, world, **span):
    """The token and the code of a new link."""
    _parcel, token, code = referrals.link(referral, by=world.rina, at=world.later(**span))
    return token, code


def answered(referral, world, answer):
    """The reader opens the link, answers, and the answer is taken over by itself."""
    _content, ticket = parcels.open_(*link(referral, world), at=world.later(hours=1))
    parcels.reply(ticket, answer, at=world.later(hours=1))
    assert jobs.take_in_answers(at=world.later(hours=1)) == 1
    return world.anew(referral)


def refusal(token, code, world, **span):
    with pytest.raises(ParcelError) as refused:
        parcels.open_(token, code, at=world.later(**span))
    return refused.value.why


def test_with_link_and_code_the_reader_is_told_what_the_service_needs(world, referral):
    content, _ticket = parcels.open_(*link(referral, world), at=world.later(hours=1))
    told = dict(content["lines"])
    assert set(told.values()) == {NAME, "Ibu Ani", "Pendampingan karena trauma berat"}
    assert content["from"] == "UPTD PPA Bengkayang"


def test_a_link_opens_once(world, referral):
    token, code = link(referral, world)
    assert parcels.open_(token, code, at=world.later(hours=1))
    assert refusal(token, code, world, hours=2) == "opened"


def test_a_wrong_code_opens_nothing_and_the_fifth_locks_the_link(world, referral):
    token, code = link(referral, world)
    wrong = "00000000" if code.replace(" ", "") != "00000000" else "11111111"
    whys = [refusal(token, wrong, world) for _ in range(5)]
    assert whys == ["wrong_code"] * 4 + ["locked"]
    assert refusal(token, code, world) == "locked"


def test_a_slip_of_the_finger_is_not_counted(world, referral):
    token, code = link(referral, world)
    assert [refusal(token, "1234", world) for _ in range(6)] == ["no_code"] * 6
    assert parcels.open_(token, code, at=world.at)


def test_a_link_ends_after_seven_days(world, referral):
    token, code = link(referral, world)
    assert refusal(token, code, world, days=7, seconds=1) == "expired"


def test_a_new_link_ends_the_one_before_it(world, referral):
    old = link(referral, world)
    new = link(referral, world, hours=1)
    assert refusal(*old, world, hours=2) == "withdrawn"
    assert parcels.open_(*new, at=world.later(hours=2))


def test_a_referral_that_was_taken_back_opens_no_more(world, referral):
    token, code = link(referral, world)
    referrals.withdraw(referral, by=world.rina, at=world.later(hours=1))
    assert refusal(token, code, world, hours=2) == "withdrawn"


def test_a_yes_comes_back_and_the_agency_owes_the_service(world, referral):
    done = answered(referral, world, YES)
    assert (done.status, done.answer.opened()) == ("accepted", "Kami jemput besok pagi.")
    assert done.answered_outside.opened() == "Ibu Marta, 0561 555 0100"
    assert world.anew(referral.service).provider == world.dinsos
    assert world.owed("answer_referral", on=referral) is None


def test_a_no_comes_back_with_its_reason_and_the_sender_looks_for_another(world, referral):
    done = answered(referral, world, NO)
    assert (done.status, done.decline_reason) == ("declined", "no_capacity")
    assert world.owed("refer_again", on=referral.service).owed_by == world.uptd


def test_an_answer_to_a_referral_that_was_taken_back_changes_nothing(world, referral):
    _content, ticket = parcels.open_(*link(referral, world), at=world.at)
    parcels.reply(ticket, YES, at=world.at)
    type(referral).objects.filter(pk=referral.pk).update(status="withdrawn")
    assert jobs.take_in_answers(at=world.at) == 0
    assert world.anew(referral).status == "withdrawn"


def test_it_is_answered_once(world, referral):
    _content, ticket = parcels.open_(*link(referral, world), at=world.at)
    parcels.reply(ticket, YES, at=world.at)
    with pytest.raises(ParcelError):
        parcels.reply(ticket, NO, at=world.at)
    jobs.take_in_answers(at=world.at)
    assert world.anew(referral).status == "accepted"


def test_an_answer_by_telephone_is_noted_with_who_gave_it(world, referral):
    with pytest.raises(NotAllowed):
        referrals.note_answer(referral, accepted=True, words=" ", by=world.rina, at=world.at)
    token, code = link(referral, world)
    referrals.note_answer(referral, accepted=True, words="Ibu Marta, telepon 3 Agustus", by=world.rina, at=world.at)
    assert world.anew(referral).answered_outside.opened() == "Ibu Marta, telepon 3 Agustus"
    assert world.anew(referral).status == "accepted"
    assert refusal(token, code, world) == "withdrawn"


def test_only_the_agency_that_sent_it_makes_links(world, referral):
    for officer in (world.siti, world.budi, world.dewi):
        with pytest.raises(NotAllowed):
            referrals.link(referral, by=officer, at=world.at)
    assert not Parcel.objects.exists()


def test_neither_link_nor_code_nor_row_nor_journal_names_the_victim(world, referral):
    token, code = link(referral, world)
    assert waiting_for(world.budi).get().shared.opened()["name"] == NAME
    row = Parcel.objects.values().get()
    entries = [str(entry.facts) for entry in entries_of(referral.case)]
    assert len(entries) > 5
    assert Entry.objects.filter(act="parcel.made").exists()
    for secret in SECRETS:
        assert secret not in token + code
        assert secret.encode() not in b"".join(bytes(v) for v in row.values() if isinstance(v, (bytes, memoryview)))
        assert not [entry for entry in entries if secret in entry]


def test_the_letter_that_carries_the_link_names_nobody_and_tells_no_code(world, referral):
    token, code = link(referral, world)
    address = f"https://lapor.example/rujukan/{token}/"
    letter = records.referral_cover(referral, token=token, address=address, by=world.rina, at=world.at)
    assert squeezed("Dinas Sosial Bengkayang") in words(letter)
    for secret in (*SECRETS, code, code.replace(" ", "")):
        assert squeezed(secret) not in words(letter)
        assert secret not in everything(letter)


def test_the_sheet_in_the_closed_envelope_names_the_victim(world, referral):
    """So that there is something to hide on the letter."""
    sheet = records.referral_inner(referral, by=world.rina, at=world.at)
    assert squeezed(NAME) in words(sheet)
