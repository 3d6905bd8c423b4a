"""Opening a file that somebody sent: what it is, and a sentence where it cannot be read."""

from django.utils.translation import gettext as _

from simpul.lib import tables
from simpul.lib.tables import Refused


class FileError(Exception):
    """A file that cannot be read at all; the sentence says what it is and what to do."""


def opened(data, *, layout):
    """The sheets of a file, or a `FileError`."""
    try:
        return tables.opened(data, most_rows=layout.most_rows)
    except Refused as refused:
        raise FileError(sentence(refused.reason, layout=layout)) from None


def sentence(reason, *, layout=None):
    """What to tell about a file that was refused."""
    rows = f"{layout.most_rows:,}".replace(",", ".") if layout else ""
    return _sentences().get(reason, _sentences()["unknown"]) % {"rows": rows}


def _sentences():
    resave = _("Open it and save it as an Excel workbook (XLSX).")
    return {
        "empty": _("This file is empty. Choose the file again."),
        "password": _("This file is protected by a password. Open it, remove the password and save it again."),
        "broken": _("This file is damaged and cannot be opened. Ask for it again, or open and save it anew."),
        "too_large": _(
            "This file is too large: it holds more than %(rows)s rows or unpacks to more than 100 MB. Split it."
        ),
        "too_wide": _(
            "A cell far to the right makes this sheet too wide. Delete the columns beyond the table and save it."
        ),
        "pdf": _("This is a PDF, whatever its name says. Ask for the spreadsheet it was printed from."),
        "picture": _("This is a picture, whatever its name says. Ask for the spreadsheet itself."),
        "html": _("This is a web page, whatever its name says. Open it in Excel or LibreOffice and save it as XLSX."),
        "xml": _("This is an XML file, not a spreadsheet.") + " " + resave,
        "docx": _("This is a Word document. Copy its table into a spreadsheet and save that as XLSX."),
        "doc": _("This is a Word document. Copy its table into a spreadsheet and save that as XLSX."),
        "odt": _("This is a text document. Copy its table into a spreadsheet and save that as XLSX."),
        "rtf": _("This is a text document. Copy its table into a spreadsheet and save that as XLSX."),
        "pptx": _("This is a presentation, not a spreadsheet. Ask for the spreadsheet itself."),
        "ppt": _("This is a presentation, not a spreadsheet. Ask for the spreadsheet itself."),
        "xlsb": _("This is a binary Excel workbook (XLSB).") + " " + resave,
        "numbers": _("This is a Numbers document. Export it as an Excel workbook (XLSX)."),
        "archive": _("This is a packed archive, not a spreadsheet. Unpack it and choose the spreadsheet inside."),
        "unknown": _("This file is not a spreadsheet. Simpul reads XLSX, XLS, ODS and CSV."),
        "nobody": _("No row of this file looks like a person. Choose the file with the list of names."),
        "form": _(
            "This is a form with its headings beneath each other. Make a list of it: one row for each person, and the"
            " headings in one row above."
        ),
        "two_rows": _("Each person of this list takes two rows. Put everything about a person into one row."),
        "beside": _("Two lists stand beside each other. Put the second below the first, under the same headings."),
        "no_names": _("This file has no column of names. Add a heading such as 'Nama' above the names."),
    }
