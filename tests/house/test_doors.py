"""Every address says who may enter, and holds to it: address by address, role by role, scope by scope.

The addresses come from the resolver and the roles from `agencies.roles`. An address with something in it needs a line
in `objects`; a new address without one fails here.
"""

import types
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, path, reverse
from django.utils import timezone
from django.utils.timezone import localdate

from simpul.agencies import exclusions, people
from simpul.agencies.doors import lets_in
from simpul.agencies.models import Officer
from simpul.agencies.roles import Role
from simpul.cases import (
    emergency,
    entitlements,
    files,
    proceedings,
    referrals,
    restitution,
    returns,
    services,
    shelters,
    victims,
)
from simpul.cases.models import Case
from simpul.insight import alerts, estimates, indicator_reading, indicators, periods, release
from simpul.intake import attachments, channels, complaints, jobs, receipts, screening
from simpul.intake.models import Attachment
from simpul.linkage import inquiries, review
from simpul.linkage.models import Pair
from simpul.migrants import sheets
from simpul.obligations.models import Obligation
from simpul.persons import consents
from simpul.privacy import breaches, requests, retention
from tests.house.objects import OBJECTS
from tests.lists import MELATI, manifest
from tests.register import worker
from tests.returns import came_home, with_returns
from tests.world import World

NOTHING_HERE = 404
SIGN_IN = "/akun/masuk/"
# What the signed-out may open below /akun/: the sign-in, with a password or a passkey, and that an access has ended.
SIGNING_IN = {"account_login", "account_inactive", "mfa_login_webauthn"}


@dataclass(frozen=True)
class Address:
    """One address of the resolver."""

    namespace: str
    name: str
    route: str
    view: object
    parameters: frozenset

    def __str__(self):
        return f"{self.namespace}:{self.name}" if self.namespace else self.name


def addresses(patterns, namespace="", before="", above=frozenset()):
    """Every address below some patterns."""
    for pattern in patterns:
        route, named = before + str(pattern.pattern), above | frozenset(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLPattern):
            yield Address(namespace, pattern.name or route, route, pattern.callback, named)
        else:
            yield from addresses(pattern.url_patterns, pattern.namespace or namespace, route, named)


ALL = list(addresses(get_resolver("simpul.urls").url_patterns))
DESK = [address for address in ALL if address.route.startswith("desk/")]
SIGN_IN_PAGES = [address for address in ALL if address.route.startswith("akun/")]
PUBLIC = [address for address in ALL if not address.route.startswith(("desk/", "akun/"))]
WITH_OBJECTS = [address for address in DESK if address.parameters]


@pytest.fixture
def world(db):
    return inhabited()


