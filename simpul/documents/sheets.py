"""What papers are made of: the office and its day, the parties, and the blocks that stand on a sheet.

In a table of facts, None leaves the line out and "" leaves it to be filled in by hand.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from simpul.documents.patterns import drawing


@dataclass(frozen=True)
class Office:
    """Whose letterhead a paper bears."""

    name: str
    above: str = ""
    address: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Paper:
    """What every paper needs: the office, its number, where and on which day, and who printed it when."""

    office: Office
    number: str
    place: str
    on: date
    printed_by: str
    printed_at: datetime


@dataclass(frozen=True)
class Party:
    """Somebody who writes, receives, hands over or signs; what is not known stays empty."""

    name: str = ""
    nik: str = ""
    birth: str = ""
    title: str = ""
    office: str = ""
    nip: str = ""
    address: str = ""
    phone: str = ""


PARTS = {
    "name": gettext_lazy("Name"),
    "nik": "NIK",
    "birth": gettext_lazy("Place and date of birth"),
    "title": gettext_lazy("Position"),
    "office": gettext_lazy("Agency"),
    "nip": "NIP",
    "address": gettext_lazy("Address"),
    "phone": gettext_lazy("Telephone"),
}


def long_day(day):
    """A day as letters have it: 22 November 2026; a line for the hand where there is none."""
    return date_format(day, "j F Y") if day else ""


def weekday(day):
    """A day with its name: Sunday, 22 November 2026."""
    return date_format(day, "l, j F Y")


def long_moment(at):
    """A moment with the hour and the zone of the office; a line for the hand where there is none."""
    if at is None:
        return ""
    here = localtime(at)
    return _("%(day)s at %(time)s") % {"day": long_day(here), "time": date_format(here, "H:i T")}


def short_moment(at):
    """A moment in a table."""
    return date_format(localtime(at), "j M Y, H:i")


def zone(at):
    """The name of the time zone of the office: WIB."""
    return date_format(localtime(at), "T")


def rows(party, *parts, **labels):
    """Facts about a party: the parts named, in this order, under their usual label or another one."""
    return [(labels.get(part, PARTS[part]), getattr(party, part)) for part in parts]


def text(words):
    """A paragraph."""
    return {"kind": "text", "text": words}


def heading(words):
    """A heading between paragraphs."""
    return {"kind": "heading", "text": words}


def facts(pairs):
    """Labels and what is said of them."""
    return {"kind": "facts", "rows": [list(pair) for pair in pairs if pair[1] is not None]}


def points(items, *, mark="dot"):
    """Lines of one kind behind a dot, a "number" or a "box" to tick."""
    return {"kind": "points", "items": list(items), "mark": mark}


def table(head, lines, *, widths, right=(), heads=(), sums=()):
    """A table: widths are shares of the page, 0 as wide as needed; `right` holds the columns set to the right.

    Rows whose number is in `heads` begin a group; the rows of `sums` close the table.
    """
    return {
        "kind": "table",
        "head": list(head),
        "rows": [list(line) for line in lines],
        "widths": list(widths),
        "right": [column in right for column in range(len(head))],
        "heads": list(heads),
        "sums": [list(line) for line in sums],
    }


def framed(words):
    """What must not be overlooked."""
    return {"kind": "framed", "text": words}


def room(lines):
    """Empty lines for what is written by hand."""
    return {"kind": "room", "lines": lines}


def pattern(address, *, caption, steps):
    """An address as a pattern for a camera, with the steps to take beside it."""
    return {
        "kind": "pattern",
        "drawing": drawing(address),
        "alt": _("The address below as a pattern for a camera"),
        "address": address,
        "caption": caption,
        "steps": {"items": list(steps), "mark": "number"},
    }


def slot(caption, party, *, hint="", stamp=""):
    """A place to sign: above it who signs as what, below it the name, or a line for it."""
    return {
        "caption": caption,
        "title": "\n".join(filter(None, [party.title, party.office])),
        "name": party.name,
        "number": f"NIP {party.nip}" if party.nip else "",
        "hint": hint,
        "stamp": stamp,
    }


def signatures(*slots, paper=None):
    """Who signs; with the paper, its place and day stand above."""
    return {"kind": "signatures", "slots": list(slots), "day": place_and_day(paper) if paper else ""}


def place_and_day(paper):
    """Where and on which day a paper is written."""
    return f"{paper.place}, {long_day(paper.on)}"


def sheet(paper, *, title, blocks):
    """What every template is given; blocks that are None are left out.

    The title also names the file for readers of the screen, so it names nobody.
    """
    return {
        "language": (get_language() or "id")[:2],
        "title": title,
        "running": _("Number: %(number)s") % {"number": paper.number},
        "office": {
            "above": paper.office.above,
            "name": paper.office.name,
            "address": paper.office.address,
            "contact": paper.office.contact,
        },
        "blocks": [block for block in blocks if block is not None],
        "foot": {
            "printed": _("Printed by %(name)s on %(moment)s")
            % {"name": paper.printed_by, "moment": long_moment(paper.printed_at)},
            "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
        },
    }
