"""Every act in a case, tried by everybody who may not: each is refused, and nothing is written."""

import inspect
from datetime import date

import pytest
from django.db import transaction

from simpul.agencies import exclusions
from simpul.cases import (
    access,
    children,
    consents,
    emergency,
    entitlements,
    files,
    proceedings,
    referrals,
    restitution,
    returns,
    rights,
    services,
    shelters,
    victims,
    visits,
)
from simpul.cases.models import Case
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound
from simpul.obligations.models import Obligation
from simpul.places.models import Place
from tests.cases.test_policy import sent
from tests.cases.tracks import ACT_ON, MILLION, OFFENCE, SAFE, a_claim, a_proceeding, a_return, an_officer, today

JULY = date(2026, 7, 1)


class Stage:
    """A case with everything in it that an act needs; each thing is read anew when it is asked for."""

    def __init__(self, world):
        self._world, self.at, self.today = world, world.at, today(world)
        self.dinsos, self.province = world.dinsos, world.uptd_province
        self.agus, self.home = world.agus, Place.objects.get(pk="61.01")
        self._things = things = {}
        case = things["case"] = world.case(kinds=["unpaid_work"])
        victim = things["victim"] = world.victim(case)
        things["child"] = world.victim(case, name="Mawar", childhood="child")
        things["suspect"] = victims.add(case, part="suspect", name="Anton", by=world.rina, at=self.at)
        things["service"] = world.service(victim)
        things["step"] = services.note_step(things["service"], kind="access", on=JULY, by=world.rina, at=self.at)
        things["unwished"] = world.service(victim, kind="repatriation")
        for upto in ("wished", "safe", "departed"):
            things[upto] = a_return(world, upto, victim=victim)
        things["proceeding"] = a_proceeding(world, case, upto="investigation")
        things["proceeding_step"] = things["proceeding"].steps.get()
        things["claim"] = a_claim(world, "informed", victim=victim)
        things["claim_step"] = things["claim"].steps.get()
        things["consent"] = consents.record(
            victim, purpose="interview", recipient=None, fields=[], given_by="self", by=world.rina, at=self.at
        )
        things["referral"] = referrals.send(
            things["service"], to=world.hospital, need="x", fields=[], basis="vital_interests", basis_reason="x",
            by=world.rina, at=self.at,
        )  # fmt: skip
        things["shelter"] = shelters.record("RA-1", kind="safe_house", beds=5, by=world.yanti, at=self.at)
        things["unsheltered"] = world.service(victim, kind="shelter")
        things["stay"] = shelters.enter_(
            world.service(things["child"], kind="shelter"), shelter=things["shelter"], on=JULY, by=world.rina,
            at=self.at,
        )  # fmt: skip
        things["assignment"] = files.assign(case, officer=world.agus, by=world.rina, at=self.at)
        files.release(things["assignment"], by=world.rina, at=self.at)
        things["assignment"] = files.assign(case, officer=world.dr_maya, by=world.rina, at=self.at)
        quiet = things["quiet"] = world.case()
        files.move(quiet, to="assessment", by=world.rina, at=self.at)
        files.close_access(quiet, by=world.rina, at=self.at)
        ended = things["ended"] = world.case()
        things["past"] = world.victim(ended)
        Case.objects.filter(pk=ended.pk).update(stage="closed", is_closed_access=True)
        files.assign(ended, officer=world.rina, by=world.yanti, at=self.at)
        things["open"] = world.case()

    def __getattr__(self, name):
        return self._world.anew(self._things[name])

    def cases(self):
        return [self.case, self.quiet, self.ended, self.open]


