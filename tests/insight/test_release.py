"""Open data: drafted, approved by a second officer, published, withdrawn; and what two releases tell together."""

from datetime import date
from decimal import Decimal

import pytest

from simpul.confidentiality import signing
from simpul.insight import release
from simpul.insight.methods import disclosure, margins
from simpul.insight.models import Budget, Delivery, Release
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound
from tests.insight.releasing import QUARTER, SAMBAS, Releasing

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def releasing(world):
    return Releasing(world)


def test_a_small_number_is_hidden_with_others_that_give_it_away(releasing):
    draft = releasing.draft()
    assert draft.number == "R-2026-01"
    assert releasing.number(draft, "returns_by_month", "", "") == 72
    assert releasing.number(draft, "returns_by_person", "61.01", "P.00") is None
    assert releasing.number(draft, "returns_by_person", "61.01", "L.35") is None
    assert releasing.number(draft, "returns_by_person", "", "L.25") == 30
    assert draft.quality["findings"] == []
    assert 0 < draft.quality["hidden"] < draft.quality["cells"]
    assert 0.5 < draft.quality["share_shown"] < 1


def test_no_number_below_the_threshold_is_kept_anywhere(releasing):
    draft = releasing.draft()
    kept = [value for table in draft.tables for _row, _column, value in table["rows"]]
    assert None in kept
    assert not [value for value in kept if value is not None and 0 < value < 11]


def test_only_what_is_over_is_released(releasing):
    with pytest.raises(NotAllowed, match="not over yet"):
        releasing.draft("2026-Q3")
    with pytest.raises(NotAllowed, match="not over yet"):
        releasing.draft("2026")


def test_nobody_without_the_right_releases(releasing, world):
    one = releasing.draft()
    for officer in (world.rina, world.budi, world.siti, world.wulan):
        with pytest.raises(NotAllowed, match="does not publish figures"):
            release.draft("2026-Q1", by=officer, at=world.at)
        with pytest.raises(NotAllowed, match="does not publish figures"):
            release.approve(one, by=officer, at=world.at)


def test_four_eyes(releasing, world):
    one = releasing.draft()
    with pytest.raises(NotAllowed, match="second officer"):
        release.approve(one, by=world.dewi, at=world.at)
    with pytest.raises(NotAllowed, match="cannot be done"):
        release.publish(one, sign=signing.sign, by=releasing.gusti, at=world.at)
    approved = release.approve(one, by=releasing.gusti, at=world.at)
    assert (approved.state, approved.approved_by) == ("approved", releasing.gusti)


def test_a_draft_that_gives_a_number_away_is_not_approved(releasing, world):
    one = releasing.draft()
    table = next(each for each in one.tables if each["code"] == "returns_by_person")
    row = next(row for row in table["rows"] if row[:2] == ["61.01", "L.35"])
    assert row[2] is None
    row[2] = 25
    next(row for row in table["rows"] if row[:2] == ["61.01", "L"])[2] = 25
    one.save()
    assert release.attack(one)
    with pytest.raises(NotAllowed, match="attacker's check computed"):
        release.approve(one, by=releasing.gusti, at=world.at)


def test_a_small_number_that_is_shown_is_not_approved_either(releasing, world):
    one = releasing.draft()
    table = next(each for each in one.tables if each["code"] == "reports_by_month")
    table["rows"][5][2] = 4
    one.save()
    with pytest.raises((NotAllowed, disclosure.DisclosureError)):
        release.approve(one, by=releasing.gusti, at=world.at)


def test_what_is_published_is_signed_and_kept_byte_by_byte(releasing):
    one = releasing.published()
    assert signing.verifies(one.document.encode(), signature=one.signature, public_key=one.public_key)
    assert one.fingerprint in {entry.facts["fingerprint"] for entry in Entry.objects.filter(act=Act.RELEASE_PUBLISHED)}
    again = Release.objects.get(pk=one.pk)
    assert bytes(again.package) == one.package
    assert again.document == one.document


def test_days_are_told_of_once_at_a_time(releasing):
    one = releasing.draft()
    with pytest.raises(NotAllowed, match="waits for a decision"):
        releasing.draft()
    release.drop(one, by=releasing.gusti, at=releasing.world.at)
    releasing.published()
    with pytest.raises(NotAllowed, match="tells of these days already"):
        releasing.draft()
    releasing.draft("2026-Q1")


def test_the_same_days_are_not_cut_in_two_ways(releasing, world):
    releasing.arrivals.come(20, sex="L", age=30, on=date(2025, 5, 3))
    releasing.withdraw(releasing.published(period="2025-Q2"))
    with pytest.raises(NotAllowed, match="released again only as 2025-Q2"):
        releasing.draft("2025")
    release.set_budget(2025, limit=Decimal(5), by=world.dewi, at=world.at)
    with pytest.raises(NotAllowed, match="protected in the same way"):
        releasing.draft("2025-Q2", epsilon=Decimal("0.5"))


