"""An address as people write it becomes codes: "Ds. Jagoi Kec. Jagoi Babang Kab. Bengkayang", "Sei Raya, Kkr".

A name is looked for from above: the province narrows the regency, the regency the district, the district the village.
The answer is certain or it is asked; these are the rules.

* A cell of a column, and a word such as "Kec." before a name, say the level; a name without either may be of any level.
  What explains most of the written words is meant.
* A name that stands alone is a province or regency before anything smaller: people name the large place for short.
  Among districts and villages it is certain only if one place of that name is left in the whole country, a village
  not counted that lies in the district of its name. That one of them is near does not decide; it is offered first.
* "Bekasi" without "Kabupaten" or "Kota" may be either and is asked, unless a district or village named with it decides.
* A slip of the finger is understood where one name only is that near, and no other place around bears the name as
  it is written.
* What contradicts itself is asked: a district that lies in another regency, two regencies.
"""

import re
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.lib.texts import cleaned
from simpul.places.gazetteer import COUNTRY, DISTRICT, PROVINCE, REGENCY, VILLAGE, installed, narrowed
from simpul.places.phrases import LEVEL_OF_KIND, TOKEN, Part, parts_of
from simpul.places.regions import ancestors, is_within, level_of

__all__ = ["Resolution", "installed", "resolve"]

ADDRESS = 4
MOST_CANDIDATES = 12
MOST_REMEMBERED = 50_000
MOST_LETTERS = 300
MOST_PARTS = 12

_CODE = re.compile(r"\s*(\d\d(?:\.\d\d(?:\.\d\d(?:\.\d{4})?)?)?|\d{4}|\d{6}|\d{10})(?:\.0)?(?![\d.]|\s*\d)")


class Resolution(NamedTuple):
    """What an address means: the deepest certain code, and what to ask the officer where it goes no deeper.

    `candidates` are (code, label) to choose from; `problem` is the sentence that asks, empty if nothing is asked;
    `rest` is what of the address named no place: street, RT and RW, hamlet.
    """

    code: str = ""
    level: str = ""
    candidates: tuple = ()
    problem: str = ""
    rest: str = ""


class Outcome(NamedTuple):
    """One way to read the parts: the places that are left, how many words it explains, and what it could not place."""

    scopes: frozenset
    explained: float
    left: tuple
    said: str = ""
    failed: Part | None = None
    failed_level: int = 0

    def rank(self):
        """Best first: nothing failed, more words explained, the larger place. District and village are asked alike."""
        depth = min((_depth(code) for code in self.scopes), default=0)
        return (self.failed is not None, -self.explained, min(depth, DISTRICT + 1))


def resolve(gazetteer, *, province="", regency="", district="", village="", address="", near="61"):
    """What the cells and the free address of one person mean; `near` is the region whose places are offered first."""
    key = (province, regency, district, village, address, near, get_language())
    known = gazetteer.memo.get(key)
    if known is None:
        if len(gazetteer.memo) >= MOST_REMEMBERED:
            gazetteer.memo.clear()
        known = _Asked(gazetteer, near).answer((province, regency, district, village), address)
        gazetteer.memo[key] = known
    return known


