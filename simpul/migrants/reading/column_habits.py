"""Habits of columns: what one cell leaves open, the others of its column tell.

A sheet writes the day first or the month first, and does so all the way down; a program that took day for month did it
to every date; a spreadsheet that kept NIKs as numbers cut each of them.
"""

from datetime import date, datetime

from simpul.migrants.reading import dates, headings, values

# Columns of dates, and whether days to come are allowed there.
DATES = {"birth_date": False, "contract_from": True, "contract_until": True, "departed_on": True, "returned_on": False}
DATED = frozenset(["birth", "age", *DATES])


class Habits:
    """What the cells of whole columns tell: the order of dates, whether P means pria, whether NIKs lost their end."""

    def __init__(self, found, raw, texts, *, today, kin=None):
        """`found` are the columns; `raw` and `texts` the rows that decide: their cells, and how they read.

        `kin` are the orders of day and month that other tables prove: {(column code, heading): [order]}.
        """
        self.today, kin = today, kin or {}
        self.orders, self.swapping = {}, ""
        columns = {column.code: column.index for column in found}
        for column in found:
            if column.code in DATED:
                told = kin.get((column.code, headings.key_of(column.parts)), ())
                self.orders[column.code] = dates.order_of(_date_texts(texts, column.index), told)
        self.order = self.orders.get("birth_date", self.orders.get("birth", dates.DAY_FIRST))
        if "birth_date" in columns:
            niks = [_nik_at(row, columns.get("nik")) for row in texts]
            self.swapping = _swapping([_at(row, columns["birth_date"]) for row in raw], niks)
        self.p_is_male = _p_is_male(texts, columns.get("sex"))
        self.cut_niks = _cut_niks(raw, columns.get("nik", columns.get("identity")))

    def birth(self, nik, cell, text):
        """A day of birth, by the habit of its column and where that leaves it open by the NIK beside it.

        `nik` is a `values.Nik`, or None where there is none.
        """
        if isinstance(cell, date):
            return self._true_date(nik, cell)
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            return dates.of_number(cell, today=self.today)
        found = dates.read(text, today=self.today, order=self.order)
        if found.options and nik:
            fitting = [day for day in found.options if nik.fits(day)]
            if len(fitting) == 1:
                return dates.checked(fitting[0], today=self.today)
        return found

    def day(self, code, cell, text, *, future):
        """Any other day of a journey or a contract."""
        if isinstance(cell, date):
            return dates.of_day(cell, today=self.today, future=future)
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            return dates.of_number(cell, today=self.today, future=future)
        return dates.read(text, today=self.today, order=self.orders.get(code, dates.DAY_FIRST), future=future)

    def _true_date(self, nik, cell):
        day = cell.date() if isinstance(cell, datetime) else cell
        other = dates.swapped(day) if self.swapping else None
        if other is None or other == day:
            return dates.checked(day, today=self.today)
        if nik and nik.fits(day):
            return dates.checked(day, today=self.today)
        if self.swapping == "yes" or (nik and nik.fits(other)):
            return dates.checked(other, today=self.today)
        return dates.Found(problem="swapped", options=(day, other))


def _at(row, index):
    return row[index] if index is not None and index < len(row) else ""


def proven_orders(found, texts):
    """{(column code, heading): order} of the columns of a table whose dates prove one."""
    proven = {}
    for column in found:
        if column.code in DATED and any(column.parts):
            order = dates.proven_order(_date_texts(texts, column.index))
            if order:
                proven[column.code, headings.key_of(column.parts)] = order
    return proven


def _date_texts(texts, index):
    for row in texts:
        text = _at(row, index)
        span = dates.in_text(text) if text else None
        if span:
            yield text[span[0] : span[1]]


def _nik_at(row, index):
    text = _at(row, index)
    found = values.nik(text, names={}) if text else None
    return found if isinstance(found, values.Nik) else None


def _swapping(cells, niks):
    """Whether true dates of a column took day for month: "yes" where NIKs prove it, "ask" where only the look tells it.

    A program that expects the month first turns 7/8 into a date of July and leaves 31/8 as text.
    """
    days = [(cell, nik) for cell, nik in zip(cells, niks, strict=True) if isinstance(cell, date)]
    texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    if not days or any(cell.day > 12 for cell, _ in days):
        return ""
    known = [(cell, nik) for cell, nik in days if nik and cell.day != cell.month]
    straight = sum(nik.fits(cell) for cell, nik in known)
    crossed = sum(nik.fits(dates.swapped(cell)) for cell, nik in known)
    if crossed and crossed > 2 * straight:
        return "yes"
    if straight:
        return ""
    late = [text for text in texts if dates.is_day_above_twelve(text)]
    return "ask" if late and not any(dates.is_two_ways(text) for text in texts) else ""


def _p_is_male(texts, index):
    found = {_at(row, index).strip(" .").lower() for row in texts} - {""} if index is not None else set()
    return "w" in found and "p" in found and not found & {"l", "lk", "laki-laki", "perempuan", "pr", "m"}


def _cut_niks(raw, index):
    """Whether the NIKs kept as numbers all end in 0: a spreadsheet keeps fifteen digits."""
    cells = [_at(row, index) for row in raw] if index is not None else []
    numbers = [cell for cell in cells if isinstance(cell, float | int) and cell > 1e15]
    if not numbers or any(int(cell) % 10 for cell in numbers):
        return ""
    return "all" if len(numbers) > 2 else "perhaps"
