"""The criminal proceeding: begun with offences in force on the date of the act, followed step by step to its end.

Before 2 January 2026 the basic offence stands in UU 21/2007 Art. 2, from then on in KUHP Art. 455; the catalogue
legal_bases says from when to when.
"""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.agencies.exclusions import keeps_out
from simpul.cases import rights
from simpul.cases.access import hold
from simpul.cases.models import Examination, Involvement, Proceeding, ProceedingStep
from simpul.cases.policy import check_may_work_on
from simpul.cases.steps import check_may_be_struck, check_may_follow, moment_of
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed, allows
from simpul.lib.texts import cleaned, one_line
from simpul.obligations import book
from simpul.persons.policy import check_is_after_birth
from simpul.reference import catalogues

TELL_OF_RESTITUTION, APPLY_AFTER_VERDICT = "tell_of_restitution", "restitution_applied_for"
AUTHORITIES = {"police": "police", "prosecution": "prosecution", "court": "court"}
INVESTIGATION, FINAL, REVIEW, STOPPED = "investigation", "final", "review", "stopped"
CONVICTED = "convicted"
BEGUN_BY = {"file_sent": TELL_OF_RESTITUTION, FINAL: APPLY_AFTER_VERDICT}


def offences_on(day):
    """The offences in force on the date of an act, as terms of the catalogue legal_bases."""
    return [term for term in catalogues.terms("legal_bases", on=day) if term.extra["offence"]]


@transaction.atomic
def begin(case, *, act_on, offences, by, at, accused=None, docket="", **authorities):
    """Begin to follow a proceeding. `authorities`: police, prosecution, court, as far as they are known."""
    check_may_work_on(case, by=by)
    proceeding = Proceeding(case=case, act_on=act_on, begun_at=at, begun_by=by)
    _write(proceeding, at=at, offences=offences, accused=accused, docket=docket, **authorities)
    proceeding.save(force_insert=True)
    enter(Act.PROCEEDING_NOTED, on=proceeding, file=case, by=by, at=at, offences=proceeding.offences)
    return proceeding


@transaction.atomic
def describe(proceeding, *, by, at, **told):
    """Correct what is known of a proceeding: act_on, offences, accused, docket, police, prosecution, court."""
    check_may_work_on(proceeding.case, by=by)
    hold(proceeding, "step")
    proceeding.act_on = told.pop("act_on", proceeding.act_on)
    for step in proceeding.steps.all():
        _check_is_after_act(proceeding, step.happened_on)
    _write(proceeding, at=at, **({"offences": proceeding.offences, "accused": proceeding.accused} | told))
    proceeding.save()
    enter(Act.PROCEEDING_NOTED, on=proceeding, file=proceeding.case, by=by, at=at, fields=sorted(told))


@transaction.atomic
def note_step(proceeding, *, kind, on, by, at, outcome="", prison_months=None, fine=None, note=""):
    """Note a step of the proceeding, such as P-21 or the verdict; a verdict says how it decided."""
    check_may_work_on(proceeding.case, by=by)
    hold(proceeding, "step")
    _check_may_come(_steps_of(proceeding), kind, on=on, at=at)
    _check_is_after_act(proceeding, on)
    _check_verdict(kind, outcome, prison_months, fine)
    step = ProceedingStep(
        proceeding=proceeding, kind=kind, happened_on=on, outcome=outcome, prison_months=prison_months, fine=fine,
        noted_at=at, noted_by=by,
    )  # fmt: skip
    step.note = cleaned(note)
    step.save(force_insert=True)
    _set_latest(proceeding)
    enter(Act.PROCEEDING_STEP_NOTED, on=step, file=proceeding.case, by=by, at=at, kind=kind, outcome=outcome)
    _move_clocks(proceeding, step, by=by, at=at)
    return step


@transaction.atomic
def strike_step(step, *, by, at):
    """Strike out a step that was noted by mistake."""
    proceeding = step.proceeding
    check_may_work_on(proceeding.case, by=by)
    hold(proceeding, "step")
    check_may_be_struck(step, _steps_of(proceeding), "proceeding_steps")
    book.take_back(evidence=step, by=by, at=at)
    _waive_what_it_began(step, by=by, at=at)
    enter(Act.PROCEEDING_STEP_NOTED, on=step, file=proceeding.case, by=by, at=at, kind=step.kind, struck=True)
    step.delete()
    _set_latest(proceeding)


