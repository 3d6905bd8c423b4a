"""Parcels: a link and a code that open once, for whoever comes first; the answer comes back sealed."""

from datetime import timedelta

import pytest
from django.core.signing import Signer

from simpul.confidentiality import data_keys, parcels
from simpul.confidentiality.models import DataKey, Parcel
from simpul.confidentiality.opening import NoOpeningKey
from simpul.confidentiality.parcels import ParcelError
from simpul.confidentiality.sealing import SealBroken
from simpul.journal.models import Entry
from tests.confidentiality.conftest import take_up
from tests.lasting import at_once, lasting, transactional_db  # noqa: F401

CONTENT = {"title": "Permohonan layanan", "lines": [["Nama", "Melati Kusuma"]], "from": "UPTD PPA"}
ANSWER = {"answer": "accept", "reason": "", "words": "Kami jemput.", "name": "Ani", "phone": "0562 123456"}
ABOUT, FILE = "cases.referral:12", "cases.case:5"


class Sent:
    """A parcel with its token and code, as its sender sees it this once."""

    def __init__(self, at):
        self.until = at + timedelta(days=7)
        made = parcels.make(ABOUT, CONTENT, until_at=self.until, at=at, file=FILE)
        self.parcel, self.token, self.code = made

    def row(self):
        return Parcel.objects.get(pk=self.parcel.pk)


@pytest.fixture
def sent(db, folder, now):
    return Sent(now)


def refused(act, *args, **kwargs):
    with pytest.raises(ParcelError) as refusal:
        act(*args, **kwargs)
    assert str(refusal.value).endswith(".")
    return refusal.value.why


def wrong(code):
    return str((int(code.replace(" ", "")) + 1) % 10**parcels.CODE_DIGITS).rjust(parcels.CODE_DIGITS, "0")


def acts():
    return list(Entry.objects.filter(file=FILE).order_by("number").values_list("act", flat=True))


def test_the_link_is_short_and_the_code_can_be_told_by_voice(sent):
    assert len(sent.token) == 32
    assert set(sent.token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    assert [len(group) for group in sent.code.split()] == [4, 4]
    assert sent.code.replace(" ", "").isdecimal()


def test_looking_tells_nothing_and_changes_nothing(sent, now, django_assert_num_queries):
    before = sent.row().__dict__.copy()
    for _i in range(3):
        with django_assert_num_queries(1):
            assert parcels.look(sent.token, at=now) == sent.parcel
    assert {k: v for k, v in sent.row().__dict__.items() if k != "_state"} == {
        k: v for k, v in before.items() if k != "_state"
    }
    assert acts() == ["parcel.made"]


def test_link_and_code_open_it_once(sent, now):
    content, ticket = parcels.open_(sent.token, sent.code, at=now)
    assert content == CONTENT
    assert ticket
    assert refused(parcels.open_, sent.token, sent.code, at=now) == "opened"
    assert refused(parcels.look, sent.token, at=now) == "opened"
    assert acts() == ["parcel.made", "parcel.opened"]


def test_a_link_may_be_typed_in_groups_and_small_letters(sent, now):
    typed = "-".join(sent.token[i : i + 4] for i in range(0, 32, 4)).lower().replace("o", "0")
    assert parcels.look(typed, at=now) == sent.parcel


def test_opening_destroys_what_the_link_opens(sent, now):
    key = parcels._link_key(sent.token, sent.code.replace(" ", ""))
    data_keys.open_with_receipt(DataKey.objects.get(pk=sent.parcel.data_key_id), key)
    assert bytes(sent.row().sealed_content)
    parcels.open_(sent.token, sent.code, at=now)
    assert bytes(sent.row().sealed_content) == b""
    with pytest.raises(SealBroken):
        data_keys.open_with_receipt(DataKey.objects.get(pk=sent.parcel.data_key_id), key)


def test_neither_link_nor_code_nor_content_is_kept(sent):
    kept = b"|".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for value in sent.row().__dict__.values()
    )
    for secret in (sent.token, sent.code, sent.code.replace(" ", ""), "Melati"):
        assert secret.encode() not in kept


def test_the_public_process_opens_with_link_and_code_and_cannot_open_the_answer(sent, now, settings):
    take_up(settings, "portal.json")
    _content, ticket = parcels.open_(sent.token, sent.code, at=now)
    parcels.reply(ticket, ANSWER, at=now)
    with pytest.raises(NoOpeningKey):
        parcels.take(sent.parcel, at=now)
    take_up(settings)
    assert parcels.take(sent.parcel, at=now) == ANSWER


def test_a_wrong_letter_in_the_link_is_told_apart(sent, now):
    other = "B" if sent.token[9] == "A" else "A"
    assert refused(parcels.look, sent.token[:9] + other + sent.token[10:], at=now) == "mistyped"
    for text in ("", "halo", sent.token[:-1], sent.token + "A", "!" * 32):
        assert refused(parcels.look, text, at=now) == "mistyped"


def test_a_link_of_another_installation_is_told_apart(sent, now, settings):
    settings.SECRET_KEY = "another installation"
    assert refused(parcels.look, sent.token, at=now) == "elsewhere"


