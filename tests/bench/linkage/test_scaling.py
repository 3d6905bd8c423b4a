"""The table of how engines grow: lists are made once, and a run that failed says why."""

from bench.linkage import scaling

COST = {"cpu": 4.6, "wall": 9.2, "memory": 1234.4}


def test_a_list_that_is_there_is_used_again(tmp_path):
    (path,) = scaling.made(tmp_path, 60, two=False)
    written = path.read_text()
    path.write_text(written + "\n")
    assert scaling.made(tmp_path, 60, two=False) == [path]
    assert path.read_text() == written + "\n"


def test_of_two_lists_both_are_given(tmp_path):
    one, other = scaling.made(tmp_path, 60, two=True)
    assert one.exists()
    assert other.exists()


def test_a_line_says_what_it_took_and_how_right_it_was():
    verdict = {"counts": {"records": 9849}, "at_cut": {"f1": 0.9}, "at_0.95": {"precision": 0.995, "recall": 0.74}}
    told = scaling.line(10_000, "embedded", COST | {"verdict": verdict})
    assert told == "| 9,849 | embedded | 5 s | 9 s | 1,234 MiB | 0.900 | 0.995, 0.740 |"


def test_a_run_that_failed_says_why():
    told = scaling.line(10_000, "splink-spark", COST | {"failed": ["no Java here"]})
    assert "not finished: no Java here" in told
