"""The scan statistic: figures of published examples.

New Mexico: brain cancer 1973-1991 with the populations of 1973, 1982 and 1991, by age and sex (Kulldorff, Athas, Feuer,
Miller and Key, American Journal of Public Health 88:1377, 1998). New York City: fever by ZIP code, November 2001
(Kulldorff and others, PLoS Medicine 2:e59, 2005). Both are sample data of SaTScan, as the R package rsatscan hands them
on. Pennsylvania: lung cancer 2002 (R package SpatialEpi). The figures are those SaTScan 10.3.2 and smerc 1.8.4 print.
"""

import csv
import io
import json
import os
from pathlib import Path

import numpy as np
import pytest

from simpul.console import alone
from simpul.insight.methods import scan_kernels
from simpul.insight.methods.scan_expected import person_time, standardised

SHARED = Path(os.environ.get("SIMPUL_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data" / "stats"

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="The published data are not here (SIMPUL_SHARED).")

NINE = {
    "Torrance", "Bernalillo", "Valencia", "SantaFe", "Guadelupe", "Socorro", "Sandoval", "SanMiguel", "LosAlamos",
}  # fmt: skip


def scanned(cases, places, *options):
    out, err = io.StringIO(), io.StringIO()
    files = [str(SHARED / cases), "--places", str(SHARED / places)]
    assert alone.main("scan", [*files, *options, "--json"], out=out, err=err) == 0, err.getvalue()
    return json.loads(out.getvalue())


def new_mexico(*options):
    population = ("--population", str(SHARED / "rsatscan_NMpop.csv"))
    return scanned("rsatscan_NMcas.csv", "rsatscan_NMgeo.csv", *population, *options)


def pennsylvania(*options):
    return scanned("SpatialEpi_pennLC_data.csv", "SpatialEpi_pennLC_geo.csv", "--degrees", *options)


def new_york(*options):
    prospective = ("--model", "permutation", "--prospective", "--distance", "3", "--longest", "7")
    return scanned("rsatscan_NYCfevercas.csv", "rsatscan_NYCfevergeo.csv", *prospective, *options)


def test_new_york_fever_by_permutation():
    found = new_york("--replicas", "99")
    first, second, third = found["clusters"][:3]
    assert found["total_cases"] == 194
    assert [round(each["llr"], 6) for each in (first, second, third)] == [3.845418, 3.164201, 2.137259]
    assert first["centre"] == "11418"
    assert len(first["places"]) == 9
    assert (first["from"], first["to"]) == ("2001-11-22", "2001-11-24")
    assert (first["cases"], round(first["expected"], 2)) == (4, 0.67)
    assert first["recurrence_days"] == pytest.approx(1 / first["p"])


def test_pennsylvania_by_poisson_with_race_sex_and_age():
    found = pennsylvania("--replicas", "999")
    first = found["clusters"][0]
    assert found["adjusted_for"] == ["race", "gender", "age"]
    assert round(first["llr"], 5) == 17.66288
    assert places(first) == [23, 51]
    assert (first["cases"], round(first["expected"], 3)) == (1900, 1673.649)
    assert first["p"] == 0.001


def test_pennsylvania_by_bernoulli():
    first = pennsylvania("--model", "bernoulli", "--replicas", "99")["clusters"][0]
    assert round(first["llr"], 5) == 36.57051
    assert places(first) == [63, 30, 2, 4, 26, 65, 10]
    assert first["cases"] == 2359


def places(cluster):
    """Areas by their number in the table, as the R packages tell them."""
    with (SHARED / "SpatialEpi_pennLC_geo.csv").open() as lines:
        order = [row["county"] for row in csv.DictReader(lines)]
    return [order.index(each) + 1 for each in cluster["places"]]


def test_new_mexico_second_cluster():
    found = new_mexico("--replicas", "9")
    second = found["clusters"][1]
    assert (found["total_cases"], found["places"], found["from"], found["to"]) == (1175, 32, "1973", "1991")
    assert found["adjusted_for"] == ["agegroup", "sex"]
    assert (second["places"], round(second["llr"], 6)) == (["Chaves"], 5.684828)


def test_new_mexico_nine_counties_against_what_their_ages_and_sexes_expect():
    """The window SaTScan prints, by its counties: coordinates in which a circle holds these nine are not handed on."""
    cases, expected, names = new_mexico_tables()
    inside = [name in NINE for name in names]
    count, mean = cases[inside, 12:17].sum(), expected[inside, 12:17].sum()
    assert (count, round(mean, 2)) == (236, 176.22)
    assert scan_kernels.ratio(count, mean, 1175.0, np.inf) == pytest.approx(10.979758, abs=5e-7)
    assert (count / mean) / ((1175 - count) / (1175 - mean)) == pytest.approx(1.42, abs=0.005)
    assert 0.49 < expected[inside].sum() / 1175 <= 0.5


def test_new_mexico_with_the_coordinates_handed_on():
    """No circle holds the nine: Lincoln is nearer to Torrance than Guadalupe, and half of all is passed."""
    first = new_mexico("--replicas", "9")["clusters"][0]
    assert (first["centre"], len(first["places"]), first["from"], first["to"]) == ("Bernalillo", 8, "1985", "1989")
    assert set(first["places"]) == NINE - {"Guadelupe"}
    assert round(first["llr"], 6) == 10.016706


def test_new_mexico_chance_reaches_that_in_one_to_two_of_a_hundred():
    """Published p = 0.014; the replicas do not depend on which window was found."""
    found = new_mexico("--replicas", "999")
    levels = found["critical_llr"]
    assert levels["0.05"] < 10.979758 < levels["0.001"]
    assert levels["0.01"] == pytest.approx(11.3, abs=0.6)


def new_mexico_tables():
    """(counties, years) cases and expected, without the command."""
    from datetime import date

    def rows(name):
        with (SHARED / name).open() as lines:
            return list(csv.DictReader(lines))

    names = [row["county"] for row in rows("rsatscan_NMgeo.csv")]
    people = rows("rsatscan_NMpop.csv")
    strata = sorted({(row["agegroup"], row["sex"]) for row in people})
    known = np.zeros((32, 3, len(strata)))
    for row in people:
        stratum = strata.index((row["agegroup"], row["sex"]))
        known[names.index(row["county"]), ("73", "82", "91").index(row["year"]), stratum] = float(row["population"])
    cases, by_stratum = np.zeros((32, 19)), np.zeros(len(strata))
    for row in rows("rsatscan_NMcas.csv"):
        cases[names.index(row["county"]), int(row["year"]) - 1973] += int(row["cases"])
        by_stratum[strata.index((row["agegroup"], row["sex"]))] += int(row["cases"])
    borders = np.array([date(year, 1, 1).toordinal() for year in range(1973, 1993)])
    days = person_time(borders, np.array([date(year, 7, 1).toordinal() for year in (1973, 1982, 1991)]))
    return cases, standardised(by_stratum, np.einsum("tk,lks->lts", days, known)), names
