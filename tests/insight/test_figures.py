from datetime import date

import pytest
from django.db.models import Count

from simpul.insight import figures
from simpul.insight.figures import Question
from simpul.insight.methods import disclosure
from simpul.migrants.models import Manifest, Returnee, Worker
from simpul.persons import identities

JAGOI, SINAR_BARU, SAMBAS, BENGKAYANG = "61.07.07.2001", "61.07.07.2002", "61.01.01.2001", "61.07"


class Arrivals:
    """Returnees put in by hand, of whom nothing but plain facts matters."""

    def __init__(self, world):
        self.world, self.row = world, 0
        self.person = identities.record(by=world.rina, at=world.at, name="Melati Ujai")
        self.manifests = {}

    def manifest(self, on, depot):
        if (on, depot) not in self.manifests:
            self.manifests[on, depot] = Manifest.objects.create(
                number=f"M-{len(self.manifests)}", agency=self.world.uptd, kind="deportation", arrived_on=on,
                depot=depot, noted_at=self.world.at, noted_by=self.world.rina,
            )  # fmt: skip
        return self.manifests[on, depot]

    def come(self, count, *, home=JAGOI, on=date(2026, 1, 30), depot="bekenu", **facts):
        for _each in range(count):
            self.row += 1
            Returnee.objects.create(
                person=self.person, manifest=self.manifest(on, depot), row=self.row, arrived_on=on, home_id=home,
                **facts,
            )  # fmt: skip


@pytest.fixture
def arrivals(world):
    figures.places_at.cache_clear()
    return Arrivals(world)


def answered(*dimensions, exact=True, prefix="61", **more):
    return figures.answer(Question("returns", *dimensions, prefix=prefix, **more), exact=exact)


def test_people_are_counted_by_two_things_with_their_sums(arrivals):
    arrivals.come(3, sex="L", reason="no_passport")
    arrivals.come(2, sex="P", reason="no_passport")
    arrivals.come(1, sex="P", reason="drugs", home=SAMBAS)
    told = answered("reason", "sex")
    assert told.cell("no_passport", "L") == 3
    assert told.cell("no_passport", "P") == 2
    assert told.cell("no_passport") == 5
    assert told.total_of("P") == 3
    assert told.total == 6


def test_only_people_of_the_region_are_counted(arrivals):
    arrivals.come(3)
    arrivals.come(2, home=SAMBAS)
    arrivals.come(1, home=None)
    assert answered("sex", prefix=BENGKAYANG).total == 3
    assert answered("sex").total == 5
    assert answered("sex", prefix="").total == 6


def test_a_home_known_less_deeply_has_a_line_of_its_own(arrivals):
    arrivals.come(3)
    arrivals.come(2, home=BENGKAYANG)
    told = answered("village", prefix=BENGKAYANG)
    assert told.cell(JAGOI) == 3
    assert told.cell("61.07.?") == 2
    assert "Bengkayang" in dict(told.rows)["61.07.?"]


def test_regencies_without_anybody_stand_in_the_table_and_have_a_rate(arrivals):
    arrivals.come(237)
    told = answered("regency")
    assert len(told.rows) == 14
    assert round(told.rates[BENGKAYANG]) == 80
    assert told.cell("61.01") == 0


def test_a_year_is_counted_alone(arrivals):
    arrivals.come(3, on=date(2025, 11, 12))
    arrivals.come(4, on=date(2026, 1, 30))
    assert answered("month", year=2025).cell("11") == 3
    assert answered("year").cell("2026") == 4
    assert figures.years("returns", prefix="61") == [2026, 2025]
    assert figures.years("returns", prefix="61.01") == []


def test_ages_are_counted_in_bands(arrivals):
    for age in (0, 4, 17, 18, 60, 99, None):
        arrivals.come(1, age=age)
    told = answered("age")
    assert {code: told.cell(code) for code, _words in told.rows} == {
        "00": 2, "12": 1, "18": 1, "60": 2, figures.UNKNOWN: 1,
    }  # fmt: skip
    assert dict(told.rows)["60"] == "60+"


