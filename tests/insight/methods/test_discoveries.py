"""Which of many findings to believe."""

import numpy as np
import pytest

from simpul.insight.methods import discoveries


def test_the_control_of_false_discoveries():
    """The fifteen p-values of Benjamini and Hochberg (1995, section 3.2): four are called at 0.05."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
         0.7590, 1.0]  # fmt: skip
    adjusted = discoveries.benjamini_hochberg(p[::-1])[::-1]
    assert (adjusted <= 0.05).sum() == 4
    assert adjusted[3] == pytest.approx(0.0095 * 15 / 4)
    assert (discoveries.benjamini_yekutieli(p) <= 0.05).sum() == 3
    assert np.all(np.diff(adjusted) >= 0)
    assert len(discoveries.benjamini_hochberg([])) == 0


def test_under_any_dependence_fewer_are_called():
    ps = [0.01, 0.02, 0.03]
    stricter = discoveries.benjamini_yekutieli(ps)
    assert (stricter > discoveries.benjamini_hochberg(ps)).all()
    assert stricter.tolist() == [min(1.0, 0.03 * (1 + 1 / 2 + 1 / 3))] * 3
