"""Records that may be of one person: compared one pair after another, decided, taken back; questions between agencies.

Nothing is merged here. A page that shows two records side by side reads both, and that is written down.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.agencies.models import Agency
from simpul.agencies.roles import Right
from simpul.desk.acting import leaf, page, said, status_of, tried, typed
from simpul.desk.forms import linkage as forms
from simpul.desk.views.cases import one_click
from simpul.journal.entries import label
from simpul.lib.rules import NotAllowed, NotFound, allows
from simpul.linkage import access, inquiries, likeness, queries, records, review
from simpul.linkage.models import Decision, Pair
from simpul.linkage.policy import check_may_retract, check_may_withdraw, word_for
from simpul.obligations.models import Obligation
from simpul.persons.models import Person

SECTION = "desk:pairs"
RECEIVED, SENT = "", "keluar"
# How many likely records are looked through for the one that is asked about.
LOOKED_THROUGH = 100
# Longer texts are not compared letter by letter, and neither are those that have little in common;
# the shortest always are.
LONGEST, SHORT, ALIKE = 120, 5, 0.6


@dataclass(frozen=True)
class Line:
    """One field of two records: parts of each text, those in which they differ marked, and how they compare."""

    label: str
    left: list
    right: list
    state: str
    level: str


@dataclass(frozen=True)
class Where:
    """A record that is open to the officer: its number, who keeps it, its page."""

    number: str
    agency: str
    address: str


@dataclass(frozen=True)
class Likely:
    """A likely record of the same person on the page of a person, as far as the officer may know it."""

    likeness: likeness.Likeness
    numbers: list
    reasons: list
    said: str
    is_joined: bool


@officers(Right.REVIEW_PAIRS)
def pairs(request):
    """The two records whose comparison is worth most, at once; where none is left, those that the officer put off."""
    found = queries.foremost(request.user, at=request.at)
    if found:
        return redirect("desk:pair", found.pk)
    put_off = leaf(request, queries.put_off(request.user, at=request.at))
    _with_numbers(request, put_off.object_list)
    for each in put_off.object_list:
        each.word = word_for(each.probability)
    return page(request, "linkage/queue", section=SECTION, leaf=put_off, last=_last(request), **beside(request))


@officers(Right.REVIEW_PAIRS)
def pair(request, pk):
    """Two records side by side, field by field; once decided, the next pair comes. Reading both is written down."""
    found = access.pair_for(request.user, pk, at=request.at)
    form = forms.Verdict(typed(request))
    if form.is_valid():
        decision = tried(form, review.decide, found, by=request.user, at=request.at, **form.cleaned_data)
        if decision:
            said(request, _("Kept: %(verdict)s.") % {"verdict": decision.get_verdict_display().lower()})
            return redirect("desk:pairs")
    return _side_by_side(request, found, form)


@officers(Right.REVIEW_PAIRS)
@require_POST
def later(request, pk):
    """The pair goes to the end of the officer's own queue."""
    found = access.pair_for(request.user, pk, at=request.at)
    if one_click(request, review.skip, found):
        said(request, _("Put off. It stands at the end of your list."))
    return redirect("desk:pairs")


@officers(Right.REVIEW_PAIRS)
def decisions(request):
    """What was decided on records of which the officer may see both."""
    return _decisions(request, queries.decisions_for(request.user, at=request.at), tab="decisions")


@officers(Right.REVIEW_PAIRS)
def false_matches(request):
    """Where the machine, or an officer before, was wrong."""
    return _decisions(request, queries.false_matches(request.user, at=request.at), tab="false")


@officers(Right.REVIEW_PAIRS)
def take_back(request, pk):
    """A decision is taken back: everything is as if it had not been made, and that it was made stays on record."""
    decision = access.decision_for(request.user, pk, at=request.at)
    back = _page_of(decision, request.user)
    form = forms.TakenBack(typed(request))
    if form.is_valid() and tried(form, review.retract, decision, by=request.user, at=request.at, **form.cleaned_data):
        said(request, _("The decision is taken back. Both records are as they were before it."))
        return redirect(back)
    return page(
        request, "linkage/act", section=SECTION, status=status_of(form), form=form, cancel=back, decision=decision,
        title=_("Take a decision back"), button=_("Take it back"),
        about=_("What followed from it, such as a clock or the count of earlier returns, is put right at once."),
    )  # fmt: skip


