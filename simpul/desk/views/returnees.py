"""People who came home: who waits to be met, one person with every step, somebody whom no list named."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies import exclusions
from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk import homeward
from simpul.desk.acting import leaf, page, said, status_of, tried, typed
from simpul.desk.forms import cases as case_forms
from simpul.desk.forms import returnees as forms
from simpul.desk.timeline import story_of, told
from simpul.desk.versions import edited
from simpul.desk.views.journal import with_names
from simpul.desk.views.linkage import likely
from simpul.intake.models import Report
from simpul.journal.acts import Act
from simpul.journal.entries import label
from simpul.journal.queries import readings_of
from simpul.lib.rules import NotFound, allows
from simpul.migrants import access, queries, returnees, sameness, ways
from simpul.migrants.models import Returnee
from simpul.migrants.policy import check_may_hand_over, check_may_keep_out, check_may_screen, check_may_visit
from simpul.persons.identities import check_may_read_identities
from simpul.persons.models import Person
from simpul.places import legs
from simpul.places.regions import path_names
from simpul.places.ways import lines
from simpul.privacy.policy import check_may_restrict
from simpul.reference import catalogues

BOTH = (Right.KEEP_MANIFESTS, Right.MEET_RETURNEES)
SECTION = "desk:returnees"
# Each leaf of the list opens as many names; the journal holds one entry for them.
PER_PAGE = 50
STORY, READERS = 20, 6


@officers(Right.MEET_RETURNEES)
def came_home(request):
    """Who came home to the officer's region; opening a leaf of the list reads the names on it."""
    form = forms.Narrowed(request.GET, officer=request.user)
    found = leaf(request, form.narrow(), PER_PAGE)
    people = found.object_list = list(found.object_list)
    names = access.read_names(people, by=request.user, at=request.at)
    places = path_names({person.home_id for person in people if person.home_id})
    clocks = queries.visits_owed(people)
    for person in people:
        person.name, person.where = names[person.pk], places.get(person.home_id, "")
        person.clock = clocks.get(label(person))
    kept = {name: value for name, value in form.cleaned_data.items() if value}
    return page(
        request, "returnees/list", section=SECTION, leaf=found, form=form, kept=kept,
        may_enter=request.user.may(Right.KEEP_MANIFESTS),
    )  # fmt: skip


@officers(*BOTH)
def returnee(request, number, row):
    """One person who came home. The name is read with the page; what else identifies is shown when asked for."""
    person = opened(request, number, row)
    read = {"name": access.read_name(person, by=request.user, at=request.at, because="returnee")}
    return _file(request, person, read)


@officers(*BOTH)
@require_POST
def show(request, number, row):
    """What identifies a person who came home is shown, on this page only; that it was is written down."""
    person = opened(request, number, row)
    return _file(request, person, access.read_person(person, by=request.user, at=request.at, because="shown"))


@officers(*BOTH)
def correct(request, number, row):
    """What is known is corrected, such as the village. The form shows what is on record, and that is written down."""
    person = opened(request, number, row)
    check_may_read_identities(request.user)
    written = {}

    def held():
        read = access.read_person(person, by=request.user, at=request.at, because="correct")
        written.update(read["written"] if isinstance(read["written"], dict) else {})
        identity = {name: read[name] for name in forms.IDENTITY}
        plain = {name: getattr(person, name) for name in ("sex", *forms.FACTS)}
        return identity | plain | {"home": person.home}

    form, done = edited(
        request, forms.Correction, of={person: ["home", "sex", *forms.FACTS], person.person: forms.IDENTITY}, held=held,
        act=lambda form: returnees.correct(person, by=request.user, at=request.at, **form.told()),
        told_by=[Act.RETURNEE_CORRECTED, Act.PERSON_CORRECTED], today=localdate(request.at),
    )  # fmt: skip
    if done:
        return back_to(person, request, _("The correction is kept."))
    return act_page(
        request, person, form, title=_("Correct what is known"), button=_("Keep the correction"), written=written,
        about=_("A better known home asks another office for the visit, and its time begins again."),
    )  # fmt: skip


@officers(Right.KEEP_MANIFESTS)
def new(request):
    """Somebody who was sent home and stands on no list."""
    form = forms.NewReturnee(typed(request), today=localdate(request.at), initial={"arrived_on": localdate(request.at)})
    if form.is_valid():
        person = tried(form, returnees.note, by=request.user, at=request.at, **form.told())
        if person:
            return back_to(person, request, _("%(number)s is on record.") % {"number": person.number})
    return page(request, "returnees/act", section=SECTION, status=status_of(form), form=form,
                title=_("Enter somebody who was sent home"), button=_("Enter this person"))  # fmt: skip


