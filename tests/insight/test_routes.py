from datetime import date

import pytest

from simpul.cases import ways as case_ways
from simpul.insight import routes
from simpul.insight.routes import Question
from simpul.intake import ways as report_ways
from simpul.intake.reports import keep_out
from simpul.migrants import ways as return_ways
from simpul.places import legs
from simpul.places.legs import Step
from simpul.places.models import BorderPost, Place
from tests.insight.test_figures import Arrivals
from tests.returns import came_home, with_returns

JAGOI = "61.07.07.2001"
TODAY = date(2026, 8, 3)
ALL_KINDS = ("reports", "victims", "returns")


def place(code):
    return Place.objects.get(pk=code)


def post(code):
    return BorderPost.objects.get(pk=code)


def over_jagoi(on=date(2026, 5, 2), **more):
    told = {"post": post("jagoi_babang"), "on": on, "precision": "day", "transport": "car"} | more
    return [Step(place(JAGOI), "kuching", **told), Step("kuching", "sibu", transport="bus")]


@pytest.fixture
def w(world):
    return world


@pytest.fixture
def arrivals(world):
    found = Arrivals(world)
    world.border = post("entikong")
    return found


def come(arrivals, count, **more):
    """People who came home over Entikong."""
    arrivals.come(count, **more)
    for manifest in arrivals.manifests.values():
        manifest.post = arrivals.world.border
        manifest.save(update_fields=["post"])


def asked(kinds=ALL_KINDS, *, exact=True, prefix="61", period=None, officer=None):
    return routes.answer(Question(tuple(kinds), prefix, period, exact), today=TODAY, officer=officer)


def seen(found):
    return {corridor.nodes: corridor.journeys for corridor in found.corridors}


HOME_BY_ENTIKONG = ("abroad:miri", "post:entikong", "61.07")
OUT_BY_JAGOI = ("61.07", "post:jagoi_babang", "abroad:kuching", "abroad:sibu")


def test_a_report_a_victim_and_a_manifest_are_journeys(w, arrivals):
    report_ways.keep(w.report(), over_jagoi(), by=w.rina, at=w.at)
    case_ways.keep(w.victim(w.case()), over_jagoi(), by=w.rina, at=w.at)
    come(arrivals, 3)
    found = asked()
    assert seen(found) == {OUT_BY_JAGOI: 2, HOME_BY_ENTIKONG: 3}
    assert found.total == 5


def test_a_report_is_not_counted_beside_the_victims_of_its_case(w):
    case = w.case()
    report_ways.keep(case.reports.get(), over_jagoi(), by=w.rina, at=w.at)
    assert asked().total == 1
    case_ways.keep(w.victim(case), over_jagoi(), by=w.rina, at=w.at)
    assert asked().total == 1
    assert asked(["reports"]).total == 0


def test_what_somebody_sent_home_tells_takes_the_place_of_the_manifest(w, arrivals):
    with_returns(w)
    person = came_home(w, post=post("entikong"), depot="semuja")
    assert seen(asked()) == {("abroad:serian", "post:entikong", "61.07"): 1}
    return_ways.keep(person, over_jagoi(), by=w.hana, at=w.at)
    assert seen(asked()) == {OUT_BY_JAGOI: 1}


def test_who_sees_figures_only_sees_no_way_of_fewer_than_eleven(w, arrivals):
    come(arrivals, 10)
    come(arrivals, 14, home="61.01.01.2001")
    assert len(seen(asked())) == 2
    found = asked(exact=False)
    assert seen(found) == {("abroad:my", "post:entikong", "61.01"): 14}
    assert {(s.origin, s.destination): s.journeys for s in found.segments} == {
        ("abroad:my", "post:entikong"): 14, ("post:entikong", "61.01"): 14}  # fmt: skip
    assert found.total == 14
    assert found.is_cut


def test_an_unofficial_crossing_is_known_by_its_district_only(w):
    steps = [Step(place(JAGOI), "serikin", crossing="unofficial", crossed_in=place(JAGOI), transport="foot")]
    report = w.report()
    report_ways.keep(report, steps, by=w.rina, at=w.at)
    assert legs.of(report).get().crossed_in_id == "61.07.07"
    found = asked()
    assert seen(found) == {("61.07", "unofficial:61.07.07", "abroad:serikin"): 1}
    assert "Jagoi Babang" in found.named("unofficial:61.07.07")