class _Asked:
    """One address, taken apart: names with a level, names that may be of any, and codes."""

    def __init__(self, gazetteer, near):
        self.gazetteer = gazetteer
        self.near = near
        self.fixed = ([], [], [], [])
        self.free = []
        self.scopes = frozenset([COUNTRY])
        self.unknown_code = None

    def answer(self, cells, address):
        self.address = cleaned(str(address or ""))[:MOST_LETTERS]
        for level, cell in enumerate(cells):
            self._take_cell(cleaned(str(cell or ""))[:MOST_LETTERS], level)
        parts = parts_of(self.address, self.gazetteer, source=ADDRESS)[:MOST_PARTS]
        for part in parts:
            self._take(self._as_district(part) if len(parts) > 1 else part)
        if self.unknown_code:
            return Resolution(problem=self.unknown_code, rest=self.address)
        outcome = self._best()
        if outcome.failed and outcome.failed.source < ADDRESS and not outcome.failed.kind:
            outcome = self._with_any_level(outcome) or self._by_beginning(outcome) or outcome
        if outcome.failed:
            return self._failure(outcome)
        outcome = self._with_slips(self._with_its_province(outcome))
        return self._doubt(outcome) or self._result(outcome)

    # Taking apart

    def _take_cell(self, cell, level):
        code = _CODE.match(cell)
        if code:
            self._take_code(code[1])
            cell = cell[code.end() :]
        parts = parts_of(cell, self.gazetteer, source=level)[:MOST_PARTS]
        words = tuple(word for part in parts for word in part.spoken)
        is_odd = len(parts) > 1 or (level > REGENCY and parts and LEVEL_OF_KIND.get(parts[0].kind, level + 1) != level)
        if is_odd and self.gazetteer.is_name(words, level):
            parts = [Part(words, "", words, (), level, cell.strip())]
        unmarked = [part for part in parts if not part.kind]
        for part in parts:
            if part.kind == "hamlet" and level == VILLAGE and len(parts) == 1:
                self.fixed[VILLAGE].append(part)
            elif len(unmarked) == 1 and part is unmarked[0] and self._may_be(part, level, alone=len(parts) == 1):
                self.fixed[level].append(part)
            else:
                self._take(part)

    def _may_be(self, part, level, *, alone):
        return alone or self.gazetteer.is_name(part.words, level)

    def _take_code(self, digits):
        plain = digits.replace(".", "")
        code = ".".join(filter(None, (plain[:2], plain[2:4], plain[4:6], plain[6:])))
        if code not in self.gazetteer.names:
            self.unknown_code = _("“%(code)s” is not the code of a place. Write the name of the place.") % {
                "code": digits
            }
        self.scopes = narrowed([code], self.scopes) or self.scopes

    def _as_district(self, part):
        """Beside other names "Pontianak Kota" is the district in the middle of the city, not the city."""
        is_name = self.gazetteer.is_name(part.spoken, DISTRICT) or self.gazetteer.is_name(part.spoken, VILLAGE)
        if part.kind == "kota" and part.spoken[-1] == "kota" and is_name:
            return part._replace(words=part.spoken, kind="")
        return part

    def _take(self, part):
        level = LEVEL_OF_KIND.get(part.kind)
        if level is None:
            self.free.append(part)
            return
        part, remainder = self._split(part, level)
        self.fixed[level].append(part)
        self.free += remainder

    def _split(self, part, level):
        """What follows a named place without a comma: "Kab. Bengkayang Kalimantan Barat" is two names."""
        if len(part.words) == 1 or self._is_name(part, level):
            return part, []
        for size in range(len(part.words) - 1, 0, -1):
            after = part.words[size:]
            if self.gazetteer.is_name(part.words[:size], level) and self._ends_with_a_larger(after, level):
                left = part.without(first=size)._replace(written=" ".join(after).title())
                return part.without(last=len(after))._replace(written=" ".join(part.words[:size]).title()), [left]
        return part, []

    def _is_name(self, part, level):
        return self.gazetteer.is_name(part.spoken, level) or self.gazetteer.is_name(part.words, level)

    def _ends_with_a_larger(self, words, level):
        return any(
            self.gazetteer.is_name(words[start:], larger) for larger in range(level) for start in range(len(words))
        )

    # Finding

    def _best(self):
        """The best reading; of several that are as good, all their places."""
        outcomes = self._descend(PROVINCE, self.scopes, tuple(self.free), 0, "")
        best = min(outcomes, key=Outcome.rank)
        equal = [each for each in outcomes if each.rank() == best.rank()]
        scopes = _outermost(frozenset().union(*(each.scopes for each in equal)))
        names = dict.fromkeys(each.said for each in equal)
        return best._replace(scopes=scopes, said=" / ".join(names)) if len(equal) > 1 else best

    def _descend(self, level, scopes, free, explained, said):
        if level > VILLAGE:
            return [Outcome(scopes, explained, free, said)]
        if self.fixed[level]:
            return self._descend_named(level, scopes, free, explained, said)
        outcomes = self._descend(level + 1, scopes, free, explained, said)
        for words, left in self._phrases(free, level):
            found = self.gazetteer.named(words, level, scopes=scopes)
            if found:
                name = " ".join(words).title()
                outcomes += self._descend(level + 1, found, left, explained + len(words), name)
        return outcomes

    def _descend_named(self, level, scopes, free, explained, said):
        above = scopes
        for number, part in enumerate(self.fixed[level]):
            found = self._match(part, level, scopes)
            if not found and not (number and part.source == ADDRESS):
                found = self._misspelt(part, level, above)
                found = found if len(found) == 1 else None
                explained -= 0.5
            if not found and number and part.source == ADDRESS and not self._is_name(part, level):
                free = (*free, part)
                continue
            if not found:
                return [Outcome(scopes, explained, free, said, part, level)]
            scopes, explained, said = frozenset(found), explained + len(part.words), part.written
        return self._descend(level + 1, scopes, free, explained, said)

    def _match(self, part, level, scopes):
        """Places of that very name; "Kab." or "Kota" before it chooses, if there is such a one."""
        if part.kind == "hamlet":
            return frozenset()
        found = self.gazetteer.named(part.spoken, level, scopes=scopes)
        found = found or self.gazetteer.named(part.words, level, scopes=scopes)
        if not found and level == VILLAGE and part.words[0] in {"kampung", "kp", "kpg", "kampong"} and part.words[1:]:
            found = self.gazetteer.named(part.words[1:], level, scopes=scopes)
        if level != REGENCY or part.kind not in {"kota", "kabupaten"}:
            return found
        is_city = part.kind == "kota"
        return frozenset(code for code in found if self._is_city(code) == is_city) or found

    def _is_city(self, code):
        return self.gazetteer.names[".".join(code.split(".")[:2])].startswith("Kota ")

    def _misspelt(self, part, level, scopes):
        """Places whose name is some slips away; none where the name as written is that of another place around."""
        if part.kind == "hamlet" or (COUNTRY in scopes and level > REGENCY):
            return frozenset()
        if self._named_around(part, level, scopes) or self._named_at_other_level(part, level, scopes):
            return frozenset()
        return frozenset().union(*(self.gazetteer.misspelt(part.words, level, scope=scope) for scope in scopes))

    def _named_around(self, part, level, scopes):
        """Places of that very name around the scopes: in the country, the province, for a village the regency."""
        size = max(level - 1, 0) if level != REGENCY else 0
        around = {".".join(scope.split(".")[:size]) if size else COUNTRY for scope in scopes}
        return self._match(part, level, around)

    def _named_at_other_level(self, part, level, scopes):
        levels = (other for other in (PROVINCE, REGENCY, DISTRICT) if other != level)
        return any(self.gazetteer.named(part.words, other, scopes=scopes) for other in levels)

    def _phrases(self, free, level):
        """(words, parts left) for each run of words that may name a place of this level."""
        for number, part in enumerate(free):
            before, after = free[:number], free[number + 1 :]
            if part.kind == "" or (part.kind == "hamlet" and level >= DISTRICT):
                yield part.spoken if part.kind else part.words, before + after
            if part.kind == "hamlet" or (not part.kind and not self._is_any_name(part.words)):
                yield from self._pieces(part, level, before, after)

    def _pieces(self, part, level, before, after):
        """Names at the end or the front of words without commas. Words before a village must be those of a hamlet."""
        words = part.words
        for size in range(len(words) - 1, 0, -1):
            if level < VILLAGE or part.kind:
                yield words[-size:], (*before, part.without(last=size), *after)
            if level < VILLAGE and not part.kind:
                yield words[:size], (*before, part.without(first=size), *after)

    def _is_any_name(self, words):
        return any(self.gazetteer.is_name(words, level) for level in range(VILLAGE + 1))

    def _with_any_level(self, outcome):
        """The reading in which a cell names a place of another level than its column: "Entikong" under regency."""
        part, level = outcome.failed, outcome.failed_level
        if self.gazetteer.is_name(part.words, level):
            return None
        self.fixed[level].remove(part)
        self.free.append(part)
        again = self._best()
        left = [each for each in again.left if each.source == part.source and not self._repeats_the_province(each)]
        if again.failed or left:
            self.free.remove(part)
            self.fixed[level].append(part)
            return None
        return again

    def _repeats_the_province(self, part):
        return part.source == REGENCY and bool(self.gazetteer.named(part.words, PROVINCE, scopes=self.scopes))

    def _by_beginning(self, outcome):
        """Under regency "Putussibau" or "Tayan" is the one regency of all districts whose names begin so."""
        if outcome.failed_level != REGENCY or any(self.fixed[DISTRICT] + self.fixed[VILLAGE]):
            return None
        found = narrowed(self.gazetteer.beginning(outcome.failed.words, DISTRICT), outcome.scopes)
        regency = _common(found)
        if _depth(regency) <= REGENCY:
            return None
        return outcome._replace(scopes=frozenset([".".join(regency.split(".")[:2])]), failed=None)

    def _with_its_province(self, outcome):
        """A bare "Jambi" under regency may be the province or the city in it, unless something else decides."""
        named = self.fixed[REGENCY]
        if len(named) != 1 or named[0].kind or self.fixed[PROVINCE] or COUNTRY not in self.scopes:
            return outcome
        provinces = self.gazetteer.named(named[0].words, PROVINCE)
        if provinces and all(_depth(code) <= REGENCY + 1 for code in outcome.scopes):
            return outcome._replace(scopes=outcome.scopes | provinces)
        return outcome

    def _with_slips(self, outcome):
        """Names among the words left that are a slip away from a district of the regency, a village of the district."""
        for part in outcome.left:
            if part.kind or len(outcome.scopes) != 1:
                continue
            (scope,) = outcome.scopes
            if any(self.gazetteer.misspelt(part.words, _depth(code) - 1, scope=code) for code in ancestors(scope)):
                return self._with_slips(outcome._replace(left=_left_without(outcome.left, part)))
            level = _depth(scope)
            if level not in (DISTRICT, VILLAGE):
                continue
            found = self._misspelt(part, level, outcome.scopes)
            if len(found) == 1:
                left = _left_without(outcome.left, part)
                return self._with_slips(outcome._replace(scopes=found, left=left, said=part.written))
        return outcome

    # Answering

    def _result(self, outcome):
        codes = outcome.scopes - {COUNTRY}
        code = _common(codes)
        if len(codes) < 2:
            return self._resolution(code, outcome)
        problem = _("“%(name)s” may be any of %(count)d places. Choose one, or write what it lies in.")
        names = {"name": outcome.said, "count": len(codes)}
        return self._resolution(code, outcome, candidates=codes, problem=problem % names)

    def _doubt(self, outcome):
        """What speaks against a reading that failed nowhere: another region named with it, a cell not understood."""
        for part in outcome.left:
            if part.kind in {"street", "hamlet"}:
                continue
            others = self._regions_of(part)
            if others and not narrowed(others, outcome.scopes):
                return self._contradiction(outcome, part, others)
        for part in outcome.left:
            depth = max((_depth(code) for code in outcome.scopes), default=0)
            if part.source < ADDRESS and depth <= part.source and not self._repeats_the_province(part):
                return self._failure(outcome._replace(failed=part, failed_level=part.source))
        return None

    def _regions_of(self, part):
        return self.gazetteer.named(part.words, REGENCY) or self.gazetteer.named(part.words, PROVINCE)

    def _contradiction(self, outcome, part, others):
        problem = _("“%(one)s” and “%(other)s” contradict each other. Choose where it is, or correct one of them.")
        own = outcome.scopes - {COUNTRY}
        names = {"one": self._region_label(own), "other": part.written}
        return self._resolution(_common(own | others), outcome, candidates=own | others, problem=problem % names)

    def _failure(self, outcome):
        part, level, scopes = outcome.failed, outcome.failed_level, outcome.scopes
        elsewhere = self._named_around(part, level, scopes)
        if not elsewhere and level == DISTRICT:
            elsewhere = self._match(part, level, (COUNTRY,))
        if elsewhere and all(_depth(scope) == level + 1 for scope in scopes):
            return self._contradiction(outcome, part, elsewhere)
        several = self._misspelt(part, level, scopes)
        near = self.gazetteer.nearest(part.words, level, scopes=self._sorted(scopes))
        candidates = list(dict.fromkeys([*self._sorted(elsewhere), *self._sorted(several), *near]))[:8]
        names = {"name": part.written, "region": self._region_label(scopes)}
        if elsewhere and not narrowed(elsewhere, scopes):
            above = frozenset(code.rpartition(".")[0] for code in elsewhere)
            problem = _elsewhere_sentence(level) % {**names, "other": self._region_label(above)}
        else:
            problem = _not_found_sentence(level) % names
        return self._resolution(_common(scopes), outcome, candidates=candidates, problem=problem)

    def _region_label(self, codes):
        codes = self._sorted(set(codes) - {COUNTRY})
        if not codes:
            return "Indonesia"
        labels = [self.gazetteer.label(code, near=self.near) for code in codes[:3]]
        return " / ".join(labels) + (" / …" if len(codes) > 3 else "")

    def _sorted(self, codes):
        """Near ones first."""
        return sorted(codes, key=lambda code: (not is_within(code, self.near), code))

    def _resolution(self, code, outcome, *, candidates=(), problem=""):
        if isinstance(candidates, frozenset):
            candidates = self._sorted(candidates - {COUNTRY})[:MOST_CANDIDATES]
        labels = tuple((each, self.gazetteer.label(each, near=self.near)) for each in candidates)
        level = str(level_of(code)) if code else ""
        left = outcome.left if outcome.failed is None else (*outcome.left, outcome.failed)
        return Resolution(code, level, labels, problem, self._rest(left))

    def _rest(self, left):
        """The address without the names that were understood, in its own spelling."""
        kept = sorted({token for part in left if part.source == ADDRESS for token in part.tokens})
        runs = []
        for token in kept:
            if runs and runs[-1][1] == token - 1:
                runs[-1][1] = token
            else:
                runs.append([token, token])
        spans = [match.span() for match in TOKEN.finditer(self.address)] if runs else []
        return ", ".join(self.address[spans[first][0] : spans[last][1]] for first, last in runs)


