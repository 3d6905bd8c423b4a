"""One person sent home: entered where no list named her, corrected, and kept from whoever is to be feared."""

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from simpul.agencies import exclusions
from simpul.intake import reports
from simpul.intake.models import Report
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.journal.series import next_in
from simpul.lib.dates import full_years_between
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned
from simpul.migrants import manifests, meetings, registry
from simpul.migrants.models import Manifest, Meeting, Returnee, Screening, Sheet
from simpul.migrants.policy import check_may_keep_out, check_may_see, check_may_take_in
from simpul.persons import identities
from simpul.persons.queries import numbered
from simpul.reference import catalogues

CODES = {
    "reason": "return_reasons", "sector": "work_sectors", "document": "travel_documents", "onward": "onward_ways",
    "depot": "depots",
}  # fmt: skip


@transaction.atomic
def note(*, arrived_on, kind, by, at, post=None, depot="", age=None, facts=None, remarks="", **identity):
    """Enter somebody who was sent home: a manifest of one person, with the same clocks."""
    check_may_take_in(Sheet.Layout.MANIFEST, by=by)
    facts = facts or {}
    if arrived_on > localdate(at):
        raise NotAllowed(_("The day of arrival lies in the future. Write when it happened."))
    _check_codes({**facts, "depot": depot})
    if kind not in Manifest.Kind:
        raise NotAllowed(_("Choose whether people were deported or repatriated."))
    number = f"M-{localtime(at).year}-{next_in(f'manifest {localtime(at).year}'):06d}"
    manifest = Manifest.objects.create(
        number=number, agency=by.agency, kind=kind, arrived_on=arrived_on, post=post, depot=depot, total=1,
        noted_at=at, noted_by=by,
    )  # fmt: skip
    person = identities.record(by=by, at=at, file=manifest, **identity)
    returnee = Returnee(person=person, manifest=manifest, row=1, arrived_on=arrived_on)
    returnee.home_id, returnee.sex, returnee.age = person.home_id, person.sex, age
    if identity.get("birth_date"):
        returnee.age = max(full_years_between(identity["birth_date"], arrived_on), 0)
    for name, code in facts.items():
        setattr(returnee, name, code)
    returnee.remarks = cleaned(remarks)
    returnee.save(force_insert=True)
    enter(Act.RETURNEE_NOTED, on=returnee, by=by, at=at)
    manifests.owe(manifest, [returnee], by=by, at=at)
    registry.note_returns([returnee], manifest=manifest, by=by, at=at)
    return returnee


@transaction.atomic
def correct(returnee, *, by, at, home=None, facts=None, **identity):
    """Correct what is known of somebody sent home, such as the village that the list did not name."""
    check_may_see(returnee, by=by)
    meetings.hold(returnee)
    before = returnee.home_id
    told = identity | ({"home": home} if home is not None else {})
    if told:
        identities.correct(returnee.person, by=by, at=at, file=returnee, **told)
    _check_codes(facts or {})
    for name, code in (facts or {}).items():
        setattr(returnee, name, code)
    if identity.get("birth_date"):
        returnee.age = max(full_years_between(identity["birth_date"], returnee.arrived_on), 0)
    returnee.sex = returnee.person.sex
    if home is not None:
        returnee.home = home
    returnee.save()
    enter(Act.RETURNEE_CORRECTED, on=returnee, by=by, at=at, columns=sorted({*told, *(facts or {})}))
    if returnee.home_id == before:
        return
    registry.note_home(returnee, by=by, at=at)
    if returnee.met_on is None:
        meetings.owe_anew(returnee, by=by, at=at)


@transaction.atomic
def keep_out(returnee, *, by, at, officer=None, agency=None, agency_kind=""):
    """Keep somebody out of all that is known of a person sent home; whoever else is nearest visits.

    A report that was made of this person and waits for a decision follows, as if its reporter had named the office.
    About one that was decided on, and about a case, the head of the unit there decides.
    """
    check_may_keep_out(returnee, by=by)
    whom = {"officer": officer, "agency": agency, "agency_kind": agency_kind}
    exclusions.shut(returnee, by=by, at=at, **whom)
    for report in _undecided_reports_of(returnee):
        reports.keep_out(report, by=None, at=at, **whom)
    meetings.reassign(returnee, by=by, at=at)


@transaction.atomic
def let_in(returnee, exclusion, *, by, at):
    """Let somebody in again who was kept out; the visit returns to whoever is nearest."""
    check_may_keep_out(returnee, by=by)
    exclusions.reopen(exclusion, thing=returnee, by=by, at=at)
    meetings.reassign(returnee, by=by, at=at)


def with_number(number, officer):
    """People sent home, visible to an officer, whose NIK, travel document or telephone is this."""
    return Returnee.objects.visible_to(officer).filter(person__in=numbered(number))


def _undecided_reports_of(returnee):
    made = [model.objects.filter(returnee=returnee).values("report") for model in (Screening, Meeting)]
    found = Report.objects.filter(Q(pk__in=made[0]) | Q(pk__in=made[1]), status__in=Report.UNDECIDED, case=None)
    return found.select_related("agency", "data_key").order_by("pk")


def _check_codes(facts):
    for name, code in facts.items():
        if code and not catalogues.is_code(CODES[name], code):
            raise NotAllowed(_("Choose from the lists."))
