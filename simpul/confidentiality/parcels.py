"""Parcels: something sealed for one reader outside the system, who opens it once with a code told by voice.

The link and the code go different ways. Neither opens anything without the other, and both open nothing without the
keys of the portal: what is inside is sealed to a key that follows from all three. Opening destroys that copy in the
same transaction, so that a link opens once for whoever comes first; what was inside stands in the file it was made
from. The reader answers with a ticket that opening gave. The answer is sealed to the installation: the public process,
which takes it in, cannot open it again.
"""

import hashlib
import hmac
import json
import secrets
from base64 import b32decode, b32encode
from datetime import timedelta

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from simpul.confidentiality import data_keys
from simpul.confidentiality.models import Parcel
from simpul.confidentiality.sealing import SealBroken, keyed_random, seal, unseal
from simpul.journal.acts import Act
from simpul.journal.entries import enter, label
from simpul.lib.numbers import grouped
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import digits

CODE_DIGITS = 8
WRONG_CODES = 5
TICKET_FOR = timedelta(hours=2)

# 20 bytes, 32 letters: which installation, a random part, the signature, and a check that tells a slip from the rest.
_HOME, _RANDOM, _SIGNATURE, _CHECK = 2, 9, 7, 2
_LETTERS = 32
# The letters of base 32 have no 0, 1 or 8: whoever types one has misread a letter.
_MISREAD = str.maketrans("018", "OIB")
# Somebody with the link and all files of the server still tries each code for a tenth of a second (RFC 7914).
_SCRYPT = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 2**20, "dklen": 32}

SENTENCES = {
    "mistyped": _("A letter of this address is missing or wrong. Compare it group by group with the letter you have."),
    "elsewhere": _("This link was made by another installation. Use the whole address as it stands in your letter."),
    "unknown": _("This link leads nowhere. Compare it with the letter you have, or ask the office that sent it."),
    "expired": _("This link could be opened until %(until)s. Ask the office that sent it for a new one."),
    "opened": _(
        "This link was opened on %(opened)s, and it opens only once. If that was not you, tell the office that sent "
        "it now."
    ),
    "locked": _("This link is locked after %(most)d wrong codes. Ask the office that sent it for a new one."),
    "withdrawn": _("The office that sent this link has withdrawn it. Ask there if you think that is a mistake."),
    "no_code": _("The code has %(digits)d digits. Type it as it was told to you by telephone."),
    "wrong_code": _("This is not the code. After %(left)d more wrong codes the link is locked."),
    "no_ticket": _("This form does not belong to a link that was opened here. Answer by telephone instead."),
    "too_late": _("This form was open for too long. Answer by telephone; the office that sent the link notes it."),
    "answered": _("An answer has already arrived. To change it, call the office that sent the link."),
    "is_answered": _("An answer to this link has arrived and is being taken over. Reload the page in a minute."),
    "no_answer": _("There is no answer to take over."),
    "past": _("A link must be open for some time. Choose a later day."),
}


class ParcelError(NotAllowed):
    """Why a parcel cannot be opened, answered or taken: a code of `SENTENCES` and the sentence itself."""

    def __init__(self, why, **facts):
        super().__init__(SENTENCES[why] % facts)
        self.why = why


def make(about, content, *, until_at, at, by=None, file=None):
    """Seal `content`, a structure of texts, for one reader; returns (parcel, token, code), shown once and not kept.

    `about` is a thing or its label in the journal, `file` the report or case in whose file the journal notes it.
    """
    if until_at <= at:
        raise ParcelError("past")
    token, code = _new_token(), f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    key = _link_key(token, code)
    with transaction.atomic():
        parcel = Parcel(
            tag=_tag(token),
            about=label(about),
            file=label(file or about),
            data_key=data_keys.make(at=at, receipt_key=key),
            made_at=at,
            until_at=until_at,
        )
        parcel.sealed_content = _sealed(parcel.data_key, content, "content")
        parcel.save(force_insert=True)
        _note(Act.PARCEL_MADE, parcel, by=by, at=at)
    return parcel, token, grouped(code)