def inhabited():
    """The small world with something behind every address."""
    w = World(timezone.now())
    w.told = w.report(contact="0812 5555 0101")
    attachments.add(w.told, attachments.prepare(b"%PDF-1.4 surat"), at=w.at)
    w.attachment = Attachment.objects.get()
    screening.note(w.told, element="acts", term="recruitment", support="dibawa", by=w.rina, at=w.at)
    w.finding = w.told.findings.get()
    w.event = channels.make("Kepulangan", until=w.later(days=1), by=w.rina, at=w.at)
    w.kept = w.case()
    w.case_report = w.kept.reports.get()
    attachments.add(w.case_report, attachments.prepare(b"%PDF-1.4 surat"), at=w.at)
    w.case_attachment = w.case_report.attachments.get()
    w.victim_part = w.victim(w.kept)
    w.consent = consents.give(
        w.victim_part.person, purpose="referral", recipient=None, fields=["name"], given_by="self", by=w.rina, at=w.at
    )
    w.given = w.service(w.victim_part)
    w.sent = referrals.send(
        w.given, to=w.dinsos, need="Pendampingan", fields=["name"], basis="consent", by=w.rina, at=w.at
    )
    w.step = services.note_step(w.given, kind="access", on=localdate(w.at), by=w.rina, at=w.at)
    w.shelter = shelters.record("RA-07", kind="safe_house", beds=2, by=w.yanti, at=w.at)
    w.sheltered = w.service(w.victim_part, kind="shelter")
    w.stay = shelters.enter_(w.sheltered, shelter=w.shelter, on=localdate(w.at), by=w.rina, at=w.at)
    w.homeward = returns.wish(
        w.service(w.victim_part, kind="repatriation"), home=w.uptd.place, wish="Pulang", by=w.rina, at=w.at
    )
    w.assignment = files.assign(w.kept, officer=w.agus, by=w.rina, at=w.at)
    w.exclusion = exclusions.keep_out(w.kept, agency=w.hospital, by=w.yanti, at=w.at)
    exclusions.keep_out(w.told, agency=w.hospital, by=w.yanti, at=w.at)
    w.taken = emergency.break_glass(
        w.kept.number, reason="Korban terancam malam ini, tidak ada jawaban.", by=w.lina, at=w.at
    )
    w.clock = Obligation.objects.get(rule="first_contact", number=w.kept.number)
    w.complaint, _receipt = complaints.receive(
        complaints.Told("Petugas meminta uang.", against=w.police), token=receipts.new_token(), at=w.at
    )
    _add_law(w)
    _add_privacy(w)
    _add_returns(w)
    _add_pairs(w)
    _add_figures(w)
    _add_alert(w)
    w.release = release.draft(periods.over_before(localdate(w.at))[0], by=w.dewi, at=w.at)
    return w


def _add_law(w):
    """A proceeding and a claim, each with a step, and a right that was refused."""
    act_on, who = localdate(w.at) - timedelta(days=9), {"by": w.rina, "at": w.at}
    w.proceeding = proceedings.begin(w.kept, act_on=act_on, offences=[], **who)
    w.court_step = proceedings.note_step(w.proceeding, kind="inquiry", on=localdate(w.at), **who)
    w.claim = restitution.begin(w.victim_part, **who)
    restitution.itemise(w.claim, [("income", Decimal(1000), "Gaji")], **who)
    w.claim_step = restitution.note_step(w.claim, kind="informed", on=localdate(w.at), **who)
    entitlements.refuse(w.victim_part, "shelter", **who)


def _add_privacy(w):
    """A request about data, a file whose time has run out, and a breach."""
    w.asked = requests.record(
        w.victim_part.person, case=w.kept, kind="access", words="Siapa?", asked_by="person", received_at=w.at,
        by=w.rina, at=w.at,
    )  # fmt: skip
    w.over = w.case()
    Case.objects.filter(pk=w.over.pk).update(stage="closed", closed_at=w.at - timedelta(days=4100))
    w.over.refresh_from_db()
    w.erasure = retention.propose(w.over, by=w.yanti, at=w.at)
    w.hold = retention.hold(w.over, reason="audit", words="Inspektorat", by=w.yanti, at=w.at)
    w.breach = breaches.note(kinds=["contact"], discovered_at=w.at, how="Surat salah alamat.", by=w.yanti, at=w.at)
    breaches.list_files(w.breach, [w.kept.number], by=w.yanti, at=w.at)
    w.affected = w.breach.affected.get()


def _add_returns(w):
    """Somebody who came home to Jagoi, and the notice to the home region."""
    with_returns(w)
    w.returnee = came_home(w)
    w.notice = w.returnee.manifest.notices.get()
    w.kept_from = exclusions.shut(w.returnee, agency=w.hospital, by=w.hana, at=w.at)
    w.entry_of_register = worker(w)
    w.sheet = sheets.receive(manifest(MELATI), filename="a.csv", layout="manifest", by=w.hana, at=w.at)


