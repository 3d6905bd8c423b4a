"""The table: which registers are matched, and what is said of a tool that could not be measured."""

from argparse import Namespace

import pytest

from bench.figures import CannotMeasure
from bench.linkage import table


@pytest.fixture
def options():
    return Namespace(kinds=["clean", "two_lists"], seeds=[1, 2], persons=40, without_febrl=True)


def test_every_kind_is_made_with_every_seed(options, tmp_path, monkeypatch):
    monkeypatch.delenv("SIMPUL_SHARED", raising=False)
    every = table.registers(options, tmp_path)
    assert len(every) == 4
    assert all(path.is_file() for files, _target in every.values() for path in files)
    assert [len(files) for files, _target in every.values()] == [1, 1, 2, 2]


def test_samples_are_matched_where_there_are_some(tmp_path, monkeypatch):
    (tmp_path / "data" / "linkage").mkdir(parents=True)
    monkeypatch.setenv("SIMPUL_SHARED", str(tmp_path))
    assert set(table.samples()) == {"kalbar_1", "kalbar_2", "BP3MI with POLRI"}
    monkeypatch.setenv("SIMPUL_SHARED", str(tmp_path / "elsewhere"))
    assert table.samples() == {}


def test_a_tool_that_could_not_be_measured_is_named_with_the_reason():
    def measure():
        raise CannotMeasure("it took more than 1800 s.")

    assert table.told("Peer", measure) == "Peer: not measured, it took more than 1800 s."
