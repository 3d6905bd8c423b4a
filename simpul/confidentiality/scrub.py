"""Keeping persons out of the log: numbers that could be a NIK or a telephone, addresses of mail, receipts."""

import logging
import re

# Seven digits and more, however they are grouped; what is masked without need does no harm in a log.
_PERSONAL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\+?\d(?:[ ().-]{0,3}\d){6,}")
_AS_USUAL = logging.Formatter()


def masked(text):
    """The text with whatever looks like a number or address of a person replaced by •••."""
    return _PERSONAL.sub("•••", text)


class Masked(logging.Filter):
    """Masks every line before it is written, those of a traceback too."""

    def filter(self, record):
        record.msg, record.args = masked(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = masked(_AS_USUAL.formatException(record.exc_info))
        return True
