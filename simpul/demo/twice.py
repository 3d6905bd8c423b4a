"""Who stands on several lists of the invented year under another spelling, and who only seems to.

Somebody was deported last year and is deported again, with other papers: the name as another clerk wrote it, the day
and month of birth changed places, a year that was forged, the NIK not told or with a digit wrong. Others stand in the
register of their regency and come home. And some are not the same and look like it: twins, sisters and brothers,
namesakes of one village.

They take the place of lines that were drawn anyhow, of the same sex and regency and with the same reason, work and way
on, so that every sum that was published stays as it is. What machine and officers make of it is measured in `truth`.
"""

from dataclasses import dataclass, field, replace
from random import Random

from simpul.demo import people, spellings

SEED = "the same person on two lists"
# From which list to which, and how many; a list of one's own is one that was never published.
DEPORTED_AGAIN = (
    ("2022-04", "2025-10-16", 4), ("2022-11", "2025-11", 4), ("2025-10-16", "2026-01", 9), ("2025-10-23", "2026-01", 7),
    ("2025-11", "2026-01", 8), ("2025-10-16", "2026-02", 4), ("2025-11", "2026-02", 4),
)  # fmt: skip
DEPORTED_LATELY = (("five weeks ago", 4), ("last week", 4), ("this morning", 2))
LATELY_FROM = ("2025-11", "2026-01", "2026-02")
# How many of a regency stand in its register and on a list.
IN_REGISTER = {"61.07": 12, "61.01": 10, "61.03": 6}
# Who is not the same and looks like it: what they are, from which list to which, how many.
ALIKE = (
    ("twins", "2026-01", "2026-01", 5), ("siblings", "2025-10-16", "2026-01", 5), ("siblings", "2025-11", "2026-02", 3),
    ("namesakes", "2025-10-23", "2026-01", 6), ("namesakes", "2025-11", "2026-01", 5),
)  # fmt: skip
HERE = "61"
WITH_PARENTS = "with_parents"
NICKNAMES = {"L": ("Along", "Iwan", "Ipul"), "P": ("Ayu", "Nong", "Itak")}
# Who of the lists is a victim in a case told by hand (`reviewed`): name of the story, regency. Two stories of one
# number are of one person.
IN_CASES = (("known 1", "61.07", 1), ("known 2", "61.07", 2), ("known 3", "61.01", 3), ("known 4", "61.07", 1))
# The same recruiter is named in these.
RECRUITER_IN = ("known 1", "known 2", "known 3")
SEEN = "pernah dideportasi"


@dataclass
class Plan:
    """What is put into which list, and who of it is one person: pairs of numbers of papers, of two lists or of a list
    and the register; and {name of a story: (number of papers, the victim as the case has her)}.
    """

    lines: dict = field(default_factory=dict)
    lately: dict = field(default_factory=dict)
    register: dict = field(default_factory=dict)
    cases: dict = field(default_factory=dict)
    same: list = field(default_factory=list)
    different: list = field(default_factory=list)

    def put_into(self, name, lines):
        """The lines of a list with those that are planned in their places."""
        planned = self.lines.get(name, {})
        return [planned.get(at, line) for at, line in enumerate(lines)]


def plan(lists):
    """The plan for lists, {name: (day of arrival, lines)}; the same one every time."""
    return _Planner(lists).made()


def put_lately(lines, known, *, on):
    """Lines of a list that was never published, with people who were sent home before in the place of others.

    Lines of villages that are told of elsewhere stay, and so do those at whose number something else is told.
    """
    lines, free = list(lines), list(range(len(lines) - 1, 6, -1))
    for person in known:
        at = next((n for n in free if _is_free(lines[n]) and lines[n].sex == person.sex and not lines[n].nik), None)
        if at is not None and spellings.is_grown_up(person.birth_date, on=on):
            free.remove(at)
            now = lines[at]
            lines[at] = replace(
                person, reason=now.reason, sector=now.sector, onward=now.onward, stay=now.stay, remarks=now.remarks,
                document_kind=now.document_kind,
            )  # fmt: skip
    return lines