def test_a_link_that_nobody_signed_leads_nowhere(sent, now, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(parcels, "_signature", lambda body: bytes(7))
        forged = parcels._new_token()
    assert refused(parcels.look, forged, at=now) == "unknown"
    assert refused(parcels.look, parcels._new_token(), at=now) == "unknown"


def test_a_link_runs_out(sent, now):
    assert parcels.look(sent.token, at=sent.until)
    late = sent.until + timedelta(seconds=1)
    assert refused(parcels.open_, sent.token, sent.code, at=late) == "expired"
    assert refused(parcels.make, ABOUT, CONTENT, until_at=now, at=now) == "past"


def test_what_nobody_opened_in_time_is_destroyed(sent, now):
    later = Sent(now + timedelta(days=1))
    assert parcels.end_expired(at=sent.until + timedelta(hours=1)) == 1
    assert bytes(sent.row().sealed_content) == b""
    assert bytes(later.row().sealed_content)
    assert refused(parcels.look, sent.token, at=sent.until + timedelta(hours=2)) == "expired"
    assert parcels.end_expired(at=sent.until + timedelta(hours=1)) == 0


def test_five_wrong_codes_lock_it_for_good(sent, now):
    for left in (4, 3, 2, 1):
        with pytest.raises(ParcelError) as refusal:
            parcels.open_(sent.token, wrong(sent.code), at=now)
        assert refusal.value.why == "wrong_code"
        assert str(left) in str(refusal.value)
        assert sent.row().wrong_codes == 5 - left
    assert refused(parcels.open_, sent.token, wrong(sent.code), at=now) == "locked"
    assert refused(parcels.open_, sent.token, sent.code, at=now) == "locked"
    assert bytes(sent.row().sealed_content) == b""
    assert acts() == ["parcel.made", "parcel.locked"]
    assert Entry.objects.get(act="parcel.locked").facts == {"parcel": sent.parcel.pk, "wrong_codes": 5}


def test_a_code_of_another_length_is_a_slip_and_counts_for_nothing(sent, now):
    for text in ("", "1234", sent.code + "1", "delapan"):
        assert refused(parcels.open_, sent.token, text, at=now) == "no_code"
    assert sent.row().wrong_codes == 0


def test_a_withdrawn_parcel_opens_for_nobody(sent, now):
    parcels.end(sent.parcel, by=None, at=now)
    parcels.end(sent.parcel, by=None, at=now)
    assert refused(parcels.open_, sent.token, sent.code, at=now) == "withdrawn"
    assert bytes(sent.row().sealed_content) == b""
    assert acts() == ["parcel.made", "parcel.ended"]
    assert sent.row().ended_at == now


def test_a_parcel_whose_key_was_destroyed_opens_for_nobody(sent, now):
    data_keys.destroy(sent.row().data_key, of=FILE, by=None, at=now)
    assert refused(parcels.open_, sent.token, sent.code, at=now) == "withdrawn"


def test_it_is_answered_once_and_the_answer_taken_once(sent, now):
    _content, ticket = parcels.open_(sent.token, sent.code, at=now)
    assert not parcels.waiting().exists()
    parcels.reply(ticket, ANSWER, at=now)
    assert refused(parcels.reply, ticket, ANSWER | {"answer": "decline"}, at=now) == "answered"
    assert b"jemput" not in bytes(sent.row().sealed_answer)
    assert parcels.waiting().get() == sent.parcel
    assert refused(parcels.end, sent.row(), by=None, at=now) == "is_answered"
    assert parcels.take(parcels.waiting().get(), at=now) == ANSWER
    assert not parcels.waiting().exists()
    assert refused(parcels.take, sent.row(), at=now) == "no_answer"
    assert acts() == ["parcel.made", "parcel.opened", "parcel.replied", "parcel.ended"]
    assert [e.facts.get("how") for e in Entry.objects.filter(act="parcel.ended")] == ["answered"]


def test_a_ticket_lasts_two_hours_and_cannot_be_made_by_hand(sent, now):
    _content, ticket = parcels.open_(sent.token, sent.code, at=now)
    late = now + parcels.TICKET_FOR + timedelta(seconds=1)
    assert refused(parcels.reply, ticket, ANSWER, at=late) == "too_late"
    forged = Signer(salt="another").sign_object({"parcel": sent.parcel.pk, "until": int(late.timestamp())})
    for text in ("", "x", ticket[:-1], forged):
        assert refused(parcels.reply, text, ANSWER, at=now) == "no_ticket"
    assert sent.row().status == Parcel.Status.OPENED


def test_what_was_withdrawn_while_it_was_read_takes_no_answer(sent, now):
    _content, ticket = parcels.open_(sent.token, sent.code, at=now)
    parcels.end(sent.row(), by=None, at=now)
    assert refused(parcels.reply, ticket, ANSWER, at=now) == "withdrawn"


def test_the_journal_tells_of_it_in_the_file_and_without_a_word_of_it(sent, now):
    parcels.open_(sent.token, sent.code, at=now)
    for entry in Entry.objects.filter(file=FILE):
        assert entry.subject == ABOUT
        assert "Melati" not in str(entry.facts)
        assert sent.token not in str(entry.facts)


def test_of_two_who_open_it_at_once_one_wins(lasting, now):  # noqa: F811
    sent = Sent(now)
    results = at_once(*[lambda: parcels.open_(sent.token, sent.code, at=now)] * 2)
    assert sum(isinstance(result, tuple) for result in results) == 1
    assert [result.why for result in results if isinstance(result, ParcelError)] == ["opened"]
    assert Entry.objects.filter(act="parcel.opened").count() == 1


def test_wrong_codes_that_come_at_once_are_all_counted(lasting, now):  # noqa: F811
    sent = Sent(now)
    at_once(*[lambda: parcels.open_(sent.token, wrong(sent.code), at=now)] * 4)
    assert sent.row().wrong_codes == 4
