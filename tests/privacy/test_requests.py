"""Requests about data, act by act."""

import pytest

from simpul.cases import referrals
from simpul.confidentiality import parcels
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.migrants import returnees
from simpul.migrants.models import Returnee, Worker
from simpul.obligations.models import Obligation
from simpul.places.models import Place
from simpul.privacy import requests
from simpul.reference import catalogues


def test_every_kind_has_its_clock(privacy):
    for term in catalogues.terms("request_kinds"):
        asked = privacy.asked(term.code)
        assert Obligation.objects.get(subject=f"privacy.datarequest:{asked.pk}").rule == requests.clock_of(term.code)


@pytest.mark.parametrize("more", [{"kind": "nothing"}, {"received_at": "later"}, {"received_at": "before"}])
def test_what_cannot_be_is_refused(privacy, world, more):
    moments = {"later": world.later(days=1), "before": world.later(days=-1)}
    with pytest.raises(NotAllowed):
        privacy.asked(**{name: moments.get(value, value) for name, value in more.items()})


def test_an_answer_has_words(privacy, world):
    asked = privacy.asked()
    with pytest.raises(NotAllowed):
        requests.answer(asked, words="  ", by=world.rina, at=world.at)
    requests.answer(asked, words="Sudah", by=world.rina, at=world.at)
    assert world.anew(asked).answer.opened() == "Sudah"
    with pytest.raises(NotAllowed):
        requests.answer(asked, words="Lagi", by=world.rina, at=world.at)


def test_the_journal_tells_the_kind_and_no_word(privacy, world):
    asked = privacy.asked("restrict")
    requests.answer(asked, words="Dibatasi", by=world.rina, at=world.at)
    requests.lift_restriction(world.anew(privacy.person), case=privacy.case, by=world.rina, at=world.at)
    found = Entry.objects.filter(file=f"cases.case:{privacy.case.pk}", act__regex="request|restriction")
    assert [(entry.act, entry.facts) for entry in found.order_by("number")] == [
        (Act.REQUEST_RECORDED, {"kind": "restrict"}),
        (Act.RESTRICTION_SET, {}),
        (Act.REQUEST_ANSWERED, {"kind": "restrict"}),
        (Act.RESTRICTION_LIFTED, {}),
    ]


def test_lifting_what_is_not_there_changes_nothing(privacy, world):
    requests.lift_restriction(privacy.person, case=privacy.case, by=world.rina, at=world.at)
    assert not Entry.objects.filter(act=Act.RESTRICTION_LIFTED).exists()


def linked(world, part):
    """The one-time link of a referral that waits at Dinas Sosial."""
    referral = referrals.send(
        world.service(part), to=world.dinsos, need="Tempat", fields=["name"], basis="vital_interests",
        basis_reason="Bahaya", by=world.rina, at=world.at,
    )  # fmt: skip
    parcel, token, _code = referrals.link(referral, by=world.rina, at=world.at)
    assert parcels.look(token, at=world.at)
    return parcel


def test_a_restriction_shuts_the_links_that_are_out_and_those_of_nobody_else(privacy, world):
    mine = linked(world, privacy.part)
    others = linked(world, world.victim(privacy.case, name="Kenanga"))
    requests.answer(privacy.asked("restrict"), words="Dibatasi", by=world.rina, at=world.at)
    assert (world.anew(mine).status, world.anew(others).status) == ("ended", "made")


def visit(world, returnee):
    return world.owed("visit_returnee", on=returnee)


def test_after_a_restriction_no_other_agency_sees_or_visits(homecoming, world):
    mine, other = homecoming.returnee(), homecoming.returnee(name="Kenanga")
    due = visit(world, mine).due_at
    assert set(Returnee.objects.visible_to(homecoming.sekar)) == {mine, other}
    requests.restrict(mine, by=homecoming.sekar, at=world.later(days=1))
    assert list(Returnee.objects.visible_to(homecoming.sekar)) == [other]
    assert mine in Returnee.objects.visible_to(homecoming.hadi)
    assert (visit(world, mine).owed_by, visit(world, mine).due_at) == (homecoming.bp3mi, due)
    assert visit(world, other).owed_by == homecoming.village
    assert Entry.objects.get(act=Act.RESTRICTION_SET).file == f"migrants.returnee:{mine.pk}"
    requests.unrestrict(world.anew(mine), by=homecoming.hadi, at=world.later(days=2))
    assert mine in Returnee.objects.visible_to(homecoming.sekar)
    assert visit(world, mine).owed_by == homecoming.village
    assert Entry.objects.filter(act=Act.RESTRICTION_LIFTED).exists()


def test_a_visit_is_not_asked_of_another_agency_while_the_data_are_restricted(homecoming, world):
    district = Place.objects.get(pk="61.07.07")
    mine, other = homecoming.returnee(home=district), homecoming.returnee(name="Kenanga", home=district)
    requests.restrict(mine, by=homecoming.hadi, at=world.at)
    for one in (mine, other):
        returnees.correct(one, home=homecoming.home, by=homecoming.hadi, at=world.at)
    assert visit(world, mine).owed_by == homecoming.bp3mi
    assert visit(world, other).owed_by == homecoming.village


def test_a_restriction_asked_in_a_case_holds_for_the_way_home(privacy, homecoming, world):
    returnee = homecoming.returnee()
    Returnee.objects.filter(pk=returnee.pk).update(person=privacy.person)
    asked = privacy.asked("restrict")
    requests.answer(asked, words="Dibatasi", by=world.rina, at=world.at)
    assert visit(world, returnee).owed_by == homecoming.bp3mi
    requests.lift_restriction(world.anew(privacy.person), case=privacy.case, by=world.rina, at=world.at)
    assert visit(world, returnee).owed_by == homecoming.village


def test_a_stranger_restricts_nothing(homecoming, world):
    returnee = homecoming.returnee()
    for act in (requests.restrict, requests.unrestrict):
        for thing in (returnee, Worker.objects.get()):
            with pytest.raises(NotAllowed):
                act(thing, by=world.siti, at=world.at)
    assert not Entry.objects.filter(act=Act.RESTRICTION_SET).exists()
