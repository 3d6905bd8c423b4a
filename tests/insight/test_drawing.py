import gzip
import json
import re
import time
from xml.etree import ElementTree

import pytest
from django.utils import translation

from simpul.insight import drawing
from simpul.places.models import Place
from simpul.places.outlines import Outline, outline

OUTLINE = Outline(
    prefix="61", level="regency", width=8000, height=4000,
    shapes={"61.01": "M0 0l2000 0 0 4000z", "61.07": "M2000 0l3000 0 0 4000-3000 0z", "61.72": "M5000 0l9 0 0 9z"},
    labels={"61.01": (1000, 2000), "61.07": (3500, 2000), "61.72": (5003, 3)},
    backdrop="M0 0l8000 0 0 4000-8000 0z", abroad="", frontier="M0 0l8000 0", lines="", blank="",
    bounds=(108.0, 0.0, 112.0, 2.0), km=0.0557, is_approximate=True, source="", missing={},
    regions={"61.07": "Bengkayang"},
)  # fmt: skip
LABELS = {"61.01": "Sambas", "61.07": "Bengkayang", "61.72": "Singkawang"}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def choropleth(values, **told):
    return drawing.choropleth(OUTLINE, values=values, labels=LABELS, title="Returned people", **told)


def shapes(picture):
    """{code: (css class, what its title says)} of a picture, read as XML."""
    found = ElementTree.fromstring(picture).iter(f"{SVG}path")
    return {p.get("data-c"): (p.get("class"), p.findtext(f"{SVG}title")) for p in found if p.get("data-c")}


def test_each_shape_says_its_name_and_figure():
    found = shapes(choropleth({"61.01": 12, "61.07": 1237, "61.72": 0}, unit="people"))
    assert found["61.07"] == ("c5", "Bengkayang: 1,237 people")
    assert found["61.72"] == ("c0", "Singkawang: 0 people")


def test_figures_are_written_as_the_reader_writes_them():
    with translation.override("id"):
        assert "Bengkayang: 1.237,5" in choropleth({"61.07": 1237.5})


def test_no_figure_is_not_nought():
    picture = choropleth({"61.07": 3, "61.01": 0})
    assert shapes(picture)["61.72"] == ("cn", "Singkawang: no data")
    assert "no data</li>" in picture
    assert "no data</li>" not in choropleth({code: 1 for code in LABELS})


def test_a_hidden_figure_is_hatched_and_is_nowhere_in_the_picture():
    picture = choropleth({"61.01": 77777, "61.07": 12, "61.72": 20}, hidden={"61.01"}, below=11)
    assert "77777" in choropleth({"61.01": 77777}).replace(",", "")
    assert shapes(picture)["61.01"] == ("ch", "Sambas: hidden, few people")
    assert "hidden: fewer than 11" in picture
    assert "77777" not in picture.replace(",", "")


def test_classes_have_about_as_many_different_numbers_and_zero_is_apart():
    found = drawing.classes_of([0, 0, None, *range(1, 11)])
    assert [(c.css, c.low, c.high) for c in found] == [
        ("c0", 0, 0), ("c1", 1, 2), ("c2", 3, 4), ("c3", 5, 6), ("c4", 7, 8), ("c5", 9, 10),
    ]  # fmt: skip


@pytest.mark.parametrize("values", [[], [None], [0], [5], [5, 5, 5], [1, 2], [0, 1, 1000000]])
def test_few_numbers_have_few_classes(values):
    found = drawing.classes_of(values)
    assert len(found) <= len({v for v in values if v is not None})
    for value in values:
        css = drawing.class_of(value, found)
        assert css == "cn" if value is None else (css == "c0") == (value == 0)


def test_fixed_bounds_hold_for_several_pictures():
    found = drawing.classes_of([3, 8, 40], classes=[1, 5, 10])
    assert [drawing.class_of(v, found) for v in (3, 8, 40)] == ["c1", "c3", "c5"]
    assert shapes(choropleth({"61.07": 8}, shades=found))["61.07"][0] == "c3"