def look(token, *, at):
    """The parcel of a link that can still be opened; raises `ParcelError`. Looking changes nothing."""
    parcel = Parcel.objects.select_related("data_key").filter(tag=_tag(_genuine(token))).first()
    if parcel is None:
        raise ParcelError("unknown")
    _check_can_be_opened(parcel, at)
    return parcel


def open_(token, code, *, at):
    """What is inside, this once, and the ticket with which it is answered; raises `ParcelError`.

    A code of another length is a slip and counts for nothing; the fifth wrong code locks the link for good.
    """
    parcel, typed = look(token, at=at), digits(code)
    if len(typed) != CODE_DIGITS:
        raise ParcelError("no_code", digits=CODE_DIGITS)
    content = _opened_once(parcel, _link_key(_genuine(token), typed), at)
    if content is not None:
        return content, _new_ticket(parcel, at)
    if parcel.status == Parcel.Status.LOCKED:
        raise ParcelError("locked", most=WRONG_CODES)
    raise ParcelError("wrong_code", left=WRONG_CODES - parcel.wrong_codes)


@transaction.atomic
def reply(ticket, answer, *, at):
    """Seal the reader's answer, a structure of texts, to the installation; once."""
    parcel = _of_ticket(ticket, at)
    if parcel.status != Parcel.Status.OPENED:
        raise ParcelError("withdrawn" if parcel.status == Parcel.Status.ENDED else "answered")
    parcel.answer_key = data_keys.make(at=at)
    parcel.sealed_answer = _sealed(parcel.answer_key, answer, "answer")
    parcel.status, parcel.replied_at = Parcel.Status.REPLIED, at
    parcel.save(update_fields=["answer_key", "sealed_answer", "status", "replied_at"])
    _note(Act.PARCEL_REPLIED, parcel, by=None, at=at)
    return parcel


def waiting():
    """Parcels whose answer has arrived and was not taken over yet, the oldest answer first."""
    found = Parcel.objects.filter(status=Parcel.Status.REPLIED).select_related("answer_key")
    return found.order_by("replied_at", "pk")


@transaction.atomic
def take(parcel, *, at, by=None):
    """The answer, opened with the installation's key, for the room that sent the parcel; once."""
    _hold(parcel)
    if parcel.status != Parcel.Status.REPLIED:
        raise ParcelError("no_answer")
    answer = _unsealed(parcel.answer_key, parcel.sealed_answer, "answer")
    _end(parcel, Parcel.Status.TAKEN, "answered", by=by, at=at)
    return answer


@transaction.atomic
def end(parcel, *, by, at):
    """Withdraw a parcel before it is answered. One that has ended stays as it is."""
    _hold(parcel)
    if parcel.status == Parcel.Status.ENDED:
        return
    if Parcel.Status.ENDED not in Parcel.NEXT[parcel.status]:
        raise ParcelError("is_answered")
    _end(parcel, Parcel.Status.ENDED, "withdrawn", by=by, at=at)


@transaction.atomic
def end_expired(*, at):
    """Destroy what lies in links that nobody opened in time; returns how many there were."""
    over = Parcel.objects.select_for_update().filter(status=Parcel.Status.MADE, until_at__lt=at)
    found = list(over.order_by("pk"))
    for parcel in found:
        _end(parcel, Parcel.Status.ENDED, "expired", by=None, at=at)
    return len(found)


def _check_can_be_opened(parcel, at):
    status, over = parcel.status, at > parcel.until_at
    if parcel.opened_at:
        raise ParcelError("opened", opened=_written(parcel.opened_at))
    if status == Parcel.Status.LOCKED:
        raise ParcelError("locked", most=WRONG_CODES)
    if over and not (parcel.ended_at and parcel.ended_at <= parcel.until_at):
        raise ParcelError("expired", until=_written(parcel.until_at))
    if status != Parcel.Status.MADE or parcel.data_key.destroyed_at:
        raise ParcelError("withdrawn")


@transaction.atomic
def _opened_once(parcel, key, at):
    """What is inside; None for a wrong code, which is counted."""
    _hold(parcel)
    _check_can_be_opened(parcel, at)
    try:
        data_keys.open_with_receipt(parcel.data_key, key)
    except SealBroken:
        _count_wrong_code(parcel, at)
        return None
    content = _unsealed(parcel.data_key, parcel.sealed_content, "content")
    parcel.status, parcel.opened_at = Parcel.Status.OPENED, at
    _empty(parcel)
    parcel.save(update_fields=["status", "opened_at"])
    _note(Act.PARCEL_OPENED, parcel, by=None, at=at, wrong_codes=parcel.wrong_codes)
    return content


