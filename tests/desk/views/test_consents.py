"""Consents: recorded as given, printed to be signed, withdrawn after what stops with them was shown."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.agencies import exclusions
from simpul.cases import consents, referrals
from simpul.confidentiality import parcels
from simpul.confidentiality.models import Parcel
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.obligations.models import Obligation
from simpul.persons.models import Consent

SHARED = {"purpose": "referral", "basis": "consent", "shared": ["name"]}


@pytest.fixture
def adult(today_world):
    return today_world.victim(today_world.case(), childhood="adult")


@pytest.fixture
def child(today_world):
    return today_world.victim(today_world.case(), childhood="child")


def at(part, act=""):
    return f"/desk/kasus/{part.case.number}/orang/{part.pk}/persetujuan/{act}"


def given(world, part, **told):
    told = {"recipient": world.dinsos, "fields": ["name"]} | told
    return consents.record(part, purpose="referral", given_by="self", by=world.rina, at=world.at, **told)


def sent(world, part, *, to=None, kind="social_rehabilitation"):
    return referrals.send(
        world.service(part, kind=kind), to=to or world.dinsos, need="Pendampingan", fields=["name"], basis="consent",
        by=world.rina, at=world.at,
    )  # fmt: skip


def test_an_adult_consents_in_person(today_world, desk, adult):
    rina = desk(today_world.rina)
    page = rina.get(at(adult)).content.decode()
    assert 'name="exception"' not in page
    assert 'name="given_by" value="guardian"' not in page
    rina.post(at(adult), SHARED | {"given_by": "self", "recipient": today_world.dinsos.pk})
    consent = Consent.objects.get()
    assert (consent.fields, consent.given_by, consent.recipient) == (["name"], "self", today_world.dinsos)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"given_by": ""}, "given_by"),
        ({"given_by": "self", "shared": []}, "shared"),
        ({"given_by": "self", "until_on": "2020-01-01"}, ""),
        ({"given_by": "self", "basis": "vital_interests"}, ""),
        ({"given_by": "self", "purpose": "nothing"}, "purpose"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(today_world, desk, adult, typed, field):
    answer = desk(today_world.rina).post(at(adult), SHARED | {"reason": "", "until_on": ""} | typed)
    assert answer.status_code == 422
    assert not Consent.objects.exists()
    if field:
        assert f'href="#id_{field}' in answer.content.decode()


def test_another_basis_is_recorded_with_its_reason_and_given_by_nobody(today_world, desk, adult):
    typed = SHARED | {"basis": "vital_interests", "reason": "Korban tidak sadarkan diri.", "given_by": "self"}
    desk(today_world.rina).post(at(adult), typed)
    consent = Consent.objects.get()
    assert (consent.basis, consent.given_by) == ("vital_interests", "other_basis")
    assert consent.reason.opened() == "Korban tidak sadarkan diri."


def test_for_a_child_a_guardian_consents_or_the_reason_why_none_does_is_kept(today_world, desk, child):
    rina = desk(today_world.rina)
    alone = rina.post(at(child), SHARED | {"given_by": "self"})
    assert alone.status_code == 422
    suspected = rina.post(at(child), SHARED | {"given_by": "guardian", "exception": "suspected"})
    assert suspected.status_code == 422
    rina.post(at(child), SHARED | {"given_by": "self", "exception": "suspected"})
    assert Consent.objects.get().exception == "suspected"


def test_an_agency_that_is_kept_out_is_not_offered(today_world, desk, adult):
    rina = desk(today_world.rina)
    assert today_world.hospital.name in rina.get(at(adult)).content.decode()
    exclusions.keep_out(adult.case, agency=today_world.hospital, by=today_world.yanti, at=today_world.at)
    assert today_world.hospital.name not in rina.get(at(adult)).content.decode()


def test_the_form_to_sign_is_printed_and_records_nothing(today_world, desk, adult):
    answer = desk(today_world.rina).post(at(adult, "lembar/"), SHARED | {"given_by": "self"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert not Consent.objects.exists()
    assert Entry.objects.filter(act=Act.DOCUMENT_MADE, facts={"paper": "consent_form"}).exists()


def test_a_form_that_is_not_finished_is_not_printed(today_world, desk, adult):
    answer = desk(today_world.rina).post(at(adult, "lembar/"), SHARED | {"given_by": "", "reason": "Ditulis tangan"})
    assert answer.status_code == 422
    assert "Ditulis tangan" in answer.content.decode()


def test_before_a_consent_is_withdrawn_what_stops_is_shown(today_world, desk, adult):
    consent = given(today_world, adult, recipient=None)
    waiting, accepted = sent(today_world, adult), sent(today_world, adult, to=today_world.hospital, kind="health")
    referrals.accept(accepted, by=today_world.dr_maya, at=today_world.at)
    rina = desk(today_world.rina)
    page = rina.get(at(adult, f"{consent.pk}/cabut/")).content.decode()
    for agency in (today_world.dinsos, today_world.hospital):
        assert agency.name in page
    assert Consent.objects.get().withdrawn_at is None
    rina.post(at(adult, f"{consent.pk}/cabut/"))
    assert Consent.objects.get().withdrawn_at
    assert today_world.anew(waiting).status == "withdrawn"
    stop = Obligation.objects.standing().get(rule="stop_after_withdrawal")
    assert stop.owed_by == today_world.hospital


def test_what_another_consent_still_covers_is_not_said_to_stop(today_world, desk, adult):
    consent, other = given(today_world, adult), given(today_world, adult, recipient=None)
    referral = sent(today_world, adult)
    rina = desk(today_world.rina)
    where = at(adult, f"{consent.pk}/cabut/")
    assert f"/desk/rujukan/{referral.pk}/" not in rina.get(where).content.decode()
    rina.post(where)
    assert today_world.anew(referral).status == "sent"
    rina.post(at(adult, f"{other.pk}/cabut/"))
    assert today_world.anew(referral).status == "withdrawn"


def test_a_link_that_rests_on_the_consent_opens_nothing_any_more(today_world, desk, adult):
    consent = given(today_world, adult)
    _parcel, token, code = referrals.link(sent(today_world, adult), by=today_world.rina, at=today_world.at)
    desk(today_world.rina).post(at(adult, f"{consent.pk}/cabut/"))
    assert Parcel.objects.get().status == "ended"
    with pytest.raises(parcels.ParcelError):
        parcels.open_(token, code, at=today_world.at)


def test_a_consent_is_withdrawn_once(today_world, desk, adult):
    consent = given(today_world, adult)
    rina = desk(today_world.rina)
    assert rina.post(at(adult, f"{consent.pk}/cabut/")).status_code == 302
    assert rina.get(at(adult, f"{consent.pk}/cabut/")).status_code == 404


def test_the_page_of_a_withdrawal_costs_the_same_for_one_consent_and_for_many(today_world, desk, adult):
    rina = desk(today_world.rina)
    consent = given(today_world, adult)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert rina.get(at(adult)).status_code == 200
        return len(seen)

    queries()
    few = queries()
    for _ in range(10):
        given(today_world, adult)
    assert consent.pk
    assert queries() == few
