"""Lists read into one table, with what is needed to tell of them."""

import pytest

from simpul.console import match_reading
from simpul.console.match_reading import Unreadable


@pytest.fixture
def two(tmp_path):
    (tmp_path / "a.csv").write_text("ID,Nama,Instansi,Siapa\n1,ANI BINTI OMAR,LSM,p1\n2,BUDI,POLRI,p2\n3,X,POLRI,p3\n")
    (tmp_path / "b.csv").write_text("ID;Name of the woman;Siapa\n1;ANNIE;p1\n;CICI;p3\n")
    return [tmp_path / "a.csv", tmp_path / "b.csv"]


def test_records_of_two_lists_stand_one_after_the_other(two, tmp_path):
    heads = match_reading.opened(two, chosen={"name": ["name of the woman"]}, truth="Siapa")
    said = []
    gathered, table = match_reading.read(
        heads, output=tmp_path / "p.csv", this_year=2026, watch=lambda *each: said.append(each)
    )
    assert table.n == gathered.n == 3
    assert gathered.ids == ["1", "2", "1"]
    assert gathered.names == ["ANI", "BUDI", "ANNIE"]
    assert gathered.lists.tolist() == [0, 0, 1]
    assert [gathered.source_names[number] for number in gathered.sources] == ["LSM", "POLRI", "b.csv"]
    assert gathered.truths == ["p1", "p2", "p1"]
    assert (gathered.aside, gathered.aside_truths, gathered.aside_lists) == (2, ["p3", "p3"], [0, 1])
    assert (tmp_path / "p.csv.aside.csv").read_text().splitlines()[1:] == [
        "a.csv,4,tidak ada keterangan,3,X,POLRI,p3".replace("tidak ada keterangan", "nothing is known of this person"),
        "b.csv,3,no identifier,,CICI,p3",
    ]


def test_a_heading_of_one_list_need_not_be_in_the_other(two):
    first, second = match_reading.opened(two, chosen={"name": ["Name of the woman"]}, truth="")
    assert first.columns["name"] == ["Nama"]
    assert second.columns["name"] == ["Name of the woman"]


def test_a_heading_that_is_in_neither_is_refused(two):
    with pytest.raises(Unreadable, match="headed Nama Wanita"):
        match_reading.opened(two, chosen={"name": ["Name of the woman", "Nama Wanita"]}, truth="")


def test_what_cannot_be_read_is_a_sentence(tmp_path):
    with pytest.raises(Unreadable, match="is not there"):
        match_reading.opened([tmp_path / "none.csv"], chosen={}, truth="")