def test_the_legend_names_the_bounds():
    picture = choropleth({"61.01": 4, "61.07": 1200, "61.72": 8}, classes=2, legend_title="Returned", unit="people")
    legend = picture.split('<div class="legend">')[1]
    assert "Returned (people)" in legend
    assert re.findall(r"</i>([^<]*)<", legend) == ["4–8", "1,200"]


def test_a_picture_has_a_title_and_a_description_for_who_cannot_see_it():
    root = ElementTree.fromstring(choropleth({"61.07": 3}, description="Most live in Bengkayang."))
    svg = root.find(f"{SVG}svg")
    named = {e.get("id"): e.text for e in svg if e.get("id")}
    assert svg.get("role") == "img"
    assert [named[i] for i in svg.get("aria-labelledby").split()] == ["Returned people", "Most live in Bengkayang."]


def test_two_pictures_on_a_page_have_signs_of_their_own():
    ids = re.findall(r' id="([^"]+)"', choropleth({}) + choropleth({}) + drawing.bars([], title="none"))
    assert len(ids) == len(set(ids)) > 6


def test_shapes_may_be_links():
    picture = choropleth({"61.07": 3}, href=lambda code: f"/desk/?a=1&place={code}")
    assert '<a href="/desk/?a=1&amp;place=61.07">' in picture
    assert 'role="img"' not in picture


def test_names_from_outside_stay_words():
    nasty = '"><script>alert(1)</script>'
    picture = drawing.choropleth(
        OUTLINE, values={"61.07": 1}, labels={"61.07": nasty}, title=nasty, description=nasty, legend_title=nasty,
        unit=nasty, names={"61.07": nasty}, posts=[(nasty, 1, 110)],
    )  # fmt: skip
    charts = drawing.bars([(nasty, 1)], title=nasty) + drawing.lines({nasty: [1, 2]}, over=[nasty, "b"], title=nasty)
    charts += drawing.pyramid([(nasty, 1, 2)], left=nasty, right=nasty, title=nasty)
    frames = drawing.slider([(nasty, {"61.07": 1}, set())], shades=[], label=nasty)
    assert "alert(1)" in picture
    assert "<script>" not in picture + charts
    assert "<script>" not in frames
    assert frames.count("</script>") == 1


def test_the_map_says_that_its_boundaries_are_approximate_or_where_they_are_from():
    assert "Approximate boundaries" in choropleth({})
    official = OUTLINE._replace(is_approximate=False, source="BIG <2024>")
    assert "Boundaries: BIG &lt;2024&gt;." in drawing.choropleth(official, values={}, labels={}, title="x")
    partly = OUTLINE._replace(source="BIG 2024")
    assert "they are approximate" in drawing.choropleth(partly, values={}, labels={}, title="x")


def test_the_scale_is_a_round_number_of_kilometres():
    # The picture is 445.6 km wide, and 1,000 units: 100 km are 224.4 of them.
    assert "h224.4v-10" in choropleth({})
    assert "100 km" in choropleth({})


def test_names_are_written_where_they_meet_no_other():
    found = re.findall(r'<text class="(place[^"]*)"[^>]*>([^<]+)', choropleth({}))
    assert ("place", "Bengkayang") in found
    # In the corner there is no room for it on any screen.
    assert "Singkawang" not in dict(map(reversed, found))
    assert '<text class="place' not in choropleth({}, names={})


def test_a_map_of_many_shapes_has_the_names_of_the_level_above():
    many = {f"61.07.{number:02}": "M0 0l9 0 0 9z" for number in range(1, 40)}
    found = OUTLINE._replace(shapes=many)
    picture = drawing.choropleth(found, values={}, labels=dict.fromkeys(many, "Kecamatan"), title="x")
    assert re.findall(r'<text class="place[^>]*>([^<]+)', picture) == ["Bengkayang"]


