"""Reading indicators: wide or long, with what is said of them, and never a list of persons."""

import io
import json

import pytest

from simpul.console import alone
from simpul.console.index_reading import is_share

REGENCIES = [f"61.{number:02d}" for number in range(1, 13)] + ["61.71", "61.72"]


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    code = alone.main(
        "index", [*map(str, arguments), "--language", "en", "--json", "--rebuilds", "0"], out=out, err=err
    )
    return code, json.loads(out.getvalue()) if code == 0 else err.getvalue()


def scores(result):
    return {each["place"]: round(each["score"], 6) for each in result["ranks"]}


@pytest.fixture
def written(tmp_path):
    def write(text, name="table.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    "table",
    [
        "nik,nama,umur\n6101010101010001,Siti,22\n6101010101010002,Ani,19\n6101010101010003,Tuti,30\n",
        "nama,pendidikan,utang\nSiti,6,200\nAni,9,100\nTuti,12,0\n",
        "nama,kabupaten,pendidikan,utang\nSiti,Sambas,6,200\nAni,Sintang,9,100\nTuti,Landak,12,0\n",
        "kode,jenis_kelamin,utang\n1,2,200\n2,1,100\n3,2,0\n",
        "id,nomor,utang\nA,6101010101010001,200\nB,6101010101010002,100\nC,6101010101010003,0\n",
        "kode,No. Paspor,utang\nA,1,200\nB,2,100\nC,3,0\n",
        "kode,tanggal_lahir,utang\nA,1990,200\nB,1991,100\nC,1992,0\n",
    ],
)
def test_persons_are_never_given_a_score(written, table):
    code, complaint = run(written(table))
    assert code == 1
    assert "list of persons" in complaint
    for secret in ("Siti", "6101010101010001", "1990"):
        assert secret not in complaint


@pytest.mark.parametrize(
    "table",
    [
        "nama,miskin\nKabupaten Sambas,7\nKab. Landak,9\nKota Pontianak,4\n",
        "kode,nama,miskin\n62.01,Kotawaringin Barat,7\n62.02,Kotawaringin Timur,9\n62.03,Kapuas,4\n",
        "place,umur_harapan_hidup\nA,70\nB,71\nC,72\n",
        "desa,jumlah_korban\nA,7\nB,1\nC,2\n",
        "kode_kab,nama,miskin\n6201,Kapuas,7\n6202,Barito,9\n6203,Seruyan,4\n",
        "kab_kota,miskin\nKapuas,7\nBarito,9\nSeruyan,4\n",
    ],
)
def test_places_are_not_taken_for_persons(written, table):
    assert run(written(table))[0] == 0


def test_wide_and_long_tables_give_the_same(written):
    wide = run(written("place,a,b\nX,1,5\nY,2,9\nZ,4,1\n"))[1]
    long = run(written("place;indicator;value\nX;a;1\nX;b;5\nY;a;2\nY;b;9\nZ;a;4\nZ;b;1\n", "long.csv"))[1]
    assert scores(wide) == scores(long)


def test_the_last_whole_year_is_taken_unless_one_is_asked_for(written):
    lines = ["place,indicator,year,value"]
    lines += [f"{place},a,2021,{value}" for place, value in zip("XYZ", (1, 2, 4), strict=True)]
    lines += [f"{place},a,2022,{value}" for place, value in zip("XYZ", (4, 2, 1), strict=True)]
    lines += ["X,a,2023,9", "Y,a,2023,1"]
    table = written("\n".join(lines))
    code, result = run(table)
    assert code == 0
    assert scores(result)["X"] == 100
    assert "2022" in result["notes"][0]
    assert scores(run(table, "--year", 2021)[1])["X"] == 0
    code, complaint = run(table, "--year", 2023)
    assert code == 1
    assert "Z a" in complaint


def test_a_value_given_twice_is_named_with_its_row(written):
    code, complaint = run(written("place,indicator,value\nX,a,1\nX,a,2\nY,a,3\n"))
    assert code == 1
    assert "row 3" in complaint


def test_values_are_divided_by_their_denominator(written):
    table = written("place,cases,people\nX,10,100\nY,10,1000\nZ,20,400\n")
    meta = written("code,direction,denominator,type\ncases,1,people,Indicator\npeople,,,Denominator\n", "meta.csv")
    assert scores(run(table, "--meta", meta)[1]) == {"X": 100.0, "Y": 0.0, "Z": pytest.approx(100 * 4 / 9, abs=1e-5)}
    code, complaint = run(written("place,cases,people\nX,10,0\nY,1,9\nZ,2,4\n"), "--meta", meta)
    assert code == 1
    assert "people in X, where that is 0" in complaint


