"""`simpul disclose`: what is written can be published, and an attack on what is not says so."""

import io
import json

import pytest

from simpul.console import alone

COUNTS = "place,sex,count\n" + "".join(
    f"61.{regency:02d}.{district:02d},{sex},{(regency * 7 + district * 5 + number * 3) % 23}\n"
    for regency in range(1, 5)
    for district in range(1, 4)
    for number, sex in enumerate("LP")
)


@pytest.fixture
def disclose(tmp_path):
    def run(text, *options, name="counts.csv"):
        path = tmp_path / name
        path.write_text(text)
        out, err = io.StringIO(), io.StringIO()
        code = alone.main("disclose", [str(path), *map(str, options), "--language", "en"], out=out, err=err)
        return code, out.getvalue(), err.getvalue()

    return run


@pytest.fixture
def published(disclose, tmp_path):
    output = tmp_path / "published.csv"
    assert disclose(COUNTS, "--tree", "place", "-o", output)[0] == 0
    return output.read_text()


def test_a_published_table_withstands_the_attack(disclose, published):
    assert "…" in published
    assert published.splitlines()[1].startswith(",,")
    code, out, _err = disclose(published, "--tree", "place", "--attack")
    assert code == 0
    assert "None of the" in out


def test_the_attack_succeeds_where_only_small_numbers_are_hidden(disclose):
    """Five districts in one regency, of which one is small: the sum less the others gives it away."""
    text = "place,count\n,94\nA,…\nB,20\nC,30\nD,40\n"
    told = json.loads(disclose(text, "--attack", "--json")[1])
    assert told["findings"] == [{"cell": "place A", "low": 4, "high": 4.0, "exact": True}]
    assert not told["passes"]
    assert "place A: 4" in disclose(text, "--attack")[1]


def test_an_earlier_release_is_remembered(disclose, tmp_path):
    """What is hidden here stands in the open there."""
    (tmp_path / "earlier.csv").write_text("place,count\n,105\nA,5\nB,…\nC,…\n")
    code, _out, err = disclose("place,count\nA,5\nB,40\nC,60\n", "--earlier", tmp_path / "earlier.csv", "-o",
                               tmp_path / "new.csv")  # fmt: skip
    assert code == 1
    assert "Nothing was written" in err
    assert not (tmp_path / "new.csv").exists()


def test_noise_spends_a_budget_and_stops_when_it_is_spent(disclose, tmp_path):
    ledger = tmp_path / "ledger.json"
    code, out, _err = disclose(
        COUNTS, "--epsilon", "1/2", "--ledger", ledger, "--budget", "1", "-o", tmp_path / "n.csv"
    )
    assert code == 0
    assert "Left of the privacy budget: 0.50." in out
    assert json.loads(ledger.read_text())["spent"][0]["epsilon"] == "1/2"
    code, _out, err = disclose(COUNTS, "--epsilon", "3/4", "--ledger", ledger, "-o", tmp_path / "m.csv")
    assert code == 1
    assert "would spend 0.75 and 0.5 is left of 1" in err
    assert not (tmp_path / "m.csv").exists()
    assert len(json.loads(ledger.read_text())["spent"]) == 1


def test_who_is_alone_is_counted_and_not_named(disclose):
    text = "village,age\n" + "a,20\n" * 12 + "b,63\n"
    told = json.loads(disclose(text, "--keys", "village,age", "--json")[1])
    assert (told["alone"], told["rows_in_them"], told["is_k_anonymous"]) == (1, 1, False)
    assert "63" not in disclose(text, "--keys", "village,age")[1]


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("place,count\nA,2.5\n", (), "row 2: 2.5 is no count"),
        ("place,count\nA,x\n", (), "'x' is no number"),
        ("place,count\n,5\n", (), "row 2: a cell is empty"),
        ("count\n5\n", (), "nothing beside the count"),
        ("place,number\nA,5\n", (), "no column for the count"),
        ("place,count\nA,5\n", ("--tree", "sex"), "no column sex for --tree"),
        ("place,count\nA,5\n", ("--threshold", "1"), "protects nobody"),
        ("place,count\nA,5\n", ("--epsilon", "1"), "Say with --ledger"),
        ("place,count\nA,5\n", ("--epsilon", "1", "--ledger", "none.json"), "Give --budget to begin it"),
        ("place,count\n61,5\n61.07,3\n", ("--tree", "place"), "is counted and has counted codes below it"),
        ("place,count\n,94\nA,10\nB,20\n", ("--attack",), "some sum does not come out"),
    ],
)
def test_what_is_wrong_is_said(disclose, text, options, sentence):
    code, out, err = disclose(text, *options)
    assert code == 1
    assert sentence in err
    assert out == ""


def test_a_ledger_is_not_begun_twice(disclose, tmp_path):
    ledger = tmp_path / "ledger.json"
    disclose(COUNTS, "--epsilon", "1/4", "--ledger", ledger, "--budget", "1")
    assert "is not changed once" in disclose(COUNTS, "--epsilon", "1/4", "--ledger", ledger, "--budget", "9")[2]
    ledger.write_text("{")
    assert "is no ledger" in disclose(COUNTS, "--epsilon", "1/4", "--ledger", ledger)[2]
