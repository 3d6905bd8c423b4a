"""`simpul flows`: legs in, corridors out, and whatever is wrong with a row is said with its number."""

import io
import json

import pytest

from simpul.console import alone

LEGS = """perjalanan;urutan;asal;tujuan;moda;tanggal
1;1;61.01.05.2001;61.03.21;bus;2026-01-05
1;2;61.03.21;my;car;2026-01-06
2;1;61.01.05.2002;61.03.21;bus;2026-07-05
2;2;61.03.21;my;car;2026-07-06
3;1;61.01.05;61.01.09;car;2026-08-05
3;2;61.01.09;my;car;2026-08-06
"""


@pytest.fixture
def flows(tmp_path):
    def run(text=LEGS, *options):
        path = tmp_path / "legs.csv"
        path.write_text(text)
        out, err = io.StringIO(), io.StringIO()
        code = alone.main("flows", [str(path), *options, "--language", "en"], out=out, err=err)
        return code, out.getvalue(), err.getvalue()

    return run


def test_it_tells_ways_and_chokepoints(flows):
    code, out, _err = flows(LEGS, "--level", "8", "--posts", "1")
    assert code == 0
    assert "3 journeys, 6 legs." in out
    assert "61.01.05 > 61.03.21 > my" in out
    assert "a way around is known for 2" in out
    assert "Watched at 61.03.21, 33% of the journeys would be seen." in out


def test_as_json_it_tells_everything(flows):
    told = json.loads(flows(LEGS, "--json", "--since", "2026-06")[1])
    assert told["journeys"] == 3
    assert {segment["journeys"] for segment in told["segments"]} == {1, 2}
    assert told["chokepoints"][0] == {"node": "61.03.21", "journeys": 2, "share": pytest.approx(2 / 3), "avoidable": 0}
    assert not any(shift["is_change"] for shift in told["shifts"])


def test_rows_and_pictures_are_written(flows, tmp_path):
    assert flows(LEGS, "-o", str(tmp_path / "c.csv"), "--picture", str(tmp_path / "f.svg"))[0] == 0
    assert (tmp_path / "c.csv").read_text().startswith("way,journeys,share")
    assert "61.03.21 &gt; my" in (tmp_path / "f.svg").read_text()


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("a,b\n1,2\n", (), "no column for the journey"),
        (LEGS.replace("1;1;", "1;x;"), (), "row 2, column urutan: 'x' is no number"),
        (LEGS.replace("1;2;61", "1;1;61"), (), "Journey 1 has two legs with the order 1"),
        (LEGS.replace("1;2;61.03.21;my", "1;2;61.03.21;"), (), "Journey 1, leg 2: write where it begins"),
        (LEGS.replace("2026-01-05", "5 Januari"), (), "row 2: '5 Januari' is no date"),
        (LEGS.replace("1;1;", "6171050101900001;1;"), (), "row 2: a journey is named by a NIK"),
        (LEGS, ("--since", "2030-01"), "All journeys lie on one side of 2030-01"),
        (LEGS, ("--posts", "1", "--seen", "3"), "seen is 3.0: write a share from 0 to 1"),
        ("id,order,from,to\n1,1,a,b\n", ("--posts", "1"), "no place between to watch"),
    ],
)
def test_what_is_wrong_is_said(flows, text, options, sentence):
    code, out, err = flows(text, *options)
    assert code == 1
    assert sentence in err
    assert out == ""
