"""Restitution from the first word of it to the last rupiah: told, claimed item by item, awarded, paid; or seized.

UU 21/2007 Art. 48 to 50 and PP 7/2018 run side by side where they differ: 14 days from the notice of the final verdict
(Art. 48(6)) and 30 working days from the copy (PP 7/2018 Art. 32(1)). What is not paid in time is told to the court,
warned of and seized: each clock follows the one before it.
"""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.cases import rights
from simpul.cases.access import hold
from simpul.cases.models import Restitution, RestitutionItem, RestitutionStep
from simpul.cases.models.money import ZERO
from simpul.cases.policy import check_is_victim, check_may_work_on
from simpul.cases.proceedings import APPLY_AFTER_VERDICT, TELL_OF_RESTITUTION
from simpul.cases.steps import check_may_be_struck, check_may_follow, moment_of
from simpul.journal.acts import Act
from simpul.journal.entries import enter, label
from simpul.lib.numbers import rupiah
from simpul.lib.rules import NotAllowed, allows
from simpul.lib.texts import cleaned
from simpul.obligations import book
from simpul.obligations.models import Obligation
from simpul.obligations.rules import rule
from simpul.reference import catalogues

PROOF = "give_payment_proof"
# The clocks that a step starts; who owes them follows from the rule, and from what is known of the proceeding.
STARTS = {
    "sent_to_lpsk": ("restitution_file_checked",),
    "lpsk_asked": ("restitution_file_completed",),
    "awarded": ("verdict_copy_to_lpsk",),
    "verdict_final": ("restitution_paid",),
    "copy_received": ("restitution_paid_after_copy",),
    "court_told": ("court_warns",),
    "warned": ("restitution_paid_after_warning",),
}
MEETS = {
    "lpsk_asked": ("restitution_file_checked",),
    "assessed": ("restitution_file_checked",),
    "completed": ("restitution_file_completed",),
    "copy_to_lpsk": ("verdict_copy_to_lpsk",),
    "court_told": ("tell_court_unpaid",),
    "warned": ("court_warns",),
    "seized": ("seize_assets",),
    "proof_given": (PROOF,),
}
MET_FOR_THE_VICTIM = {"informed": (TELL_OF_RESTITUTION,), "claimed": (APPLY_AFTER_VERDICT,)}
# Met by the last rupiah.
UNTIL_PAID = ("restitution_paid", "restitution_paid_after_copy", "restitution_paid_after_warning")
# What is owed no more when everything is paid, however it came about.
AFTER_PAYMENT = ("tell_court_unpaid", "court_warns", "seize_assets")
ENDS_PAYMENT = frozenset({"paid", "failed", "deposit_returned"})
FIGURES = ("step", "claimed", "assessed", "demanded", "awarded", "deposited", "paid")
# Steps that may come several times.
MANY_TIMES = frozenset(
    {"paid", "proof_given", "lpsk_asked", "completed", "warned", "seized", "auctioned", "court_told"}
)
# Of the proceeding: the steps and, where it matters, the outcomes that a step rests on.
VERDICTS = ("verdict", "verdict_appeal", "verdict_cassation")
RESTS_ON = {
    "awarded": (VERDICTS, ("convicted",)),
    "rejected": (VERDICTS, ()),
    "verdict_final": (("final",), ()),
    "deposit_returned": (("verdict_appeal", "verdict_cassation"), ("acquitted", "released")),
}
AMOUNTS = {"assessed": "assessed", "demanded": "demanded", "awarded": "awarded", "deposited": "deposited"}


@transaction.atomic
def begin(victim, *, by, at, proceeding=None):
    """Begin to follow the restitution of a victim."""
    case = victim.case
    check_may_work_on(case, by=by)
    check_is_victim(victim)
    hold(victim, "part")
    if victim.restitutions.exists():
        raise NotAllowed(_("The restitution of this victim is followed already."))
    _check_is_of_the_case(case, proceeding)
    found = Restitution.objects.create(case=case, victim=victim, proceeding=proceeding, begun_at=at, begun_by=by)
    enter(Act.RESTITUTION_ITEMISED, on=found, file=case, by=by, at=at, items=0)
    return found


@transaction.atomic
def itemise(restitution, items, *, by, at):
    """Write the items of the claim anew: a list of (head, amount in rupiah, what for). Not after it was claimed."""
    check_may_work_on(restitution.case, by=by)
    hold(restitution, "claimed", "step")
    if restitution.steps.filter(kind="claimed").exists():
        raise NotAllowed(_("This claim was filed already. Strike out “Claimed” to change its items."))
    for head, amount, _note in items:
        _check_item(head, amount)
    restitution.items.all().delete()
    for head, amount, note in items:
        item = RestitutionItem(restitution=restitution, head=head, amount=amount)
        item.note = cleaned(note)
        item.save(force_insert=True)
    restitution.claimed = sum((amount for _head, amount, _note in items), ZERO)
    restitution.save(update_fields=["claimed"])
    enter(Act.RESTITUTION_ITEMISED, on=restitution, file=restitution.case, by=by, at=at, items=len(items))