def test_each_arrival_has_its_line(arrivals):
    arrivals.come(3, sex="L")
    arrivals.come(2, sex="P", on=date(2026, 2, 12), depot="semuja")
    told = answered("arrival", "sex")
    assert told.cell("2026-01-30", "L") == 3
    assert told.cell("2026-02-12") == 2
    assert answered("depot").cell("semuja") == 2


def test_who_may_see_figures_only_is_told_no_small_number(arrivals):
    arrivals.come(40, sex="L")
    arrivals.come(3, sex="P")
    arrivals.come(30, sex="L", home=SAMBAS)
    arrivals.come(25, sex="P", home=SAMBAS)
    assert answered("regency", "sex").cell(BENGKAYANG, "P") == 3
    told = answered("regency", "sex", exact=False)
    assert isinstance(told.cell(BENGKAYANG, "P"), disclosure.Hidden)
    assert told.total == 98
    assert told.hidden >= 4, "three more cells at least, or the sums would tell"


def test_no_hidden_number_can_be_computed_from_the_others(arrivals):
    for home, men, women in ((JAGOI, 14, 2), (SINAR_BARU, 30, 20), (SAMBAS, 12, 11), ("61.71", 15, 1)):
        arrivals.come(men, sex="L", home=home)
        arrivals.come(women, sex="P", home=home)
    told = answered("regency", "sex", exact=False)
    lines = {(row, column): told.cell(row, column) for row, _w in told.rows for column in ("L", "P", "")}
    hidden = [place for place, number in lines.items() if isinstance(number, disclosure.Hidden)]
    assert hidden
    for row, column in hidden:
        alone = [r for r, c in hidden if c == column] == [row] or [c for r, c in hidden if r == row] == [column]
        assert not alone, "the only hidden number of a line or a column follows from its sum"


def test_the_map_has_every_place_and_hides_small_numbers(arrivals):
    arrivals.come(40)
    arrivals.come(3, home=SAMBAS)
    values, hidden = figures.by_place("returns", prefix="61", level="regency", exact=True)
    assert len(values) == 14
    assert (values[BENGKAYANG], values["61.01"], values["61.71"]) == (40, 3, 0)
    assert hidden == set()
    values, hidden = figures.by_place("returns", prefix="61", level="regency", exact=False)
    assert "61.01" in hidden
    assert len(hidden) >= 2


def test_workers_are_counted_by_their_current_entry(arrivals, world):
    for is_current, status in ((True, "abroad"), (True, "returned"), (False, "candidate")):
        Worker.objects.create(
            person=arrivals.person, home_id=JAGOI, status=status, is_current=is_current, noted_at=world.at,
            noted_by=world.rina, birth_year=1990,
        )  # fmt: skip
    told = figures.answer(Question("workers", "status", prefix="61"), exact=True)
    assert told.total == 2
    assert told.cell("candidate") == 0
    assert figures.answer(Question("workers", "age", prefix="61"), exact=True).total == 2


def test_a_question_that_nobody_can_ask_is_refused():
    with pytest.raises(ValueError, match="not counted"):
        Question("workers", "depot")
    with pytest.raises(ValueError, match="not counted"):
        Question("returns", "sex", "sex")


def test_a_fact_narrows_the_question(arrivals):
    arrivals.come(3, reason="drugs")
    arrivals.come(2, reason="crime")
    assert answered("sex", facts=(("reason", "drugs"),)).total == 3


@pytest.mark.parametrize("dimensions", [("regency", "sex"), ("village", "reason")])
def test_a_table_costs_the_same_number_of_queries_for_many_people(arrivals, django_assert_max_num_queries, dimensions):
    arrivals.come(30)
    answered(*dimensions)
    with django_assert_max_num_queries(1):
        answered(*dimensions)


