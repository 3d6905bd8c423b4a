"""Rows: each person of a table, cell by cell, by a plan that was made once for all rows of the table."""

import re
from datetime import date

from simpul.lib import tables
from simpul.migrants.reading import checks, dates, sentences, values, words
from simpul.migrants.reading.column_habits import DATES, Habits
from simpul.migrants.reading.columns import LEFT_OUT, TESTS, heading_of
from simpul.migrants.reading.findings import ERROR, WARNING, Problem, Row
from simpul.migrants.reading.values import Wrong

PLACES = ("province", "regency", "district", "village")
# What a column tells, where that has another name than the column.
VALUE_OF = {
    "sex_male": "sex", "sex_female": "sex", "birth": "birth_date", "passport": "document", "splp": "document",
    "identity": "nik", "age_male": "age", "age_female": "age", "birth_year": "birth_date",
}  # fmt: skip
_FIRST = {"nik": 0, "identity": 1, "name": 2}
_TERMS = ("sector", "reason", "onward", "document_kind", "status", "procedural")
_CODE = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")
# In these a mark such as "sda" is read as what stands above; a name or a number is each person's own.
_OWN = frozenset(["name", "nik", "identity", "number"])


class Person:
    """One row while it is read."""

    __slots__ = ("plan", "number", "values", "written", "problems", "nik", "places", "ticks", "answered")

    def __init__(self, plan, number):
        self.plan, self.number = plan, number
        self.values, self.written, self.problems = {}, {}, []
        self.nik = None
        self.places, self.ticks, self.answered = {}, [], {}

    def fail(self, code, problem, text, *, choices=(), kind=ERROR, say=None, **facts):
        """Keep a problem of the column with this code; one that the officer answered is not said again."""
        key = VALUE_OF.get(code, code)
        index, heading = self.plan.where.get(code) or self.plan.where.get(key) or (None, "")
        cell = f"{tables.letter(index)}{self.number}" if index is not None else str(self.number)
        sentence = say or sentences.say(problem, text, **facts)
        self.problems.append(
            Problem(self.number, key, heading, cell, text, sentence, tuple(choices), kind, self.plan.sheet)
        )


class Plan:
    """How the rows of one table are read."""

    def __init__(self, found, setting, *, sheet, raw=(), texts=(), kin=None):
        """`raw` and `texts` are the rows that decide the habits of columns: the order of dates, P and W, cut NIKs.

        `kin` are the orders of day and month that the tables of the file prove: {(column code, heading): [order]}.
        """
        self.setting, self.sheet = setting, sheet
        self.columns = [column for column in found if column.code and column.code != LEFT_OUT]
        self.where = {}
        for column in self.columns:
            heading = heading_of(column)
            self.where.setdefault(column.code, (column.index, heading))
            self.where.setdefault(VALUE_OF.get(column.code, column.code), (column.index, heading))
        self.codes = {column.index: column.code for column in self.columns}
        self.name_at = next((column.index for column in self.columns if column.code == "name"), None)
        self.number_at = next((column.index for column in self.columns if column.code == "number"), None)
        self.above = {}
        self.habits = Habits(self.columns, raw, texts, today=setting.today, kin=kin)
        order = sorted(self.columns, key=lambda column: (_FIRST.get(column.code, 5), column.index))
        self.steps = [
            (column.index, column.code, self._step(column.code)) for column in order if column.code != "number"
        ]
        self.reads_remarks = "onward" not in self.where
        self.has_places = bool({"address", "hamlet", *PLACES} & set(self.codes.values()))

    def read(self, number, raw, *, held=None, texts=None, more=()):
        """The person of one row. `held` is what sections and the sheet say; `more` are rows that continue this one."""
        person = Person(self, number)
        answers = self.setting.answers_of(number, self.sheet) if self.setting.answers else None
        if answers:
            person.answered = dict(answers)
        for index, code, step in self.steps:
            cell = raw[index] if index < len(raw) else ""
            if cell == "" and not more and not answers:
                continue
            text = (
                (texts[index] if texts is not None and index < len(texts) else values.text_of(cell))
                if cell != ""
                else ""
            )
            self._take(person, index, code, step, cell, text, more)
        self._finish(person, held or {})
        return Row(number, self.sheet, person.values, person.written, tuple(person.problems))

    def _take(self, person, index, code, step, cell, text, more):
        for line in more:
            if index < len(line) and line[index]:
                text = cell = f"{text} {line[index]}".strip()
        if code in person.answered:
            text = cell = person.answered.pop(code)
        if text:
            person.written.setdefault(code, text)
            cell, text = self._as_above(person, index, code, cell, text)
        if values.is_empty(text):
            if code == "document" and len(text) > 5:
                step(person, code, cell, text)
        elif values.is_formula_error(text):
            person.fail(code, "formula", text)
        else:
            step(person, code, cell, text)

    def _as_above(self, person, index, code, cell, text):
        """The cell, or the one above where it says so; nothing above is a problem."""
        if code in _OWN or not values.is_same(text):
            self.above[index] = (cell, text)
            return cell, text
        if index not in self.above:
            person.fail(code, "same_above", text)
            return "", ""
        return self.above[index]

    def _step(self, code):
        if code in DATES:
            return _date_step(DATES[code], self.habits)
        return _STEPS.get(code) or (_term if code in _TERMS else _place if code in _PLACED else _text)

    def _finish(self, person, held):
        _answers_left(person)
        if person.ticks:
            _ticks(person)
        if "name" not in person.values and self.name_at is not None and not _has_problem(person, "name"):
            person.fail("name", "name_missing", "")
        _held(person, held)
        if self.reads_remarks and "remarks" in person.values and "onward" not in person.values:
            _onward(person)
        if self.has_places or person.places or any(place in held for place in PLACES):
            _places(person, held)
        checks.row(person)


