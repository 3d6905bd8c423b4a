"""What is expected: populations between censuses, strata, and cases alone."""

import numpy as np
import pytest

from simpul.insight.methods.refusal import Refused
from simpul.insight.methods.scan_expected import independent, person_time, standardised


def test_a_population_changes_in_a_straight_line_between_censuses_and_not_beyond():
    days = person_time(np.array([0, 10, 20, 30, 40]), np.array([10, 30]))
    assert days @ [100, 300] == pytest.approx([1000, 1500, 2500, 3000])
    assert days.sum(1) == pytest.approx([10, 10, 10, 10])


def test_a_census_inside_an_interval_bends_the_line():
    days = person_time(np.array([0, 10, 20]), np.array([5, 15, 25]))
    assert days @ [0, 100, 0] == pytest.approx([125, 750 / 2 + 375])


def test_one_census_holds_for_all_time():
    assert person_time(np.array([0, 5, 7]), np.array([100])) @ [4] == pytest.approx([20, 8])


def test_strata_have_the_risk_they_have_everywhere():
    population = np.zeros((2, 1, 2))
    population[:, 0, :] = [[900, 100], [500, 500]]
    expected = standardised(np.array([14.0, 60.0]), population)
    assert expected[:, 0] == pytest.approx([9 + 10, 5 + 50])
    assert expected.sum() == pytest.approx(74)


def test_a_stratum_with_cases_and_nobody_in_it_is_refused():
    population = np.ones((2, 1, 2))
    population[:, :, 1] = 0
    with pytest.raises(Refused) as refused:
        standardised(np.array([1.0, 1.0]), population)
    assert refused.value.details == {"stratum": 1}
    with pytest.raises(Refused, match="not_finite"):
        standardised(np.array([1.0, 1.0]), population - 1)


def test_place_and_time_apart_are_expected_within_each_stratum():
    cases = np.zeros((2, 2, 2))
    cases[:, :, 0] = [[3, 1], [1, 3]]
    cases[0, 0, 1] = 5
    assert independent(cases) == pytest.approx(np.array([[2 + 5, 2], [2, 2]]))
