"""Requests about data, act by act."""

import pytest

from simpul.cases import referrals
from simpul.confidentiality import parcels
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.obligations.models import Obligation
from simpul.persons import consents
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


def test_a_restriction_shuts_the_links_that_are_out(privacy, world):
    service = world.service(privacy.part, kind="social_rehabilitation")
    consents.give(privacy.person, purpose="referral", recipient=None, fields=["name"], given_by="self", by=world.rina,
                  at=world.at)  # fmt: skip
    referral = referrals.send(
        service, to=world.dinsos, need="Tempat", fields=["name"], basis="consent", by=world.rina, at=world.at
    )
    parcel, token, _code = referrals.link(referral, by=world.rina, at=world.at)
    assert parcels.look(token, at=world.at)
    requests.answer(privacy.asked("restrict"), words="Dibatasi", by=world.rina, at=world.at)
    assert world.anew(parcel).status == "ended"