def _has_problem(person, code):
    return any(problem.column == code for problem in person.problems)


# --- steps: one cell each -------------------------------------------------------------------------------------------


def _text(person, code, cell, text):
    known = person.values.get(code)
    person.values[code] = f"{known}; {text}" if known and known != text else text


def _name(person, code, cell, text):
    found = values.name(text)
    if isinstance(found, Wrong):
        person.fail(code, found.problem, text)
        return
    person.values["name"], person.values["name_written"] = found.name, text
    for key, value in (("titles", found.titles), ("patronymic", found.patronymic), ("alias", found.alias)):
        if value:
            person.values[key] = value


def _nik(person, code, cell, text):
    found = values.nik(text, names=person.plan.setting.names)
    if isinstance(found, Wrong):
        person.fail(code, found.problem, text)
        return
    if isinstance(cell, float | int) and not isinstance(cell, bool) and found.number.endswith("0"):
        cut = person.plan.habits.cut_niks
        if cut == "all":
            person.fail(code, "nik_cut", text)
            return
        if cut == "perhaps":
            person.fail(code, "nik_cut_perhaps", text, kind=WARNING)
    person.nik = found
    person.values["nik"] = found.number


def _identity(person, code, cell, text):
    number = values.number_text(text)
    if number.isdecimal() or values._EXPONENT.fullmatch(text):
        _nik(person, code, cell, text)
    else:
        _document(person, "document", cell, text)


def _document(person, code, cell, text):
    number = values.number_text(text)
    if len(number) == 16 and number.isdecimal():
        _nik_in_documents(person, code, cell, text)
        return
    found = values.document(text)
    if isinstance(found, Wrong):
        person.fail(code, found.problem, text)
        return
    number, kind = found
    if code in ("passport", "splp") and kind != "none":
        kind = code if number or kind else kind
    if number:
        key = "document" if "document" not in person.values else "other_document"
        person.values[key] = number
        if key == "other_document":
            return
    if kind and (number or "document_kind" not in person.values):
        person.values["document_kind"] = kind


def _nik_in_documents(person, code, cell, text):
    if person.nik is None and "nik" not in person.plan.where:
        _nik(person, code, cell, text)
    elif person.nik is None or person.nik.number != values.number_text(text):
        person.fail(code, "document", text)


def _family_card(person, code, cell, text):
    _simple(person, code, text, values.family_card(text))


def _phone(person, code, cell, text):
    _simple(person, code, text, values.phone(text))


def _simple(person, code, text, found):
    if isinstance(found, Wrong):
        person.fail(code, found.problem, text, choices=found.choices)
    elif code in person.values:
        person.values[code] = f"{person.values[code]} / {found}"
    else:
        person.values[code] = found


def _sex(person, code, cell, text):
    _simple(person, code, text, values.sex(text, p_is_male=person.plan.habits.p_is_male))


def _tick(person, code, cell, text):
    sex = "L" if code in ("sex_male", "age_male") else "P"
    if text.isdecimal() and int(text) == 0:
        return
    if code.startswith("age") or (text.isdecimal() and int(text) > 1):
        person.ticks.append((sex, text))
        _age(person, "age", cell, text)
    elif values.is_tick(text) or values.sex(text) == sex:
        person.ticks.append((sex, text))
    else:
        person.fail(code, "tick", text, choices=(("L", "L"), ("P", "P")))


def _ticks(person):
    sexes = {sex for sex, _ in person.ticks}
    if len(sexes) > 1:
        person.fail("sex", "sex_two", " / ".join(text for _, text in person.ticks), choices=(("L", "L"), ("P", "P")))
    elif "sex" not in person.values:
        person.values["sex"] = sexes.pop()