ACTS = {
    "children.check_best_interest": lambda s, **k: children.check_best_interest(
        s.child, answers={"wish": "x"}, decision="x", **k),
    "children.decide_age": lambda s, **k: children.decide_age(s.victim, childhood="adult", ground="ktp", **k),
    "consents.record": lambda s, **k: consents.record(
        s.victim, purpose="interview", recipient=None, fields=[], given_by="self", **k),
    "consents.withdraw": lambda s, **k: consents.withdraw(s.victim, s.consent, **k),
    "entitlements.inform": lambda s, **k: entitlements.inform(s.victim, "secrecy", **k),
    "entitlements.inform_of_all": lambda s, **k: entitlements.inform_of_all(s.victim, ["secrecy"], **k),
    "entitlements.meet": lambda s, **k: entitlements.meet(s.victim, "secrecy", evidence="other", **k),
    "entitlements.refuse": lambda s, **k: entitlements.refuse(s.victim, "secrecy", **k),
    "entitlements.request": lambda s, **k: entitlements.request(s.victim, "secrecy", **k),
    "files.assign": lambda s, **k: files.assign(s.case, officer=s.agus, **k),
    "files.close": lambda s, **k: files.close(s.quiet, reason="other", **k),
    "files.close_access": lambda s, **k: files.close_access(s.open, **k),
    "files.describe": lambda s, **k: files.describe(s.case, in_danger=True, **k),
    "files.hand_over": lambda s, **k: files.hand_over(s.open, to=s.province, **k),
    "files.move": lambda s, **k: files.move(s.case, to="assessment", **k),
    "files.open_access": lambda s, **k: files.open_access(s.quiet, **k),
    "files.open_recurrence": lambda s, **k: files.open_recurrence(s.ended, victims=[s.past.pk], **k),
    "files.release": lambda s, **k: files.release(s.assignment, **k),
    "files.summarise": lambda s, **k: files.summarise(s.case, summary="x", **k),
    "proceedings.begin": lambda s, **k: proceedings.begin(s.case, act_on=ACT_ON, offences=[OFFENCE], **k),
    "proceedings.describe": lambda s, **k: proceedings.describe(s.proceeding, docket="x", **k),
    "proceedings.note_examination": lambda s, **k: proceedings.note_examination(s.victim, on=JULY, place="court", **k),
    "proceedings.note_step": lambda s, **k: proceedings.note_step(s.proceeding, kind="suspect_named", on=JULY, **k),
    "proceedings.strike_step": lambda s, **k: proceedings.strike_step(s.proceeding_step, **k),
    "referrals.end_links": lambda s, **k: referrals.end_links(s.referral, **k),
    "referrals.link": lambda s, **k: referrals.link(s.referral, **k),
    "referrals.note_answer": lambda s, **k: referrals.note_answer(s.referral, accepted=True, words="telepon", **k),
    "referrals.send": lambda s, **k: referrals.send(
        s.service, to=s.dinsos, need="x", fields=[], basis="vital_interests", basis_reason="x", **k),
    "referrals.withdraw": lambda s, **k: referrals.withdraw(s.referral, **k),
    "restitution.attach": lambda s, **k: restitution.attach(s.claim, s.proceeding, **k),
    "restitution.begin": lambda s, **k: restitution.begin(s.child, **k),
    "restitution.itemise": lambda s, **k: restitution.itemise(s.claim, [("income", MILLION, "")], **k),
    "restitution.note_step": lambda s, **k: restitution.note_step(s.claim, kind="claimed", on=s.today, **k),
    "restitution.strike_step": lambda s, **k: restitution.strike_step(s.claim_step, **k),
    "returns.check_safety": lambda s, **k: returns.check_safety(s.wished, answers=SAFE, is_safe=True, **k),
    "returns.depart": lambda s, **k: returns.depart(s.safe, on=s.today, **k),
    "returns.hand_over": lambda s, **k: returns.hand_over(s.departed, to="family", witness="x", on=s.today, **k),
    "returns.tell_home": lambda s, **k: returns.tell_home(s.safe, **k),
    "returns.wish": lambda s, **k: returns.wish(s.unwished, home=s.home, wish="x", **k),
    "rights.note_police_report": lambda s, **k: rights.note_police_report(
        s.case, number="x", unit=None, reported_at=s.at, **k),
    "services.move": lambda s, **k: services.move(s.service, to="running", **k),
    "services.note_step": lambda s, **k: services.note_step(s.service, kind="approach", on=JULY, **k),
    "services.request": lambda s, **k: services.request(s.victim, kind="health", **k),
    "services.strike_step": lambda s, **k: services.strike_step(s.step, **k),
    "shelters.enter_": lambda s, **k: shelters.enter_(s.unsheltered, shelter=s.shelter, on=s.today, **k),
    "shelters.leave": lambda s, **k: shelters.leave(s.stay, on=s.today, **k),
    "victims.add": lambda s, **k: victims.add(s.case, part="victim", name="x", **k),
    "victims.begin_again": lambda s, **k: victims.begin_again(s.ended, who=[s.past.pk], **k),
    "victims.correct": lambda s, **k: victims.correct(s.victim, name="x", **k),
    "victims.decide_status": lambda s, **k: victims.decide_status(s.victim, status="victim", **k),
    "victims.mark": lambda s, **k: victims.mark(s.victim, is_threatened=True, **k),
    "victims.protect_from_punishment": lambda s, **k: victims.protect_from_punishment(s.victim, **k),
    "victims.take_back_suspicion": lambda s, **k: victims.take_back_suspicion(s.suspect, **k),
    "visits.note": lambda s, **k: visits.note(s.victim, on=s.today, result="well", **k),
}  # fmt: skip
# Acts with a test of their own: of the receiver, of the head of a unit, of anybody in an emergency.
ELSEWHERE = {
    "emergency.break_glass", "emergency.review", "files.open_", "referrals.accept", "referrals.decline",
    "referrals.stop", "shelters.end", "shelters.record", "victims.read_identity",
}  # fmt: skip
# Parts of acts: whoever calls them has checked.
INSIDE = {
    "children.note_childhood", "proceedings.victim_noted", "referrals.shut_links", "rights.case_described",
    "rights.child_noted",
    "rights.offered_again", "rights.owe", "rights.service_given", "rights.service_not_wanted",
    "rights.service_requested", "rights.service_taken_over", "rights.victim_received",
}  # fmt: skip
MODULES = (
    access, children, consents, emergency, entitlements, files, proceedings, referrals, restitution, returns, rights,
    services, shelters, victims, visits,
)  # fmt: skip