def _add_pairs(w):
    """Two records of one case with a decision, and a question about a record that is not open to who asks."""
    victim, returnee = w.victim_part.person, w.returnee.person
    witness = victims.add(w.kept, part="witness", name="Kenanga", by=w.rina, at=w.at).person
    w.pair = review.propose(victim, witness, by=w.rina, at=w.at)
    w.decision = review.decide(w.pair, verdict="unsure", reason="Ayahnya lain lagi.", by=w.rina, at=w.at)
    left, right = sorted((victim.pk, returnee.pk))
    w.half_open = Pair.objects.create(left_id=left, right_id=right, probability=0.9, found_at=w.at)
    w.question = inquiries.ask(
        w.half_open, own=returnee, to=w.uptd, fields=["name"], words="Desa dan umurnya sama.", by=w.hana, at=w.at
    )


def _add_figures(w):
    """A table of indicators that Dewi brought."""
    w.load = indicators.receive(
        [indicator_reading.Read(2, "poverty", "61.07", 2025, 7.0, "BPS 2025", "S")], by=w.dewi, at=w.at
    )


def _add_alert(w):
    """Figures that stand out in Jagoi Babang, and the hidden number of the regency that Dewi asked for."""
    today = localdate(w.at)
    w.alert = alerts.raise_(
        alerts.Seen("cluster", "cases", ("61.07.07",), today - timedelta(days=9), today, {"count": 5}, "scan"), at=w.at
    )
    w.estimate = estimates.ask(
        estimates.Asked("victims", "61.07", today - timedelta(days=200), today), by=w.dewi, at=w.at
    )


def staff(w, agency):
    """An officer of every role at an agency."""
    return [
        people.record(
            f"{role}.{agency.pk}", full_name=role.label, agency=agency, role=role, password="", by=None, at=w.at
        )
        for role in Role
    ]


def signed_in(officer, **kwargs):
    client = Client(**kwargs)
    if officer.acknowledged_at is None:
        people.acknowledge_secrecy(officer, at=timezone.now())
    client.force_login(officer)
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


def url_of(address, w):
    entry = OBJECTS.get(address.name)
    where = reverse(f"desk:{address.name}", kwargs=entry.to(w) if entry else {})
    return where + (entry.query(w) if entry and entry.query else "")


def knocked(client, url):
    """The answers to opening an address and to sending a form there, with nothing left behind."""
    with transaction.atomic():
        opened = client.get(url, follow=True).status_code
        sent = client.post(url).status_code
        transaction.set_rollback(True)
    return [opened, sent]


def is_shut(client, url):
    """Nothing is found there, whichever way one comes; an address that takes forms only may say that."""
    opened, sent = knocked(client, url)
    return opened in {NOTHING_HERE, 405} and sent == NOTHING_HERE


@pytest.fixture
def short_refusals(settings):
    """The page that says there is nothing is empty: thousands of them are asked for, and only their status is read."""
    (own,) = settings.TEMPLATES
    kept = "django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"
    loaders = [
        ("django.template.loaders.locmem.Loader", {"desk/not_found.html": ""}),
        ("django.template.loaders.cached.Loader", list(kept)),
    ]
    settings.TEMPLATES = [own | {"APP_DIRS": False, "OPTIONS": own["OPTIONS"] | {"loaders": loaders}}]


def test_there_are_addresses_to_try():
    assert len(DESK) > 50
    assert PUBLIC
    assert SIGN_IN_PAGES


@pytest.mark.parametrize("address", DESK, ids=str)
def test_every_address_of_the_desk_declares_its_door(address):
    door = getattr(address.view, "door", None)
    assert door is not None, f"{address} declares no door. Decorate its view with @officers(...)."
    assert door != "public", f"{address} is open to everybody. The desk is for officers."


@pytest.mark.parametrize("address", WITH_OBJECTS, ids=str)
def test_every_address_with_something_in_it_is_in_the_table(address):
    assert address.name in OBJECTS, (
        f"{address} has no line in tests/house/objects.py: say there what it leads to and who belongs."
    )


def test_the_table_holds_no_address_that_is_gone():
    assert set(OBJECTS) <= {address.name for address in WITH_OBJECTS}


@pytest.mark.parametrize("address", PUBLIC, ids=str)
def test_every_address_of_the_portal_is_open_to_everybody(address):
    assert getattr(address.view, "door", None) == "public", f"{address} declares no door. Decorate it with @public."


