"""`simpul estimate`: tables as people have them, numbers for programs, and a sentence for what cannot be estimated."""

import csv
import io
import json

import pytest

from simpul.console import alone, estimate
from simpul.console import main as console
from tests.insight.methods.captures import AUSTRALIA_LISTS, AUSTRALIA_ROWS

QUICK = ("--bootstrap", "100")


def run(*arguments, language="en"):
    """(exit code, what was said, what was complained of)."""
    out, err = io.StringIO(), io.StringIO()
    code = alone.main("estimate", [*map(str, arguments), "--language", language], out=out, err=err)
    return code, out.getvalue(), err.getvalue()


def written(path, text):
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def australia(tmp_path):
    lines = [",".join([*AUSTRALIA_LISTS, "count"])]
    for names, count in AUSTRALIA_ROWS:
        lines.append(",".join([*(str(int(name in names.split())) for name in AUSTRALIA_LISTS), str(count)]))
    return written(tmp_path / "australia.csv", "\n".join(lines) + "\n")


def test_the_command_is_known_and_its_help_has_an_example(capsys):
    assert "estimate" in alone.COMMANDS
    assert "estimate" in console.GROUPS["Figures"]
    with pytest.raises(SystemExit):
        alone.main("estimate", ["--help"], out=io.StringIO(), err=io.StringIO())
    assert estimate.EXAMPLE in capsys.readouterr().out


def test_json_has_every_method_with_its_interval_and_model(australia):
    code, out, err = run(australia, "--json", *QUICK)
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert told["n"] == 414
    assert list(told["methods"]) == ["independence", "stepwise", "bic", "averaged", "latent"]
    assert told["methods"]["independence"]["estimate"] == pytest.approx(827.1672, abs=5e-5)
    assert told["methods"]["independence"]["model"] == []
    assert told["methods"]["stepwise"]["estimate"] == pytest.approx(6496.0087, abs=5e-5)
    assert told["methods"]["stepwise"]["model"] == ["B:C", "B:D", "A:B"]
    assert told["methods"]["stepwise"]["draws"] == 100
    assert told["methods"]["stepwise"]["monte_carlo_error"]["high"] > 0
    for each in told["methods"].values():
        assert each["low"] <= each["estimate"] <= each["high"]
    assert told["verdict"] == "withhold"
    assert told["overlap"]["pairs"]["C:D"] == 16
    assert told["without"]["A"]["bic"] == pytest.approx(1762.1053, abs=1e-3)
    assert len(told["diagnostics"]["existence"]) == 64