def _not_found_sentence(level):
    return (
        _("There is no province “%(name)s” in %(region)s. Correct it, or choose one."),
        _("There is no regency or city “%(name)s” in %(region)s. Correct it, or choose one."),
        _("There is no district “%(name)s” in %(region)s. Correct it, or choose one."),
        _("There is no village “%(name)s” in %(region)s. Correct it, or choose one."),
    )[level]


def _elsewhere_sentence(level):
    return (
        _("The province “%(name)s” does not fit %(region)s. Correct one of them."),
        _("The regency or city “%(name)s” does not lie in %(region)s but in %(other)s. Correct one of them."),
        _("The district “%(name)s” does not lie in %(region)s but in %(other)s. Correct one of them."),
        _("The village “%(name)s” does not lie in %(region)s but in %(other)s. Correct one of them."),
    )[level]


def _depth(code):
    """How many levels a code has: 0 for the whole country, 4 for a village."""
    return code.count(".") + 1 if code else 0


def _left_without(left, part):
    return tuple(each for each in left if each is not part)


def _outermost(codes):
    """Without the places that lie in another of them."""
    return frozenset(code for code in codes if not codes.intersection(ancestors(code)))


def _common(codes):
    """The smallest region that holds all of them."""
    paths = [[*ancestors(code), code] if code else [] for code in codes]
    common = COUNTRY
    for same in zip(*paths, strict=False):
        if len(set(same)) > 1:
            break
        common = same[0]
    return common
