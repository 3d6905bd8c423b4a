"""The table: which registers are matched, and what is said of a tool that could not be measured."""

import sys
from argparse import Namespace

import pytest

from bench.figures import CannotMeasure
from bench.linkage import table


@pytest.fixture
def options():
    return Namespace(kinds=["clean", "two_lists"], seeds=[1, 2], persons=40, samples=True, febrl=False)


def test_every_kind_is_made_with_every_seed(options, tmp_path, monkeypatch):
    monkeypatch.delenv("SIMPUL_SHARED", raising=False)
    every = table.registers(options, tmp_path)
    assert len(every) == 4
    assert all(path.is_file() for files in every.values() for path in files)
    assert [len(files) for files in every.values()] == [1, 1, 2, 2]


def test_samples_are_matched_where_there_are_some(tmp_path, monkeypatch):
    (tmp_path / "data" / "linkage").mkdir(parents=True)
    monkeypatch.setenv("SIMPUL_SHARED", str(tmp_path))
    assert set(table.samples()) == {"kalbar_1", "kalbar_2", "BP3MI with POLRI"}
    monkeypatch.setenv("SIMPUL_SHARED", str(tmp_path / "elsewhere"))
    assert table.samples() == {}


def test_a_tool_that_could_not_be_measured_is_named_with_the_reason():
    def measure():
        raise CannotMeasure("it took more than 1800 s.")

    assert table.f1(table.verdict_of(measure)) == "not measured, it took more than 1800 s."
    assert table.proposed(table.verdict_of(measure)) == "not measured"


def test_a_register_has_the_target_of_its_kind():
    assert table.target_of("sister harder, seed 100").f1 == "0.87 / 0.86"
    assert table.target_of("sister clean, seed 100").f1 == ""
    assert table.target_of("sample kalbar_1").proposed == "0.995 at recall 0.72"
    assert table.target_of("something else") == table.Target()


def test_what_a_tool_found_is_told_in_two_figures(tmp_path, monkeypatch):
    register = tmp_path / "a.csv"
    register.write_text("rec_id,cluster\nr1,1\nr2,1\nr3,2\n")
    script = tmp_path / "tool.py"
    script.write_text("import sys; open(sys.argv[1], 'w').write('left_id,right_id,probability\\nr1,r2,0.99\\n')")
    ours = {"plain": f"{sys.executable} {script} {{pairs}}", "encodings": "nothing-of-this-name"}
    monkeypatch.setattr(table, "OURS", ours)
    right, proposed = table.compared("sample", [register], (), tmp_path / "pairs.csv")
    assert right.value.startswith("1.0000 / not measured, nothing-of-this-name is not there")
    assert proposed.value == "1.0000 at 1.0000 / not measured"
    assert right.target == "0.90 / 0.89"
