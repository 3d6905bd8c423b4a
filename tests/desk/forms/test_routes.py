"""The question of the page of routes: what may be asked by whom."""

from datetime import date

from simpul.desk.forms.routes import RoutesAsked

TODAY = date(2026, 8, 3)


def asked(officer, **given):
    return RoutesAsked(given, officer=officer, today=TODAY)


def test_who_reads_reports_asks_for_kinds_regions_and_long_times(world):
    form = asked(world.rina, kurun="semua", jenis="victims")
    question = form.question()
    assert (question.kinds, question.prefix, question.period, question.exact) == (("victims",), "61.07", None, True)
    assert asked(world.rina).question().period.code == "2026"


def test_a_province_opens_with_the_last_full_quarter(world):
    question = asked(world.lina).question()
    assert (question.prefix, question.period.code, question.exact) == ("61", "2026-Q2", True)


def test_who_sees_figures_only_asks_for_one_full_quarter(world):
    question = asked(world.dewi, kurun="semua", jenis="victims", wilayah="61.01").question()
    assert (question.prefix, question.period.code, question.exact) == ("61.07", "2026-Q2", False)
    assert question.kinds == ("reports", "victims", "returns")


def test_nobody_asks_outside_the_own_region(world):
    assert asked(world.rina, wilayah="61.01").question().prefix == "61.07"
    assert asked(world.lina, wilayah="61.01").question().prefix == "61.01"
