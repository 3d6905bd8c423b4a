"""Act, means, purpose, each with what supports it. A child needs no means, and consent is not asked."""

from functools import partial

import pytest

from simpul.intake import screening
from simpul.intake.models import Finding, IndicatorNote
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.reference import catalogues
from tests.lasting import at_once, lasting, transactional_db  # noqa: F401

ALL = {"acts": "transport", "means": "fraud", "purposes": "forced_labour"}


def note(report, element, world, *, by=None, support="“dibawa ke Serian”"):
    return screening.note(report, element=element, term=ALL[element], support=support, by=by or world.rina, at=world.at)


def standing(report):
    return screening.standing(report, report.findings.all())


def test_three_elements_make_it_complete_for_an_adult(world):
    report = world.report(children="no")
    assert standing(report).open_elements == ["acts", "means", "purposes"]
    for element in ALL:
        assert not standing(report).is_complete
        note(report, element, world)
    assert standing(report).is_complete


def test_a_child_needs_no_means(world):
    report = world.report(children="yes")
    assert standing(report).open_elements == ["acts", "purposes"]
    note(report, "acts", world)
    note(report, "purposes", world)
    assert standing(report).is_complete


@pytest.mark.parametrize("children", ["", "no", "dont_know"])
def test_where_no_child_is_known_of_the_means_stay_open(world, children):
    report = world.report(children=children)
    note(report, "acts", world)
    note(report, "purposes", world)
    assert standing(report).open_elements == ["means"]


def test_every_finding_says_what_supports_it(world):
    report = world.report()
    with pytest.raises(NotAllowed):
        note(report, "acts", world, support=" ")
    finding = note(report, "acts", world)
    assert world.anew(finding).support.opened() == "“dibawa ke Serian”"


def test_noting_again_replaces_the_support(world):
    report = world.report()
    note(report, "acts", world)
    note(report, "acts", world, support="“naik mobil hitam”")
    assert report.findings.get().support.opened() == "“naik mobil hitam”"


@pytest.mark.parametrize(("element", "term"), [("acts", "fraud"), ("consent", "given"), ("means", "Melati")])
def test_only_terms_of_the_lists_are_noted(world, element, term):
    with pytest.raises(NotAllowed):
        screening.note(world.report(), element=element, term=term, support="x", by=world.rina, at=world.at)
    assert not Finding.objects.exists()


@pytest.mark.parametrize("who", ["siti", "budi", "dewi", "tono"])
def test_a_stranger_notes_strikes_and_answers_nothing(world, now, who):
    report, stranger = world.report(), getattr(world, who)
    finding = note(report, "acts", world)
    with pytest.raises(NotAllowed):
        note(report, "means", world, by=stranger)
    with pytest.raises(NotAllowed):
        screening.strike(finding, by=stranger, at=now)
    with pytest.raises(NotAllowed):
        screening.answer(report, indicator=an_indicator(), answer="present", by=stranger, at=now)
    assert report.findings.count() == 1


def test_a_finding_taken_back_stays_in_the_journal(world, now):
    report = world.report()
    finding = note(report, "acts", world)
    screening.strike(finding, by=world.rina, at=now)
    assert not report.findings.exists()
    entry = Entry.objects.order_by("-number").first()
    assert entry.facts == {"element": "acts", "term": "transport", "struck": True}


def an_indicator():
    return catalogues.terms("indicators")[0].code


def test_an_indicator_is_answered_once_and_can_be_answered_anew(world, now):
    report = world.report()
    for answer in ("unclear", "present"):
        screening.answer(report, indicator=an_indicator(), answer=answer, note="dikunci", by=world.rina, at=now)
    noted = report.indicators.get()
    assert (noted.answer, noted.note.opened()) == ("present", "dikunci")


@pytest.mark.parametrize(("indicator", "answer"), [("no_such", "present"), (None, "perhaps")])
def test_only_indicators_and_answers_of_the_lists_are_noted(world, now, indicator, answer):
    with pytest.raises(NotAllowed):
        screening.answer(world.report(), indicator=indicator or an_indicator(), answer=answer, by=world.rina, at=now)


def test_the_support_is_sealed_and_not_in_the_journal(world):
    note(world.report(), "acts", world, support="Melati dibawa")
    assert "Melati" not in str(Finding.objects.values())
    assert "Melati" not in " ".join(str(entry.facts) for entry in Entry.objects.all())


def test_a_finding_sent_twice_at_once_is_noted_once(lasting):  # noqa: F811
    report = lasting.report()
    results = at_once(*[partial(note, lasting.anew(report), "acts", lasting) for _i in range(3)])
    assert not any(isinstance(result, Exception) for result in results)
    assert Finding.objects.count() == 1
    assert not IndicatorNote.objects.exists()
