"""Keeping persons out of the log: numbers that could be a NIK or a telephone, addresses of mail, receipts."""

import logging
import re

_PERSONAL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|(?<![\w.])\+?\d(?:[ .-]?\d){6,}(?![\w.])")


def masked(text):
    """The text with whatever looks like a number or address of a person replaced by •••."""
    return _PERSONAL.sub("•••", text)


class Masked(logging.Filter):
    """Masks every line before it is written."""

    def filter(self, record):
        record.msg, record.args = masked(record.getMessage()), ()
        return True