def test_a_change_since_the_quarter_before_is_told(w, arrivals):
    come(arrivals, 12, on=date(2026, 2, 1))
    come(arrivals, 60, on=date(2026, 5, 1), depot="semuja")
    quarter = routes.quarter_of(date(2026, 5, 1))
    for exact in (True, False):
        shift = asked(exact=exact, period=quarter).shifts[0]
        assert shift.after == 60
    assert asked().shifts == []
    assert asked(period=quarter).total == 60


def test_a_year_alone_says_nothing_of_a_quarter(w):
    report_ways.keep(w.report(), over_jagoi(date(2026, 1, 1), precision="year"), by=w.rina, at=w.at)
    assert asked(period=routes.year(2026)).total == 1
    assert asked(period=routes.quarter_of(date(2026, 1, 1))).total == 0


def test_the_best_places_lie_between_begin_and_end(w, arrivals):
    come(arrivals, 20)
    report_ways.keep(w.report(), over_jagoi(), by=w.rina, at=w.at)
    best = asked().best
    assert [node for node, _share in best.places] == ["post:entikong", "post:jagoi_babang"]
    assert 0.6 < best.seen < 0.75
    assert asked(period=routes.year(2020)).best is None


def test_who_is_kept_out_of_a_report_does_not_count_it(w):
    report = w.report()
    report_ways.keep(report, over_jagoi(), by=w.rina, at=w.at)
    assert asked(["reports"], officer=w.rina).total == 1
    keep_out(report, by=w.yanti, at=w.at, officer=w.rina)
    assert asked(["reports"], officer=w.rina).total == 0


def test_a_segment_opens_to_the_records_on_it_that_an_officer_may_open(w):
    with_returns(w)
    report = w.report()
    report_ways.keep(report, over_jagoi(), by=w.rina, at=w.at)
    person = came_home(w, post=post("entikong"), depot="bekenu")
    question = Question(ALL_KINDS, "61", None, True)
    out, back = ("61.07", "post:jagoi_babang"), ("abroad:miri", "post:entikong")
    assert routes.records(question, *out, officer=w.rina, at=w.at) == [("reports", report)]
    assert routes.records(question, *back, officer=w.hana, at=w.at) == [("returns", person)]
    assert routes.records(question, *out, officer=w.hana, at=w.at) == []
    assert routes.records(question, *back, officer=w.rina, at=w.at) == []


def test_districts_are_told_apart_inside_the_own_regency(w):
    report_ways.keep(w.report(), over_jagoi(), by=w.rina, at=w.at)
    (nodes,) = seen(asked(prefix="61.07"))
    assert nodes[0] == "61.07.07"
    assert asked(prefix="61.01").total == 0


def test_figures_only_come_in_periods_that_do_not_overlap():
    for_all = routes.offered(TODAY, exact=False)
    assert for_all[0].code == "2026-Q2"
    assert all(later.first_on > period.last_on for later, period in zip(for_all, for_all[1:], strict=False))
    told = routes.offered(TODAY, exact=True)
    assert told[0] is None
    assert {period.code for period in told[1:]} >= {"2026", "2026-Q3", "2026-Q2"}


def test_the_period_before_is_as_long():
    assert routes.before(routes.quarter_of(date(2026, 2, 1))).code == "2025-Q4"
    assert routes.before(routes.year(2026)).code == "2025"
    assert routes.before(None) is None


def test_each_role_sees_its_own_kinds_exactly(w):
    with_returns(w)
    assert routes.seen_exactly(w.hana, "61.07") == ["returns"]
    assert routes.seen_exactly(w.rina, "61.07") == ["reports", "victims"]
    assert routes.seen_exactly(w.rina, "61.01") == []
    assert routes.seen_exactly(w.dewi, "61.07") == []


def test_a_report_without_a_place_lies_where_its_reader_is(w):
    report = w.report(place="")
    report_ways.keep(report, over_jagoi(), by=w.lina, at=w.at)
    assert asked(["reports"], officer=w.lina).total == 1
    assert asked(["reports"], prefix="61.07").total == 0
