"""Names and numbers planted by every act are found nowhere in plain: not in the database file, its journal files, the
stored files, or the log."""

import logging
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from simpul.cases import emergency, files, referrals, rights, services, victims
from simpul.cases.queries import involving
from simpul.intake import access, attachments, jobs, queries, reports, screening, tracking, triage
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed, NotFound
from simpul.persons import consents
from simpul.reference import catalogues
from tests.lasting import lasting, transactional_db  # noqa: F401

SECRETS = (
    "Zulaikha", "Wirasentana", "081255550199", "0812 5555 0199", "5555-0199", "6107064505089999", "X7654321",
    "Jalan Rahasia", "zulaikha@contoh.example", "Paman Gareng", "LP/B/4711",
)  # fmt: skip
NAME = "Zulaikha Wirasentana"


def live(world):
    """One report and one case with everything in them that tells who somebody is."""
    rina, budi, at = world.rina, world.budi, world.at
    pdf = attachments.prepare(b"%PDF-1.7 Zulaikha Wirasentana 081255550199")
    report = world.report(
        f"{NAME} dikurung di Jalan Rahasia.", where="Jalan Rahasia", when="waktu Paman Gareng datang", children="yes",
        contact_name="Paman Gareng", contact="0812 5555 0199", contact_safely="zulaikha@contoh.example", files=[pdf],
        kinds=["sexual"], danger="yes_now",
    )  # fmt: skip
    other = world.report(f"Tentang {NAME}", contact="zulaikha@contoh.example")
    jobs.index_contacts(at=at)
    reports.add_message(tracking.report_of(report.receipt), text=f"{NAME} menelepon 0812 5555 0199.", at=at)
    queries.report_list(rina, text="081255550199").exists()
    access.read(report, by=rina, at=at)
    access.read_contact(report, by=rina, at=at)
    access.read_messages(report, by=rina, at=at)
    attachments.take(report.attachments.get(), by=rina, at=at)
    screening.note(report, element="acts", term="transport", support=f"“{NAME}”", by=rina, at=at)
    indicator = catalogues.terms("indicators")[0].code
    screening.answer(report, indicator=indicator, answer="present", note=NAME, by=rina, at=at)
    triage.ask(report, text=f"Di mana {NAME}?", by=rina, at=at)
    triage.set_aside(world.report(), because="not_a_report", note=NAME, message=NAME, by=rina, at=at)
    triage.merge(other, into=report, message=NAME, by=rina, at=at)
    case = triage.accept(world.anew(report), message=NAME, by=rina, at=at)
    files.summarise(case, summary=NAME, by=rina, at=at)
    victim = victims.add(
        case, part="victim", name=NAME, aliases="Zulaikha", nik="6107064505089999", birth_date=date(2008, 5, 5),
        phone="0812 5555 0199", passport="X7654321", address="Jalan Rahasia", safe_contact="Paman Gareng",
        note=NAME, by=rina, at=at,
    )  # fmt: skip
    victims.correct(victim, name=f"{NAME} S.", by=rina, at=at)
    victims.read_identity(victim, fields=["name", "phone"], by=rina, at=at)
    list(involving(rina, "zulaikha", at=at))
    list(involving(rina, "081255550199", at=at))
    consents.give(victim.person, purpose="referral", recipient=world.dinsos, fields=["name"], given_by="guardian",
                  reason=f"Paman Gareng untuk {NAME}", by=rina, at=at)  # fmt: skip
    rights.note_police_report(case, number="LP/B/4711", unit=world.police, reported_at=at, by=rina, at=at)
    service = services.request(victim, kind="social_rehabilitation", need=NAME, by=rina, at=at)
    for answer in (referrals.decline, referrals.accept):
        referral = referrals.send(
            service, to=world.dinsos, need=NAME, fields=["name", "safe_contact", "safety_note"],
            basis="vital_interests", basis_reason=NAME, words={"safety_note": "Paman Gareng"}, by=rina, at=at,
        )  # fmt: skip
        more = {"reason": "no_capacity"} if answer is referrals.decline else {}
        answer(referral, answer=NAME, by=budi, at=at, **more)
    emergency.break_glass(case.number, reason=f"{NAME} harus segera ditolong.", by=world.dr_maya, at=at)
    refused(world, case, victim)
    return victim


def refused(world, case, victim):
    """What is refused is logged, as a careless door would do it."""
    log = logging.getLogger("simpul.stories")
    for act in (
        lambda: victims.add(case, part="victim", name=NAME, nik="123", by=world.rina, at=world.at),
        lambda: victims.read_identity(victim, fields=["name"], by=world.siti, at=world.at),
        lambda: emergency.break_glass(case.number, reason=NAME, by=world.tono, at=world.at),
        lambda: triage.write(case.reports.first(), text=NAME, by=world.siti, at=world.at),
    ):
        try:
            with transaction.atomic():
                act()
        except (NotAllowed, NotFound, ValueError) as problem:
            log.warning("refused: %s %r %s", problem, problem, victim.person)


def places(world):
    """Everything that lies on the disk, as pairs of a name and its bytes."""
    database = Path(connection.settings_dict["NAME"])
    paths = [path for path in database.parent.iterdir() if path.name.startswith(database.name)]
    paths += [path for path in settings.FILES.rglob("*") if path.is_file()]
    return [(path.name, path.read_bytes()) for path in paths]


def traces(found):
    """Secrets in plain, in either case and also as JSON or as UTF-16 would write them."""
    return {
        (name, secret)
        for name, data in found
        for secret in SECRETS
        for written in (secret.lower().encode(), secret.lower().encode("utf-16-le"))
        if written in data.lower()
    }


@pytest.mark.sqlite
def test_what_was_planted_is_found_nowhere(lasting, caplog, capfd):  # noqa: F811
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("django.db.backends").setLevel(logging.WARNING)
        victim = live(lasting)
    assert victims.read_identity(victim, fields=["name"], by=lasting.rina, at=lasting.at)["name"] == f"{NAME} S."
    found = places(lasting)
    names = {name.rsplit(".sqlite3", 1)[-1] for name, _data in found}
    assert any(name.endswith("-wal") for name in names)
    assert any(b"K-2026-0001" in data for _name, data in found)
    assert any(len(name) == 32 for name, _data in found)
    said = capfd.readouterr()
    found += [("log", caplog.text.encode()), ("out", said.out.encode()), ("err", said.err.encode())]
    assert "refused" in caplog.text
    assert traces(found) == set()


@pytest.mark.sqlite
def test_the_search_itself_would_find_something(lasting):  # noqa: F811
    with transaction.atomic():
        enter(Act.CASE_SUMMARISED, on="x", by=None, at=lasting.at, note=NAME)
    assert {secret for _name, secret in traces(places(lasting))} == {"Zulaikha", "Wirasentana"}


@pytest.mark.sqlite
def test_what_was_erased_leaves_no_old_copy_behind(lasting):  # noqa: F811
    case = lasting.case()
    files.summarise(case, summary=NAME, by=lasting.rina, at=lasting.at)
    files.summarise(case, summary="", by=lasting.rina, at=lasting.at)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert traces(places(lasting)) == set()