def test_places_have_one_answer_at_every_level_for_who_sees_figures_only(arrivals):
    arrivals.come(12)
    arrivals.come(6, home=SINAR_BARU)
    arrivals.come(3, home="61.07.07")
    arrivals.come(2, home=SAMBAS)
    village, district, regency = (answered(level, exact=False) for level in ("village", "district", "regency"))
    assert regency.cell(BENGKAYANG) in (21, figures.HIDDEN)
    assert regency.cell("61.01") is figures.HIDDEN
    below = answered("district", exact=False, prefix=BENGKAYANG)
    assert below.cell("61.07.07") == district.cell("61.07.07")
    assert below.total == regency.cell(BENGKAYANG)
    values, hidden = figures.by_place("returns", prefix="61", level="village", exact=False)
    assert SINAR_BARU in hidden
    assert SAMBAS in hidden
    assert [code for code, _words in village.rows] == [code for code, n in values.items() if n and code not in hidden]


def test_sums_of_regions_are_no_lines_of_a_table_of_districts(arrivals):
    arrivals.come(40, sex="L")
    arrivals.come(40, sex="P")
    arrivals.come(30, sex="L", home=SAMBAS)
    arrivals.come(12, sex="P", home=BENGKAYANG)
    lines = {exact: dict(answered("district", "sex", exact=exact).rows) for exact in (True, False)}
    assert lines[False].keys() == lines[True].keys() == {"61.07.07", "61.01.01", "61.07.?"}


@pytest.mark.parametrize("exact", [True, False])
def test_all_years_at_once_are_the_years_one_by_one(arrivals, exact):
    arrivals.come(40, on=date(2025, 5, 3))
    arrivals.come(15, home=SAMBAS, on=date(2025, 5, 3))
    arrivals.come(12)
    arrivals.come(3, home=SAMBAS)
    told = {"prefix": "61", "level": "regency", "exact": exact}
    found = figures.by_year(years=[2024, 2025, 2026], **told)
    assert list(found) == [2025, 2026, None]
    assert found == {year: figures.by_place("returns", year=year, **told) for year in found}


def test_somebody_who_comes_home_moves_the_numbers_of_one_district_alone(arrivals):
    first = {code[:8]: code for code in reversed(figures.places_at(BENGKAYANG, "village"))}
    for home in [*first.values()][:6]:
        arrivals.come(15, home=home)
    told = {"prefix": "61", "level": "village", "exact": False}
    figures.by_place("returns", **told)
    before = figures._protected_villages.cache_info()
    figures.by_place("returns", **told)
    shown = figures._protected_villages.cache_info().hits - before.hits
    assert shown > 1
    arrivals.come(1, home=home)
    figures.by_place("returns", **told)
    assert figures._protected_villages.cache_info().misses <= before.misses + 1


def test_where_nobody_came_home_to_is_hidden_like_a_few(arrivals):
    arrivals.come(2)
    values, hidden = figures.by_place("returns", prefix="61", level="village", exact=False)
    assert {JAGOI, SINAR_BARU} <= hidden
    assert not any(values.values())


def test_whether_a_hidden_number_is_small_is_not_told(arrivals):
    arrivals.come(2, sex="L")
    arrivals.come(40, sex="P")
    arrivals.come(30, sex="")
    hidden = [number for number in answered("sex", exact=False).cells.values() if not isinstance(number, int)]
    assert hidden
    assert set(map(str, hidden)) == {"…"}


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("prefix", "rows", "index"),
    [
        ("61", "sector", "kinds_of_current_workers"),
        ("61", "sex", "kinds_of_current_workers"),
        ("61", "district", "current_workers_of_a_place"),
        (BENGKAYANG, "sector", "current_workers_of_a_place"),
    ],
)
def test_the_register_is_counted_in_the_order_of_an_index(world, prefix, rows, index):
    question = Question("workers", rows, prefix=prefix)
    plan = figures._rows(question).values_list("k0").annotate(number=Count("pk")).order_by().explain()
    assert f"USING INDEX {index}" in plan
