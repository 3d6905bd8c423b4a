"""Unclear cells that read the same are answered once; what was written can be found again."""

from simpul.desk.forms import sheets as forms
from simpul.migrants.reading.findings import Problem


def problem(row, column="reason", read="kabur", say="Who knows?", **told):
    return Problem(row, column, told.pop("heading", "Kasus"), f"F{row}", read, say, **told)


def bound(groups, **answers):
    return forms.Answers({f"jawab-{name}": value for name, value in answers.items()}, groups=groups, prefix="jawab")


def test_cells_that_read_the_same_are_one_question():
    groups = forms.grouped([problem(7), problem(9), problem(8, read="lari")])
    assert [group.rows for group in groups] == ["7, 9", "8"]


def test_empty_cells_are_asked_line_by_line():
    assert len(forms.grouped([problem(7, read=""), problem(9, read="")])) == 2


def test_many_lines_are_shortened():
    [group] = forms.grouped([problem(row) for row in range(1, 31)])
    assert group.rows.endswith("8 …")
    assert group.count == 30


def test_what_a_whole_column_is_is_no_question_of_a_cell():
    asked = forms.grouped(
        [problem(5, column="", heading="Ket"), problem(5, column="name", heading="", choices=(("1", "B"),))]
    )
    assert all(group.is_about_a_column for group in asked)
    assert not forms.Answers(groups=asked, prefix="jawab").questions()


def test_a_place_outside_the_region_is_a_question_with_a_label():
    [group] = forms.grouped([problem(5, column="village", heading="")])
    assert not group.is_about_a_column
    assert group.label != "village"


def test_an_answer_holds_for_all_cells_of_its_question():
    groups = forms.grouped([problem(7), problem(9)])
    form = bound(groups, **{groups[0].name: "other"})
    assert form.is_valid()
    assert form.answers() == ({(7, "reason", ""): "other", (9, "reason", ""): "other"}, set())


def test_not_known_empties_the_cells_and_no_person_leaves_the_lines_out():
    groups = forms.grouped([problem(7), problem(8, read="lari")])
    form = bound(groups, **{f"{groups[0].name}_kosong": "on", f"{groups[1].name}_bukan": "on"})
    assert form.is_valid()
    assert form.answers() == ({(7, "reason", ""): ""}, {(8, "")})


def test_what_was_read_is_no_answer_and_what_is_not_asked_was_overtaken():
    groups = forms.grouped([problem(7)])
    form = bound(groups, **{groups[0].name: "kabur", "s99_0_reason": "lari", "s99_0_reason_kosong": "on"})
    assert form.is_valid()
    assert form.answers() == ({}, set())
    assert form.overtaken() == 1


def test_the_same_words_for_a_column_are_found_together():
    said = {"answers": [[7, "reason", "", "other"], [9, "reason", "", "other"], [7, "village", "", "Jagoi"]]}
    reason, village = forms.answered(said)
    assert (reason.rows, reason.text, village.rows) == ("7, 9", "other", "7")
    assert forms.answered(said, without={(7, "village", "")}) == [reason]
