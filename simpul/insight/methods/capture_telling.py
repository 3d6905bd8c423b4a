"""What a hidden number is told by: its plain values, and the sentences for verdicts, reasons and refusals.

The sentences stand here untranslated, for doors of different kinds: a command and a page say the same.
"""

import math
from typing import TYPE_CHECKING, Any

from simpul.insight.methods.refusal import Refused
from simpul.lib.speech import gettext_noop

if TYPE_CHECKING:
    from simpul.insight.methods.capture import Estimate, Result
    from simpul.insight.methods.capture_table import Table

METHODS = {
    "independence": gettext_noop("independent lists"),
    "stepwise": gettext_noop("step by step"),
    "bic": gettext_noop("best model"),
    "averaged": gettext_noop("average of models"),
    "latent": gettext_noop("kinds of people"),
}
STEPS = METHODS | {"without": gettext_noop("leaving out each list")}
VERDICTS = {
    "publish": gettext_noop(
        "The number may be published with its interval: about %(middle)s, from %(low)s to %(high)s."
    ),
    "range": gettext_noop("Only a range may be published, no single number: from %(low)s to %(high)s."),
    "withhold": gettext_noop("No number is to be published."),
}
REASONS = {
    "methods_differ": gettext_noop("The largest estimate is %(ratio)s times the smallest."),
    "wide": gettext_noop("The intervals together reach from %(low)s to %(high)s, a factor of %(ratio)s."),
    "a_list_decides": gettext_noop("Without the list %(list)s the estimate changes by a factor of %(ratio)s."),
    "a_list_is_all": gettext_noop("Without the list %(list)s no estimate is left: the number hangs on it."),
    "two_lists": gettext_noop("Two lists cannot show whether they depend on each other; a third list is needed."),
    "draws_fail": gettext_noop("In %(share)s of the drawn tables '%(method)s' has no estimate."),
    "few_methods": gettext_noop("Only '%(method)s' has an estimate that counts; nothing confirms it."),
    "linkage": gettext_noop("%(share)s of the uncertainty comes from not knowing who is the same person."),
}
REFUSALS = {
    "too_few_lists": gettext_noop("At least two lists with people on them are needed."),
    "too_many_lists": gettext_noop("There are %(lists)s lists; at most %(most)s can be worked with. Join small ones."),
    "nobody": gettext_noop("Nobody is on any list."),
    "no_overlap": gettext_noop(
        "Nobody is on two lists, so nothing shows how many are on none. No number can be given."
    ),
    "little_overlap": gettext_noop(
        "Only %(overlap)s people are on two lists or more; with fewer than %(least)s no number is given."
    ),
    "no_estimate": gettext_noop("No model has an estimate on this table: too few lists overlap."),
    "unseen_counted": gettext_noop("People are counted who are on no list."),
    "not_a_count": gettext_noop("%(count)s is no number of people."),
    "other_lists": gettext_noop("The tables are not of the same lists: %(lists)s here, %(expected)s before."),
}

Values = dict[str, Any]


def values_of(found: "Result") -> Values:
    """Everything that is said of a table, as plain values."""
    first, verdict = found.tables[0], found.verdict
    return {
        "n": first.total,
        "lists": list(first.lists),
        "methods": {name: _of_method(each) for name, each in found.estimates.items()},
        "verdict": verdict.code,
        "reasons": [{"code": each.code, "verdict": each.verdict, **each.values} for each in verdict.reasons],
        "range": {"low": verdict.low, "high": verdict.high},
        "counting": list(found.counting),
        "refused": found.refused,
        "overlap": overlap(first),
        "without": found.without,
        "consistency": {"methods": verdict.spread, "without_a_list": verdict.drop},
        "diagnostics": {**found.diagnostics, **_existence(first)},
        "tables": [table.total for table in found.tables],
    }


def refused_values(refused: Refused, table: "Table") -> Values:
    """A refusal as plain values: what was seen, and no number."""
    return {
        "n": table.total,
        "lists": list(table.lists),
        "methods": {},
        "verdict": "withhold",
        "reasons": [{"code": refused.reason, "verdict": "withhold", **refused.details}],
        "overlap": overlap(table),
        "diagnostics": _existence(table) if table.size > 1 else {},
    }


def overlap(table: "Table") -> Values:
    return {
        "on_two_or_more": table.on_several,
        "lists": table.on_lists(),
        "pairs": {":".join(pair): count for pair, count in table.on_pairs().items()},
        "empty_lists": list(table.empty),
    }


def _of_method(each: "Estimate") -> Values:
    return {
        "estimate": each.estimate,
        "low": each.low,
        "high": each.high,
        "model": list(each.model),
        "interval": each.interval,
        "monte_carlo_error": {"low": each.errors[0], "high": each.errors[1]},
        "draws": each.draws,
        "draws_without_estimate": each.failed,
        **each.details,
    }


def _existence(table: "Table") -> Values:
    # What computes is heavy, and who only needs the sentences does not wait for it.
    from simpul.insight.methods.capture import existence_of_pairs

    codes = existence_of_pairs(table)
    return {"existence": codes} if codes else {}


def rounded(value: float) -> float:
    """To two figures: more would pretend to know more."""
    if not math.isfinite(value) or value < 100:
        return value
    return round(value, 1 - math.floor(math.log10(value)))