def test_the_unsigned_are_sent_to_the_sign_in(world):
    client, wrong = Client(), []
    for address in DESK:
        for way in (client.get, client.post):
            answer = way(url_of(address, world))
            if answer.status_code != 302 or not answer["Location"].startswith(SIGN_IN):
                wrong.append(f"{address}: {answer.status_code}")
    assert not wrong


def test_pages_of_the_sign_in_need_one_except_the_sign_in_itself(world):
    client, wrong = Client(), []
    for address in SIGN_IN_PAGES:
        if address.parameters or address.name in SIGNING_IN:
            continue
        answer = client.get(reverse(address.name))
        if answer.status_code == 200:
            wrong.append(str(address))
    assert not wrong


@pytest.mark.slow
def test_whoever_belongs_there_comes_in(world):
    wrong = []
    for address in WITH_OBJECTS:
        opened, sent = knocked(signed_in(getattr(world, OBJECTS[address.name].who)), url_of(address, world))
        if NOTHING_HERE in {opened, sent} or opened >= 500 or sent >= 500:
            wrong.append(f"{address}: {opened} opened, {sent} sent")
    assert not wrong


@pytest.mark.slow
# The door is asked before the database is.
@pytest.mark.sqlite
@pytest.mark.usefixtures("short_refusals")
def test_a_role_without_the_right_finds_nothing(world):
    wrong = []
    for officer in staff(world, world.uptd):
        client = signed_in(officer)
        for address in DESK:
            if lets_in(address.view.door, officer):
                continue
            if knocked(client, url_of(address, world)) != [NOTHING_HERE, NOTHING_HERE]:
                wrong.append(f"{address}: {officer.role}")
    assert not wrong


@pytest.mark.slow
@pytest.mark.usefixtures("short_refusals")
def test_another_region_finds_nothing(world):
    wrong = []
    for officer in staff(world, world.uptd_sambas):
        client = signed_in(officer)
        shut = [address for address in WITH_OBJECTS if not OBJECTS[address.name].everywhere]
        wrong += [f"{a}: {officer.role}" for a in shut if not is_shut(client, url_of(a, world))]
    assert not wrong


@pytest.mark.slow
@pytest.mark.usefixtures("short_refusals")
def test_another_agency_of_the_region_finds_nothing(world):
    exclusions.lift(world.exclusion, thing=world.kept, by=world.yanti, at=world.at)
    wrong = []
    for officer in staff(world, world.police):
        client = signed_in(officer)
        for address in WITH_OBJECTS:
            entry = OBJECTS[address.name]
            is_lifted = address.name == "case_exclusion_lift"
            if not entry.in_region and not is_lifted and not is_shut(client, url_of(address, world)):
                wrong.append(f"{address}: {officer.role}")
    assert not wrong


def test_every_role_reads_that_there_is_nothing(world):
    for officer in staff(world, world.uptd_sambas):
        answer = signed_in(officer).get(url_of(next(a for a in DESK if a.name == "case"), world))
        assert answer.status_code == NOTHING_HERE
        assert "Tidak ada yang terbuka bagi Anda di sini" in answer.content.decode(), officer.role


@pytest.mark.usefixtures("short_refusals")
def test_whoever_is_kept_out_of_a_file_finds_nothing(world):
    wrong = []
    for address in WITH_OBJECTS:
        entry = OBJECTS[address.name]
        if not entry.of_a_file:
            continue
        with transaction.atomic():
            officer = getattr(world, entry.who)
            for thing in (world.kept, world.told, world.over, world.returnee, world.entry_of_register):
                exclusions.keep_out(thing, officer=officer, by=None, at=world.at)
            if not is_shut(signed_in(officer), url_of(address, world)):
                wrong.append(f"{address}: {officer}")
            transaction.set_rollback(True)
    assert not wrong


