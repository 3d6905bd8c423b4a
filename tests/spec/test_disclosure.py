"""Disclosure: worked examples of the literature.

The table of delinquent children by county and schooling is the teaching example of the Federal Committee on Statistical
Methodology, Report on Statistical Disclosure Limitation Methodology (Statistical Policy Working Paper 22, 1994, chapter
IV). The risks are those of the data set francdat of sdcMicro, after Benedetti and Franconi (1998).
"""

import pytest

from simpul.insight.methods.disclosure import Hidden, Published, Rule, audit, bounds, protected, suppressed
from simpul.insight.methods.margins import cell, tabulated
from simpul.insight.methods.risk import individual_risk

COUNTIES, SCHOOLING = ("Alpha", "Beta", "Gamma", "Delta"), ("low", "medium", "high", "very high")
CHILDREN = ((15, 1, 3, 1), (20, 10, 10, 15), (3, 10, 10, 2), (12, 14, 7, 2))
# One cell more than the small ones in each row and column, chosen without checking.
TWO_IN_EACH = {("Alpha", "medium"), ("Alpha", "high"), ("Alpha", "very high"), ("Beta", "medium"), ("Beta", "high"),
               ("Gamma", "low"), ("Gamma", "very high"), ("Delta", "low"), ("Delta", "very high")}  # fmt: skip
FIVE = Rule(threshold=5)


def delinquent_children():
    counts = {(county, level): count for county, row in zip(COUNTIES, CHILDREN, strict=True)
              for level, count in zip(SCHOOLING, row, strict=True)}  # fmt: skip
    return tabulated(counts, dimensions=("county", "schooling"))


def named(county, level):
    return cell(county=county, schooling=level)


def test_the_margins_are_those_printed():
    counts = delinquent_children().counts
    assert [counts[cell(county=each)] for each in COUNTIES] == [20, 55, 25, 35]
    assert [counts[cell(schooling=each)] for each in SCHOOLING] == [50, 35, 30, 20]
    assert counts[cell()] == 135


def test_two_hidden_cells_in_each_row_and_column_still_give_one_away():
    """The sum of the rows Alpha and Beta less that of the columns medium and high leaves one cell, and it is 1."""
    table = delinquent_children()
    hidden = {named(*each) for each in TWO_IN_EACH}
    values = {each: Hidden() if each in hidden else count for each, count in table.counts.items()}
    found = {finding.cell: (finding.low, finding.high) for finding in audit(Published(values, table.sums, FIVE))}
    assert found[named("Alpha", "very high")] == (1, 1)


def test_small_cells_alone_are_computed_where_they_stand_alone():
    """Gamma and Delta share the column very high with Alpha, but Delta has no other small cell."""
    found = {finding.cell: finding for finding in audit(suppressed(delinquent_children(), rule=FIVE))}
    assert (found[named("Delta", "very high")].low, found[named("Delta", "very high")].exact) == (2, True)
    assert (found[named("Alpha", "medium")].low, found[named("Alpha", "medium")].exact) == (1, True)


def test_protected_nothing_is_narrowed_down():
    table = delinquent_children()
    done = protected(table, rule=FIVE)
    assert done.least
    assert audit(done.published) == []
    assert all(high - low + 1 >= 4 for low, high in bounds(done.published).values())
    assert done.published.values[cell()] == 135


def test_the_individual_risks_of_benedetti_and_franconi():
    """Eight records, four keys; fk 2 2 2 1 1 1 1 2 and Fk 110 84.5 84.5 17 541 8 5 110."""
    shared = ("a", "b", "b", "c", "d", "e", "f", "a")
    weights = (18, 45.5, 39, 17, 541, 8, 5, 92)
    risks = individual_risk([{"key": each} for each in shared], keys=["key"], weights=weights)
    expected = (0.0171443, 0.0220423, 0.0220423, 0.1770758, 0.0116545, 0.2970631, 0.4023595, 0.0171443)
    assert risks == pytest.approx(expected, abs=5e-8)