def test_a_post_off_the_map_is_not_drawn():
    picture = choropleth({}, posts=[("Entikong", 1, 110.3), ("Nunukan", 4.1, 117.6)])
    assert "Entikong" in picture
    assert "Nunukan" not in picture


def test_the_years_of_a_slider_never_hold_a_hidden_number():
    shades = drawing.classes_of([15, 20])
    frames = [("2024", {"61.07": 15, "61.01": 4}, {"61.01"}), ("2025", {"61.07": 20}, set())]
    script = drawing.slider(frames, shades=shades, label="Year")
    told = json.loads(script.removesuffix("</script>").split(">", 1)[1])
    assert told["codes"] == ["61.01", "61.07"]
    assert told["frames"] == [["2024", ["h", 15]], ["2025", [None, 20]]]
    assert told["shades"] == [["c1", 15], ["c5", 20]]


def test_bars_are_as_tall_as_their_numbers():
    chart = drawing.bars([("Jan", 10), ("Feb", 20), ("Mar", None)], title="By month", unit="people")
    tall = [float(t) for t in re.findall(r'<rect class="column"[^>]*height="([\d.]+)"', chart)]
    assert tall[1] == 2 * tall[0]
    assert "Mar: hidden, few people" in chart
    ElementTree.fromstring(chart)


def test_a_line_stops_where_nothing_is_known():
    chart = drawing.lines({"Deported": [1, 2, None, 4, 5]}, over=range(2021, 2026), title="By year")
    (path,) = re.findall(r'<path class="line l0" d="([^"]+)"', chart)
    assert path.count("M") == 2
    assert path.count("L") == 2
    assert "Deported, 2025: 5" in chart
    ElementTree.fromstring(chart)


def test_a_pyramid_has_the_youngest_below():
    chart = drawing.pyramid([("0–17", 3, 4), ("18+", 30, None)], left="Men", right="Women", title="By age")
    assert chart.index("18+") < chart.index("0–17")
    assert "Women, 18+: hidden, few people" in chart
    ElementTree.fromstring(chart)


@pytest.mark.parametrize("draw", [
    lambda: drawing.bars([], title="x"), lambda: drawing.bars([("a", 0)], title="x"),
    lambda: drawing.lines({}, over=[], title="x"), lambda: drawing.lines({"a": [None]}, over=["b"], title="x"),
    lambda: drawing.pyramid([], left="a", right="b", title="x"),
])  # fmt: skip
def test_nothing_to_show_is_an_empty_chart_and_no_fault(draw):
    ElementTree.fromstring(draw())


def test_a_bar_of_ranks_reaches_from_its_low_to_its_high_and_is_read_beside():
    bar = drawing.span(1, 2, 9, of=14)
    assert 'aria-hidden="true"' in bar
    assert 'd="M10 12H121"' in bar
    assert 'cx="24"' in bar
    ElementTree.fromstring(bar)
    ElementTree.fromstring(drawing.span(1, 1, 1, of=1))


def test_a_map_on_paper_brings_its_shades_and_asks_for_nothing_from_outside():
    code, other = list(LABELS)[:2]
    picture = drawing.on_paper(OUTLINE, values={code: 0, other: 12}, labels=LABELS)
    ElementTree.fromstring(picture)
    assert "var(" not in picture
    assert "url(#" in picture
    assert ">12</text>" in picture
    assert LABELS[code] in picture
    assert 'class="c0"' in picture


@pytest.mark.django_db
def test_the_map_of_all_villages_is_light_and_quick(settings, tmp_path):
    settings.HOME = tmp_path
    found = outline("61", "village")
    names = dict(Place.objects.filter(code__startswith="61").values_list("code", "name"))
    values = {code: number for number, code in enumerate(found.shapes)}
    began = time.process_time()
    picture = drawing.choropleth(found, values=values, labels=names, title="Villages", hidden=set(list(values)[:200]))
    # Three times what it takes on a small machine.
    assert time.process_time() - began < 0.12
    assert len(shapes(picture)) == 2130
    assert len(gzip.compress(picture.encode())) < 150_000
