"""Rates: what is told of encoding, with and without peers."""

from argparse import Namespace

from bench.figures import CannotMeasure
from bench.linkage import environment, rates

OPTIONS = {"persons": 30, "seeds": [1]}


def test_how_fast_records_are_encoded_is_told_with_and_without_reading(monkeypatch):
    monkeypatch.setattr(rates, "ROUNDS", 1)
    (figure,) = rates.encoding(Namespace(**OPTIONS, peers=[]))
    alone, with_reading = (
        float(part.replace(",", "")) for part in figure.value.split("; with reading and normalising ")
    )
    assert alone > with_reading > 0
    assert figure.peer == ""


def test_clkhash_that_is_not_there_is_said(monkeypatch):
    def missing():
        raise CannotMeasure("the peers could not be installed.")

    monkeypatch.setattr(rates, "ROUNDS", 1)
    monkeypatch.setattr(environment, "interpreter", missing)
    (figure,) = rates.encoding(Namespace(**OPTIONS, peers=["anonlink"]))
    assert figure.peer == "clkhash: not measured, the peers could not be installed."