@transaction.atomic
def attach(restitution, proceeding, *, by, at):
    """Say which proceeding decides on the claim."""
    check_may_work_on(restitution.case, by=by)
    _check_is_of_the_case(restitution.case, proceeding)
    restitution.proceeding = proceeding
    restitution.save(update_fields=["proceeding"])
    enter(Act.RESTITUTION_ITEMISED, on=restitution, file=restitution.case, by=by, at=at, attached=True)


@transaction.atomic
def note_step(restitution, *, kind, on, by, at, amount=None, note=""):
    """Note a step: what was claimed is the sum of the items, what is paid never exceeds the award."""
    check_may_work_on(restitution.case, by=by)
    hold(restitution, *FIGURES)
    noted = _steps_of(restitution)
    check_may_follow("restitution_steps", kind, noted, on=on, at=at)
    _check_comes_once(kind, noted)
    if kind == "claimed":
        amount = amount if amount is not None else restitution.claimed
    _check_amount(restitution, kind, amount)
    _check_verdict(restitution, kind, on)
    step = RestitutionStep(restitution=restitution, kind=kind, happened_on=on, amount=amount, noted_at=at, noted_by=by)
    step.note = cleaned(note)
    step.save(force_insert=True)
    _sum_up(restitution)
    enter(Act.RESTITUTION_STEP_NOTED, on=step, file=restitution.case, by=by, at=at, kind=kind, of=restitution.pk)
    _move_clocks(restitution, step, by=by, at=at)
    return step


@transaction.atomic
def strike_step(step, *, by, at):
    """Strike out a step that was noted by mistake: sums and clocks stand again as if it had never been noted."""
    restitution = step.restitution
    check_may_work_on(restitution.case, by=by)
    hold(restitution, *FIGURES)
    check_may_be_struck(step, _steps_of(restitution), "restitution_steps")
    book.take_back(evidence=step, by=by, at=at)
    _waive_what_it_began(restitution, step, by=by, at=at)
    _owe_again(restitution, step, by=by, at=at)
    enter(Act.RESTITUTION_STEP_NOTED, on=step, file=restitution.case, by=by, at=at, kind=step.kind,
          of=restitution.pk, struck=True)  # fmt: skip
    step.delete()
    _sum_up(restitution)


def next_steps(restitution, *, at):
    """Codes of the steps that may come next, as far as the steps noted here and in the proceeding say."""
    noted, today = list(restitution.steps.all()), localdate(at)
    codes = [term.code for term in catalogues.terms("restitution_steps")]
    return [code for code in codes if allows(_check_may_come, restitution, code, noted, on=today, at=at)]


def _check_may_come(restitution, kind, noted, *, on, at):
    check_may_follow("restitution_steps", kind, noted, on=on, at=at)
    _check_comes_once(kind, noted)
    _check_verdict(restitution, kind, on)
    if kind == "paid" and not restitution.left_to_pay:
        raise NotAllowed(_("The whole award is paid."))


def _check_is_of_the_case(case, proceeding):
    if proceeding is not None and proceeding.case_id != case.pk:
        raise NotAllowed(_("Choose a proceeding of this case."))


def _check_item(head, amount):
    if not catalogues.is_code("restitution_heads", head):
        raise NotAllowed(_("Choose each loss from the list."))
    if amount <= 0:
        raise NotAllowed(_("An item is more than nothing. Leave out what is not claimed."))


def _check_comes_once(kind, noted):
    if kind not in MANY_TIMES and any(step.kind == kind for step in noted):
        raise NotAllowed(_("“%(step)s” was noted already. Strike it out first if it was wrong.")
                         % {"step": catalogues.name_of("restitution_steps", kind)})  # fmt: skip


def _check_amount(restitution, kind, amount):
    wanted = catalogues.term("restitution_steps", kind).extra["amount"]
    if wanted == "none" and amount is not None:
        raise NotAllowed(_("This step has no amount."))
    if wanted == "needed" and (amount is None or amount <= 0):
        raise NotAllowed(_("Write the amount in rupiah; of a claim, itemise it first."))
    if amount is not None and amount < 0:
        raise NotAllowed(_("An amount is not less than nothing."))
    if kind == "paid" and amount > restitution.left_to_pay:
        raise NotAllowed(_("Only %(left)s of the award is left to pay. Check the amount, or correct the award.")
                         % {"left": rupiah(restitution.left_to_pay)})  # fmt: skip


def _check_verdict(restitution, kind, on):
    """Where a proceeding is followed, its verdicts decide: an award needs a conviction, the notice of a final verdict
    its finality, and a deposit goes back after an acquittal on appeal or cassation (Art. 48(3), (6), (7))."""
    proceeding = restitution.proceeding
    if proceeding is None or kind not in RESTS_ON:
        return
    kinds, outcomes = RESTS_ON[kind]
    days = [s.happened_on for s in proceeding.steps.all() if s.kind in kinds and s.outcome in (outcomes or {s.outcome})]
    if not days:
        raise NotAllowed(_("The proceeding has no step “%(step)s” yet. Note it there first.")
                         % {"step": _names(kinds, outcomes)})  # fmt: skip
    if on < min(days):
        raise NotAllowed(
            _("This day lies before the verdict of %(day)s. Check both.") % {"day": f"{min(days):%d-%m-%Y}"}
        )


