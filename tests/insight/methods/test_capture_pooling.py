"""Several linkages: one estimate, wider than each."""

import numpy as np
import pytest

from simpul.insight.methods.capture_bootstrap import GRID
from simpul.insight.methods.capture_pooling import pooled


def lognormal(centre, spread):
    from statistics import NormalDist

    return np.exp([NormalDist(np.log(centre), spread).inv_cdf(share) for share in GRID])


def test_linkages_that_agree_change_nothing():
    found = pooled([1000.0, 1000.0], [lognormal(1000, 0.1)] * 2)
    assert found.estimate == pytest.approx(1000)
    assert found.between == 0
    assert found.quantile(0.025) == pytest.approx(lognormal(1000, 0.1)[4], rel=0.01)


def test_linkages_that_differ_widen_the_interval():
    one, two = lognormal(1000, 0.1), lognormal(1500, 0.1)
    found = pooled([1000.0, 1500.0], [one, two])
    assert found.estimate == pytest.approx((1000 * 1500) ** 0.5)
    assert found.quantile(0.025) < 1000 < 1500 < found.quantile(0.975)
    assert 0.8 < found.between < 1


def test_nothing_to_pool_is_an_error():
    with pytest.raises(ValueError):
        pooled([], [])
    with pytest.raises(ValueError):
        pooled([1.0, 2.0], [np.ones(3), np.ones(4)])
