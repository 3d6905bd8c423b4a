"""What Splink is told: which pairs to ask for, how each field is compared, from which pairs it learns.

The conditions are SQL that DuckDB and Spark both understand, without functions of one of them. They follow
`matching.compare`: words by their sound and how surprising it is to share them, a NIK by its quarters, dates by parts.
"""

from dataclasses import dataclass
from itertools import product

import splink.comparison_level_library as levels
from splink import SettingsCreator
from splink.blocking_rule_library import CustomRule
from splink.comparison_library import CustomComparison

from simpul.linkage.matching.table import ADDRESS, ALIASES, DATES, FATHER, MOTHER, OWN, YEARS

# Pairs of which Splink learns m, each time of all fields but those that agree by choice.
LEARNED_FROM = (
    "l.date1 = r.date1",
    "l.own1 = r.own1 and l.own_mask = r.own_mask and l.village = r.village",
)
# Pairs that are one person but for a few, and the share of all such pairs that they are thought to be.
CERTAIN = (
    "l.nik = r.nik",
    "l.passport = r.passport",
    "l.number = r.number",
    "l.whole = r.whole and l.date1 = r.date1",
    "l.phone = r.phone and l.own1 = r.own1",
)
CERTAIN_SHARE = 0.5


@dataclass(frozen=True)
class Compared:
    """A field: `unknown` says when it cannot be compared; `outcomes` are (label, condition), the best first, and what
    is left differs."""

    unknown: str
    outcomes: tuple

    @property
    def labels(self):
        return tuple(label for label, _condition in self.outcomes) + ("differs",)


def _either(*conditions):
    return "(" + " or ".join(f"coalesce({each}, false)" for each in conditions) + ")"


def _any_same(one, other, width, other_width=None):
    return _either(
        *(f"{one}{i}_l = {other}{j}_r" for i, j in product(range(1, width + 1), range(1, (other_width or width) + 1)))
    )


def _found(name, at, width, *, nearly):
    """Whether a word of the left record is one of the right record's."""
    others = ", ".join(f"{name}{j}_r" for j in range(1, width + 1))
    found = f"{name}{at}_l in ({others})"
    if not nearly:
        return found
    others = ", ".join(f"{name}{j}_bones_r" for j in range(1, width + 1))
    return f"coalesce({found}, false) or {name}{at}_bones_l in ({others})"


def _may_share(name):
    """Cheap, and true of all who share a word: most pairs drawn at random are left out by it."""
    return f"({name}_mask_l & {name}_mask_r) <> 0"


def _count(name, width, *, nearly=False):
    cases = (f"case when {_found(name, at, width, nearly=nearly)} then 1 else 0 end" for at in range(1, width + 1))
    return f"({' + '.join(cases)})"


def _surprise(name, width, *, nearly=False):
    """The bits of the left words that were found."""
    cases = (
        f"case when {_found(name, at, width, nearly=nearly)} then {name}{at}_bits_l else 0 end"
        for at in range(1, width + 1)
    )
    return f"({' + '.join(cases)})"


def _name():
    same, near = _count("own", OWN), _count("own", OWN, nearly=True)
    bits, near_bits = _surprise("own", OWN), _surprise("own", OWN, nearly=True)
    shares = _may_share("own")
    every = f"{shares} and {same} = own_words_l and {same} = own_words_r"
    nearly = f"{shares} and {near} = own_words_l and {near} = own_words_r"
    subset = f"{shares} and {near} = least(own_words_l, own_words_r)"
    unnamed = "own1_l is null or own1_r is null"
    apart = "levenshtein(written_l, written_r)"
    longest = "greatest(length(written_l), length(written_r))"
    alias = _either(
        _any_same("alias", "own", ALIASES, OWN),
        _any_same("own", "alias", OWN, ALIASES),
        _any_same("alias", "alias", ALIASES),
    )
    return Compared(
        # Who is called after a child or a husband has a name of his or her own that is not known.
        unknown=f"{unnamed} or ((called_after_l or called_after_r) and {near} = 0 and not {alias})",
        outcomes=(
            ("all, very rare", f"{every} and {bits} >= 17"),
            ("all, rare", f"{every} and {bits} >= 11"),
            ("all", f"{every} and {bits} >= 7"),
            ("all, common", every),
            ("nearly all, rare", f"{nearly} and {near_bits} >= 11"),
            ("nearly all", nearly),
            ("written as one", f"{apart} <= 1 and {longest} >= 7"),
            ("subset, very rare", f"{subset} and {near_bits} >= 13"),
            ("subset, rare", f"{subset} and {near_bits} >= 8"),
            ("subset", f"{subset} and {near_bits} >= 5.5"),
            ("subset, common", subset),
            ("alias", alias),
            ("part, rare", f"{shares} and {near} > 0 and {near_bits} >= 8"),
            ("part", f"{shares} and {near} > 0"),
            ("nearly written", f"{apart} <= 0.25 * {longest}"),
        ),
    )


def _parent(name, width, *, unless="false"):
    """`unless`: when it would say once more what another field has said."""
    bits = _surprise(name, width)
    same, near = (f"{_may_share(name)} and {_count(name, width, nearly=nearly)}" for nearly in (False, True))
    return Compared(
        unknown=f"{name}1_l is null or {name}1_r is null or coalesce({unless}, false)",
        outcomes=(
            ("very rare", f"{same} > 0 and {bits} >= 10"),
            ("rare", f"{same} > 0 and {bits} >= 6.5"),
            ("same", f"{same} > 0 and {bits} >= 4"),
            ("common", f"{same} > 0"),
            ("nearly", f"{near} > 0"),
        ),
    )


