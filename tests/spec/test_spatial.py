"""Rates and spatial association: figures that PySAL and R print for published maps.

esda 2.9 and libpysal 4.14 printed them; the maps stand in `tests/spec/maps.py`, each with its source.
"""

import pytest

from simpul.insight.methods import hotspots, neighbours, rates
from tests.spec.maps import (
    BIRTHS_1974,
    BIRTHS_1979,
    CAROLINA_NEIGHBOURS,
    DEATHS_1974,
    DEATHS_1979,
    HOMICIDES_1988,
    SIX_POINTS,
    SIX_VALUES,
    ST_LOUIS_NEIGHBOURS,
)


@pytest.fixture(scope="module")
def st_louis():
    return neighbours.of_lists(ST_LOUIS_NEIGHBOURS)


@pytest.fixture(scope="module")
def carolina():
    return neighbours.of_lists(CAROLINA_NEIGHBOURS)


def test_the_maps_are_whole():
    assert (len(BIRTHS_1974), sum(DEATHS_1974), sum(DEATHS_1979), len(HOMICIDES_1988)) == (100, 667, 836, 78)


def test_moran_of_homicides_around_st_louis(st_louis):
    found = hotspots.moran(HOMICIDES_1988, st_louis.standardised())
    assert found.statistic == pytest.approx(0.243655826218, abs=1e-12)
    assert found.p_normal == pytest.approx(0.000271478628, abs=1e-12)
    assert found.variance_random == pytest.approx(0.002976102828610931, abs=1e-14)
    assert found.z_random == pytest.approx(4.704410220874632)
    assert found.p_permutation < 0.02


def test_geary_of_homicides_around_st_louis(st_louis):
    found = hotspots.geary(HOMICIDES_1988, st_louis.standardised())
    assert found.statistic == pytest.approx(0.597128215893689, abs=1e-12)
    assert found.variance_normal == pytest.approx(0.005465786052175757, abs=1e-14)
    assert found.variance_random == pytest.approx(0.013063740292186923, abs=1e-14)


def test_neighbours_that_are_not_mutual():
    """Two nearest of six points: the moments count pairs in one direction once."""
    around = neighbours.nearest(SIX_POINTS, 2, is_geographic=False)
    found = hotspots.moran(SIX_VALUES, around.standardised(), permutations=0)
    assert found.statistic == pytest.approx(0.25087108013937287)
    assert found.variance_normal == pytest.approx(0.06238095238095237)
    assert found.variance_random == pytest.approx(0.0754978612503895)


def test_general_g_of_six_points():
    found = hotspots.general_g(SIX_VALUES, neighbours.within(SIX_POINTS, 15, is_geographic=False))
    assert found.statistic == pytest.approx(0.557097791798, abs=1e-12)
    assert found.variance_random == pytest.approx(0.009203550195101468, abs=1e-14)
    assert found.p_random / 2 == pytest.approx(0.17293565873591432)


def test_local_g_of_six_points():
    around = neighbours.within(SIX_POINTS, 15, is_geographic=False)
    alone = hotspots.getis_ord(SIX_VALUES, around, has_self=False, permutations=99)
    assert alone.z == pytest.approx([-1.0136729, -0.0436159, 1.315587, -0.3141268, 1.1537399, 1.7783394], abs=1e-6)
    star = hotspots.getis_ord(SIX_VALUES, around, permutations=99)
    assert star.z == pytest.approx([-1.3972763, -0.2891776, 0.6506496, -0.2891776, 1.2345209, 2.0242433], abs=1e-6)


def test_local_moran_of_homicides_around_st_louis(st_louis):
    found = hotspots.local_moran(HOMICIDES_1988, st_louis)
    assert found.statistic[:4] == pytest.approx([-0.07728772, 0.17282319, 0.10175766, 0.08910419], abs=1e-8)
    assert found.quadrant[:8] == ["low-high", *["low-low"] * 4, "high-low", "high-low", "low-low"]
    # One-sided shares of 9,999 draws by esda, whose draws are others.
    assert found.p[:4] / 2 == pytest.approx([0.1975, 0.063, 0.404, 0.2734], abs=0.02)


def test_moran_of_rates_in_north_carolina(carolina):
    found = hotspots.moran_rate(DEATHS_1979, BIRTHS_1979, carolina.standardised())
    assert round(found.statistic, 4) == 0.1662
    assert found.p_normal / 2 == pytest.approx(0.004191499504892194)


def test_marshall_in_north_carolina():
    smoothed = rates.marshall(DEATHS_1974, BIRTHS_1974, per=1)
    assert smoothed.rate[:3] == pytest.approx([0.00169729733, 0.00170537768, 0.00177308702], abs=1e-11)
    assert smoothed.rate.max() == pytest.approx(0.004838804052, abs=1e-12)


def test_marshall_with_neighbours_in_north_carolina(carolina):
    smoothed = rates.marshall_local(DEATHS_1974, BIRTHS_1974, carolina, per=1)
    assert smoothed.rate[:5] == pytest.approx([0.00099223, 0.0012639, 0.00097403, 0.00076046, 0.00501539], abs=1e-8)
