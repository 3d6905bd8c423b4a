"""Reading registers for the peers: prepared as any analyst would, and the truth of one list and of two."""

from bench.linkage import reading

HEAD = "rec_id,cluster,agency,name,nik,dob,birth_year,sex,father,mother,desa,kab,paspor,phone\n"


def test_cells_that_say_nothing_are_emptied():
    row = reading.tidied(dict.fromkeys(HEAD.strip().split(","), "-"))
    assert not any(value for column, value in row.items() if column != "rec_id")


def test_a_number_is_sixteen_figures_or_nothing():
    def nik(text):
        return reading.tidied(dict.fromkeys(HEAD.strip().split(","), "") | {"nik": text})["nik"]

    assert nik("610101 010190 0001") == "6101010101900001"
    assert [nik(text) for text in ("610101", "0000000000000000", "TIDAK TAHU")] == ["", "", ""]


def test_dates_are_read_in_several_ways():
    assert reading.date("1990-08-17") == "1990-08-17"
    assert reading.date("17-08-1990") == "1990-08-17"
    assert reading.date("17/8/1990") == "1990-08-17"
    assert reading.date("17 AGUSTUS 1990") == "1990-08-17"
    assert [reading.date(text) for text in ("1990", "17 BRUMAIRE 1799", "")] == ["", "", ""]


def test_a_country_code_is_a_zero():
    row = dict.fromkeys(HEAD.strip().split(","), "") | {"phone": "+62 812-3456-789"}
    assert reading.tidied(row)["phone"] == "08123456789"


def written(path, *people):
    path.write_text(HEAD + "".join(f"{record},{cluster},POLRI,SITI,,,,P,,,,,,\n" for record, cluster in people))
    return path


def test_the_truth_of_one_list_is_its_pairs(tmp_path):
    path = written(tmp_path / "a.csv", ("r1", 1), ("r2", 1), ("r3", 1), ("r4", 2))
    assert reading.truth([path])[0] == {("r1", "r2"), ("r1", "r3"), ("r2", "r3")}


def test_the_truth_of_two_lists_is_between_them(tmp_path):
    left = written(tmp_path / "a.csv", ("r1", 1), ("r2", 1), ("r4", 2))
    right = written(tmp_path / "b.csv", ("s1", 1), ("s9", 3))
    assert reading.truth([left, right])[0] == {("r1", "s1"), ("r2", "s1")}


def test_pairs_are_kept_as_our_own_command_writes_them(tmp_path):
    reading.keep_pairs(tmp_path / "pairs.csv", [("r1", "r2", 0.5)])
    assert (tmp_path / "pairs.csv").read_text() == "left_id,right_id,probability\nr1,r2,0.500000\n"
