"""`simpul scan`: tables in, clusters out, and what is wrong is said with the file, the row and what to do."""

import csv
import json

import pytest

from tests.console.scans import ALONE, CASES, PEOPLE, PLACES, WITH_PEOPLE


def test_it_tells_clusters_in_words(scan):
    code, out, _err = scan(*WITH_PEOPLE)
    assert code == 0
    assert "12 cases in 4 places, 2024-01 to 2024-06." in out
    assert "Compared: cases against population." in out
    assert "Sintang" in out
    assert "Chance alone" in out


def test_json_is_all_that_is_printed(scan):
    _code, out, err = scan(*WITH_PEOPLE, "--json")
    found = json.loads(out)
    assert err == ""
    assert (found["model"], found["replicas"], found["total_cases"]) == ("poisson", 19, 12)
    first = found["clusters"][0]
    assert first["places"] == ["D"]
    assert (first["from"], first["to"], first["cases"]) == ("2024-06", "2024-06", 6)
    assert first["expected"] == pytest.approx(12 * 2 / 14 * 30 / 182, rel=0.01)
    assert first["recurrence_days"] is None
    assert {"relative_risk", "llr", "p", "p_gumbel"} <= set(first)


def test_without_people_cases_are_compared_with_each_other(scan):
    found = json.loads(scan(*ALONE, "--prospective", "--json")[1])
    assert found["model"] == "permutation"
    assert all(each["to"] == "2024-06" for each in found["clusters"])
    first = found["clusters"][0]
    assert first["recurrence_days"] == pytest.approx(30.44 / first["p"], abs=0.1)
    assert first["relative_risk"] == first["cases"] / first["expected"]


def test_clusters_and_the_map_are_written(scan, tmp_path):
    _code, out, _err = scan(*WITH_PEOPLE, "-o", "clusters.csv", "--picture", "map.svg")
    rows = list(csv.DictReader((tmp_path / "clusters.csv").open()))
    assert rows[0]["places"] == "D"
    assert float(rows[0]["llr"]) > 5
    assert (tmp_path / "map.svg").read_text().startswith("<svg")
    assert "map.svg is written." in out


def test_the_same_seed_gives_the_same_figures(scan):
    one, other = (scan(*WITH_PEOPLE, "--json", "--seed", "3")[1] for _run in range(2))
    assert one == other
    assert one != scan(*WITH_PEOPLE, "--json", "--seed", "4")[1]


@pytest.mark.parametrize(
    ("changed", "options", "sentence"),
    [
        ({"people": PEOPLE.replace("2000", "0")}, WITH_PEOPLE, "D has 6 cases and a population of 0."),
        ({"places": PLACES.replace("0.07;111.50", ";")}, ALONE, "places.csv, row 5: D has no coordinates."),
        ({"places": PLACES[: PLACES.index("B;")]}, ALONE, "3 places have no coordinates in places.csv: B, C, D."),
        (
            {"places": PLACES[: PLACES.index("B;")], "cases": CASES[: CASES.index("B,")]},
            ALONE,
            "There is one place only.",
        ),
        ({"cases": CASES.replace("2024-06", "2024-13")}, ALONE, "cases.csv, row 5: '2024-13' is no date"),
        ({"cases": CASES.replace("06,6", "06,x")}, ALONE, "row 5, column kasus: 'x' is no number."),
        ({"cases": CASES.replace("06,6", "06,-6")}, ALONE, "row 5, column kasus: -6 is below 0"),
        ({"cases": CASES.replace("D,", "Z,")}, ALONE, "a place has no coordinates in places.csv: Z."),
        ({}, (*ALONE, "--from", "2024-02"), "cases.csv, row 2: its date is outside the study (2024-02 to 2024-06)."),
        ({}, (*ALONE, "--from", "mei"), "--from mei is no date"),
        ({}, (*ALONE, "--from", "2025", "--to", "2024"), "The study ends before it begins"),
        ({}, (*ALONE, "--time", "day"), "name no more than the month: --time day asks for more."),
        ({}, (*ALONE, "--time", "none"), "The model permutation compares times"),
        ({}, (*ALONE, "--model", "poisson"), "The model poisson needs people"),
        ({}, (*ALONE, "--covariates", "umur"), "cases.csv has no column umur"),
        ({}, (*ALONE, "--longest", "1", "--shortest", "2"), "No span of time fits"),
        ({}, (*ALONE, "--column", "kasus"), "write FIELD=HEADING"),
        ({}, ("--population", "people.csv"), "No table has coordinates."),
        ({}, (*ALONE, "--degrees", "--plane"), "contradict each other"),
        ({}, (*ALONE, "--prospective", "--time", "none"), "--prospective looks for what lasts"),
        ({"places": PLACES.replace("0.07;", "97;")}, (*ALONE, "--degrees"), "D is not on the earth"),
        ({"cases": PEOPLE}, ALONE, "cases.csv has no column for cases"),
        ({"cases": CASES[: CASES.index("B,")].replace(",3", ",0")}, ALONE, "cases.csv holds no case."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_computed(scan, changed, options, sentence):
    code, out, err = scan(*options, **changed)
    assert (code, out) == (1, "")
    assert sentence in err
    assert err.count("\n") == 1


def test_strata_nobody_lives_in_are_named(scan):
    cases = "kode,kasus,umur\nA,3,anak\nB,2,dewasa\n"
    people = "kode,penduduk,umur\nA,50,dewasa\nB,70,dewasa\nC,10,dewasa\nD,9,dewasa\n"
    _code, _out, err = scan(*WITH_PEOPLE, cases=cases, people=people)
    assert "There are cases of umur anak and nobody of it in the population." in err


@pytest.mark.parametrize(
    ("option", "text"), [("--share", "0.7"), ("--share", "x"), ("--replicas", "5"), ("--every", "0"), ("--seed", "-1")]
)
def test_impossible_options_are_refused_at_once(scan, option, text, capsys):
    with pytest.raises(SystemExit):
        scan(*ALONE, option, text)
    assert option in capsys.readouterr().err


def test_a_share_may_be_given_in_percent(scan):
    assert scan(*WITH_PEOPLE, "--json", "--share", "40%")[1] == scan(*WITH_PEOPLE, "--json", "--share", "0.4")[1]


def test_without_replicas_nothing_is_said_about_chance(scan):
    _code, out, _err = scan(*WITH_PEOPLE[:-1], "0")
    assert "No replicas were made" in out
    assert json.loads(scan(*WITH_PEOPLE[:-1], "0", "--json")[1])["clusters"][0]["p"] is None
