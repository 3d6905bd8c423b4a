"""One run of everything: which parts it has, and what is said of one that could not be measured."""

import pytest

from bench.figures import CannotMeasure
from bench.linkage import whole


@pytest.fixture
def parts(monkeypatch):
    """Parts that only say that they were asked, one of them only in a full run."""
    told = []
    monkeypatch.setattr(whole, "PARTS", {name: lambda _options, name=name: told.append(name) or [] for name in "abc"})
    monkeypatch.setattr(whole, "FULL", ("c",))
    return told


def test_what_takes_an_hour_is_measured_when_asked_for(parts):
    whole.run([])
    assert parts == ["a", "b"]
    whole.run(["--full"])
    assert parts == ["a", "b", "a", "b", "c"]


def test_one_part_can_be_measured_alone(parts):
    whole.run(["--only", "c"])
    assert parts == ["c"]


def test_what_cannot_be_measured_is_said_and_the_rest_is_measured(parts, monkeypatch):
    def cannot(_options):
        raise CannotMeasure("the peers could not be installed.")

    monkeypatch.setitem(whole.PARTS, "a", cannot)
    (figure,) = whole.run([])
    assert figure.value == "not measured: the peers could not be installed."
    assert parts == ["b"]


def test_seeds_that_were_looked_at_are_not_measured_with():
    assert min(whole.asked([]).seeds) >= 100
    assert whole.asked(["--quick"]).persons < 1000


def test_every_part_that_is_only_in_a_full_run_is_a_part():
    assert set(whole.FULL) < set(whole.PARTS)
