"""The reading as JSON."""

import json

from simpul.migrants.reading import shape
from tests.migrants.reading.sheets import read_lines


def test_the_shape_can_be_written_as_json():
    found = shape.of(
        read_lines("DAFTAR 30-01-2026||||\nNama|Tgl Lahir|Kasus|Kab|Majikan\nAni|07-08-1990|judi|Bekasi|Syarikat")
    )
    assert json.loads(json.dumps(found)) == found
    row = found["rows"][0]
    assert (row["birth_date"], row["reason"], row["reason_code"]) == (
        "1990-08-07",
        "perjudian / operator judi online",
        "gambling",
    )
    assert (row["nik"], row["regency_code"], row["employer"]) == (None, None, "Syarikat")
    problem = found["problems"][0]
    assert (problem["column"], problem["column_code"], problem["cell"]) == ("Kab", "regency", "D3")
    assert problem["choices"][0].keys() == {"value", "label"}
    assert found["columns"][0]["known_by"] == "words"
    assert found["header"]["arrived_on"] == "2026-01-30"
    assert not found["is_complete"]
