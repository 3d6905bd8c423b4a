"""What is counted says what it is."""

import pytest

from simpul.insight import measures
from simpul.insight.counting import COUNTED
from simpul.insight.measures import BY_CODE, MEASURES


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.code)
def test_a_measure_says_what_it_is_and_where_it_comes_from(measure):
    for told in (measure.words, measure.definition, measure.source, measure.method):
        assert len(str(told)) > 3
    assert str(measure.definition).endswith(".")
    assert measure.kind in (measures.FLOW, measures.STOCK)
    assert measure.of in (measures.PEOPLE, measures.RECORDS, measures.CLOCKS, measures.RUPIAH)
    assert measure.better in ("", measures.MORE, measures.LESS)


def test_what_is_defined_is_counted_and_nothing_else():
    assert BY_CODE.keys() == COUNTED.keys()
    assert len(BY_CODE) == len(MEASURES)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.code)
def test_a_flow_has_its_day_and_a_stock_has_none(measure):
    assert bool(COUNTED[measure.code].moment) == measure.is_flow


def test_nobody_is_measured_by_how_many_cases_there_are():
    assert not any(BY_CODE[code].better for code in ("cases_opened", "cases_open", "reports_received"))


def test_an_unknown_code_is_refused():
    assert measures.measure("cases_open").words == BY_CODE["cases_open"].words
    with pytest.raises(LookupError):
        measures.measure("smiles")


def test_people_whose_small_numbers_are_hidden_are_counted_as_people():
    assert all(BY_CODE[code].of == measures.PEOPLE for code in measures.OF_MIGRANTS)