def test_an_officer_who_left_is_signed_out(world):
    client = signed_in(world.rina)
    assert client.get("/desk/hari-ini/").status_code == 200
    Officer.objects.filter(pk=world.rina.pk).update(is_active=False)
    for address in DESK:
        assert client.get(url_of(address, world)).status_code == 302, str(address)


def test_a_form_that_was_not_opened_here_is_refused(world):
    wrong = []
    for address in DESK:
        entry = OBJECTS.get(address.name)
        client = signed_in(getattr(world, entry.who if entry else "rina"), enforce_csrf_checks=True)
        if client.post(url_of(address, world)).status_code != 403:
            wrong.append(str(address))
    assert not wrong


@pytest.mark.parametrize("query", ["", "?lihat=semua", "?lihat=tanpa-desa", "?tempat=61", "?tempat=61.07", "?hal=999"])
def test_no_filter_shows_who_came_home_to_another_region(world, query):
    there = came_home(world, home="61.01")
    client = signed_in(world.hana)
    assert there.number in client.get("/desk/pemulangan/?lihat=semua").content.decode()
    assert there.number not in signed_in(world.joko).get("/desk/pemulangan/" + query).content.decode()
    assert there.number not in signed_in(world.darius).get("/desk/pemulangan/" + query).content.decode()


@pytest.mark.parametrize("query", ["", "?q=", "?status=&tempat=", "?tahap=", "?tahap=new", "?baru=1", "?hal=999"])
@pytest.mark.parametrize("name", ["today", "queue", "reports", "cases", "referrals"])
def test_no_filter_shows_the_rows_of_another_region(world, name, query):
    there = world.report(place="61.01.01.2001")
    case = world.case(place="61.01.01.2001", by=world.siti)
    siti = signed_in(world.siti)
    hidden = [there.number, case.number]
    assert all(any(n in siti.get(reverse(f"desk:{p}")).content.decode() for p in ("cases", "reports")) for n in hidden)
    page = signed_in(world.rina).get(reverse(f"desk:{name}") + query).content.decode()
    assert not [n for n in hidden if n in page]


def test_a_search_finds_nobody_in_a_case_that_is_not_open_to_the_officer(world):
    case = world.case(place="61.01.01.2001", by=world.siti)
    world.victim(case, name="Kenanga Putri", nik="6101011234567890", phone="0812 5555 0404", by=world.siti)
    there = world.report(place="61.01.01.2001", contact="0812 5555 0505")
    jobs.index_contacts(at=world.at)
    for text, number_found in (
        ("Kenanga Putri", case.number), ("6101011234567890", case.number), ("081255550404", case.number),
        (case.number, case.number), ("081255550505", there.number), (there.number, there.number),
    ):  # fmt: skip
        own = signed_in(world.siti).post("/desk/cari/", {"q": text}, follow=True)
        assert number_found in own.content.decode(), text
        assert f"/{number_found}/" not in signed_in(world.rina).post(
            "/desk/cari/", {"q": text}, follow=True
        ).content.decode()  # fmt: skip


def test_the_administrator_meets_no_report_no_case_and_no_name(world):
    client, wrong = signed_in(world.tono), []
    for address in DESK:
        page = client.get(url_of(address, world)).content.decode()
        wrong += [f"{address}: {word}" for word in (world.kept.number, world.told.number, "Melati") if word in page]
    assert not wrong


def _undeclared(_request):
    return HttpResponse("rahasia")


@pytest.mark.parametrize("where", ["/desk/baru/", "/baru/"])
def test_a_view_that_declares_nothing_refuses_everybody(world, settings, where):
    tiny = types.ModuleType("tests.house.tiny_urls")
    kept = get_resolver("simpul.urls").url_patterns
    tiny.urlpatterns = [path("desk/baru/", _undeclared), path("baru/", _undeclared), *kept]
    settings.ROOT_URLCONF = tiny
    for client in (Client(), *(signed_in(officer) for officer in Officer.objects.all())):
        answer = client.get(where)
        assert answer.status_code == NOTHING_HERE
        assert b"rahasia" not in answer.content
