from simpul.insight.figures import HIDDEN
from simpul.insight.measures import measure
from simpul.insight.telling import counted, grouped, in_figures, percent, with_decimals


def test_numbers_have_points_between_thousands_and_a_dash_where_nobody_counted(english):
    assert grouped(12345) == "12,345"
    assert grouped(0) == "0"
    assert grouped(None) == "–"


def test_a_hidden_number_stays_hidden():
    assert grouped(HIDDEN) == "…"


def test_decimals_are_rounded_and_not_cut(english):
    assert [with_decimals(each) for each in (2.37, 0.96, 1234.55, 3)] == ["2.4", "1.0", "1,234.6", "3.0"]
    assert with_decimals(87.6, 0) == "88"
    assert [in_figures(each) for each in (7, 7.0, 0.96, 12345)] == ["7", "7", "1.0", "12,345"]


def test_a_share_is_told_in_whole_percent():
    assert percent(0.876) == "88 %"
    assert percent(None) == "–"


def test_money_is_told_in_rupiah():
    assert counted(1500000, measure("restitution_paid")) == "Rp1.500.000"
    assert counted(None, measure("restitution_paid")) == "–"


def test_what_is_no_money_is_told_as_a_number(english):
    assert counted(1500, measure("reports_received")) == "1,500"