class _Planner:
    """Goes through the lists once; a line is used for one thing only."""

    def __init__(self, lists):
        self.days = {name: day for name, (day, _lines) in lists.items()}
        self.lists = {name: list(lines) for name, (_day, lines) in lists.items()}
        self.random, self.plan = Random(SEED), Plan()
        # Papers that stand on two lists are told of already.
        papers = [line.document for lines in self.lists.values() for line in lines]
        self.used = {number for number in papers if papers.count(number) > 1}
        self.names = {"L": 0, "P": 0}

    def made(self):
        for before, after, many in DEPORTED_AGAIN:
            for at, other in self._couples(before, after, many):
                self._deported_again(before, at, after, other)
        for what, before, after, many in ALIKE:
            for number, (at, other) in enumerate(self._couples(before, after, many, is_near=True)):
                self._alike(what, number, before, at, after, other)
        for key, many in DEPORTED_LATELY:
            self.plan.lately[key] = [self._lately(key, number) for number in range(many)]
        for regency, many in IN_REGISTER.items():
            self.plan.register[regency] = [self._registered(regency) for _each in range(many)]
        self._in_cases()
        return self.plan

    def _couples(self, before, after, many, *, is_near=False):
        """Lines of two lists, one of each, of the same sex and regency; of one village or district where it is told."""
        found = []
        for at in self._free(before):
            one = self.lists[before][at]
            fitting = (n for n in self._free(after) if self._fit(one, before, self.lists[after][n], after, is_near))
            other = next(fitting, None)
            if other is None or one.document in self.used:
                continue
            self.used |= {one.document, self.lists[after][other].document}
            found.append((at, other))
            if len(found) == many:
                break
        return found

    def _free(self, name):
        """Places of a list that may be taken, in no order that anybody chose."""
        lines = self.lists[name]
        free = [at for at, line in enumerate(lines) if _is_free(line) and line.document not in self.used]
        self.random.shuffle(free)
        return free

    def _fit(self, one, before, other, after, is_near):
        if one.document == other.document or one.sex != other.sex or one.home[:5] != other.home[:5]:
            return False
        days = self.days[before], self.days[after]
        is_of_age = all(spellings.is_grown_up(one.birth_date, on=day) for day in days)
        return is_of_age and (not is_near or len(one.home) >= 8)

    def _deported_again(self, before, at, after, other):
        one, two = self.lists[before][at], self.lists[after][other]
        first, second, *_more = self._names(one.sex)
        one = replace(one, name=first)
        two = self._otherwise(one, two, name=second, on=self.days[after])
        self._put(before, at, one)
        self._put(after, other, two)
        self.plan.same.append((one.document, two.document))

    def _otherwise(self, one, two, *, name, on):
        """The same person as another list has it, in the place of somebody else's line."""
        born, _how = spellings.born_otherwise(self.random, one.birth_date, on=on)
        home = two.home if two.home.startswith(one.home) else one.home[: len(two.home)]
        return replace(two, name=name, birth_date=born, birth_place=one.birth_place, home=home,
                       nik=self._nik_otherwise(one))  # fmt: skip

    def _nik_otherwise(self, one):
        """Mostly one list names none; where both do, a digit is wrong."""
        if one.nik:
            return self.random.choice(("", spellings.with_a_slip(one.nik)))
        return self._nik_of(one) if self.random.random() < 0.4 else ""

    def _nik_of(self, one):
        district = one.home[:8] if len(one.home) >= 8 else f"{one.home[:5]}.01"
        return people.nik_of(self.random, district, one.birth_date, one.sex)

    def _names(self, sex):
        """The ways to write the next name, in an order of their own each time."""
        written = list(spellings.called(sex, self.names[sex]))
        self.names[sex] += 1
        self.random.shuffle(written)
        return written

    def _alike(self, what, number, before, at, after, other):
        """Two people of one village: born together, of one father, or only called the same."""
        one, two = self.lists[before][at], self.lists[after][other]
        sex, father = one.sex, spellings.FATHERS[number % len(spellings.FATHERS)]
        born = one.birth_date
        if what == "namesakes":
            names = (self._names(sex)[0],) * 2
            born = born.replace(year=born.year + (9 if born.year < 1980 else -9), day=min(born.day, 27) + 1)
        else:
            table = spellings.BORN_TOGETHER if what == "twins" else spellings.SIBLINGS
            both = table[sex][number % 2]
            names = tuple(spellings.child_of(name, father, sex=sex) for name in both)
            if what == "siblings":
                born = born.replace(year=born.year + (2 if born.year < 1990 else -2), month=born.month % 12 + 1, day=17)
        nik = self._nik_of(one) if what == "twins" else ""
        self._put(before, at, replace(one, name=names[0], nik=nik and nik[:-1] + "1"))
        self._put(after, other, replace(two, name=names[1], birth_date=born, birth_place=one.birth_place,
                                        home=one.home, nik=nik and nik[:-1] + "2"))  # fmt: skip
        self.plan.different.append((one.document, two.document))

    def _lately(self, key, number):
        """Somebody of an earlier list as a list of the last weeks has him, with papers that no other list has."""
        before = LATELY_FROM[number % len(LATELY_FROM)]
        at = next(at for at in self._free(before) if len(self.lists[before][at].home) >= 8)
        one = self.lists[before][at]
        self.used.add(one.document)
        first, second, *_more = self._names(one.sex)
        one = replace(one, name=first)
        self._put(before, at, one)
        papers = f"XD99{len(self.plan.same):04d}"
        two = self._otherwise(one, replace(one, document=papers), name=second, on=self.days[before])
        self.plan.same.append((one.document, papers))
        nickname = self.random.choice(NICKNAMES[one.sex])
        return replace(two, name=f"{second} alias {nickname}") if number == 1 else two

    def _registered(self, regency):
        """Somebody of a list as the register of the home regency has her: with a NIK, and the village."""
        name, one, second = self._somebody_of(regency)
        nik = spellings.with_a_slip(one.nik) if one.nik else self._nik_of(one)
        born, _how = spellings.born_otherwise(self.random, one.birth_date, on=self.days[name])
        self.plan.same.append((one.document, nik))
        return replace(one, name=second, birth_date=born, nik=nik)

    def _in_cases(self):
        """Victims of cases as they told it; one was a victim twice, and said another year the second time."""
        known = {}
        for story, regency, number in IN_CASES:
            if number not in known:
                _name, *known[number] = self._somebody_of(regency)
                one, written = known[number]
                self.plan.cases[story] = one.document, replace(one, name=written, nik="")
                continue
            one, written = known[number]
            born = one.birth_date.replace(year=one.birth_date.year + 2, day=min(one.birth_date.day, 28))
            self.plan.cases[story] = one.document, replace(one, birth_date=born, nik="")

    def _somebody_of(self, regency):
        """(name of the list, line, the name otherwise written) of somebody of a village of a regency."""
        name = next(name for name in self._shuffled() if self._villagers(name, regency))
        at = self.random.choice(self._villagers(name, regency))
        one = self.lists[name][at]
        self.used.add(one.document)
        first, second, *_more = self._names(one.sex)
        one = replace(one, name=first)
        self._put(name, at, one)
        return name, one, second

    def _shuffled(self):
        names = sorted(name for name in self.lists if not name.startswith("2022"))
        self.random.shuffle(names)
        return names

    def _villagers(self, name, regency):
        """Places of a list with somebody of a village of a regency who is used for nothing yet."""
        lines = self.lists[name]
        return [
            at
            for at, line in enumerate(lines)
            if _is_free(line) and line.document not in self.used and line.home.startswith(regency)
            and len(line.home) > 8 and spellings.is_grown_up(line.birth_date, on=self.days[name])
        ]  # fmt: skip

    def _put(self, name, at, line):
        self.lists[name][at] = line
        self.plan.lines.setdefault(name, {})[at] = line


def _is_free(line):
    """Whether a line may be of somebody else: a grown-up of the province, of whom nothing else is told."""
    is_here = line.home.startswith(HERE) and line.home not in ("61.07.07.2001", "61.07.07.2006")
    return is_here and line.sector != WITH_PARENTS and line.remarks != SEEN