def _age(person, code, cell, text):
    years = dates.age_in(text)
    if years is None:
        _age_that_is_a_date(person, code, cell, text)
    elif years > 110:
        person.fail(code, "age_range", text)
    else:
        person.values["age"] = years


def _age_that_is_a_date(person, code, cell, text):
    if isinstance(cell, date) or (any(sign.isdigit() for sign in text) and TESTS["date"](text)):
        _born(person, "age", person.plan.habits.birth(person.nik, cell, text), text)
        return
    person.fail(code, "age", text)


def _birth_year(person, code, cell, text):
    found = dates.read(text, today=person.plan.setting.today)
    if found.year:
        person.values["birth_year"] = found.year
    elif found.day:
        person.values["birth_date"] = found.day
    else:
        person.fail(code, found.problem if found.problem in ("future", "too_old") else "year", text)


def _birth(person, code, cell, text):
    """Place and day in one cell."""
    if not isinstance(cell, str):
        _born(person, code, person.plan.habits.birth(person.nik, cell, text), text)
        return
    span = dates.in_text(text)
    if span is None:
        _birth_without_day(person, code, text)
        return
    before, after = text[: span[0]].strip(" ,./;:-–("), text[span[1] :].strip(" ,./;:-–)(")
    day = text[span[0] : span[1]]
    years = dates.age_in(after) if after else None
    place = before or ("" if years is not None else after)
    if place:
        person.values["birth_place"] = values.cased(place)
    _born(person, code, person.plan.habits.birth(person.nik, day, day), day)
    if years is not None and "age" not in person.values:
        person.values["age"] = years


def _birth_without_day(person, code, text):
    head, _, tail = text.rpartition(",") if "," in text else text.rpartition(" ")
    for part, place in ((text, ""), (tail, head), *_number_tails(text)):
        if not any(sign.isdigit() for sign in part):
            continue
        found = dates.read(part.strip(), today=person.plan.setting.today)
        if found.day or found.year or found.age is not None or found.problem != "not_a_date":
            _born(person, code, found, part.strip())
            if place.strip(" ,/"):
                person.values["birth_place"] = values.cased(place.strip(" ,/"))
            return
    if any(sign.isdigit() for sign in text):
        person.fail(code, "not_a_date", text)
    else:
        person.values["birth_place"] = values.cased(text.strip(" ,/"))


def _number_tails(text):
    match = re.match(r"([^\d±]+?)[\s,/.-]*((?:±|th\.?|thn\.?|tahun|umur)?\s*\d.*)$", text, re.IGNORECASE)
    return [(match[2], match[1])] if match else []


def _date_step(future, habits):
    def step(person, code, cell, text):
        if code == "birth_date":
            _born(person, code, habits.birth(person.nik, cell, text), text)
            return
        found = habits.day(code, cell, text, future=future)
        if found.day:
            person.values[code] = found.day
        else:
            _date_problem(person, code, found, text)

    return step


def _born(person, code, found, text):
    if found.day:
        person.values["birth_date"] = found.day
    if found.year:
        person.values["birth_year"] = found.year
    if found.age is not None and "age" not in person.values:
        if found.age > 110:
            person.fail(code, "age_range", text)
        else:
            person.values["age"] = found.age
    if found.problem:
        _date_problem(person, code, found, text)


def _date_problem(person, code, found, text):
    choices = [(day.isoformat(), day.strftime("%d-%m-%Y")) for day in found.options]
    told = choices[-1][1] if choices else ""
    person.fail(code, found.problem or "not_a_date", text, choices=choices, told=told)


def _stay(person, code, cell, text):
    months = values.stay(text)
    person.values["stay_length"] = text if months is None else months


def _term(person, code, cell, text):
    found = values.term(code, text)
    if code == "onward" and isinstance(found, str) and words.denies(text):
        found = values.Wrong("no_term", values.choices_of(code))
    if isinstance(found, Wrong):
        person.fail(code, found.problem, text, choices=found.choices)
    else:
        person.values[code] = {"yes": True, "no": False}[found] if code == "procedural" else found


def _country(person, code, cell, text):
    found = values.term(code, text)
    if isinstance(found, Wrong):
        person.values["country_written"] = text
        person.fail(code, found.problem, text, choices=found.choices)
    else:
        person.values[code] = found


def _place(person, code, cell, text):
    known = person.places.get(code)
    person.places[code] = f"{known}, {text}" if known and known != text else text


def _hamlet(person, code, cell, text):
    heading = person.plan.where[code][1].strip()
    label = heading if heading.upper() in ("RT", "RW") else ""
    known = person.places.get("hamlet")
    text = f"{label} {text}".strip() if text[:1].isdigit() and label else text
    person.places["hamlet"] = f"{known} {text}" if known else text