@transaction.atomic
def note_examination(
    involvement, *, on, place, by, at, proceeding=None, agency=None, has_companion=False, has_advocate=False,
    has_interpreter=False, beside="",
):  # fmt: skip
    """Note an examination of a victim or witness: where, and who sat beside them.

    A child is never examined alone (UU 21/2007 Art. 39); where it was, that is noted as what happened and said.
    """
    check_may_work_on(involvement.case, by=by)
    if involvement.part == Involvement.Part.SUSPECT:
        raise NotAllowed(_("Examinations of victims and witnesses are noted here."))
    if not catalogues.is_code("examination_places", place):
        raise NotAllowed(_("Choose where the examination took place."))
    if on > localdate(at):
        raise NotAllowed(_("This day lies in the future. Write when it happened."))
    check_is_after_birth(involvement.person, on)
    if proceeding is not None and proceeding.case_id != involvement.case_id:
        raise NotAllowed(_("Choose a proceeding of this case."))
    examination = Examination(
        involvement=involvement, proceeding=proceeding, happened_on=on, place=place, agency=agency,
        has_companion=has_companion, has_advocate=has_advocate, has_interpreter=has_interpreter, noted_at=at,
        noted_by=by,
    )  # fmt: skip
    examination.beside = one_line(beside)
    examination.save(force_insert=True)
    enter(
        Act.EXAMINATION_NOTED,
        on=examination,
        file=involvement.case,
        by=by,
        at=at,
        place=place,
        alone=examination.is_alone,
    )
    return examination


def next_steps(proceeding, *, at):
    """Codes of the steps that may come next, as far as the steps noted so far say."""
    noted, today = list(proceeding.steps.all()), localdate(at)
    codes = [term.code for term in catalogues.terms("proceeding_steps")]
    return [code for code in codes if allows(_check_may_come, noted, code, on=today, at=at)]


def verdicts(proceeding):
    """The verdicts of a proceeding, oldest first."""
    kinds = [term.code for term in catalogues.terms("proceeding_steps") if term.extra["is_verdict"]]
    return sorted((s for s in proceeding.steps.all() if s.kind in kinds), key=lambda s: (s.happened_on, s.pk))


def _write(proceeding, *, at, offences, accused, docket=None, **authorities):
    if unknown := set(authorities) - set(AUTHORITIES):
        raise TypeError(f"A proceeding has no {', '.join(sorted(unknown))}.")
    if proceeding.act_on > localdate(at):
        raise NotAllowed(_("The date of the act lies in the future. Check it."))
    _check_offences(offences, proceeding.act_on)
    _check_accused(proceeding.case, accused)
    for name, agency in authorities.items():
        _check_authority(proceeding.case, agency, AUTHORITIES[name])
        setattr(proceeding, name, agency)
    proceeding.offences, proceeding.accused = sorted(offences), accused
    if docket is not None:
        proceeding.docket = one_line(docket)


def _check_is_after_act(proceeding, day):
    if day < proceeding.act_on:
        raise NotAllowed(_("This day lies before the date of the act (%(day)s). Check both.")
                         % {"day": f"{proceeding.act_on:%d-%m-%Y}"})  # fmt: skip


def _check_offences(offences, day):
    in_force = {term.code for term in offences_on(day)}
    for code in offences:
        if code not in in_force:
            raise NotAllowed(
                _("“%(offence)s” was not in force on %(day)s. Choose the offence of the date of the act.")
                % {"offence": catalogues.name_of("legal_bases", code), "day": f"{day:%d-%m-%Y}"}
            )


def _check_accused(case, accused):
    if accused is None:
        return
    if accused.case_id != case.pk or accused.part != Involvement.Part.SUSPECT:
        raise NotAllowed(_("The accused is a suspect of this case. A victim who was forced is never one (Art. 18)."))


def _check_authority(case, agency, kind):
    if agency is None:
        return
    if agency.kind != kind:
        raise NotAllowed(_("%(agency)s is not of the kind “%(kind)s”. Choose another.") % {
            "agency": agency.name, "kind": catalogues.name_of("agency_kinds", kind)})  # fmt: skip
    if keeps_out(case, agency):
        raise NotAllowed(_("%(agency)s is kept out of this case and must not learn of it.") % {"agency": agency.name})