@officers(Right.KEEP_MANIFESTS)
def exclusion(request, number, row):
    """Somebody is kept out of all that is known of a person, as the person feared or asked."""
    person = _received(request, number, row)
    form = case_forms.Exclusion(typed(request), by=request.user)
    if form.is_valid() and tried(form, returnees.keep_out, person, by=request.user, at=request.at, **form.cleaned_data):
        return back_to(person, request, _("From now on nothing in the system leads there from this person."))
    return act_page(
        request, person, form, title=_("Keep somebody out"), button=_("Keep out"),
        name=named(person, request, because="exclusion"),
        about=_("Who is kept out finds nothing of this person: no list, no clock, no visit, no entry of the register,"
                " no report that waits. About a report that was decided on, and about a case, the head of the unit"
                " there decides."),
    )  # fmt: skip


@officers(Right.KEEP_MANIFESTS)
@require_POST
def let_in(request, number, row, pk):
    """Somebody is let in again."""
    person = _received(request, number, row)
    kept_out = get_object_or_404(exclusions.of(person), pk=pk)
    returnees.let_in(person, kept_out, by=request.user, at=request.at)
    return back_to(person, request, _("The exclusion is lifted."))


def opened(request, number, row):
    """The person of an address, for an officer who may know of the return."""
    return access.returnee_for(request.user, f"{number}/{row}")


def named(person, request, *, because):
    """The name, for a page on which something is done; its reading is written down."""
    return access.read_name(person, by=request.user, at=request.at, because=because)


def act_page(request, person, form, *, title, button, template="returnees/act", **more):
    """A page with one form about a person who came home."""
    return page(request, template, section=SECTION, status=status_of(form), person=person, form=form, title=title,
                button=button, **more)  # fmt: skip


def back_to(person, request, sentence=""):
    """To the page of the person; to the list, where the officer may know of the person no more."""
    if sentence:
        said(request, sentence)
    try:
        access.returnee_for(request.user, person.number)
    except NotFound:
        return redirect("desk:returnees" if request.user.may(Right.MEET_RETURNEES) else "desk:start")
    return redirect("desk:returnee", person.manifest.number, person.row)


def _received(request, number, row):
    """The same, at the agency that took in the manifest and at no other."""
    access.manifest_for(request.user, number)
    return opened(request, number, row)


def _file(request, person, read):
    officer = request.user
    may = {
        "screen": allows(check_may_screen, person, by=officer),
        "visit": allows(check_may_visit, person, by=officer),
        "hand_over": allows(check_may_hand_over, person, by=officer),
        "keep_out": allows(check_may_keep_out, person, by=officer),
        "restrict": allows(check_may_restrict, person, by=officer),
    }
    story = story_of(person)
    if not may["screen"]:
        story = story.exclude(act=Act.RETURNEE_SCREENED)
    earlier, elsewhere = queries.earlier_returns(person, sameness.same_as(person.person), officer=officer)
    return page(
        request, "returnees/returnee", section=SECTION, person=person, name=read["name"], may=may,
        where=path_names([person.home_id]).get(person.home_id, "") if person.home_id else "",
        fields=_fields(person, read), is_open="nik" in read, read=read,
        steps=homeward.steps_of(person, officer, may=may),
        meetings=_meetings_of(person, officer), screenings=_screenings_of(person, officer) if may["screen"] else (),
        earlier=earlier, elsewhere=elsewhere, likely=likely(request, person.person), story=told(story[:STORY]),
        readings=with_names(readings_of(person)[:READERS]), **_way(person),
        excluded=exclusions.of(person).select_related("officer", "agency").order_by("pk") if may["keep_out"] else (),
    )  # fmt: skip


def _way(person):
    """The way that was told, or else the one the manifest tells."""
    told = lines(legs.of(person))
    return {"way": told or lines(ways.of_manifest(person)), "is_from_manifest": not told}


def _fields(person, read):
    """The fields of the identity: words, value where it was read, whether anything is on record."""
    names = [name for name in access.IDENTITY if name != "name"]
    return [
        (Person._meta.get_field(name).verbose_name, read.get(name), bool(getattr(person.person, name)))
        for name in names
    ] + [(Returnee._meta.get_field("remarks").verbose_name, read.get("remarks"), bool(person.remarks))]


def _meetings_of(person, officer):
    found = list(person.meetings.select_related("noted_by", "moved_to", "report").order_by("-on", "-pk"))
    open_reports = _open_reports(found, officer)
    for meeting in found:
        meeting.words, meeting.is_open = meeting.note.opened_or_erased(), meeting.report_id in open_reports
        meeting.is_alarm = catalogues.term("meeting_outcomes", meeting.outcome).extra["then"] == "help"
    return found


def _screenings_of(person, officer):
    found = list(person.screenings.select_related("asked_by", "report").order_by("-asked_at", "-pk"))
    open_reports = _open_reports(found, officer)
    for each in found:
        each.words, each.is_open = each.note.opened_or_erased(), each.report_id in open_reports
        each.asked = [
            (term.words("question"), each.answers[term.code])
            for term in catalogues.terms("screening_questions")
            if each.answers.get(term.code, "not_asked") != "not_asked"
        ]
    return found


def _open_reports(found, officer):
    reports = {each.report_id for each in found if each.report_id}
    return set(Report.objects.visible_to(officer).filter(pk__in=reports).values_list("pk", flat=True))
