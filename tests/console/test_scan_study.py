"""What is scanned: cases and people by place, interval and stratum."""

import json

import pytest

from tests.console.scans import ALONE, WITH_PEOPLE


def found(run, *options, **tables):
    code, out, err = run(*options, "--json", **tables)
    assert code == 0, err
    return json.loads(out)


def test_a_list_of_single_cases_needs_no_column_of_counts(scan):
    cases = "kode,tanggal\nA,2024-01\nD,2024-03\nD,2024-03\n"
    assert found(scan, *ALONE, cases=cases)["total_cases"] == 3


def test_one_table_may_hold_cases_people_and_coordinates(scan):
    cases = "kecamatan,kasus,penduduk,lat,lon\nA,1,50,1,109\nB,9,50,0,109\nC,1,70,0,110\nD,2,60,1,111\n"
    told = found(scan, "--replicas", "19", cases=cases)
    assert (told["model"], told["clusters"][0]["places"]) == ("poisson", ["B"])
    assert told["clusters"][0]["expected"] == pytest.approx(13 * 50 / 230)
    assert told["from"] is None


def test_columns_both_tables_have_are_allowed_for_unless_told_otherwise(scan):
    cases = "kode,kasus,umur,catatan\nA,6,anak,x\nB,2,dewasa,y\nC,2,dewasa,z\n"
    people = "kode,penduduk,umur\n" + "".join(
        f"{place},{count},{age}\n"
        for place, young, old in (("A", 60, 10), ("B", 5, 60), ("C", 5, 60), ("D", 5, 60))
        for age, count in (("anak", young), ("dewasa", old))
    )
    told = found(scan, *WITH_PEOPLE, cases=cases, people=people)
    assert told["adjusted_for"] == ["umur"]
    assert all(each["llr"] < 1.5 for each in told["clusters"])
    crude = found(scan, *WITH_PEOPLE, "--no-covariates", cases=cases, people=people)
    assert (crude["adjusted_for"], crude["clusters"][0]["places"]) == ([], ["A"])


def test_controls_make_a_bernoulli_model(scan):
    cases = "kode,kasus,kontrol\nA,9,1\nB,1,9\nC,1,9\nD,1,9\n"
    told = found(scan, *ALONE, cases=cases)
    assert (told["model"], told["clusters"][0]["expected"]) == ("bernoulli", 3.0)


def test_controls_may_lie_in_a_table_of_their_own(scan):
    cases, controls = "kode,kasus\nA,9\nB,1\nC,1\nD,1\n", "kode,kontrol\nA,1\nB,9\nC,9\nD,9\n"
    told = found(scan, *WITH_PEOPLE, cases=cases, people=controls)
    assert (told["model"], told["clusters"][0]["places"], told["clusters"][0]["expected"]) == ("bernoulli", ["A"], 3.0)


def test_populations_of_several_years_change_between_them(scan):
    people = "kode,tahun,penduduk\n" + "".join(f"{place},2020,100\n{place},2024,100\n" for place in "ABC")
    people += "D,2020,100\nD,2024,400\n"
    cases = "kode,tahun,kasus\nA,2020,4\nB,2021,4\nC,2022,4\nD,2024,30\n"
    told = found(scan, *WITH_PEOPLE, "--longest", "1", cases=cases, people=people)
    first = told["clusters"][0]
    assert (first["places"], first["from"]) == (["D"], "2024")
    # People of D, 100 until the middle of 2020 and 400 from the middle of 2024 on: 109.4, 175, 250, 325, 390.6.
    assert first["expected"] == pytest.approx(42 * 390.6 / (1250 + 1500), rel=0.01)


def test_a_map_without_time_sums_the_study(scan):
    told = found(scan, *WITH_PEOPLE, "--time", "none")
    assert (told["time"], told["from"], told["to"]) == ("none", "2024-01", "2024-06")
    assert told["clusters"][0]["expected"] == pytest.approx(12 * 2 / 14)


def test_intervals_of_three_months(scan):
    told = found(scan, *ALONE, "--every", "3", "--prospective")
    assert told["clusters"][0]["from"] == "2024-04"