def _check_may_come(noted, kind, *, on, at):
    noted = _without_stops_that_ended(noted)
    check_may_follow("proceeding_steps", kind, noted, on=on, at=at)
    _check_is_not_over(noted, kind, on)


def _without_stops_that_ended(noted):
    """The steps that hold: a new investigation after a stop (praperadilan, new evidence) lifts the stop."""
    begun = max(((step.happened_on, step.pk) for step in noted if step.kind == INVESTIGATION), default=None)
    return [s for s in noted if not (s.kind == STOPPED and begun and begun > (s.happened_on, s.pk))]


def _check_is_not_over(noted, kind, on):
    final = next((step for step in noted if step.kind == FINAL), None)
    if final is not None and kind != REVIEW and on >= final.happened_on:
        raise NotAllowed(_("The proceeding is final since %(day)s. Only an extraordinary review follows.")
                         % {"day": f"{final.happened_on:%d-%m-%Y}"})  # fmt: skip
    if final is None and any(step.kind == STOPPED for step in noted) and kind != INVESTIGATION:
        raise NotAllowed(_("The proceeding was stopped. Note a new investigation first."))


def _check_verdict(kind, outcome, prison_months, fine):
    is_verdict = catalogues.term("proceeding_steps", kind).extra["is_verdict"]
    if is_verdict and not catalogues.is_code("verdict_outcomes", outcome):
        raise NotAllowed(_("Choose how the verdict decided."))
    if not is_verdict and (outcome or prison_months or fine):
        raise NotAllowed(_("Only a verdict has an outcome and a punishment."))
    if outcome != CONVICTED and (prison_months or fine):
        raise NotAllowed(_("Only a conviction has a punishment."))


def _steps_of(proceeding):
    """The steps as they stand now that the row is held, whatever a page fetched before."""
    return list(proceeding.steps.order_by("happened_on", "pk"))


def _set_latest(proceeding):
    steps = _steps_of(proceeding)
    proceeding.step = steps[-1].kind if steps else ""
    proceeding.save(update_fields=["step"])


def _move_clocks(proceeding, step, *, by, at):
    """With the file the prosecutor begins to owe that every victim is told of restitution (Art. 48(1), elucidation).

    With a final conviction the last time to apply for it begins for those who never did (Perma 1/2022).
    """
    if step.kind == "file_sent":
        owed_by = rights.debtor("prosecution", proceeding.case, chosen=proceeding.prosecution)
        _owe_to_victims_without("informed", TELL_OF_RESTITUTION, proceeding, step, owed_by=owed_by, by=by, at=at)
    if step.kind == FINAL and verdicts(proceeding)[-1].outcome == CONVICTED:
        keeper = proceeding.case.agency
        _owe_to_victims_without("claimed", APPLY_AFTER_VERDICT, proceeding, step, owed_by=keeper, by=by, at=at)


def victim_noted(involvement, *, by, at):
    """A victim who comes into the file after it went to the prosecutor is told of restitution as the others are."""
    case = involvement.case
    sent = ProceedingStep.objects.filter(proceeding__case=case, kind="file_sent").select_related(
        "proceeding__prosecution"
    )
    step = sent.order_by("happened_on", "pk").first()
    if step is not None:
        owed_by = rights.debtor("prosecution", case, chosen=step.proceeding.prosecution)
        rights.owe(TELL_OF_RESTITUTION, on=involvement, case=case, owed_by=owed_by, by=by, at=at)


def _waive_what_it_began(step, *, by, at):
    """The clocks of a struck step end, unless another step of the case began them as well."""
    case = step.proceeding.case
    others = ProceedingStep.objects.filter(proceeding__case=case, kind=step.kind).exclude(pk=step.pk)
    if step.kind not in BEGUN_BY or others.exists():
        return
    for victim in case.involvements.filter(part=Involvement.Part.VICTIM).order_by("pk"):
        book.waive_one(BEGUN_BY[step.kind], on=victim, reason="opened_by_mistake", by=by, at=at)


def _owe_to_victims_without(kind, clock, proceeding, step, *, owed_by, by, at):
    case, since = proceeding.case, moment_of(step.happened_on, at)
    done = Involvement.objects.filter(case=case, restitutions__steps__kind=kind)
    rows = case.involvements.filter(part=Involvement.Part.VICTIM).exclude(pk__in=done.values("pk"))
    for victim in rows.order_by("pk"):
        rights.owe(clock, on=victim, case=case, owed_by=owed_by, since=since, by=by, at=at)
