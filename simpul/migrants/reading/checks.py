"""What contradicts itself: an age and a day of birth, a NIK and what stands beside it, one person twice in a list."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from simpul.lib.dates import full_years_between
from simpul.migrants.reading import sentences
from simpul.migrants.reading.findings import WARNING, Problem


def row(person):
    """Contradictions within one row. The values stay; the officer is told."""
    found, setting = person.values, person.plan.setting
    born, on = found.get("birth_date"), setting.counted_on or setting.today
    if "age" in found and (born or found.get("birth_year")):
        _age(person, born, found["age"], on)
    if person.nik:
        _nik(person, person.nik, found)


def twice(rows):
    """Warnings for people who stand in a list a second time, by row number."""
    seen, found = {}, []
    for each in rows:
        for problem, key in _keys(each.values):
            other = seen.get(key)
            if other is None:
                seen[key] = each
                continue
            column = {"twice_nik": "nik", "twice_document": "document"}.get(problem, "name")
            text = str(each.values[column])
            say = sentences.say(problem, text, other=_where(other, each))
            found.append((each, Problem(each.row, column, "", str(each.row), text, say, (), WARNING, each.sheet)))
            break
        else:
            continue
    return found


def with_problems(each, problems):
    """The row with more problems."""
    return replace(each, problems=(*each.problems, *problems))


def _where(other, each):
    return other.row if other.sheet == each.sheet else f"{other.row} ({other.sheet})"


def _keys(found):
    if found.get("nik"):
        yield "twice_nik", ("nik", found["nik"])
    if found.get("document"):
        yield "twice_document", ("document", found["document"])
    if found.get("name") and found.get("birth_date"):
        yield "twice_name", (found["name"].casefold(), found["birth_date"])


def _age(person, born, age, on):
    counted = full_years_between(born, on) if isinstance(born, date) else on.year - person.values["birth_year"]
    if abs(counted - age) > 1:
        told = born.strftime("%d-%m-%Y") if isinstance(born, date) else person.values["birth_year"]
        person.fail("age", "age_birth", str(told), kind=WARNING, age=age, counted=counted)


def _nik(person, nik, found):
    born = found.get("birth_date")
    if born and not nik.fits(born):
        told = "{:02d}-{:02d}-{:02d}".format(*nik.born)
        person.fail("nik", "nik_birth", born.strftime("%d-%m-%Y"), kind=WARNING, told=told)
    sex = found.get("sex")
    if sex and sex != nik.sex:
        told = _("woman") if nik.sex == "P" else _("man")
        person.fail("nik", "nik_sex", sex, kind=WARNING, told=told)
    regency = found.get("regency_code")
    given = f"{nik.number[:2]}.{nik.number[2:4]}"
    if regency and regency != given:
        names = person.plan.setting.names
        person.fail("nik", "nik_region", names.get(regency, regency), kind=WARNING, told=names.get(given, given))
