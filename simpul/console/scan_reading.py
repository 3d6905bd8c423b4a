"""The tables `simpul scan` reads: cases, people and places, by the headings such tables usually have."""

from dataclasses import dataclass, field

from simpul.console import scan_time
from simpul.console.alone import Trouble, number_in, rows_of
from simpul.lib.speech import _, gettext_noop, ngettext

# What the headings are called, the first that is there is taken; compared without case, spaces and underlines.
HEADINGS = {
    "place": (
        "place kode code location lokasi tempat zip fips county kodewilayah placecode locationid desa village"
        " kelurahan kecamatan district kabupaten kabupatenkota regency wilayah area region id nama name"
    ),
    "cases": "cases case kasus jumlahkasus korban jumlahkorban count jumlah n",
    "date": "date tanggal tgl time waktu periode period",
    "year": "year tahun",
    "month": "month bulan",
    "population": "population penduduk populasi jumlahpenduduk pop people jiwa",
    "controls": "controls control kontrol",
    "latitude": "latitude lat lintang garislintang",
    "longitude": "longitude long lon lng bujur garisbujur",
    "x": "x xkm easting timur",
    "y": "y ykm northing utara",
    "name": "nama name placename namawilayah",
}
FIELDS = tuple(HEADINGS)
# What the sentences call them.
WORDS = {
    "place": gettext_noop("the place"),
    "cases": gettext_noop("cases"),
    "date": gettext_noop("dates"),
    "population": gettext_noop("population"),
    "controls": gettext_noop("controls"),
    "latitude": gettext_noop("coordinates"),
}
_SHOWN = 5


@dataclass
class Sheet:
    """A table with its columns by field, and the headings nothing is known of."""

    file: str
    headings: list
    rows: list
    columns: dict
    rest: list

    def cell(self, row, field_name):
        return row[self.columns[field_name]]

    def has(self, *fields):
        return all(each in self.columns for each in fields)

    def numbered(self):
        return enumerate(self.rows, start=2)

    def number(self, number, row, field_name):
        """A count in a cell; raises `Trouble` below 0."""
        at = self.columns[field_name]
        value = number_in(row[at], file=self.file, row=number, column=self.headings[at])
        if value < 0 and field_name in ("cases", "population", "controls"):
            raise Trouble(
                _("%(file)s, row %(row)d, column %(column)s: %(text)s is below 0, which no count is.")
                % {"file": self.file, "row": number, "column": self.headings[at], "text": row[at][:40]}
            )
        return value

    def key(self, number, row):
        """What a place is known by: its code or name, without regard to case."""
        text = self.cell(row, "place")
        if not text:
            raise Trouble(_("%(file)s, row %(row)d has no place. Fill it in.") % {"file": self.file, "row": number})
        return text.casefold()

    def moment(self, number, row, *, near=None):
        """When a row was; None where the table does not say."""
        if not self.has("date") and not self.has("year"):
            return None
        text = self._when(row)
        moment = scan_time.moment_in(text, near=near)
        if moment is None:
            raise Trouble(
                _(
                    "%(file)s, row %(row)d: '%(text)s' is no date that can be read."
                    " Write year-month-day, as in 2025-03-28, or the month (2025-03) or the year."
                )
                % {"file": self.file, "row": number, "text": text[:40]}
            )
        return moment

    def _when(self, row):
        if self.has("date"):
            return self.cell(row, "date")
        year = self.cell(row, "year")
        if not self.has("month"):
            return year
        month = self.cell(row, "month")
        return f"{year}-{month}" if month.isdigit() else f"{month} {year}"


def opened(file, *, chosen):
    """A table with its columns; `chosen` are headings given for fields, {field: heading}."""
    headings, rows = rows_of(file)
    if not rows:
        raise Trouble(_("%(file)s has headings and no row below them.") % {"file": file})
    folded = {_folded(heading): place for place, heading in reversed(list(enumerate(headings))) if heading}
    columns = {}
    for name, usual in HEADINGS.items():
        wanted = chosen.get(name)
        found = [folded[each] for each in ([_folded(wanted)] if wanted else usual.split()) if each in folded]
        free = [each for each in found if each not in columns.values()]
        if free:
            columns[name] = free[0]
    _months_alone(columns)
    rest = [place for place, heading in enumerate(headings) if heading and place not in columns.values()]
    return Sheet(file, headings, rows, columns, rest)


