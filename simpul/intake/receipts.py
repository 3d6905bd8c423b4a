"""Receipts: 26 random digits and two check digits, in seven groups of four.

Digits, because their Indonesian names cannot be confused on a bad line and every keyboard types them; 26 of them
are 86 bits, more than anybody can guess. The two check digits of ISO 7064 MOD 97-10 show a typing mistake before
anything is looked up. A receipt follows from the random token in the form, so that a form sent twice gives the same
receipt, and only its keyed digest is stored.
"""

import hmac
import secrets
from hashlib import sha256

from django.utils.translation import gettext as _

from simpul.confidentiality.sealing import keyed_random
from simpul.lib.numbers import check_digits, grouped, has_right_check_digits
from simpul.lib.texts import digits

PAYLOAD, LENGTH = 26, 28
_TOKEN_SIZE = 16
_MARK_SIZE = 8


class ReceiptError(ValueError):
    """A receipt that cannot be right; the sentence says what to look at."""


def new_token():
    """A fresh token for one form: 32 hexadecimal characters."""
    return secrets.token_hex(_TOKEN_SIZE)


def new_check_token():
    """A token by which the hourly check of intake is known; nobody without the receipt key can make one."""
    token = new_token()
    return token + _mark(token)


def is_check_token(token):
    """Whether a token belongs to the hourly check."""
    head, mark = token[: 2 * _TOKEN_SIZE], token[2 * _TOKEN_SIZE :]
    return bool(mark) and hmac.compare_digest(_mark(head), mark)


def is_token(text):
    """Whether a text has the form of a token."""
    return len(text) in {2 * _TOKEN_SIZE, 2 * _TOKEN_SIZE + 2 * _MARK_SIZE} and all(
        c in "0123456789abcdef" for c in text
    )


def of_token(token):
    """The receipt that belongs to a token: 28 digits."""
    number = int.from_bytes(keyed_random(token.encode(), purpose="receipt number")) % 10**PAYLOAD
    payload = f"{number:0{PAYLOAD}d}"
    return payload + check_digits(payload)


def shown(receipt):
    """A receipt as it is shown, printed and read out: seven groups of four."""
    return grouped(receipt)


def typed(text):
    """The receipt somebody typed or pasted, without blanks and dashes; raises `ReceiptError` with a sentence."""
    receipt = digits(text)
    if not receipt:
        raise ReceiptError(_("Type the 28 digits of your receipt."))
    if len(receipt) != LENGTH:
        raise ReceiptError(
            _("A receipt has 28 digits in seven groups of four; you typed %(count)d. Compare group by group.")
            % {"count": len(receipt)}
        )
    if not has_right_check_digits(receipt):
        raise ReceiptError(_("One of the digits is not right. Compare group by group with what you wrote down."))
    return receipt


def _mark(token):
    return sha256(keyed_random(token.encode(), purpose="intake check")).hexdigest()[: 2 * _MARK_SIZE]
