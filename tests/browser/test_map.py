"""A map in a browser: whole without script; with script it answers to the pointer, the keyboard and the slider."""

import pytest
from django.conf import settings
from django.utils import translation

from simpul.insight import drawing
from tests.browser.conftest import DESKTOP, PHONE, faults
from tests.insight.test_drawing import LABELS, OUTLINE

pytestmark = [pytest.mark.browser]

STATIC = settings.ROOT / "simpul" / "desk" / "static" / "desk"
STYLES = [settings.ROOT / "simpul" / "templates" / "tokens.css", STATIC / "desk.css", STATIC / "map.css"]
FRAMES = [("2024", {"61.01": 20, "61.07": 12}, {"61.72"}), ("2025", {"61.01": 40, "61.07": 1237}, set())]


def page_of_a_map(*, script):
    with translation.override("id"):
        shades = drawing.classes_of([12, 20, 40, 1237])
        values, hidden = FRAMES[-1][1], FRAMES[-1][2]
        told = {"labels": LABELS, "legend_title": "Orang yang pulang", "unit": "orang", "shades": shades}
        picture = drawing.choropleth(OUTLINE, values=values, hidden=hidden, title="Peta", **told)
        frames = drawing.slider(FRAMES, shades=shades, label="Tahun", unit="orang")
    rows = "".join(
        f'<tr data-c="{c}"><th scope="row"><a href="#{c}">{name}</a></th></tr>' for c, name in LABELS.items()
    )
    style = "".join(f"<style>{file.read_text()}</style>" for file in STYLES)
    run = f"<script>{(STATIC / 'map.js').read_text()}</script>" if script else ""
    return (
        f'<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Peta</title>{style}<body><main><h1>Peta</h1><section>{picture}{frames}</section>"
        f"<table><tbody>{rows}</tbody></table></main>{run}</body></html>"
    )


@pytest.fixture
def opened(chromium):
    contexts = []

    def opening(size=DESKTOP, *, script=True):
        context = chromium.new_context(viewport=size, java_script_enabled=script, locale="id-ID")
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda problem: pytest.fail(str(problem)))
        page.set_content(page_of_a_map(script=script))
        return page

    yield opening
    for context in contexts:
        context.close()


def shape(page, code):
    return page.locator(f'.shapes [data-c="{code}"]')


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_map_fits_the_page_and_axe_finds_nothing(opened, size):
    page = opened(size)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page) == []


def test_without_script_the_map_is_whole(opened):
    page = opened(script=False)
    assert shape(page, "61.07").get_attribute("class") == "c5"
    assert shape(page, "61.07").locator("title").text_content() == "Bengkayang: 1.237 orang"
    assert page.locator(".zooms, .years").count() == 0


def test_the_pointer_shows_the_figure_and_finds_the_row(opened):
    page = opened()
    shape(page, "61.07").hover()
    assert page.locator(".tip").text_content() == "Bengkayang: 1.237 orang"
    assert page.locator("tr.current").get_attribute("data-c") == "61.07"
    page.locator("h1").hover()
    assert page.locator("tr.current").count() == 0
    page.locator('tr[data-c="61.01"]').hover()
    assert page.locator(".shapes .current").get_attribute("data-c") == "61.01"


def test_the_map_is_enlarged_moved_and_made_whole_again(opened):
    page = opened()
    wide = shape(page, "61.07").bounding_box()["width"]
    page.locator(".zooms button").first.click()
    assert shape(page, "61.07").bounding_box()["width"] == pytest.approx(1.6 * wide, rel=0.02)
    assert page.locator(".km").text_content() == "50 km"
    before = shape(page, "61.07").bounding_box()["x"]
    page.keyboard.press("ArrowRight")
    assert shape(page, "61.07").bounding_box()["x"] < before
    page.keyboard.press("0")
    assert shape(page, "61.07").bounding_box()["width"] == pytest.approx(wide, rel=0.01)
    assert page.locator(".km").text_content() == "100 km"


def test_an_enlarged_map_is_dragged(opened):
    page = opened()
    page.locator(".zooms button").first.click()
    box = page.locator(".map svg").bounding_box()
    before = shape(page, "61.07").bounding_box()["x"]
    page.mouse.move(box["x"] + 300, box["y"] + 150)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 150, steps=4)
    page.mouse.up()
    assert shape(page, "61.07").bounding_box()["x"] == pytest.approx(before - 100, abs=3)


def test_the_slider_shows_another_year_and_tells_nothing_hidden(opened):
    page = opened()
    slider = page.get_by_role("slider", name="Tahun")
    assert page.locator("output").text_content() == "2025"
    assert shape(page, "61.72").get_attribute("class") == "cn"
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator("output").text_content() == "2024"
    assert shape(page, "61.07").get_attribute("class") == "c1"
    assert shape(page, "61.72").get_attribute("class") == "ch"
    shape(page, "61.07").hover()
    assert page.locator(".tip").text_content() == "Bengkayang: 12 orang"
