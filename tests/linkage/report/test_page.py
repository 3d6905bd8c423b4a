"""The report: one page that needs nothing else, and holds no name unless asked to."""

import re
from html.parser import HTMLParser

import pytest

from simpul.lib import speech
from simpul.linkage.report import page
from simpul.linkage.report.page import Linkage, Pair, Step, Weight


@pytest.fixture
def linkage():
    step = Step("the name differs <", -2.5)
    return Linkage(
        made_at="22-11-2026", files=["A & B.csv"], records=12345, compared=99, proposed=40, cut=0.5,
        counts=[5] * page.BINS,
        weights=[Weight("name", "the name sounds the same", 7.5, 80), Weight("name", "the name differs", -4.0, 1200)],
        pairs=[Pair("<r1>", "r2", 0.51, -3.0, [step]), Pair("r3", "r4", 0.49, 1.0, [], ("SITI", "NURUL"))],
        sources=[("POLRI", 12000, 3000), ("<LSM>", 345, 45)],
        settings=[("engine", "embedded")], notes=["not used: <b>"],
    )  # fmt: skip


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.open, self.seen, self.attributes = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.attributes += attrs
        if tag not in {"meta", "col"}:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_needs_no_other_file_and_no_script(linkage):
    drawn = page.drawn(linkage)
    tags = Tags(drawn)
    assert tags.open == []
    assert not {"script", "link", "img", "iframe"} & set(tags.seen)
    assert not {"src", "href", "onclick"} & {name for name, _value in tags.attributes}
    assert "url(" not in drawn
    assert "http" not in drawn.replace("http-equiv", "")


def test_what_comes_from_a_list_is_text_and_no_mark(linkage):
    drawn = page.drawn(linkage)
    for text in ("A &amp; B.csv", "&lt;r1&gt;", "&lt;LSM&gt;", "&lt;b&gt;", "differs &lt;"):
        assert text in drawn
    assert "<r1>" not in drawn


def test_the_page_says_what_it_holds(linkage):
    assert "holds no names" in page.drawn(linkage)
    linkage.with_names = True
    assert "holds names" in page.drawn(linkage)


def test_pairs_open_without_script_and_add_up(linkage):
    drawn = page.drawn(linkage)
    assert drawn.count("<details") == 2
    assert drawn.count("<details open>") == 1
    assert "-5.5" in drawn.split("</details>")[0]
    assert "SITI - NURUL" in drawn


def test_what_wants_looking_at_comes_before_the_tables_of_weights(linkage):
    drawn = page.drawn(linkage)
    assert drawn.index("Pairs to look at") < drawn.index("What weighs how much") < drawn.index("How it was made")


def test_rows_that_a_telephone_lays_out_anew_stay_rows_of_a_table(linkage):
    drawn = page.drawn(linkage)
    rows = re.findall(r"<tr[^>]*>(?:(?!</tr>).)*<svg class=\"bar\"", drawn)
    assert len(rows) == 7
    assert all('role="row"' in row and 'role="cell"' in row for row in rows)
    assert drawn.count('role="table"') == drawn.count('class="weights"') == 3


def test_shares_and_numbers_are_written_as_the_language_does(linkage):
    assert "12,345" in page.drawn(linkage)
    assert "24.7%" in page.drawn(linkage)
    with speech.speaking("id"):
        drawn = page.drawn(linkage)
    assert '<html lang="id">' in drawn
    assert "12.345" in drawn
    assert "24,7%" in drawn


def test_nothing_is_wider_than_a_telephone(linkage):
    """Widths are shares of the page; the only fixed one is that of the numbers behind the bars."""
    style = page._STYLE
    assert not re.search(r"(?<!max-)(?<!min-)width:\s*\d{3,}px", style)
    assert "@media print" in style
    assert '<meta name="viewport"' in page.drawn(linkage)


def test_a_linkage_that_found_nothing_has_its_page_too():
    drawn = page.drawn(Linkage("22-11-2026", ["a.csv"], 0, 0, 0, 0.5, [0] * page.BINS, [], [], []))
    assert Tags(drawn).open == []
