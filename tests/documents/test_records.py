"""Papers about a file: who may print them, what is read for them, and what the journal says of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate

from simpul.agencies import offices
from simpul.cases import (
    consents,
    entitlements,
    proceedings,
    referrals,
    restitution,
    returns,
    services,
    victims,
)
from simpul.confidentiality import parcels
from simpul.documents import records
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound
from simpul.migrants import handovers, meetings, returnees
from simpul.migrants.models import Notice, Returnee
from simpul.places.models import Place
from simpul.privacy import breaches, erasing, requests
from simpul.reference import catalogues
from tests.documents.reading import everything, pages, squeezed, words

NAME, NIK, BORN, ADDRESS = "Melati Kusuma", "6107076505040001", date(2004, 5, 25), "Jalan Rahasia 7"
KNOWN = {"nik": NIK, "birth_date": BORN, "address": ADDRESS, "phone": "0812 5555 0101"}
SECRET = (NAME, NIK, ADDRESS, "0812 5555 0101", "Jagoi")


@pytest.fixture
def victim(world):
    return world.victim(world.case(), **KNOWN)


@pytest.fixture
def referral(world, victim):
    service = world.service(victim)
    consents.record(
        victim, purpose="referral", recipient=world.dinsos, fields=["name", "safe_contact"], given_by="self",
        by=world.rina, at=world.at,
    )  # fmt: skip
    return referrals.send(
        service, to=world.dinsos, need="Pendampingan dua kali seminggu", fields=["name"], basis="consent",
        by=world.rina, at=world.at,
    )  # fmt: skip


def claim(world, victim):
    followed = restitution.begin(victim, by=world.rina, at=world.at)
    items = [("medical", Decimal(100000), "Obat"), ("income", Decimal(5000000), "Gaji lima bulan")]
    restitution.itemise(followed, items, by=world.rina, at=world.at)
    return followed


def way_home(world, victim):
    service = services.request(victim, kind="repatriation", by=world.rina, at=world.at)
    home = Place.objects.get(pk="61.01")
    homeward = returns.wish(service, home=home, wish="Saya ingin pulang.", by=world.rina, at=world.at)
    answers = {term.code: "yes" for term in catalogues.terms("safety_checks")}
    returns.check_safety(homeward, answers=answers, is_safe=True, by=world.rina, at=world.at)
    returns.depart(homeward, on=localdate(world.at), by=world.rina, at=world.at)
    return homeward


def refused(world, victim):
    service = services.request(victim, kind="health", by=world.rina, at=world.at)
    services.move(service, to="refused", by=world.rina, at=world.at)
    return service


def asked(world, victim):
    return requests.record(
        victim.person, case=victim.case, kind="access", asked_by="person", words="Siapa membuka berkas saya?",
        received_at=world.at, by=world.rina, at=world.at,
    )  # fmt: skip


def print_(world, function, thing, **given):
    return function(thing, by=given.pop("by", world.rina), at=world.at, **given)


# A paper of the case, the thing it is about, and the fields of the identity that are read for it.
OF_A_CASE = {
    "refusal_statement": (lambda w, v: (records.refusal_statement, refused(w, v), {}), ["birth_date", "name"]),
    "handover_record": (lambda w, v: (records.handover_record, way_home(w, v), {}), ["birth_date", "name"]),
    "restitution_claim": (lambda w, v: (records.restitution_claim, claim(w, v), {}), ["birth_date", "name", "nik"]),
    "power_of_attorney": (lambda w, v: (records.power_of_attorney, v, {}), ["birth_date", "name", "nik"]),
    "receipt": (lambda w, v: (records.receipt, v, {"items": [("Paspor", "1", "")]}), ["name"]),
    "consent_form": (
        lambda w, v: (records.consent_form, v, {"purpose": "referral", "recipient": w.dinsos, "fields": ["name"]}),
        ["birth_date", "name"],
    ),
    "readings": (lambda w, v: (records.readings, asked(w, v), {}), ["name"]),
}


@pytest.mark.parametrize("name", OF_A_CASE)
def test_a_paper_is_written_down_with_what_was_read_for_it(world, victim, name):
    make, fields = OF_A_CASE[name]
    function, thing, given = make(world, victim)
    before = Entry.objects.count()
    pdf = print_(world, function, thing, **given)
    entries = list(Entry.objects.order_by("number")[before:])
    assert [entry.act for entry in entries] == [Act.IDENTITY_READ, Act.DOCUMENT_MADE]
    assert entries[0].facts == {"fields": fields, "because": "document"}
    assert entries[1].facts == {"paper": name}
    assert {entry.file for entry in entries} == {f"cases.case:{victim.case_id}"}
    assert squeezed(NAME) in words(pdf)
    assert squeezed("Rina Wati") in words(pdf)


@pytest.mark.parametrize("name", OF_A_CASE)
def test_who_does_not_work_on_the_case_prints_nothing(world, victim, name):
    function, thing, given = OF_A_CASE[name][0](world, victim)
    before = Entry.objects.count()
    for stranger in (world.siti, world.budi, world.dewi, world.wulan):
        with pytest.raises((NotAllowed, NotFound)):
            print_(world, function, thing, by=stranger, **given)
    assert Entry.objects.count() == before


@pytest.mark.parametrize("name", OF_A_CASE)
def test_a_paper_holds_nothing_of_the_identity_that_was_not_read_for_it(world, victim, name):
    make, fields = OF_A_CASE[name]
    function, thing, given = make(world, victim)
    text = words(print_(world, function, thing, **given))
    assert squeezed(ADDRESS) not in text
    assert ("nik" in fields) == (NIK in text)


def test_the_cover_letter_names_nobody_and_holds_the_link(world, referral):
    _parcel, token, code = referrals.link(referral, by=world.rina, at=world.at)
    address = f"https://simpul.example/rujukan/{token}/"
    before = Entry.objects.count()
    pdf = print_(world, records.referral_cover, referral, token=token, address=address)
    assert [entry.act for entry in Entry.objects.order_by("number")[before:]] == [Act.DOCUMENT_MADE]
    text = words(pdf)
    assert squeezed(address) in text
    for secret in (*SECRET, "Pendampingan dua kali seminggu", code, code.replace(" ", "")):
        assert squeezed(secret) not in text
        assert secret not in everything(pdf)


def test_a_cover_letter_is_printed_for_its_own_link_only(world, referral, victim):
    other = referrals.send(
        world.service(victim, kind="health"), to=world.hospital, need="x", fields=[], basis="vital_interests",
        basis_reason="Nyawa terancam.", by=world.rina, at=world.at,
    )  # fmt: skip
    _parcel, token, _code = referrals.link(other, by=world.rina, at=world.at)
    with pytest.raises(NotAllowed):
        print_(world, records.referral_cover, referral, token=token, address="x")
    with pytest.raises(parcels.ParcelError):
        print_(world, records.referral_cover, referral, token="A" * 32, address="x")


def test_the_inner_sheet_is_a_reading_of_the_referral_and_keeps_its_outside_blank(world, referral):
    before = Entry.objects.count()
    pdf = print_(world, records.referral_inner, referral)
    assert [entry.act for entry in Entry.objects.order_by("number")[before:]] == [
        Act.REFERRAL_READ, Act.DOCUMENT_MADE,
    ]  # fmt: skip
    outside, inside = pages(pdf)[0], " ".join(pages(pdf)[1:])
    assert squeezed(NAME) in squeezed(inside)
    assert squeezed(NAME) not in squeezed(outside)


def test_the_receiver_of_a_referral_prints_neither_letter_nor_sheet(world, referral):
    _parcel, token, _code = referrals.link(referral, by=world.rina, at=world.at)
    for stranger in (world.budi, world.siti):
        with pytest.raises((NotAllowed, NotFound)):
            print_(world, records.referral_inner, referral, by=stranger)
        with pytest.raises((NotAllowed, NotFound)):
            print_(world, records.referral_cover, referral, by=stranger, token=token, address="x")


def test_a_right_that_was_refused_has_the_same_statement_as_a_service(world, victim):
    entitlement = entitlements.refuse(victim, "shelter", by=world.rina, at=world.at)
    assert squeezed(NAME) in words(print_(world, records.refusal_statement, entitlement))


def test_what_was_not_refused_has_no_statement(world, victim):
    with pytest.raises(NotAllowed):
        print_(world, records.refusal_statement, world.service(victim))


def test_nobody_is_handed_over_before_they_left(world, victim):
    service = services.request(victim, kind="repatriation", by=world.rina, at=world.at)
    home = Place.objects.get(pk="61.01")
    homeward = returns.wish(service, home=home, wish="Pulang.", by=world.rina, at=world.at)
    with pytest.raises(NotAllowed):
        print_(world, records.handover_record, homeward)


def test_a_claim_without_items_is_not_printed(world, victim):
    with pytest.raises(NotAllowed):
        print_(world, records.restitution_claim, restitution.begin(victim, by=world.rina, at=world.at))


def test_a_claim_tells_heads_in_their_order_the_sum_and_the_proceeding(world, victim):
    proceeding = proceedings.begin(
        victim.case, act_on=date(2026, 2, 1), offences=["kuhp_455"], docket="12/Pid.Sus/2026", by=world.rina,
        at=world.at, police=world.police,
    )  # fmt: skip
    followed = claim(world, victim)
    restitution.attach(followed, proceeding, by=world.rina, at=world.at)
    text = words(print_(world, records.restitution_claim, followed))
    for told in ("12/Pid.Sus/2026", "Rp5.100.000,00", "Polres Bengkayang", "KUHP"):
        assert squeezed(told) in text
    income, medical = (squeezed(catalogues.name_of("restitution_heads", code)) for code in ("income", "medical"))
    assert text.index(income) < text.index(medical)


def test_a_receipt_needs_something_that_is_handed_over(world, victim):
    with pytest.raises(NotAllowed):
        print_(world, records.receipt, victim, items=[])


def test_a_child_consents_with_a_guardian_who_signs(world, victim):
    by_guardian = print_(
        world, records.consent_form, victim, purpose="referral", recipient=None, fields=["name"], given_by="guardian"
    )
    by_self = print_(world, records.consent_form, victim, purpose="referral", recipient=None, fields=["name"])
    assert len(words(by_guardian)) > len(words(by_self))


def test_the_notices_of_a_breach_name_nobody(world, victim):
    breach = breaches.note(
        discovered_at=world.at, kinds=[catalogues.terms("breach_data")[0].code], how="Laptop hilang.",
        by=world.wulan, at=world.at,
    )  # fmt: skip
    breaches.list_files(breach, [victim.case.number], by=world.wulan, at=world.at)
    for for_authority in (False, True):
        pdf = print_(world, records.breach_notice, breach, by=world.wulan, for_authority=for_authority)
        assert "Laptophilang." in words(pdf)
        for secret in SECRET:
            assert squeezed(secret) not in words(pdf)
    with pytest.raises(NotAllowed):
        print_(world, records.breach_notice, breach, by=world.rina)


def test_papers_are_in_the_language_of_the_installation_whatever_the_page_speaks(world, victim):
    with translation.override("en"):
        in_english = print_(world, records.power_of_attorney, victim)
    assert words(in_english) == words(print_(world, records.power_of_attorney, victim))


def test_no_paper_takes_the_data_of_somebody_out_whose_use_of_them_is_restricted(world, victim, referral):
    _parcel, token, _code = referrals.link(referral, by=world.rina, at=world.at)
    claimed = claim(world, victim)
    victim.person.restricted_at = world.at
    victim.person.save(update_fields=["restricted_at"])
    for function, thing, given in (
        (records.referral_cover, referral, {"token": token, "address": "https://contoh.example/"}),
        (records.referral_inner, referral, {}),
        (records.restitution_claim, claimed, {}),
    ):
        with pytest.raises(NotAllowed, match=r"restricted|dibatasi"):
            print_(world, function, world.anew(thing), **given)


def test_who_is_both_victim_and_witness_is_told_who_opened_the_file(world, victim):
    victims.add(victim.case, part="witness", person=victim.person, by=world.rina, at=world.at)
    assert print_(world, records.readings, asked(world, victim))


def printed_acts(before):
    return [entry.act for entry in Entry.objects.order_by("number")[before:]]


@pytest.mark.parametrize("name", ["handover_of_returnee", "refusal_of_rehabilitation"])
def test_a_paper_of_a_return_is_written_down_with_what_was_read_for_it(homecoming, world, name):
    returnee = homecoming.returnee(nik=NIK, birth_date=BORN, address=ADDRESS)
    before = Entry.objects.count()
    pdf = getattr(records, name)(returnee, by=homecoming.hadi, at=world.at)
    entries = list(Entry.objects.order_by("number")[before:])
    assert [entry.act for entry in entries] == [Act.IDENTITY_READ, Act.DOCUMENT_MADE]
    assert entries[0].facts == {"fields": ["birth_date", "name"], "because": "document"}
    assert {entry.file for entry in entries} == {f"migrants.returnee:{returnee.pk}"}
    text = words(pdf)
    for piece in (NAME, "25 Mei 2004", "Hadi Prasetyo", "BP3MI Kalimantan Barat", returnee.number):
        assert squeezed(piece) in text, piece
    for hidden in (NIK, ADDRESS):
        assert squeezed(hidden) not in text


@pytest.mark.parametrize("name", ["handover_of_returnee", "refusal_of_rehabilitation"])
def test_only_who_hands_over_prints_the_papers_of_a_return(homecoming, world, name):
    returnee = homecoming.returnee()
    before = Entry.objects.count()
    for stranger in (homecoming.sekar, world.rina, world.siti, world.wulan):
        with pytest.raises(NotAllowed):
            getattr(records, name)(returnee, by=stranger, at=world.at)
    assert Entry.objects.count() == before


def test_a_handover_that_was_noted_names_its_witness_and_its_day(homecoming, world):
    returnee = homecoming.returnee(facts={"onward": "family"})
    handovers.hand_over(returnee, to="family", witness="Markus Dohong", on=localdate(world.at), by=homecoming.hadi,
                        at=world.at)  # fmt: skip
    text = words(records.handover_of_returnee(world.anew(returnee), by=homecoming.hadi, at=world.later(days=3)))
    assert squeezed("Markus Dohong") in text
    assert squeezed("Senin, 3 Agustus 2026") in text
    assert squeezed("Permen P2MI 32/2025 Pasal 13") in text


def signs_for_the_person(returnee, homecoming, world):
    """Whether the statement has lines for a member of the family who signs."""
    pdf = records.refusal_of_rehabilitation(returnee, by=homecoming.hadi, at=world.at)
    return squeezed("diwakili") in words(pdf)


def test_for_a_child_or_an_unknown_age_the_family_signs_the_refusal(homecoming, world):
    ages = {17: True, None: True, 18: False}
    for age, by_family in ages.items():
        returnee = homecoming.returnee(age=age, birth_year=None)
        assert signs_for_the_person(returnee, homecoming, world) is by_family
    handovers.refuse_rehabilitation(returnee, signed_by="family", on=localdate(world.at), by=homecoming.hadi,
                                    at=world.at)  # fmt: skip
    assert signs_for_the_person(world.anew(returnee), homecoming, world)


def test_a_blank_refusal_names_nobody_and_reads_nothing(homecoming, world):
    returnee = homecoming.returnee()
    before = Entry.objects.count()
    pdf = records.refusal_of_rehabilitation(returnee, by=homecoming.hadi, at=world.at, is_blank=True)
    assert printed_acts(before) == [Act.DOCUMENT_MADE]
    assert squeezed(NAME) not in words(pdf)
    assert squeezed(returnee.manifest.number) in words(pdf)


def people_of(homecoming, world):
    """A manifest with five people of Bengkayang and one of Sambas; its notice to Bengkayang."""
    first = homecoming.returnee(name="Melur Sari", nik=NIK, birth_date=BORN, address=ADDRESS, phone="0812 5555 0101")
    told = {"Kenanga Putri": {}, "Dahlia Wati": {}, "Cempaka Dewi": {}, "Anggrek Sukma": {},
            "Seruni Sambas": {"home": Place.objects.get(pk="61.01")}}  # fmt: skip
    people = {"Melur Sari": first}
    for row, (name, more) in enumerate(told.items(), start=2):
        people[name] = homecoming.returnee(name=name, **more)
        Returnee.objects.filter(pk=people[name].pk).update(manifest=first.manifest, row=row)
    meetings.ask_village(people["Dahlia Wati"], may_know="no", by=homecoming.hadi, at=world.at)
    requests.restrict(people["Cempaka Dewi"], by=homecoming.hadi, at=world.at)
    with transaction.atomic():
        erasing.erase(people["Anggrek Sukma"].person, by=world.wulan, at=world.at)
    return people, Notice.objects.get(manifest=first.manifest, region="61.07")


def test_the_notice_names_who_comes_home_to_the_region_with_what_it_needs_and_no_more(homecoming, world):
    people, notice = people_of(homecoming, world)
    before = Entry.objects.count()
    text = words(records.home_notice(notice, by=homecoming.hadi, at=world.at))
    for name in ("Melur Sari", "Kenanga Putri", "Dahlia Wati"):
        assert squeezed(name) in text, name
    for name in ("Cempaka Dewi", "Anggrek Sukma", "Seruni Sambas"):
        assert squeezed(name) not in text, name
    for hidden in (NIK, ADDRESS, "0812 5555 0101", "25 Mei 2004"):
        assert squeezed(hidden) not in text
    # Of two who are named the village stands there; whoever asked that it be not told has no village.
    assert text.count(squeezed("Jagoi, Kec. Jagoi Babang")) == 2
    entries = list(Entry.objects.order_by("number")[before:])
    assert [entry.act for entry in entries] == [Act.RETURNEES_READ, Act.DOCUMENT_MADE]
    named = {people[name].person_id for name in ("Melur Sari", "Kenanga Putri", "Dahlia Wati")}
    assert set(entries[0].facts["persons"]) == named
    assert entries[1].file == f"migrants.manifest:{notice.manifest_id}"


def test_the_notice_is_printed_by_the_agency_that_took_the_manifest_in(homecoming, world):
    notice = people_of(homecoming, world)[1]
    before = Entry.objects.count()
    for stranger in (homecoming.sekar, homecoming.nia, world.rina, world.siti):
        with pytest.raises(NotAllowed):
            records.home_notice(notice, by=stranger, at=world.at)
    assert Entry.objects.count() == before


def test_the_notice_goes_to_the_office_for_migrant_workers_of_the_region(homecoming, world):
    notice = people_of(homecoming, world)[1]
    assert squeezed("Disnaker Bengkayang") not in words(records.home_notice(notice, by=homecoming.hadi, at=world.at))
    offices.record("Disnaker Bengkayang", kind="manpower", place=Place.objects.get(pk="61.07"), by=None, at=world.at)
    assert squeezed("Disnaker Bengkayang") in words(records.home_notice(notice, by=homecoming.hadi, at=world.at))


def test_of_whom_an_office_is_kept_out_the_notice_to_it_says_nothing(homecoming, world):
    people, notice = people_of(homecoming, world)
    office = offices.record("Disnaker Bengkayang", kind="manpower", place=Place.objects.get(pk="61.07"), by=None,
                            at=world.at)  # fmt: skip
    assert squeezed("Melur Sari") in words(records.home_notice(notice, by=homecoming.hadi, at=world.at))
    returnees.keep_out(people["Melur Sari"], agency=office, by=homecoming.hadi, at=world.at)
    text = words(records.home_notice(notice, by=homecoming.hadi, at=world.at))
    assert squeezed("Kenanga Putri") in text
    assert squeezed("Melur Sari") not in text
    assert squeezed(people["Melur Sari"].number) not in text
    assert squeezed("3 orang") in text