def _identity():
    """NIK and birth as one field, since a NIK holds the date."""
    pairs = tuple(product(range(1, DATES + 1), repeat=2))
    years = tuple(product(range(1, YEARS + 1), repeat=2))

    def dates(one, other=None):
        return _either(*(f"{one}{i}_l = {other or one}{j}_r" for i, j in pairs))

    def years_apart(most):
        return _either(*(f"abs(year{i}_l - year{j}_r) <= {most}" for i, j in years))

    niks = "(nik_l is not null and nik_r is not null)"
    told = "(date1_l is not null and date1_r is not null)"
    quarter = _either(*(f"nik_part{at}_l = nik_part{at}_r" for at in (1, 2, 4)))
    return Compared(
        unknown="(nik_l is null or nik_r is null) and (year1_l is null or year1_r is null)",
        outcomes=(
            ("same NIK", "nik_l = nik_r"),
            ("NIK but for a part", quarter),
            ("NIK born another year", "nik_part3_l = nik_part3_r"),
            ("same date, other NIK", f"{niks} and {dates('date')}"),
            ("same date", dates("date")),
            ("day and month turned", dates("date", "turned")),
            ("same day, other year, other NIK", f"{niks} and {dates('day')}"),
            ("same day, next year", f"{dates('day')} and {years_apart(1)}"),
            ("same day, other year", f"{dates('day')} and {years_apart(10)}"),
            ("year and month, or year and day", f"{_either(dates('month'), dates('year_day'))} and not {niks}"),
            ("other NIK", niks),
            ("same year, other day", f"{told} and {years_apart(0)}"),
            ("other day", told),
            ("same year", years_apart(0)),
            ("a year apart", years_apart(1)),
            ("a few years apart", years_apart(3)),
        ),
    )


def _number():
    quarter = _either(*(f"number_part{at}_l = number_part{at}_r" for at in range(1, 5)))
    return Compared(
        unknown="number_l is null or number_r is null",
        outcomes=(("same", "number_l = number_r"), ("but for a part", quarter)),
    )


def _place(name, *, unless="false"):
    same = f"{name}_l = {name}_r"
    return Compared(
        unknown=f"{name}_l is null or {name}_r is null or coalesce({unless}, false)",
        outcomes=(
            ("very rare", f"{same} and {name}_bits_l >= 9"),
            ("rare", f"{same} and {name}_bits_l >= 6"),
            ("same", f"{same} and {name}_bits_l >= 4"),
            ("common", same),
        ),
    )


def _address():
    others = ", ".join(f"address{j}_r" for j in range(1, ADDRESS + 1))
    cases = (f"case when address{at}_l in ({others}) then 1 else 0 end" for at in range(1, ADDRESS + 1))
    count = f"({' + '.join(cases)})"
    return Compared(
        unknown="address1_l is null or address1_r is null",
        outcomes=(
            ("all", f"{count} = greatest(address_words_l, address_words_r)"),
            ("most", f"{count} * 2 > greatest(address_words_l, address_words_r)"),
            ("some", f"{count} > 0"),
        ),
    )


def _equal(name, *, unless="false"):
    return Compared(
        unknown=f"{name}_l is null or {name}_r is null or coalesce({unless}, false)",
        outcomes=(("same", f"{name}_l = {name}_r"),),
    )


# Brothers and sisters share parents, village and telephone. Of two who have no word of a name in common, what a family
# shares is counted once.
_OTHER_NAMES = (
    f"not {_either(_may_share('own'))} and own1_l is not null and own1_r is not null "
    "and alias1_l is null and alias1_r is null"
)
_SAME_FATHER = f"{_may_share('father')} and {_count('father', FATHER)} > 0"
_AT_HOME = f"({_OTHER_NAMES} and {_either('village_l = village_r', 'phone_l = phone_r')})"
_OF_ONE_HOUSE = f"({_OTHER_NAMES} and {_either('village_l = village_r', _SAME_FATHER)})"

# Under the names of `compare.FIELDS`.
FIELDS = {
    "name": _name(),
    "father": _parent("father", FATHER, unless=_AT_HOME),
    # Children of one father have one mother.
    "mother": _parent("mother", MOTHER, unless=f"{_AT_HOME} or {_SAME_FATHER}"),
    "identity": _identity(),
    "number": _number(),
    "sex": _equal("sex"),
    "village": _place("village"),
    # A village lies in one regency.
    "regency": _place("regency", unless="village_l = village_r"),
    "postcode": _equal("postcode"),
    "address": _address(),
    "passport": _equal("passport"),
    "phone": _equal("phone", unless=_OF_ONE_HOUSE),
}


def settings(weights, *, fields=None, prior=1e-4, between_lists=False):
    """Splink's settings. `weights` {field: {label: (m, u)}} are where it begins; `fields` leaves out what no list has.

    `between_lists` asks only for pairs of two lists.
    """
    rule = "l.keys = r.keys and l.list <> r.list" if between_lists else "l.keys = r.keys"
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        blocking_rules_to_generate_predictions=[CustomRule(rule, arrays_to_explode=["keys"])],
        comparisons=[_comparison(name, weights[name]) for name in fields or FIELDS],
        probability_two_random_records_match=prior,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
        em_convergence=1e-3,
    )


def _comparison(name, weights):
    field = FIELDS[name]
    told = [levels.CustomLevel(field.unknown, "not given").configure(is_null_level=True)]
    for label, condition in field.outcomes:
        told.append(levels.CustomLevel(condition, label))
    told.append(levels.ElseLevel().configure(label_for_charts="differs"))
    for level, label in zip(told[1:], field.labels, strict=True):
        m, u = weights[label]
        level.configure(m_probability=m, u_probability=u)
    return CustomComparison(told, output_column_name=name)
