"""What one cell leaves open, the others of its column tell."""

from datetime import date

from simpul.migrants.reading import column_habits, dates, values
from simpul.migrants.reading.columns import Found
from tests.migrants.reading.sheets import ANI, TODAY

AUGUST, JULY = date(1990, 8, 7), date(1990, 7, 8)


def column(index, code, heading=""):
    return Found(index, (heading or code,), code)


def habits(rows, *codes, kin=None):
    """The habits of columns with these codes, from rows of cells."""
    texts = [[values.text_of(cell) for cell in row] for row in rows]
    found = [column(index, code) for index, code in enumerate(codes)]
    return column_habits.Habits(found, rows, texts, today=TODAY, kin=kin)


def nik_of(text):
    return values.nik(text, names={})


def test_one_date_that_can_only_be_read_one_way_tells_how_the_others_are_meant():
    assert habits([["07-08-1990"], ["31-12-1985"]], "birth_date").birth(None, "", "07-08-1990").day == AUGUST
    assert habits([["07-08-1990"], ["12-31-1985"]], "birth_date").birth(None, "", "07-08-1990").day == JULY


def test_where_a_column_proves_both_the_nik_beside_it_decides_and_without_one_it_is_asked():
    found = habits([["31-12-1985"], ["12-31-1985"]], "birth_date")
    assert found.birth(nik_of(ANI), "", "07-08-1990").day == AUGUST
    asked = found.birth(None, "", "07-08-1990")
    assert (asked.problem, set(asked.options)) == ("two_ways", {AUGUST, JULY})


def test_a_column_that_proves_nothing_follows_its_kin():
    kin = {("birth_date", "date of birth"): [dates.MONTH_FIRST]}
    found = habits([["07-08-1990"]], "birth_date", kin=kin)
    assert found.order == dates.DAY_FIRST
    found = column_habits.Habits(
        [column(0, "birth_date", "Date of Birth")], [["07-08-1990"]], [["07-08-1990"]], today=TODAY, kin=kin
    )
    assert found.birth(None, "", "07-08-1990").day == JULY


def test_another_day_follows_the_order_of_its_own_column():
    found = habits([["07-08-1990", "12-31-2024"]], "birth_date", "departed_on")
    assert found.day("departed_on", "", "02-03-2025", future=True).day == date(2025, 2, 3)
    assert found.day("returned_on", "", "02-03-2025", future=False).day == date(2025, 3, 2)
    assert found.day("departed_on", date(2025, 2, 3), "", future=True).day == date(2025, 2, 3)


def test_true_dates_are_turned_back_where_niks_prove_that_a_program_took_day_for_month():
    assert habits([[JULY, ANI]], "birth_date", "nik").birth(None, JULY, "").day == AUGUST
    assert habits([[AUGUST, ANI]], "birth_date", "nik").birth(None, AUGUST, "").day == AUGUST


def test_true_dates_beside_texts_of_late_days_are_asked_and_the_nik_answers():
    found = habits([[JULY, ""], ["31-08-1990", ""]], "birth_date", "nik")
    asked = found.birth(None, JULY, "")
    assert (asked.problem, asked.options) == ("swapped", (JULY, AUGUST))
    assert found.birth(nik_of(ANI), JULY, "").day == AUGUST


def test_beside_w_the_letter_p_is_a_man():
    assert habits([["P"], ["W"]], "sex").p_is_male
    assert not habits([["P"], ["L"]], "sex").p_is_male
    assert not habits([["P"], ["W"], ["L"]], "sex").p_is_male


def test_niks_that_all_end_in_nothing_were_cut():
    cut = float(ANI[:15] + "0")
    assert habits([[cut], [cut], [cut]], "nik").cut_niks == "all"
    assert habits([[cut]], "nik").cut_niks == "perhaps"
    assert habits([[cut], [int(ANI)]], "nik").cut_niks == ""
    assert habits([[ANI]], "nik").cut_niks == ""


def test_columns_whose_dates_prove_an_order_are_told_with_their_headings():
    found = [column(0, "birth_date", "Tgl Lahir"), column(1, "departed_on", "Berangkat"), column(2, "name", "Nama")]
    assert column_habits.proven_orders(found, [["31-12-1985", "07-08-2024", "31-12-1985"]]) == {
        ("birth_date", "tgl lahir"): dates.DAY_FIRST
    }