@officers(Right.REVIEW_PAIRS)
def ask(request, pk):
    """The agency that keeps the other record is asked; nothing of that record is shown, now or later."""
    own, one = _closed(request, pk)
    form = forms.Question(typed(request), own=own, holders=one.holders)
    if form.is_valid():
        made = tried(form, inquiries.ask, one.pair, own=own, by=request.user, at=request.at, **form.cleaned_data)
        if made:
            said(request, _asked_until(made))
            return redirect("desk:inquiry", made.pk)
    (where,) = _where(request, [own.pk]).values()
    return page(
        request, "linkage/act", section=SECTION, status=status_of(form), form=form,
        title=_("Ask whether it is the same person"), button=_("Ask"),
        cancel=where[0].address if where else reverse("desk:pairs"), where=where, word=one.word,
        about=_("A record that is not open to you may be of the same person. Whoever keeps it compares and answers:"
                " the same, not the same, or cannot be said. You see nothing of that record."),
    )  # fmt: skip


@officers(Right.REVIEW_PAIRS)
def propose(request, pk):
    """Two records that the machine did not bring together: an officer names the other one by the number of its file."""
    own = access.person_for(request.user, pk, at=request.at)
    form = forms.Proposal(typed(request))
    if form.is_valid() and (made := _proposed(request, form, own)):
        said(request, _("The two records stand side by side. Compare them and decide."))
        return redirect("desk:pair", made.pk)
    (where,) = _where(request, [own.pk]).values()
    return page(
        request, "linkage/act", section=SECTION, status=status_of(form), form=form, where=where,
        title=_("The same person as …"), button=_("Put side by side"),
        cancel=where[0].address if where else reverse("desk:pairs"),
        about=_("For two records that you take for one person and that the program did not bring together. Nothing is"
                " decided by this: both records are shown side by side next."),
    )  # fmt: skip


@officers(Right.REVIEW_PAIRS)
def questions(request):
    """Questions to the officer's agency; on the other leaf those it sent."""
    officer = request.user
    which = SENT if request.GET.get("lihat") == SENT else RECEIVED
    rows = queries.inquiries_to(officer, at=request.at)
    if which == SENT:
        rows = queries.inquiries_from(officer, at=request.at)
    found = leaf(request, rows)
    found.object_list = list(found.object_list)
    where = _where(request, {_mine(each, officer) for each in found})
    clocks = _clocks(found.object_list)
    for each in found:
        each.where, each.clock = where[_mine(each, officer)], clocks.get(label(each))
    return page(request, "linkage/questions", section=SECTION, leaf=found, which=which,
                kept={"lihat": which} if which else {}, **beside(request, tab="questions"))  # fmt: skip


@officers(Right.REVIEW_PAIRS)
def question(request, pk):
    """One question. While it waits, who may answer sees what was put into it beside the own record."""
    officer, at = request.user, request.at
    asked = access.inquiry_for(officer, pk, at=at)
    is_ours = asked.sender_id == officer.agency_id
    form = forms.Answer(typed(request))
    if form.is_valid() and tried(form, inquiries.answer, asked, by=officer, at=at, **form.cleaned_data):
        said(request, _("Your answer is with %(agency)s.") % {"agency": asked.sender.name})
        return redirect("desk:inquiry", pk)
    told = access.read_inquiry(asked, by=officer, at=at) if asked.is_waiting and not is_ours else None
    own = _mine(asked, officer)
    return page(
        request, "linkage/question", section=SECTION, status=status_of(form), asked=asked, is_ours=is_ours,
        told=told, lines=_lines(told.rows) if told else (), form=form if told or form.is_bound else None,
        where=_where(request, [own])[own], clock=_clocks([asked]).get(label(asked)),
        words=asked.words.opened_or_erased() if is_ours else told.words if told else "",
        reason=asked.reason.opened_or_erased() if not is_ours and asked.answered_at else "",
        fields=[Person._meta.get_field(name).verbose_name for name in asked.fields],
        may_withdraw=allows(check_may_withdraw, asked, by=officer), standing=_standing_of(asked, request),
    )  # fmt: skip


@officers(Right.REVIEW_PAIRS)
@require_POST
def withdraw(request, pk):
    """A question is taken back before it is answered."""
    asked = access.inquiry_for(request.user, pk, at=request.at)
    if one_click(request, inquiries.withdraw, asked):
        said(request, _("The question is taken back."))
    return redirect("desk:inquiry", pk)