_PLACED = frozenset([*PLACES, "address"])
_STEPS = {
    "name": _name, "nik": _nik, "identity": _identity, "document": _document, "passport": _document, "splp": _document,
    "family_card": _family_card, "phone": _phone, "sex": _sex, "sex_male": _tick, "sex_female": _tick,
    "age_male": _tick, "age_female": _tick, "age": _age, "birth_year": _birth_year, "birth": _birth,
    "stay_length": _stay, "country": _country, "hamlet": _hamlet,
}  # fmt: skip


# --- after the cells ------------------------------------------------------------------------------------------------


def _answers_left(person):
    """Answers for what no column of its own holds: the day of a cell with place and day, the sex of ticks."""
    for code, text in person.answered.items():
        person.problems = [problem for problem in person.problems if problem.column != code]
        if code == "sex":
            person.ticks = []
        person.values.pop(code, None)
        if not text or values.is_empty(text):
            continue
        if code in PLACES:
            person.places[code] = text
            continue
        person.plan._step(code)(person, code, text, text)


def _held(person, held):
    sex = held.get("sex")
    if sex and "sex" not in person.values and not _has_problem(person, "sex"):
        person.values["sex"] = sex
    elif sex and person.values.get("sex", sex) != sex:
        person.fail("sex", "sex_contradicts", person.values["sex"], section=sex, kind=WARNING)
    for code in ("reason", "sector", "document_kind", "depot"):
        if code in held and code not in person.values and not _has_problem(person, code):
            person.plan._step(code)(person, code, held[code], held[code])


def _onward(person):
    """How somebody went on, where no column asks for it and the remarks say it."""
    found = words.onward_in_remarks(person.values["remarks"])
    if found and not _has_problem(person, "onward"):
        person.values["onward"] = found


def _places(person, held):
    places = person.places
    own = any(code in places for code in (*PLACES, "address"))
    cells = {code: places.get(code, "") for code in PLACES}
    section = {code: held[code] for code in PLACES if code in held}
    if not any(places.get(code) for code in ("regency", "province")):
        cells.update({code: text for code, text in section.items() if not cells[code]})
    chosen = next((text for text in (places.get(code, "") for code in reversed(PLACES)) if _CODE.fullmatch(text)), "")
    address = places.get("address", "")
    if places.get("hamlet"):
        address = f"{address} {places['hamlet']}".strip() if address else places["hamlet"]
    if chosen:
        _fill_codes(person, chosen)
        _keep_address(person, address)
        return
    found = person.plan.setting.resolve(*(cells[code] for code in PLACES), places.get("address", ""))
    _fill_codes(person, found.code)
    rest = " ".join(part for part in (found.rest, places.get("hamlet", "")) if part)
    _keep_address(person, rest if places.get("address") else places.get("hamlet", ""))
    if found.problem:
        text = ", ".join(
            places[each] for each in ("village", "district", "regency", "province", "address") if places.get(each)
        )
        for code in _blamed(person.plan.setting, cells, places, found.problem):
            person.fail(
                code, "", places.get(code) or text or section.get(code, ""), choices=found.candidates, say=found.problem
            )
    elif own and section:
        _compare_with_section(person, section)


def _blamed(setting, cells, places, problem):
    """The columns to look at: the one whose words the sentence names, and a larger place that may be the wrong one.

    Where a district does not lie in a regency, either may be mistaken: without the regency there is no problem.
    """
    named = {word.casefold() for word in re.findall(r"“([^”]+)”", problem)}
    given = [code for code in ("regency", "province", "district", "village", "address") if places.get(code)]
    first = next((code for code in given if any(word in places[code].casefold() for word in named)), None)
    if first is None:
        return [next((code for code in ("village", "district", "regency", "address") if code in given), "regency")]
    found = [first]
    for larger in ("regency", "district"):
        if larger in given and first in ("district", "village") and larger != first:
            without = {**cells, larger: ""}
            answer = setting.resolve(*(without[code] for code in PLACES), places.get("address", ""))
            found += [larger] if answer.code and not answer.problem else []
    return found


def _compare_with_section(person, section):
    for column, text in section.items():
        told = person.plan.setting.resolve(*(text if code == column else "" for code in PLACES), "")
        code = person.values.get(f"{column}_code", "")
        if told.code and not told.problem and code and code != told.code[: len(code)]:
            person.fail(column, "region_section", person.places.get(column, code), section=text, kind=WARNING)


def _fill_codes(person, code):
    for name, size in (("province_code", 2), ("regency_code", 5), ("district_code", 8), ("village_code", 13)):
        if len(code) >= size:
            person.values[name] = code[:size]


def _keep_address(person, text):
    if text:
        person.values["address"] = text
