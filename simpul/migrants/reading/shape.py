"""The shape of a reading for other programs: JSON with the words of the list beside their codes."""

from datetime import date

from simpul.migrants.reading import words

# What every row says, null where the list does not.
KEYS = (
    "name", "titles", "patronymic", "alias", "sex", "birth_place", "birth_date", "birth_year", "age", "nik",
    "family_card", "document", "other_document", "document_kind", "address", "province_code", "regency_code",
    "district_code", "village_code", "phone", "stay_length", "onward", "depot", "remarks", "father", "mother",
)  # fmt: skip
WORDS = {"reason": words.REASON_WORDS, "sector": words.SECTOR_WORDS}


def of(reading):
    """The whole reading as what JSON can hold."""
    return {
        "header": {name: _plain(value) for name, value in vars(reading.header).items()},
        "columns": [_column(column) for column in reading.columns],
        "rows": [row(each) for each in reading.rows],
        "problems": [problem(each) for each in reading.problems],
        "totals": {
            "printed": reading.totals.printed,
            "counted": reading.totals.counted,
            "differences": list(reading.totals.differences),
        },
        "notes": list(reading.notes),
        "sheets": list(reading.sheets),
        "skipped_sheets": [{"sheet": name, "why": str(why)} for name, why in reading.skipped],
        "fingerprint": reading.fingerprint,
        "is_complete": reading.is_complete,
    }


def row(each):
    """One person."""
    values = each.values
    found = {"row": each.row, "sheet": each.sheet}
    found |= {key: _plain(values.get(key)) for key in KEYS}
    for key, terms in WORDS.items():
        code = values.get(key)
        found |= {key: terms.get(code), f"{key}_code": code}
    left = {key: _plain(value) for key, value in values.items() if key not in found and key != "name_written"}
    return found | left


def problem(each):
    """One problem; the column by its heading as written, its code beside it."""
    return {
        "row": each.row,
        "sheet": each.sheet,
        "column": each.heading or each.column,
        "column_code": each.column,
        "cell": each.cell,
        "read": each.read,
        "say": str(each.say),
        "kind": each.kind,
        "choices": [{"value": value, "label": str(label)} for value, label in each.choices],
    }


def _column(column):
    return {
        "number": column.number,
        "letter": column.letter,
        "heading": column.heading,
        "code": column.code,
        "known_by": column.known_by,
        "samples": list(column.samples),
        "sheet": column.sheet,
    }


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value