def likely(request, person):
    """What the page of a person tells of likely records of the same; None where the officer may not know of any."""
    if not request.user.may(Right.REVIEW_PAIRS):
        return None
    try:
        found = likeness.of(person, by=request.user, at=request.at)
    except NotFound:
        return None
    held = _numbers_of(request, [one.person.pk for one in found.likenesses if one.is_open])
    rows = [
        Likely(
            one, held[one.person.pk] if one.is_open else [], [_(words) for words in one.levels.values() if words],
            Decision.Verdict(one.verdict).label if one.verdict else "", one.verdict == Decision.Verdict.SAME,
        )
        for one in found.likenesses
    ]  # fmt: skip
    return {"rows": rows, "is_owed": found.is_owed, "is_off": found.is_off, "person": person.pk}


def _proposed(request, form, own):
    """The pair of the own record and the one of the number; None where it is not found or it is not said which."""
    found = tried(form, access.numbered, form.cleaned_data["number"], beside=own, by=request.user, at=request.at)
    other = form.chosen(found) if found else None
    return tried(form, review.propose, own, other, by=request.user, at=request.at) if other else None


def _side_by_side(request, found, form):
    told = access.side_by_side(found, by=request.user, at=request.at)
    decision = told.decision
    is_settled = decision is not None and decision.verdict != Decision.Verdict.UNSURE
    taken = "" if is_settled else _taken(request, found)
    for each in told.history:
        each.words, each.undone = each.reason.opened_or_erased(), each.retract_reason.opened_or_erased()
    where = _where(request, [found.left_id, found.right_id])
    lines = _lines(told.rows)
    compared = {line.level for line in lines}
    return page(
        request, "linkage/pair", section=SECTION, status=status_of(form), pair=found, form=form, told=told,
        lines=lines, sides=[where[found.left_id], where[found.right_id]], taken=taken,
        word=word_for(found.probability),
        more=[_(words) for words in found.levels.values() if words and _(words) not in compared],
        is_settled=is_settled, last=_last(request, but=found), **beside(request),
    )  # fmt: skip


def _taken(request, found):
    """Take the pair for half an hour; the sentence that says who has it where another officer is faster."""
    try:
        review.claim(found, by=request.user, at=request.at)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def _decisions(request, rows, *, tab):
    found = leaf(request, rows)
    found.object_list = list(found.object_list)
    _with_numbers(request, found.object_list)
    sides = {"left__in": [each.left_id for each in found], "right__in": [each.right_id for each in found]}
    ways = {(left, right): pk for left, right, pk in Pair.objects.filter(**sides).values_list("left", "right", "pk")}
    for each in found:
        each.pair, each.word = ways.get((each.left_id, each.right_id)), word_for(each.probability)
    return page(request, "linkage/decisions", section=SECTION, leaf=found, **beside(request, tab=tab))


def beside(request, *, tab="waiting"):
    """What stands beside each list: which it is, how many pairs wait, how many questions."""
    officer, at = request.user, request.at
    return {
        "tab": tab,
        "waiting": _capped(queries.how_many_wait(officer, at=at)),
        "unanswered": queries.inquiries_to(officer, at=at).waiting().count(),
    }


def _capped(number):
    return f"{number - 1}+" if number == queries.COUNTED else number


def _last(request, *, but=None):
    """The officer's last decision, to be taken back with one key; not that on the pair of the page."""
    mine = queries.decisions_for(request.user, at=request.at).filter(decided_by=request.user, retracted_at=None)
    if but is not None:
        mine = mine.exclude(left=but.left, right=but.right)
    return mine.first()


def _page_of(decision, officer):
    """Where a decision is shown: with the question that it answers, or with both records."""
    asked = decision.inquiry
    if asked is not None and asked.receiver_id == officer.agency_id:
        return reverse("desk:inquiry", args=[asked.pk])
    both = Pair.objects.filter(left=decision.left, right=decision.right).first()
    return reverse("desk:pair", args=[both.pk]) if both else reverse("desk:decisions")


def _closed(request, pk):
    """The own record and what may be told of the other, of a pair of which the officer may see one side."""
    found = Pair.objects.select_related("left__data_key", "right__data_key").filter(pk=pk).first()
    for own in (found.left, found.right) if found else ():
        for one in _likenesses(request, own):
            if one.pair.pk == pk and not one.is_open:
                return own, one
    raise NotFound(pk)


def _likenesses(request, own):
    try:
        return likeness.of(own, by=request.user, at=request.at, most=LOOKED_THROUGH).likenesses
    except NotFound:
        return []


