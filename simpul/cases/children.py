"""Children: whether somebody was one on the date of the act, and what is best for them.

Forged papers are common, so an age in dispute is a state of its own, and doubt is decided for the child.
"""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.cases import files, rights
from simpul.cases.models import AgeDecision, BestInterest, Involvement
from simpul.cases.policy import check_is_victim, check_may_work_on
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned
from simpul.obligations import book
from simpul.persons import identities
from simpul.persons.policy import check_is_after_birth
from simpul.reference import catalogues

Childhood = Involvement.Childhood


@transaction.atomic
def decide_age(involvement, *, childhood, ground, by, at, act_on=None, note=""):
    """Decide whether somebody was a child on the date of the act, and from what that is known.

    Where the date of birth on record says otherwise, the age is disputed and not simply overruled. A dispute ends
    with a decision that rests on something else than the papers that disagree.
    """
    check_may_work_on(involvement.case, by=by)
    if not catalogues.is_code("age_grounds", ground):
        raise NotAllowed(_("Choose what the age is known from."))
    if childhood not in {Childhood.CHILD, Childhood.ADULT, Childhood.DISPUTED}:
        raise NotAllowed(_("Choose whether the person was a child, an adult, or whether the age is disputed."))
    act_on = act_on or involvement.case.act_on
    if act_on and act_on > localdate(at):
        raise NotAllowed(_("The date of the act lies in the future. Check it."))
    check_is_after_birth(involvement.person, act_on)
    if ground == "papers_disagree" and childhood != Childhood.DISPUTED:
        raise NotAllowed(
            _("Papers that disagree decide nothing: the age is disputed, and the person treated as a child.")
        )
    _check_fits_birth(involvement.person, childhood, act_on)
    decision = AgeDecision(
        involvement=involvement, childhood=childhood, ground=ground, act_on=act_on, decided_at=at, decided_by=by
    )
    decision.note = cleaned(note)
    decision.save(force_insert=True)
    enter(Act.AGE_DECIDED, on=decision, file=involvement.case, by=by, at=at, childhood=childhood, ground=ground)
    note_childhood(involvement, childhood, by=by, at=at)
    return decision


def note_childhood(involvement, childhood, *, by, at):
    """Set the state; for a child the case is closed to all but assigned officers, and its best interests are owed."""
    involvement.childhood = childhood
    involvement.save(update_fields=["childhood"])
    if involvement.part != Involvement.Part.VICTIM:
        return
    if not involvement.counts_as_child:
        book.waive_one(rights.BEST_INTEREST, on=involvement, reason="no_longer_applies", by=by, at=at)
        return
    case = involvement.case
    if not case.has_children:
        case.has_children = True
        case.save(update_fields=["has_children"])
    files.close_access(case, by=by, at=at)
    rights.child_noted(involvement, by=by, at=at)


def childhood_told(person, told, *, case, at):
    """The childhood to record for somebody, from what an officer says and the birth on record.

    Where nobody says it and the date of birth, or the year where the day is not known, leaves a child possible, the
    person is one until it is decided otherwise. What is said against a date of birth is refused.
    """
    act_on = case.act_on or localdate(at)
    if told:
        _check_fits_birth(person, told, case.act_on)
        return told
    born = person.birth_date.opened_or_erased()
    is_child = identities.is_a_child_on(born, act_on) if born else person.is_a_child_on(act_on)
    return Childhood.CHILD if is_child else told


@transaction.atomic
def check_best_interest(involvement, *, answers, decision, by, at):
    """Ask what the check asks, in the child's words where it can speak, and write down what is best."""
    check_may_work_on(involvement.case, by=by)
    check_is_victim(involvement)
    if not involvement.counts_as_child:
        raise NotAllowed(_("This check is for children, and for those whose age is disputed."))
    questions = [term.code for term in catalogues.terms("best_interest_questions")]
    told = {question: cleaned(answers.get(question, "")) for question in questions}
    if not told["wish"]:
        raise NotAllowed(_("Write what the child wants, or why it could not be asked."))
    if not cleaned(decision):
        raise NotAllowed(_("Write what is best for the child and why."))
    check = BestInterest(involvement=involvement, decided_at=at, decided_by=by)
    check.answers, check.decision = told, cleaned(decision)
    check.save(force_insert=True)
    enter(Act.BEST_INTEREST_CHECKED, on=check, file=involvement.case, by=by, at=at)
    book.meet(rights.BEST_INTEREST, on=involvement, by=by, at=at, evidence=check)
    return check


def _check_fits_birth(person, childhood, act_on):
    """A date of birth on record and a decision against it cannot both be right."""
    born = person.birth_date.opened_or_erased()
    if not born or not act_on or childhood not in {Childhood.CHILD, Childhood.ADULT}:
        return
    by_date = Childhood.CHILD if identities.is_a_child_on(born, act_on) else Childhood.ADULT
    if childhood != by_date:
        raise NotAllowed(
            _("The date of birth on record makes the person “%(age)s” on the date of the act. Correct it, or decide"
              " that the age is disputed.") % {"age": Childhood(by_date).label}
        )  # fmt: skip
