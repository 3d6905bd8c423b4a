"""When a reading leaves nothing to correct."""

from simpul.migrants.reading.findings import ERROR, WARNING, Header, Problem, Reading, Totals


def reading(*kinds):
    problems = tuple(Problem(1, "nik", "NIK", "A1", "x", "Write it.", (), kind) for kind in kinds)
    return Reading(Header(), (), (), problems, Totals(), (), (), (), "")


def test_warnings_do_not_hinder_and_errors_do():
    assert reading().is_complete
    assert reading(WARNING).is_complete
    assert not reading(WARNING, ERROR).is_complete
