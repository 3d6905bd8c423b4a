"""Walking down a table: which rows are people, which sections hold for them, and what the other rows are."""

from simpul.migrants.reading import structure, totals, values
from simpul.migrants.reading.structure import (
    BLANK,
    FOOT,
    HEADER,
    MORE,
    NOTE,
    NUMBERS,
    PERSON,
    RECAP,
    SECTION,
    TOTAL,
)

# A row with only such a text continues the one above.
_CONTINUED = frozenset(["address", "remarks", "hamlet", "reason", "sector", "onward", "village", "district"])
_REGIONS = ("province", "regency", "district", "village")


class Walk:
    """The rows of one table, told apart."""

    def __init__(self, block, plan, setting, printed, notes, held, *, before=0):
        self.block, self.plan, self.setting = block, plan, setting
        self.printed, self.notes = printed, notes
        self.base, self.held, self.order = dict(held), {}, []
        self.before = self.people_so_far = self.since_sum = before
        self.is_over, self.is_recap = False, False
        self.section_from, self.last = before, BLANK
        name = block.parts[plan.name_at] if plan.name_at is not None else ()
        self.name_headings = {part.lower() for part in name}

    def people(self, rows):
        """(row number, cells, texts, rows that continue it, what holds for it) for each person.

        `rows` are (number, cells, texts) of the body, in order.
        """
        waiting = None
        for number, raw, texts in rows:
            kind = self.kind_of(texts[self.block.first : self.block.last])
            self.last = kind
            if kind == PERSON:
                if waiting is not None:
                    yield waiting
                waiting = (number, raw, texts, [], {**self.base, **self.held} if self.held else self.base)
                self.people_so_far += 1
                self.is_recap = False
            elif kind == MORE and waiting is not None:
                waiting[3].append(texts)
            elif kind not in (BLANK, NUMBERS, HEADER):
                self._take(kind, self._row_of(kind, texts), number)
        if waiting is not None:
            yield waiting

    def _row_of(self, kind, texts):
        """The cells of a row; a sum may stand beyond the last column of its table."""
        row = texts[self.block.first : self.block.last]
        beyond = [text for text in texts[self.block.last :] if text]
        if kind != TOTAL or len(beyond) != 1 or not structure.is_count(beyond[0]):
            return row
        return row if any(totals.number_in(text) is not None for text in row) else texts[self.block.first :]

    def kind_of(self, row):
        filled = [(column + self.block.first, text) for column, text in enumerate(row) if text]
        if not filled:
            return BLANK
        if tuple(row) in self.block.header:
            return HEADER
        if len(filled) == 1:
            return self._kind_of_one(*filled[0])
        named, others, numbered = self._look(filled)
        if others > 2 and named and self._is_plainly_a_person(row):
            return PERSON
        if structure.is_number_row(row):
            return NUMBERS
        if structure.is_header_row(row):
            return HEADER
        if structure.is_total(row) and not (named and self._is_name_of_person(filled)):
            return TOTAL
        return self._kind_of_several(filled, named, others, numbered)

    def _kind_of_several(self, filled, named, others, numbered):
        texts = [text for column, text in filled if column != self.plan.number_at]
        is_plain = numbered or (named and others >= 2)
        if not is_plain and any(structure.is_signature(text) for text in texts):
            return FOOT
        if self._is_recap_line(filled, numbered):
            return RECAP
        if named and not others and not numbered and self.setting.section(texts[0]):
            return SECTION
        if self.is_over and not (named and others >= 2):
            return FOOT
        if named or others >= 2 or (numbered and others):
            return PERSON
        return self._kind_of_few(filled)

    def _kind_of_few(self, filled):
        joined = " ".join(text for _, text in filled)
        if self.setting.section(joined):
            return SECTION
        return self._continued(filled) or NOTE

    def _continued(self, filled):
        codes = {self.plan.codes.get(column) for column, _ in filled}
        return MORE if codes <= _CONTINUED and self.last in (PERSON, MORE) and not self.is_over else None

    def _kind_of_one(self, column, text):
        code = self.plan.codes.get(column)
        if structure.is_total([text]):
            return TOTAL
        if structure.is_signature(text):
            return FOOT
        if code == "name" and text.isdecimal():
            return NOTE
        if text.isdecimal() or values.is_empty(text) or text.strip("(). ").isdecimal():
            return BLANK
        if structure.is_recap_title(text):
            return RECAP
        if not (self.is_over or self.is_recap) and self.setting.section(text):
            return SECTION
        if structure.is_footnote(text):
            return NOTE
        if self.is_over:
            return FOOT
        if code == "name" and self._is_name(text):
            return PERSON
        return self._continued([(column, text)]) or NOTE

    def _look(self, filled):
        """(has a name, other cells that a person has, has a running number)"""
        named, others, numbered = False, 0, False
        for column, text in filled:
            code = self.plan.codes.get(column)
            if code == "name":
                named = not values.is_empty(text)
            elif code == "number":
                numbered = text.strip("(). ").isdecimal()
            elif code and not values.is_empty(text):
                others += 1
        return named, others, numbered

    def _is_plainly_a_person(self, row):
        """What spares most rows the closer look."""
        name = row[self.plan.name_at - self.block.first]
        return len(name) > 1 and not (
            name.strip("(). ").isdecimal() or name.lower() in self.name_headings or structure.is_total([name])
        )

    def _is_name(self, text):
        return not isinstance(values.name(text), values.Wrong)

    def _is_name_of_person(self, filled):
        name = next((text for column, text in filled if column == self.plan.name_at), "")
        return totals.number_in(name) is None and not structure.is_total([name])

    def _is_recap_line(self, filled, numbered):
        """A label that names a group of people, and counts: never where a running number leads a person."""
        labels = [text for _, text in filled if totals.number_in(text) is None and text not in (":", "=")]
        counts = [column for column, text in filled if totals.number_in(text) is not None]
        if (
            len(labels) != 1
            or len(labels[0]) < 2
            or not counts
            or (numbered and not self._is_after_people() and len(counts) < 2)
        ):
            return False
        label_at = next(column for column, text in filled if text == labels[0])
        key = self.setting.label_key(structure.section_text(labels[0])[0])
        return key is not None and max(counts) > label_at

    def _is_after_people(self):
        return self.is_over or self.is_recap or self.before < self.people_so_far == self.since_sum

    # What the other rows say

    def _take(self, kind, row, number):
        texts = [text for text in row if text]
        line = " ".join(texts)
        if kind == SECTION:
            self._take_section(line if len(texts) > 1 and not self.setting.section(texts[-1]) else texts[-1], line)
        elif kind == TOTAL:
            self._take_total(row, number)
        elif kind == RECAP:
            self.is_recap = True
            totals.take_recap_row(self.printed, row, self.setting)
        elif kind == FOOT:
            self.is_over = True
            self.printed.text(line)
        else:
            self.printed.text(line)
            self.notes.append(line)

    def _take_section(self, text, line):
        self.section_from = self.people_so_far
        found = self.setting.section(text) or self.setting.section(line)
        for column, value in found.items():
            self._hold(column, value)
        count = structure.section_text(line)[1]
        key = self.setting.label_key(structure.section_text(text)[0])
        if count is not None and key and (len(self.held) == 1 or key.startswith("regency")):
            self.printed.put(key, count)

    def _hold(self, column, value):
        """A section ends those that were begun within the last one of its kind."""
        level = "region" if column in _REGIONS else column
        if level in self.order:
            for inner in self.order[self.order.index(level) + 1 :]:
                self._drop(inner)
            self.order = self.order[: self.order.index(level) + 1]
            if column in _REGIONS:
                for smaller in _REGIONS[_REGIONS.index(column) :]:
                    self.held.pop(smaller, None)
        else:
            self.order.append(level)
        self.held[column] = value

    def _drop(self, level):
        for column in _REGIONS if level == "region" else (level,):
            self.held.pop(column, None)

    def _take_total(self, row, number):
        padded = [""] * self.block.first + list(row)
        rows = totals.Span(self.before, self.since_sum, self.people_so_far, number + 1, self._section_key())
        totals.take_total_row(self.printed, padded, self.plan.codes, self.setting, rows=rows)
        self.since_sum = self.people_so_far

    def _section_key(self):
        """What a sum stands for that counts the rows of one section: "regency:61.01", "sex:L"; or ""."""
        if self.since_sum != self.section_from or len(self.held) != 1:
            return ""
        column, text = next(iter(self.held.items()))
        if column == "sex":
            return f"sex:{text}"
        return (self.setting.label_key(text) or "") if column in _REGIONS else ""