class Undone(Exception):
    """What was tried is taken back."""


def is_done(act, stage, officer):
    """Whether an officer may do it; nothing of it remains."""
    try:
        with transaction.atomic():
            act(stage, by=officer, at=stage.at)
            raise Undone
    except Undone:
        return True
    except (NotAllowed, NotFound):
        return False


def done_by(stage, officer):
    """The acts that an officer may do, and that none of them left a trace."""
    before = Entry.objects.count(), Obligation.objects.count()
    done = {name for name, act in ACTS.items() if is_done(act, stage, officer)}
    assert (Entry.objects.count(), Obligation.objects.count()) == before
    return done


@pytest.fixture
def stage(world):
    return Stage(world)


def public_acts():
    """Every function of the room that takes `by` and `at`, as "module.name"."""
    for module in MODULES:
        short = module.__name__.rpartition(".")[2]
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_"):
                continue
            if {"by", "at"} <= set(inspect.signature(function).parameters):
                yield f"{short}.{name}"


def test_no_act_is_forgotten_here():
    assert set(public_acts()) == set(ACTS) | ELSEWHERE | INSIDE


def test_who_keeps_the_case_may_do_each_and_what_the_head_decides_is_the_heads(world, stage):
    assert set(ACTS) - done_by(stage, world.rina) == {"files.hand_over"}
    assert done_by(stage, world.yanti) == set(ACTS)


@pytest.mark.parametrize("who", ["siti", "lina", "budi", "agus", "dewi", "tono", "wulan"])
def test_who_has_nothing_to_do_with_it_may_do_none(world, stage, who):
    assert done_by(stage, getattr(world, who)) == set()


def test_who_is_kept_out_may_do_none_even_when_assigned(world, stage):
    for case in stage.cases():
        files.assign(case, officer=world.rina, by=world.yanti, at=world.at)
        exclusions.keep_out(case, officer=world.rina, by=world.yanti, at=world.at)
    assert done_by(stage, world.rina) == set()


def test_a_colleague_who_is_not_assigned_may_do_none_in_a_closed_file(world, stage):
    nina = an_officer(world, "nina", world.uptd, "case_manager")
    assert done_by(stage, nina) == {"files.close_access"}, "the one file that is open"
    files.close_access(stage.open, by=world.rina, at=world.at)
    assert done_by(stage, nina) == set()


def test_who_reads_in_an_emergency_may_do_none(world, stage):
    for case in stage.cases():
        emergency.break_glass(case.number, reason="Korban pingsan di rumah sakit.", by=world.budi, at=world.at)
    assert Case.objects.visible_to(world.budi, at=world.at).count() == 4
    assert done_by(stage, world.budi) == set()


def test_who_is_assigned_from_elsewhere_works_on_the_case_and_does_not_keep_it(world, stage):
    for case in stage.cases():
        files.assign(case, officer=world.agus, by=world.yanti, at=world.at)
    kept = {
        "files.assign", "files.close", "files.hand_over", "files.move", "files.open_access", "files.open_recurrence",
        "files.release", "referrals.end_links",
        "referrals.link", "referrals.note_answer", "referrals.send", "referrals.withdraw",
        "victims.begin_again",
    }  # fmt: skip
    assert done_by(stage, world.agus) == set(ACTS) - kept


def test_who_gives_a_service_moves_that_one_and_nothing_else(world, stage):
    referrals.accept(stage.referral, by=world.dr_maya, at=world.at)
    files.release(stage.assignment, by=world.rina, at=world.at)
    assert done_by(stage, world.dr_maya) == {"services.move", "services.note_step", "services.strike_step"}


def test_an_officer_who_left_may_do_none(world, stage):
    world.rina.is_active = False
    assert done_by(stage, world.rina) == set()


def test_a_stranger_answers_and_stops_no_referral(world):
    referral = sent(world, world.case())
    for officer in (world.rina, world.agus, world.siti, world.dewi):
        for act in (referrals.accept, referrals.stop):
            with pytest.raises(NotAllowed):
                act(referral, by=officer, at=world.at)