def test_rows_may_be_repeated_missing_or_turned_and_the_count_may_be_named_n(tmp_path, australia):
    rows = list(csv.DictReader(australia.open(encoding="utf-8")))
    lines = ["n;D;B;A;C"]
    for row in reversed(rows):
        count = int(row["count"])
        for part in (count // 2, count - count // 2):
            lines.append(f"{part};{row['D']};{row['B']};{row['A']};{row['C']}")
    turned = written(tmp_path / "turned.csv", "\n".join(lines))
    one, other = (json.loads(run(name, "--json", "--methods", "stepwise", *QUICK)[1]) for name in (australia, turned))
    assert one["methods"]["stepwise"]["estimate"] == pytest.approx(other["methods"]["stepwise"]["estimate"])
    assert {frozenset(term.split(":")) for term in other["methods"]["stepwise"]["model"]} == {
        frozenset("BC"), frozenset("BD"), frozenset("AB")
    }  # fmt: skip


def test_without_a_count_each_row_is_a_person(tmp_path):
    lines = ["A,B", *["1,0"] * 40, *["0,1"] * 60, *["1,1"] * 20]
    told = json.loads(run(written(tmp_path / "people.csv", "\n".join(lines)), "--json", *QUICK)[1])
    assert told["n"] == 120
    assert told["methods"]["independence"]["estimate"] == pytest.approx(240)


def test_a_list_without_people_is_left_out_and_named(tmp_path, australia):
    text = australia.read_text().replace("D,count", "D,E,count").splitlines()
    lines = [text[0], *(line.rpartition(",")[0] + ",0," + line.rpartition(",")[2] for line in text[1:])]
    _code, out, _err = run(written(tmp_path / "five.csv", "\n".join(lines)), "--methods", "independence", *QUICK)
    assert "nobody is on them: E" in out


def test_the_same_seed_prints_the_same(australia):
    first, second = (run(australia, "--json", "--seed", "3", *QUICK)[1] for _time in range(2))
    assert first == second


def test_several_tables_give_one_estimate(tmp_path, australia):
    other = written(tmp_path / "other.csv", australia.read_text().replace("1,0,0,0,34", "1,0,0,0,24"))
    told = json.loads(run(australia, other, "--json", "--methods", "independence,stepwise", *QUICK)[1])
    assert told["tables"] == [414, 404]
    assert told["methods"]["stepwise"]["interval"] == "pooled"
    assert "between_linkages" in told["methods"]["stepwise"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("A,count\n1,50\n", "At least two lists"),
        ("A,B,count\n1,0,50\n0,1,40\n", "Nobody is on two lists"),
        ("A,B,count\n1,0,50\n0,1,40\n1,1,3\n", "Only 3 people are on two lists or more; with fewer than 7"),
        ("A,B,count\n1,0,0\n", "Nobody is on any list."),
        ("A,B,C,count\n1,0,0,50\n1,1,0,40\n1,0,1,30\n", "No model has an estimate"),
        ("A,B,count\n1,0,50\n2,1,40\n", "row 3, column A: '2' is neither 0 nor 1"),
        ("A,B,count\n1,0,many\n", "row 2, column count: 'many' is no number"),
        ("A,B,count\n1,0,-4\n", "row 2, column count: '-4' is no number of people"),
        ("A,B,count\n1,0,1.5\n", "row 2, column count: '1.5' is no number of people"),
        ("A,B,count\n0,0,7\n", "row 2 counts people who are on no list"),
        ("A,,count\n1,1,7\n", "column 2 has no heading"),
        ("A,A,count\n1,1,7\n", "two columns A"),
        ("", "is empty"),
    ],
)
def test_what_cannot_be_estimated_is_a_sentence(tmp_path, text, sentence):
    code, out, err = run(written(tmp_path / "table.csv", text), *QUICK)
    assert (code, out) == (1, "")
    assert sentence in err
    assert err.count("\n") == 1


def test_a_refusal_for_programs_has_what_was_seen_and_no_number(tmp_path):
    table = written(tmp_path / "table.csv", "A,B,C,n\n1,0,0,40\n0,1,0,30\n0,0,1,20\n1,1,0,6\n")
    code, out, err = run(table, "--json")
    told = json.loads(out)
    assert code == 1
    assert (told["n"], told["methods"], told["verdict"]) == (96, {}, "withhold")
    assert told["reasons"][0]["code"] == "little_overlap"
    assert told["diagnostics"]["existence"] == {
        "": 0, "A:B": 1, "A:C": 0, "B:C": 0, "A:B A:C": 1, "A:B B:C": 1, "A:C B:C": 0, "A:B A:C B:C": 2
    }  # fmt: skip
    assert "fewer than 7" in err
    assert run(table, "--least-overlap", "6", "--methods", "independence", *QUICK)[0] == 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--bootstrap", "5"), "draw 100 tables or more"),
        (("--threshold", "2"), "between 0 and 1"),
        (("--order", "1"), "2 or more"),
        (("--least-overlap", "0"), "1 or more"),
        (("--seed", "-1"), "0 or more"),
        (("--methods", "guessing"), "no method 'guessing'"),
    ],
)
def test_options_that_make_no_sense_are_a_sentence(australia, options, sentence):
    code, _out, err = run(australia, *options)
    assert code == 1
    assert sentence in err


def test_steps_are_told_on_a_terminal(australia):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    err = Terminal()
    alone.main("estimate", [str(australia), *QUICK, "--language", "en"], out=io.StringIO(), err=err)
    assert "best model ..." in err.getvalue()