def _mine(asked, officer):
    """The side of a question that the officer's own agency keeps."""
    return asked.own_id if asked.sender_id == officer.agency_id else asked.other_id


def _standing_of(asked, request):
    """The decision that an answer became, where the officer may take it back."""
    decision = asked.decisions.filter(retracted_at=None).select_related("inquiry").first()
    if decision and allows(check_may_retract, decision, by=request.user, at=request.at):
        return decision
    return None


def _asked_until(asked):
    """Who is asked, and until when the answer is owed, by the clock that the question has opened."""
    clock = _clocks([asked]).get(label(asked))
    if clock is None or clock.due_at is None:
        return _("%(agency)s is asked.") % {"agency": asked.receiver.name}
    day = date_format(localtime(clock.due_at), "j F Y H:i")
    return _("%(agency)s is asked and should answer by %(day)s.") % {"agency": asked.receiver.name, "day": day}


def _clocks(asked):
    """The clock of each of several questions, in one query."""
    owed = Obligation.objects.filter(subject__in=[label(each) for each in asked], rule=inquiries.ANSWER)
    return {clock.subject: clock for clock in owed}


def _with_numbers(request, rows):
    """Tell each pair, or each decision, by the numbers of the files on either side; no name is read."""
    held = _numbers_of(request, {pk for row in rows for pk in (row.left_id, row.right_id)})
    for row in rows:
        row.sides = [held[row.left_id], held[row.right_id]]


def _numbers_of(request, persons):
    held = records.records_of(persons, at=request.at, officer=request.user)
    return {
        pk: [record.number or _("register of migrant workers") for record in rows if record.is_open]
        for pk, rows in held.items()
    }


def _where(request, persons):
    """{key of a person: the records that are open to the officer, with their pages}, in a fixed number of queries."""
    held = records.records_of(persons, at=request.at, officer=request.user)
    shown = {pk: [record for record in rows if record.is_open] for pk, rows in held.items()}
    agencies = Agency.objects.in_bulk({record.agency for rows in shown.values() for record in rows})
    return {
        pk: [
            Where(record.number or _("register of migrant workers"), agencies[record.agency].name, _address(record))
            for record in rows
        ]
        for pk, rows in shown.items()
    }


def _address(record):
    kind, _colon, key = record.file.partition(":")
    return WAYS[kind](record.number, key)


def _returnee(number, key):
    manifest, _slash, row = number.rpartition("/")
    return reverse("desk:returnee", args=[manifest, row])


# Where the file of a record has its page.
WAYS = {
    "cases.case": lambda number, key: reverse("desk:case", args=[number]),
    "migrants.returnee": _returnee,
    "migrants.worker": lambda number, key: reverse("desk:worker", args=[key]),
}


def _lines(rows):
    """The fields of which either record knows something."""
    return [_line(row) for row in rows if row.left or row.right]


def _line(row):
    if not (row.left and row.right):
        return Line(row.label, [(row.left, False)], [(row.right, False)], "alone", row.level)
    state = "differs" if row.differs else "same"
    cut = _places if row.field == "home" else _parts
    left, right = cut(row.left, row.right) if row.differs else ([(row.left, False)], [(row.right, False)])
    return Line(row.label, left, right, state, row.level)


def _places(one, other):
    """Two places cut between their levels: it is the village or the district that differs, and not letters of it."""
    return tuple(
        [(f"{', ' if number else ''}{level}", level not in beside.split(", ")) for number, level in enumerate(levels)]
        for levels, beside in ((one.split(", "), other), (other.split(", "), one))
    )


def _parts(one, other):
    """Two texts cut where they begin and cease to differ: [(part, whether it differs)] of each."""
    if max(len(one), len(other)) > LONGEST:
        return [(one, True)], [(other, True)]
    matcher = SequenceMatcher(None, _plain(one), _plain(other), autojunk=False)
    if max(len(one), len(other)) > SHORT and matcher.ratio() < ALIKE:
        return [(one, True)], [(other, True)]
    steps = matcher.get_opcodes()
    left = [(one[i:j], tag != "equal") for tag, i, j, _k, _l in steps if j > i]
    right = [(other[k:m], tag != "equal") for tag, _i, _j, k, m in steps if m > k]
    return left, right


def _plain(text):
    """Without capitals, letter for letter: some scripts write a small letter in two."""
    small = text.casefold()
    return small if len(small) == len(text) else text