def test_after_a_correction_of_three_nothing_tells_of_three(releasing):
    first = releasing.published()
    releasing.withdraw(first)
    releasing.arrivals.come(3, sex="L", age=30, on=date(2026, 5, 3))
    second = releasing.draft()
    assert releasing.number(first, "returns_by_month", "61.07", "05") == 30
    for cell in (("61.07", "05"), ("61.07", ""), ("", "05"), ("", "")):
        assert releasing.number(second, "returns_by_month", *cell) is None
    assert releasing.number(second, "returns_by_month", "61.07", "04") == 14
    assert second.quality["findings"] == []
    assert second.quality["earlier"] == [first.number]


def test_what_was_hidden_stays_hidden(releasing):
    first = releasing.published()
    releasing.withdraw(first)
    releasing.arrivals.come(40, sex="P", age=15, on=date(2026, 6, 3), home=SAMBAS)
    second = releasing.draft()
    assert releasing.number(first, "returns_by_person", "61.01", "P.00") is None
    assert releasing.number(second, "returns_by_person", "61.01", "P.00") is None
    # Forty more are no single person.
    assert releasing.number(second, "returns_by_month", "61.01", "06") == 68


def test_a_change_of_few_that_follows_from_large_ones_is_not_told(releasing):
    releasing.withdraw(releasing.published())
    releasing.arrivals.come(37, sex="P", age=20, on=date(2026, 4, 3))
    releasing.arrivals.come(3, sex="P", age=15, on=date(2026, 6, 3), home=SAMBAS)
    second = releasing.draft()
    assert second.quality["findings"] == []
    shown = [releasing.number(second, "returns_by_month", *cell) for cell in (("", ""), ("61.07", ""), ("61.01", ""))]
    # All grew by 40 and Bengkayang by 37: both together would tell of three.
    assert None in shown[:2]
    assert shown[2] is None


def test_a_table_is_held_back_where_a_mark_would_lie(releasing):
    from simpul.migrants.models import Returnee

    releasing.withdraw(releasing.published())
    Returnee.objects.filter(sex="P", age=15).delete()
    second = releasing.draft()
    assert "returns_by_person" in second.quality["held_back"]
    assert "returns_by_person" not in {each["code"] for each in second.tables}


def test_an_unchanged_second_release_shows_the_same(releasing):
    first = releasing.published()
    releasing.withdraw(first)
    assert releasing.draft().tables == first.tables


def test_it_is_withdrawn_with_a_reason_of_the_list(releasing, world):
    one = releasing.published()
    with pytest.raises(NotAllowed, match="choose a reason"):
        release.withdraw(one, because="saja", by=world.dewi, at=world.at)
    gone = release.withdraw(one, because="tells_too_much", by=world.dewi, at=world.at)
    assert (gone.state, gone.ended_by) == ("withdrawn", world.dewi)
    with pytest.raises(NotAllowed, match="cannot be done"):
        release.drop(one, by=world.dewi, at=world.at)


def test_who_was_handed_a_release_is_written_down_with_its_fingerprint(releasing, world):
    told = {"organisation": "BPS Kalbar", "purpose": "Statistik daerah", "agreement": "PKS 12/2026"}
    with pytest.raises(NotAllowed, match="Only a published"):
        release.deliver(releasing.draft("2026-Q1"), **told, by=world.dewi, at=world.at)
    one = releasing.published()
    release.deliver(one, **told, by=world.dewi, at=world.at)
    assert Delivery.objects.get().fingerprint == one.fingerprint
    assert Entry.objects.filter(act=Act.RELEASE_DELIVERED).count() == 1


def test_noise_is_paid_from_a_budget_that_is_set_once(releasing, world):
    with pytest.raises(NotAllowed, match="none is set for 2026"):
        releasing.draft(epsilon=Decimal("0.5"))
    release.set_budget(2026, limit=Decimal(4), by=world.dewi, at=world.at)
    with pytest.raises(NotAllowed, match="not changed any more"):
        release.set_budget(2026, limit=Decimal(40), by=world.dewi, at=world.at)
    one = releasing.draft(epsilon=Decimal("0.5"))
    assert one.method == "noise"
    assert one.quality["mean_error"] > 0
    assert release.attack(one) == []
    budget = Budget.objects.get()
    assert sum(each.epsilon for each in budget.spendings.all()) == 3
    # What was drawn is spent, whatever becomes of the draft.
    release.drop(one, by=world.dewi, at=world.at)
    with pytest.raises(NotAllowed, match="Nothing was released"):
        releasing.draft(epsilon=Decimal("0.5"))
    assert budget.spendings.count() == 6


def test_a_noisy_release_shows_nothing_small_either(releasing, world):
    release.set_budget(2026, limit=Decimal(10), by=world.dewi, at=world.at)
    one = releasing.draft(epsilon=Decimal(1))
    kept = [value for table in one.tables for _row, _column, value in table["rows"] if value is not None]
    assert kept
    assert not [value for value in kept if 0 < value < 11]


def test_the_check_needs_the_release_as_everybody_sees_it(releasing):
    one = releasing.draft()
    seen = release.published(one)["returns"]
    assert seen.values[margins.cell(of="returns")] == 72
    assert len(seen.hidden) > 3
    assert release.attack(one) == []


def test_a_release_is_found_by_its_number(releasing):
    assert release.of_number(releasing.draft().number).period == QUARTER
    with pytest.raises(NotFound):
        release.of_number("R-2026-99")
    assert release.title_of("returns_by_month") == "People sent home by month"