def _count_wrong_code(parcel, at):
    parcel.wrong_codes += 1
    if parcel.wrong_codes >= WRONG_CODES:
        parcel.status = Parcel.Status.LOCKED
        _empty(parcel)
        _note(Act.PARCEL_LOCKED, parcel, by=None, at=at, wrong_codes=parcel.wrong_codes)
    parcel.save(update_fields=["wrong_codes", "status"])


def _end(parcel, status, how, *, by, at):
    parcel.status, parcel.ended_at = status, at
    _empty(parcel)
    parcel.save(update_fields=["status", "ended_at"])
    _note(Act.PARCEL_ENDED, parcel, by=by, at=at, how=how)


def _empty(parcel):
    """Destroy what is inside and the copy of its key that the link opens."""
    parcel.sealed_content = b""
    parcel.save(update_fields=["sealed_content"])
    parcel.data_key.sealed_for_receipt = b""
    parcel.data_key.save(update_fields=["sealed_for_receipt"])


def _hold(parcel):
    """Read the row anew and hold it until the act is done: of two who come at once, one comes second."""
    parcel.refresh_from_db(from_queryset=Parcel.objects.select_for_update())


def _note(act, parcel, *, by, at, **facts):
    enter(act, on=parcel.about, file=parcel.file, by=by, at=at, parcel=parcel.pk, **facts)


def _new_token():
    body = _own_mark() + secrets.token_bytes(_RANDOM)
    body += _signature(body)
    return b32encode(body + _check(body)).decode()


def _genuine(token):
    """The token as it was made, from what stands in an address; raises `ParcelError`."""
    plain = "".join(token.replace("-", "").split()).upper().translate(_MISREAD)
    try:
        body = b32decode(plain) if len(plain) == _LETTERS else b""
    except ValueError:
        body = b""
    body, check = body[:-_CHECK], body[-_CHECK:]
    if not body or check != _check(body):
        raise ParcelError("mistyped")
    if body[:_HOME] != _own_mark():
        raise ParcelError("elsewhere")
    if not hmac.compare_digest(body[-_SIGNATURE:], _signature(body[:-_SIGNATURE])):
        raise ParcelError("unknown")
    return plain


def _own_mark():
    return salted_hmac("simpul.parcels.installation", b"", algorithm="sha256").digest()[:_HOME]


def _signature(body):
    return salted_hmac("simpul.parcels.link", body, algorithm="sha256").digest()[:_SIGNATURE]


def _check(body):
    return hashlib.sha256(body).digest()[:_CHECK]


def _tag(token):
    """Under which 32 bytes a parcel is found by its token. The token itself is not kept."""
    return keyed_random(token.encode(), purpose="parcel tag")


def _link_key(token, code):
    slow = hashlib.scrypt(code.encode(), salt=token.encode(), **_SCRYPT)
    return keyed_random(slow, purpose="parcel key")


def _new_ticket(parcel, at):
    return _signer().sign_object({"parcel": parcel.pk, "until": int((at + TICKET_FOR).timestamp())})


def _of_ticket(ticket, at):
    """The parcel that a ticket answers, held."""
    try:
        told = _signer().unsign_object(ticket)
    except BadSignature:
        raise ParcelError("no_ticket") from None
    if told["until"] < at.timestamp():
        raise ParcelError("too_late")
    return Parcel.objects.select_for_update().get(pk=told["parcel"])


def _signer():
    return Signer(salt="simpul.parcels.ticket")


def _sealed(data_key, value, name):
    data = json.dumps(value, ensure_ascii=False).encode()
    return seal(data_keys.secret_of(data_key), data, context=_context(data_key, name))


def _unsealed(data_key, sealed, name):
    return json.loads(unseal(data_keys.secret_of(data_key), bytes(sealed), context=_context(data_key, name)))


def _context(data_key, name):
    return f"confidentiality.parcel.{name}:{data_key.pk.hex}"


def _written(moment):
    return date_format(localtime(moment), "j F Y, H:i")