def test_gaps_are_filled_by_the_coarsest_group_the_description_names(written):
    table = written("place,a,b,c,big,small\nX,1,1,2,n,p\nY,3,2,1,n,q\nZ,NA,3,3,n,q\nW,100,4,4,s,q\n")
    meta = written("code,type\na,Indicator\nb,Indicator\nc,Indicator\nbig,Group\nsmall,Group\n", "meta.csv")
    code, complaint = run(table, "--meta", meta, "--missing", "refuse")
    assert code == 1
    assert "Z a" in complaint
    code, result = run(table, "--meta", meta)
    assert code == 0
    assert result["filled"] == [["Z", "a"]]
    assert result["recipe"]["imputation"] == "group"
    by_hand = run(written(table.read_text().replace("NA", "2"), "full.csv"), "--meta", meta)[1]
    assert scores(result) == scores(by_hand)
    assert run(table, "--meta", meta, "--group", "nothing")[0] == 1


def test_a_missing_regency_of_the_province_is_named(written):
    rows = [f"{code},{number * 3 % 7}" for number, code in enumerate(REGENCIES)]
    assert run(written("\n".join(["kode,miskin", *rows])))[0] == 0
    table = written("\n".join(["kode,miskin", *rows[:9], *rows[10:]]))
    code, complaint = run(table)
    assert code == 1
    assert "61.10" in complaint
    assert run(table, "--partial")[0] == 0


def test_columns_the_catalogue_knows_are_taken_with_their_direction(written):
    head = "kode,poverty_2021,poverty_2024,rls15_2021,population\n"
    rows = [f"{code},{number},{'' if number == 3 else number},{20 - number},{number * 999}"
            for number, code in enumerate(REGENCIES, 1)]  # fmt: skip
    code, result = run(written(head + "\n".join(rows)))
    assert code == 0
    assert result["indicators"] == ["poverty", "rls15"]
    assert scores(result)["61.72"] == 100
    assert any("Left aside: population" in note for note in result["notes"])


def test_a_direction_that_is_none_is_named(written):
    meta = written("code,direction\na,sideways\n", "meta.csv")
    code, complaint = run(written("place,a\nX,1\nY,2\nZ,3\n"), "--meta", meta)
    assert code == 1
    assert "row 2" in complaint
    assert "sideways" in complaint


def test_a_table_without_places_or_numbers_says_so(written):
    assert "no column for the place" in run(written("a,b\n1,2\n3,4\n"))[1]
    assert "no column of numbers" in run(written("place,b\nX,u\nY,v\nZ,w\n"))[1]
    assert "no rows" in run(written("place,a\n"))[1]


def test_only_shares_of_a_whole_end_at_a_hundred():
    assert is_share("%", "poverty", "Population in poverty")
    assert is_share("Percent", "Cov4G", "Population covered by a network")
    assert not is_share("Percent", "PubDebt", "Public debt as a percentage of GDP")
    assert not is_share("%", "growth", "Pertumbuhan PDRB")
    assert not is_share("km", "border", "Distance")


def test_weights_may_come_from_judgements_of_pairs(written):
    table = written("place,a,b\nX,1,0\nY,0,1\nZ,0,0\n")
    pairs = written("code,a,b\na,1,3\nb,1/3,1\n", "pairs.csv")
    code, result = run(table, "--pairs", pairs)
    assert code == 0
    assert scores(result) == {"X": 75.0, "Y": 25.0, "Z": 0.0}
    assert any("a 0.750" in note for note in result["notes"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("code,a,b\na,1,3\nb,3,1\n", "must have 1/3"),
        ("code,a,q\na,1,3\nq,1/3,1\n", "no table of pairs"),
        ("code,a,b,c\na,1,5,1/5\nb,1/5,1,5\nc,5,1/5,1\n", "contradict each other"),
        ("code,a,b\na,1,viel\nb,1/3,1\n", "viel"),
    ],
)
def test_judgements_that_are_none_are_said(written, text, words):
    code, complaint = run(written("place,a,b,c\nX,1,0,4\nY,0,1,5\nZ,0,0,9\n"), "--pairs", written(text, "pairs.csv"))
    assert code == 1
    assert words in complaint
