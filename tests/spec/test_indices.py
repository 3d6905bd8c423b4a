"""Composite indices: the 51 countries of the ASEM portal as COINr prints them, and the Human Development Index.

ASEM: European Commission's Joint Research Centre, Exploring Sustainable Connectivity (2018); data and results of the R
package COINr, read from the folder data/stats of the folder that SIMPUL_SHARED names, or that lies beside the checkout.
Human Development Index: UNDP, Human Development Report 2021/2022, table 1 and technical note 1.
"""

import csv
import io
import json
import math
import os
from pathlib import Path

import numpy as np
import pytest

from simpul.console import alone
from simpul.insight.methods.indices import Aggregate, Indicator, Recipe, build, tree_of
from simpul.insight.methods.indices_uncertainty import Alternatives, uncertainty, with_gaps

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("SIMPUL_SHARED") or ROOT.parent / "shared") / "data" / "stats"


def rows_of(name):
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"{name} is not here; name its folder in SIMPUL_SHARED")
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    return math.nan if text in {"", "NA"} else float(text)


@pytest.fixture(scope="module")
def asem():
    """(values, tree, groups, codes of the countries, printed results by country)."""
    rows, meta = rows_of("COINr_ASEM_iData.csv"), rows_of("COINr_ASEM_iMeta.csv")
    indicators = [each for each in meta if each["Type"] == "Indicator"]
    uppers = [each for each in meta if each["Type"] == "Aggregate"]
    values = [[number(row[each["iCode"]]) / (number(row[each["Denominator"]]) if each["Denominator"] != "NA" else 1)
               for each in indicators] for row in rows]  # fmt: skip
    tree = tree_of(
        [Indicator(each["iCode"], int(each["Direction"]), float(each["Weight"]), each["Parent"])
         for each in indicators],
        [Aggregate(each["iCode"], float(each["Weight"]), "" if each["Parent"] == "NA" else each["Parent"])
         for each in uppers],
    )  # fmt: skip
    printed = {row["uCode"]: row for row in rows_of("COINr_ASEM_results.csv")}
    return np.array(values), tree, [row["EurAsia_group"] for row in rows], [row["uCode"] for row in rows], printed


def test_every_score_of_the_connectivity_index(asem):
    """Gaps by the mean of the continent, outliers drawn in, 0 to 100, weighted means: 51 countries, 60 columns."""
    values, tree, groups, countries, printed = asem
    built = build(values, tree, Recipe(imputation="group"), groups=groups)
    assert len(countries) == len(printed) == 51
    for number_, code in enumerate(tree.codes):
        expected = [float(printed[country][code]) for country in countries]
        assert built.parts[:, number_] == pytest.approx(expected, abs=0.00501), code
    assert [int(printed[country]["Rank"]) for country in countries] == built.rank.tolist()
    best = dict(zip(countries, built.score.round(2), strict=True))
    assert [float(best[each]) for each in ("CHE", "NLD", "DNK", "NOR", "BEL")] == [68.38, 64.82, 64.80, 64.47, 63.54]


def test_the_command_prints_the_connectivity_index(asem):
    """The two files as they are, without an option."""
    out = io.StringIO()
    files = [str(SHARED / "COINr_ASEM_iData.csv"), "--meta", str(SHARED / "COINr_ASEM_iMeta.csv")]
    assert alone.main("index", [*files, "--json", "--rebuilds", "0"], out=out, err=out) == 0
    result = json.loads(out.getvalue())
    printed = asem[-1]
    for each in result["ranks"]:
        assert each["score"] == pytest.approx(float(printed[each["place"]]["Index"]), abs=0.00501)
        assert each["rank"] == int(printed[each["place"]]["Rank"])


def test_ranks_of_the_connectivity_index_have_intervals(asem):
    values, tree, groups, countries, _printed = asem
    recipe = Recipe(imputation="group")
    others = with_gaps(Alternatives(), recipe, has_groups=True)
    found = uncertainty(values, tree, recipe, others, groups=groups, rebuilds=1600)
    place = countries.index("CHE")
    assert (found.low[place], found.high[place]) == (1, 2)
    assert found.factors == ("treatment", "imputation", "normalisation", "weights", "aggregation", "left_out")
    assert np.nanmax(found.moves.total[:, -1]) > 0.3


def test_the_human_development_index():
    """Norway 0.961, Indonesia 0.705: life expectancy, expected and mean years of schooling, income of 2021."""
    tree = tree_of([
        Indicator("life", 1, 1, "index", (20, 85)),
        Indicator("expected", 1, 1, "education", (0, 18)),
        Indicator("mean", 1, 1, "education", (0, 15)),
        Indicator("income", 1, 1, "index", (math.log(100), math.log(75_000))),
    ])  # fmt: skip
    values = [[83.2, 18.2, 13.0, math.log(64_660)], [67.6, 13.7, 8.6, math.log(11_466)], [30, 2.0, 2.0, math.log(500)]]
    recipe = Recipe("none", "refuse", "goalposts", "given", ("arithmetic", "geometric"))
    assert (build(values, tree, recipe).score[:2] / 100).round(3).tolist() == [0.961, 0.705]