def _names(kinds, outcomes):
    """Steps of a proceeding with their outcomes, in words: "Verdict on appeal / Verdict on cassation (Acquitted)"."""
    steps = " / ".join(catalogues.name_of("proceeding_steps", kind) for kind in kinds)
    how = " / ".join(catalogues.name_of("verdict_outcomes", outcome) for outcome in outcomes)
    return f"{steps} ({how})" if how else steps


def _steps_of(restitution):
    """The steps as they stand now that the row is held, whatever a page fetched before."""
    return list(restitution.steps.order_by("happened_on", "pk"))


def _sum_up(restitution):
    """Amounts and latest step, from the steps."""
    steps = _steps_of(restitution)
    for kind, figure in AMOUNTS.items():
        amounts = [step.amount for step in steps if step.kind == kind]
        setattr(restitution, figure, amounts[-1] if amounts else (ZERO if figure == "deposited" else None))
    if any(step.kind == "deposit_returned" for step in steps):
        restitution.deposited = ZERO
    claimed = [step.amount for step in steps if step.kind == "claimed"]
    restitution.claimed = claimed[-1] if claimed else sum((item.amount for item in restitution.items.all()), ZERO)
    restitution.paid = sum((step.amount for step in steps if step.kind == "paid"), ZERO)
    restitution.step = steps[-1].kind if steps else ""
    restitution.save(update_fields=list(FIGURES))


def _move_clocks(restitution, step, *, by, at):
    moment = moment_of(step.happened_on, at)
    for clock in MET_FOR_THE_VICTIM.get(step.kind, ()):
        book.meet(clock, on=restitution.victim, by=by, at=at, evidence=step, done_at=moment)
    # Begun before met: what follows a clock that is met stands already then, owed by the court of this proceeding.
    for clock in STARTS.get(step.kind, ()):
        if not (restitution.is_paid and clock in (*UNTIL_PAID, *AFTER_PAYMENT)):
            _owe(clock, restitution, since=moment, by=by, at=at)
    for clock in MEETS.get(step.kind, ()):
        book.meet(clock, on=restitution, by=by, at=at, evidence=step, done_at=moment)
    if step.kind == "paid":
        _paid(restitution, step, moment, by=by, at=at)
    if step.kind in {"failed", "deposit_returned"}:
        for clock in (*UNTIL_PAID, *AFTER_PAYMENT):
            book.waive_one(clock, on=restitution, reason="no_longer_applies", by=by, at=at)


def _waive_what_it_began(restitution, step, *, by, at):
    """The clocks of a struck step end, unless another step of its kind needs them as well."""
    others = restitution.steps.filter(kind=step.kind).exclude(pk=step.pk)
    if step.kind == "paid":
        proven = restitution.steps.filter(kind="proof_given").order_by("-pk").first()
        others = others.filter(pk__gt=proven.pk) if proven else others
    if others.exists():
        return
    for clock in (*STARTS.get(step.kind, ()), *((PROOF,) if step.kind == "paid" else ())):
        book.waive_one(clock, on=restitution, reason="opened_by_mistake", by=by, at=at)


def _owe_again(restitution, step, *, by, at):
    """What a struck step had made needless is owed again, from the moment it was first owed."""
    if step.kind not in ENDS_PAYMENT:
        return
    ended = Obligation.objects.about(label(restitution)).filter(
        state=Obligation.State.WAIVED, waive_reason="no_longer_applies", settled_at=step.noted_at
    )
    for before in ended:
        rights.owe(
            before.rule, on=restitution, case=restitution.case, owed_by=before.owed_by, since=before.opened_at, by=by,
            at=at,
        )  # fmt: skip


def _paid(restitution, step, moment, *, by, at):
    """Every payment is proven to the victim (Art. 49); the last rupiah meets what ran until it."""
    _owe(PROOF, restitution, since=moment, by=by, at=at)
    if not restitution.is_paid:
        return
    for clock in UNTIL_PAID:
        book.meet(clock, on=restitution, by=by, at=at, evidence=step, done_at=moment)
    for clock in AFTER_PAYMENT:
        book.waive_one(clock, on=restitution, reason="no_longer_applies", by=by, at=at)


def _owe(clock, restitution, *, since, by, at):
    kind, proceeding = rule(clock).debtor_kind, restitution.proceeding
    chosen = getattr(proceeding, kind, None) if kind in {"police", "prosecution", "court"} else None
    owed_by = rights.debtor(kind, restitution.case, chosen=chosen)
    rights.owe(clock, on=restitution, case=restitution.case, owed_by=owed_by, since=since, by=by, at=at)
