"""Two releases of the same cells beside each other: what changed between them, told or following."""

import pytest

from simpul.insight.methods import differences, disclosure, margins
from simpul.insight.methods.disclosure import Hidden, Published

MONTHS = ("01", "02", "03")


def published(counts, *hidden):
    table = margins.tabulated(
        {(place, month): counts[place][at] for place in counts for at, month in enumerate(MONTHS)},
        dimensions=("place", "month"),
    )
    names = {margins.cell(**each) for each in hidden}
    return Published({each: Hidden() if each in names else count for each, count in table.counts.items()}, table.sums)


BEFORE = {"a": (20, 30, 40), "b": (25, 35, 45)}


def test_what_is_shown_twice_tells_its_change():
    after = {"a": (20, 33, 40), "b": (25, 35, 45)}
    told = differences.told(published(BEFORE), published(after))
    assert told[margins.cell(place="a", month="02")] == 3
    assert told[margins.cell()] == 3
    assert told[margins.cell(place="b")] == 0


def test_a_change_of_few_people_is_found_and_one_of_many_or_nobody_is_not():
    few = differences.revealing(published(BEFORE), published({"a": (20, 33, 40), "b": (25, 35, 45)}))
    assert {found.cell for found in few} == {
        margins.cell(place="a", month="02"), margins.cell(place="a"), margins.cell(month="02"), margins.cell(),
    }  # fmt: skip
    assert {found.low for found in few} == {3}
    assert not differences.revealing(published(BEFORE), published({"a": (20, 50, 40), "b": (25, 35, 45)}))
    assert not differences.revealing(published(BEFORE), published(BEFORE))


def test_a_change_that_follows_is_found_though_neither_number_is_shown():
    hidden = {"place": "a", "month": "02"}
    after = {"a": (31, 33, 40), "b": (25, 35, 45)}
    found = differences.revealing(published(BEFORE, hidden), published(after, hidden))
    # The line grew by 14 and the shown parts of it by 11.
    assert margins.cell(**hidden) in {each.cell for each in found}


def test_fewer_people_tell_as_much_as_more():
    found = differences.revealing(published(BEFORE), published({"a": (20, 28, 40), "b": (25, 35, 45)}))
    assert {each.low for each in found} == {-2}


def test_what_no_sum_determines_is_not_told():
    hidden = [{"place": place, "month": month} for place in "ab" for month in ("01", "02")]
    hidden += [{"place": "a"}, {"place": "b"}, {"month": "02"}, {"month": "01"}]
    after = {"a": (20, 33, 40), "b": (25, 32, 45)}
    told = differences.told(published(BEFORE, *hidden), published(after, *hidden))
    assert margins.cell(place="a", month="02") not in told
    assert told[margins.cell(place="a", month="03")] == 0


def test_other_tables_are_refused():
    other = margins.tabulated({("a", "01"): 5}, dimensions=("place", "month"))
    with pytest.raises(disclosure.DisclosureError, match="different tables"):
        differences.told(published(BEFORE), Published(dict(other.counts), other.sums))
