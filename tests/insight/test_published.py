"""What everybody may see of releases, read from what was kept of them."""

import json

import pytest

from simpul.insight import published, release
from simpul.lib.rules import NotFound
from tests.insight.releasing import Releasing

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def releasing(world):
    return Releasing(world)


def test_nothing_is_out_before_it_is_published(releasing):
    for make in (releasing.draft, lambda: release.approve(release.of_number("R-2026-01"), by=releasing.gusti,
                                                          at=releasing.world.at)):  # fmt: skip
        one = make()
        assert published.newest() is None
        with pytest.raises(NotFound):
            published.release(one.number)


def test_the_newest_period_comes_first(releasing):
    newer = releasing.published()
    older = releasing.published(period="2026-Q1")
    assert published.newest() == newer
    assert published.releases() == [newer, older]


def test_a_withdrawn_release_is_named_and_not_shown(releasing):
    one = releasing.withdraw(releasing.published())
    assert published.newest() is None
    assert published.withdrawn() == [one]
    assert published.release(one.number).state == "withdrawn"


def test_an_overview_holds_each_place_with_the_sum_of_each_subject(releasing):
    one = releasing.published()
    heads, lines, sums = published.overview(one, published.told(one))
    assert [words for _code, words in heads] == ["Reports", "Cases", "People sent home", "Services"]
    assert len(lines) == 15
    assert lines[-1][0] == "-"
    numbers = {words: numbers for _code, words, numbers in lines}
    assert numbers["Kab. Bengkayang"] == [0, 0, 44, 0]
    assert sums == [0, 0, 72, 0]


def test_a_sheet_leaves_out_columns_in_which_nobody_stands(releasing):
    one = releasing.published()
    sheet = published.sheets(one, published.told(one))["returns_by_person"]
    codes = [code for code, _words in sheet.heads]
    assert codes == ["L", "L.25", "L.35", "P", "P.00", "P.18"]
    assert dict(sheet.heads)["P.00"] == "Female, 0–17"
    assert sheet.sums[0] == 72
    assert sheet.hidden == sum(
        value is None for kept in one.tables if kept["code"] == sheet.code for *_at, value in kept["rows"]
    )


def test_the_file_holds_the_document_as_it_was_signed(releasing):
    one = releasing.published()
    file = published.whole(one)
    assert one.document.encode() in file
    assert json.loads(file)["signature"]["public_key"] == one.public_key
