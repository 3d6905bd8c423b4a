"""Ways through a case that tests walk: a return, a proceeding, a claim, each as far as a test needs it."""

from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.timezone import localdate

from simpul.agencies import offices, people
from simpul.cases import proceedings, restitution, returns
from simpul.lib.rules import NotAllowed
from simpul.places.models import Place

SAMBAS = "61.01"
SAFE = dict.fromkeys(("own_wish", "no_greater_risk", "family", "recruiter", "debt", "fit", "companion"), "yes")
ACT_ON = date(2025, 12, 1)
OFFENCE = "uu21_2007_2"
# A proceeding from the police to the last word of the court, a day of July each.
TO_THE_END = ("investigation", "file_sent", "p21", "charge", "verdict", "final")
MILLION = Decimal(1_000_000)


@contextmanager
def refused(says):
    """What is done inside is refused with a sentence that has these words."""
    with translation.override("en"), pytest.raises(NotAllowed, match=says):
        yield


def today(world, days=0):
    """The day of the test at the office, or some days from it."""
    return localdate(world.at) + timedelta(days=days)


def an_agency(world, name, kind, *, place="61.07", **more):
    """One more agency in the region."""
    return offices.record(name, kind=kind, place=Place.objects.get(pk=place), by=None, at=world.at, **more)


def an_officer(world, name, agency, role):
    """One more officer, who has acknowledged the duty of secrecy."""
    officer = people.record(
        name, full_name=name.title(), agency=agency, role=role, password="kata sandi percobaan", by=None, at=world.at
    )
    people.acknowledge_secrecy(officer, at=world.at)
    return officer


def a_return(world, upto="wished", *, victim=None, service=None):
    """A return as far as: wished, safe, told, departed, home."""
    service = service or world.service(victim or world.victim(world.case()), kind="repatriation")
    by, at = world.rina, world.at
    homeward = returns.wish(service, home=Place.objects.get(pk=SAMBAS), wish="Saya ingin pulang.", by=by, at=at)
    steps = {
        "safe": lambda: returns.check_safety(homeward, answers=SAFE, is_safe=True, by=by, at=at),
        "told": lambda: returns.tell_home(homeward, by=by, at=at),
        "departed": lambda: returns.depart(homeward, on=today(world), by=by, at=at),
        "home": lambda: returns.hand_over(homeward, to="family", witness="Kades", on=today(world), by=by, at=at),
    }
    for name, step in steps.items():
        if upto == "wished":
            break
        step()
        if name == upto:
            break
    return homeward


def a_proceeding(world, case=None, *, upto="", outcome="convicted", **told):
    """A proceeding with the steps up to one of `TO_THE_END`."""
    told = {"act_on": ACT_ON, "offences": [OFFENCE]} | told
    found = proceedings.begin(case or world.case(), by=world.rina, at=world.at, **told)
    for number, kind in enumerate(TO_THE_END[: TO_THE_END.index(upto) + 1] if upto else ()):
        a_step(world, found, kind, date(2026, 7, 1 + number), outcome=outcome if kind == "verdict" else "")
    return found


def a_step(world, proceeding, kind, on, **told):
    return proceedings.note_step(proceeding, kind=kind, on=on, by=world.rina, at=world.at, **told)


def a_claim(world, *steps, victim=None, proceeding=None, items=True):
    """A claim of 5 million in two items, with steps: a kind, or (kind, amount), or (kind, amount, day)."""
    found = restitution.begin(victim or world.victim(world.case()), proceeding=proceeding, by=world.rina, at=world.at)
    if items:
        told = [("income", 4 * MILLION, "Gaji"), ("medical", MILLION, "")]
        restitution.itemise(found, told, by=world.rina, at=world.at)
    for step in steps:
        pay(world, found, *(step if isinstance(step, tuple) else (step,)))
    return found


def pay(world, claim, kind, amount=None, on=None, *, at=None):
    """Note a step of a claim; today unless a day is named."""
    at = at or world.at
    return restitution.note_step(claim, kind=kind, on=on or localdate(at), amount=amount, by=world.rina, at=at)