def _months_alone(columns):
    """A column of months without one of years holds whole dates, as in 2025-03."""
    if "month" in columns and not {"year", "date"} & set(columns):
        columns["date"] = columns.pop("month")


def _folded(heading):
    return "".join(each for each in heading.casefold() if each.isalnum())


def needed(sheet, name):
    """Raises `Trouble` where a table lacks a column."""
    if not sheet.has(name):
        raise Trouble(
            _(
                "%(file)s has no column for %(what)s (one of: %(names)s). It has: %(headings)s."
                " --column %(field)s=HEADING names it."
            )
            % {
                "file": sheet.file,
                "what": _(WORDS.get(name, name)),
                "names": ", ".join(HEADINGS[name].split()[:6]),
                "headings": ", ".join(filter(None, sheet.headings)),
                "field": name,
            }
        )


# --- places


@dataclass
class Places:
    """Where the places are: their keys, codes and names in the order of the table, and coordinates.

    Coordinates are (latitude, longitude) where `is_geographic`, else (x, y).
    """

    keys: dict = field(default_factory=dict)
    names: list = field(default_factory=list)
    called: list = field(default_factory=list)
    coordinates: list = field(default_factory=list)
    is_geographic: bool = False
    file: str = ""


def places_of(sheet, *, plane):
    """The places of a table. `plane` True: coordinates on a plane, whatever they are called; None: by the headings."""
    pair = ("latitude", "longitude") if sheet.has("latitude", "longitude") else ("x", "y")
    if not sheet.has(*pair):
        needed(sheet, "latitude")
    needed(sheet, "place")
    found = Places(file=sheet.file)
    for number, row in sheet.numbered():
        key = sheet.key(number, row)
        spot = _spot(sheet, number, row, pair)
        if key not in found.keys:
            found.keys[key] = len(found.names)
            found.names.append(sheet.cell(row, "place"))
            found.called.append(sheet.cell(row, "name") if sheet.has("name") else found.names[-1])
            found.coordinates.append(spot)
        elif found.coordinates[found.keys[key]] != spot:
            raise Trouble(
                _("%(file)s, row %(row)d: %(place)s is in the table with other coordinates too. Keep one of them.")
                % {"file": sheet.file, "row": number, "place": sheet.cell(row, "place")}
            )
    found.is_geographic = _is_geographic(found, pair, plane)
    if pair == ("x", "y") and found.is_geographic:
        found.coordinates = [(y, x) for x, y in found.coordinates]
    return found


def _spot(sheet, number, row, pair):
    if not all(sheet.cell(row, each) for each in pair):
        raise Trouble(
            _("%(file)s, row %(row)d: %(place)s has no coordinates. Fill them in, or leave the place out everywhere.")
            % {"file": sheet.file, "row": number, "place": sheet.cell(row, "place")}
        )
    return tuple(sheet.number(number, row, each) for each in pair)


def _is_geographic(found, pair, plane):
    """Degrees, where the headings say so and the numbers can be; --plane and --degrees decide otherwise."""
    if plane is not None:
        return not plane
    fits = all(abs(first) <= 90 and abs(second) <= 360 for first, second in found.coordinates)
    return pair[0] == "latitude" and fits


def unknown(sheet, missing, places):
    """The `Trouble` of places that are in a table and not among those with coordinates."""
    shown = ", ".join(list(missing)[:_SHOWN]) + (", ..." if len(missing) > _SHOWN else "")
    return Trouble(
        ngettext(
            "%(file)s: a place has no coordinates in %(places)s: %(shown)s. Add it there.",
            "%(file)s: %(count)d places have no coordinates in %(places)s: %(shown)s. Add them there.",
            len(missing),
        )
        % {"file": sheet.file, "count": len(missing), "places": places.file, "shown": shown}
    )


def check_known(sheet, places, *, count):
    """Raises `Trouble` for places of a table, with something counted there, that have no coordinates."""
    missing = {}
    for number, row in sheet.numbered():
        key = sheet.key(number, row)
        if key not in places.keys and (not sheet.has(count) or sheet.number(number, row, count) > 0):
            missing[sheet.cell(row, "place")] = True
    if missing:
        raise unknown(sheet, missing, places)
