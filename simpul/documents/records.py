"""Papers about what a file holds: who may print them, what is read for them, and what the journal says of it.

Each takes the thing the paper is about and gives the bytes of a PDF. What it needs is read and written down in one
transaction, with the name of the paper; the sheet is set after that, so that nobody waits for the typesetter. The foot
of every page says who printed it and when.
"""

from functools import wraps

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.agencies.exclusions import open_to
from simpul.agencies.offices import nearest
from simpul.cases import access, referrals, victims
from simpul.cases.models import Involvement, Service
from simpul.cases.policy import check_is_victim, check_may_withdraw, check_may_work_on
from simpul.cases.services import NOT_WANTED
from simpul.confidentiality import parcels
from simpul.documents import letters, statements
from simpul.documents.letters import Loss, Returning
from simpul.documents.sheets import Office, Paper, Party, long_day
from simpul.documents.statements import Item
from simpul.journal.acts import Act
from simpul.journal.entries import enter, label
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned, one_line
from simpul.migrants import access as migrant_access
from simpul.migrants import manifests, meetings
from simpul.migrants import queries as migrant_queries
from simpul.migrants.policy import check_may_hand_over, check_may_keep_manifest
from simpul.obligations.models import Obligation
from simpul.persons import identities
from simpul.persons.models import Consent
from simpul.persons.policy import check_is_not_restricted
from simpul.places.regions import path_names, short_name
from simpul.privacy import assessment as assessments
from simpul.privacy import breaches as breach_acts
from simpul.privacy import readings as privacy_readings
from simpul.privacy.policy import check_may_handle_breaches
from simpul.reference import catalogues

__all__ = [
    "assessment", "breach_notice", "consent_form", "handover_of_returnee", "handover_record", "home_notice",
    "power_of_attorney", "readings", "receipt", "referral_cover", "referral_inner", "refusal_of_rehabilitation",
    "refusal_statement", "restitution_claim",
]  # fmt: skip

# A line to be filled in by hand, where an office has not told its telephone.
BY_HAND = "……………………………"
FIRST_VISIT = "follow_up_3_months"
ASSESSMENTS = {"linkage": assessments.of_linkage}


def _paper(make):
    """A function that checks, reads and says which letter, paper and values; in the language of the installation."""

    @wraps(make)
    def printed(thing, *, by, at, **given):
        with translation.override(settings.LANGUAGE_CODE):
            with transaction.atomic():
                letter, paper, values, on, file = make(thing, by=by, at=at, **given)
                enter(Act.DOCUMENT_MADE, on=on, file=file, by=by, at=at, paper=letter.__name__)
            return letter(paper, **values)

    return printed


@_paper
def referral_cover(referral, *, token, address, by, at):
    """The letter with the one-time link: to be printed while its page is open, since the link is kept nowhere.

    It is made from the referral alone; nothing of the person is read for it, and the code is not on it.
    """
    check_may_withdraw(referral, by=by)
    check_is_not_restricted(referral.service.victim.person)
    parcel = parcels.look(token, at=at)
    if parcel.about != label(referral):
        raise NotAllowed(_("This link belongs to another referral. Make a new one here."))
    return letters.referral_cover, _sheet(_number(referral), by, at), {
        "to": _agency(referral.receiver),
        "service": catalogues.name_of("services", referral.service.kind),
        "is_urgent": referral.is_urgent,
        "link": address,
        "until_at": parcel.until_at,
        "telephone": _telephone(by),
        "signer": _officer(by),
        "answer_by": _answer_by(referral),
    }, referral, referral.case  # fmt: skip


@_paper
def referral_inner(referral, *, by, at):
    """The sheet for the closed envelope: what was shared, for a reader without internet. It is a reading."""
    check_may_withdraw(referral, by=by)
    referral = access.referral_for(by, referral.pk, at=at)
    check_is_not_restricted(referral.service.victim.person)
    shared = referral.shared.opened_or_erased() or {}
    return letters.referral_inner, _sheet(_number(referral), by, at), {
        "to": _agency(referral.receiver),
        "service": catalogues.name_of("services", referral.service.kind),
        "is_urgent": referral.is_urgent,
        "need": referral.need.opened_or_erased() or "",
        "shared": [(catalogues.name_of("shared_fields", code), value) for code, value in shared.items()],
        "basis": catalogues.name_of("lawful_bases", referral.basis),
        "signer": _officer(by),
        "telephone": _telephone(by),
        "answer_by": _answer_by(referral),
    }, referral, referral.case  # fmt: skip


@_paper
def consent_form(involvement, *, purpose, recipient, fields, by, at, given_by=Consent.GivenBy.SELF, until_on=None):
    """A consent to be explained, ticked and signed by hand; nothing is recorded before it is."""
    case = involvement.case
    check_may_work_on(case, by=by)
    person = _person(involvement, "name", "birth_date", by=by, at=at)
    by_another = given_by in {Consent.GivenBy.GUARDIAN, Consent.GivenBy.COURT}
    return statements.consent_form, _sheet(f"{case.number}/P{involvement.pk}", by, at), {
        "person": person,
        "purpose": catalogues.name_of("consent_purposes", purpose),
        "recipient": recipient.name if recipient else _("every agency that needs it for this purpose"),
        "fields": [catalogues.name_of("shared_fields", code) for code in fields],
        "legality": "UU 27/2022 Art. 20(2)",
        "retention": _("As long as the case file is kept. Who has to see it may ask how long that is."),
        "until_on": until_on,
        "officer": _officer(by),
        "contact": _contact(by.agency),
        "guardian": Party() if by_another else None,
    }, involvement, case  # fmt: skip


@_paper
def refusal_statement(refused, *, by, at):
    """That a service, or another right, is not wanted now; with the day on which it is offered again."""
    is_service = isinstance(refused, Service)
    involvement = refused.victim if is_service else refused.involvement
    case = involvement.case
    check_may_work_on(case, by=by)
    if refused.state not in (NOT_WANTED if is_service else {refused.State.REFUSED}):
        raise NotAllowed(_("This was not refused. Note the refusal first, then print what is signed."))
    name = ("services", refused.kind) if is_service else ("rights", refused.right)
    return statements.refusal_statement, _sheet(f"{case.number}/T{refused.pk}", by, at), {
        "person": _person(involvement, "name", "birth_date", by=by, at=at),
        "service": catalogues.name_of(*name),
        "is_postponed": False,
        "offer_again_on": refused.offer_again_on,
        "officer": _officer(by),
        "telephone": _telephone(by),
        "family": Party() if involvement.counts_as_child else None,
    }, refused, case  # fmt: skip


@_paper
def handover_record(homeward, *, by, at):
    """The record of a return home: printed once the victim is on the way, signed there."""
    involvement = homeward.service.victim
    case = involvement.case
    check_may_work_on(case, by=by)
    if homeward.departed_on is None:
        raise NotAllowed(_("Note first that the victim has departed."))
    first_visit = Obligation.objects.about(label(involvement)).filter(rule=FIRST_VISIT).order_by("pk").last()
    number = f"{case.number}/B{homeward.pk}"
    return statements.handover_record, _sheet(number, by, at, on=homeward.handed_over_on), {
        "person": _person(involvement, "name", "birth_date", by=by, at=at),
        "officer": _officer(by),
        "receiver": Party(title=_named("handover_parties", homeward.handed_to)),
        "witness": Party(name=homeward.witness.opened_or_erased() or ""),
        "handed_over_at": None,
        "at_place": path_names([homeward.home_id]).get(homeward.home_id, ""),
        "wish": homeward.wish.opened_or_erased() or "",
        "visit_on": localdate(first_visit.due_at) if first_visit and first_visit.due_at else None,
        "telephone": _telephone(by),
    }, homeward, case  # fmt: skip


@_paper
def receipt(involvement, *, items, by, at, purpose="", to_the_person=True):
    """What went from the office to the person, or back; `items` as (what, how many, remark)."""
    case = involvement.case
    check_may_work_on(case, by=by)
    things = [Item(one_line(what), one_line(count) or "1", one_line(remark)) for what, count, remark in items]
    if not things:
        raise NotAllowed(_("Write at least one thing that is handed over."))
    person, office = _person(involvement, "name", by=by, at=at), _officer(by)
    giver, receiver = (office, person) if to_the_person else (person, office)
    return statements.receipt, _sheet(f"{case.number}/R{involvement.pk}", by, at), {
        "giver": giver, "receiver": receiver, "items": things, "purpose": one_line(purpose) or None,
    }, involvement, case  # fmt: skip


@_paper
def restitution_claim(restitution, *, by, at):
    """The claim as it is itemised. Where the victim lives is not on it: the accused reads the claim too."""
    case, victim = restitution.case, restitution.victim
    check_may_work_on(case, by=by)
    check_is_not_restricted(victim.person)
    items = list(restitution.items.order_by("pk"))
    if not items:
        raise NotAllowed(_("Itemise the claim first, then print it."))
    person = _person(victim, "name", "nik", "birth_date", by=by, at=at,
                     address=_("by way of %(agency)s") % {"agency": by.agency.name})  # fmt: skip
    return letters.restitution_claim, _sheet(f"{case.number}/G{restitution.pk}", by, at), {
        "to": _authority(restitution.proceeding),
        "claimant": person,
        "proceeding": _facts_of(case, restitution.proceeding),
        "losses": [
            Loss(_named("restitution_heads", item.head), cleaned(item.note.opened_or_erased() or ""), item.amount)
            for item in _by_head(items)
        ],
        "signer": _officer(by),
    }, restitution, case  # fmt: skip


@_paper
def power_of_attorney(victim, *, by, at):
    """A form with what is known of the victim; the attorney and the powers are filled in by hand."""
    case = victim.case
    check_may_work_on(case, by=by)
    check_is_victim(victim)
    return statements.power_of_attorney, _sheet(f"{case.number}/K{victim.pk}", by, at), {
        "giver": _person(victim, "name", "nik", "birth_date", by=by, at=at),
        "receiver": Party(),
        "powers": [
            _("accompany and represent the giver at examinations and in court"),
            _("file the claim for restitution and follow it to its payment"),
        ],
    }, victim, case  # fmt: skip


@_paper
def readings(request, *, by, at):
    """The answer to “who opened my file”, to be handed to the person."""
    case = request.case
    found = privacy_readings.readings_for(request, by=by)
    # Somebody can be a victim and a witness of the same case; it is one person who asks.
    parts = Involvement.objects.filter(case=case, person=request.person).select_related("person__data_key")
    involvement = parts.order_by("pk").first()
    involvement.case = case
    return statements.readings, _sheet(f"{case.number}/D{request.pk}", by, at), {
        "person": _person(involvement, "name", by=by, at=at),
        "entries": found,
        "since": localdate(case.opened_at),
        "until": localdate(at),
        "contact": _contact(case.agency),
    }, request, case  # fmt: skip


@_paper
def assessment(of_what, *, by, at):
    """The assessment of what a kind of processing may do to people; of comparing records: "linkage"."""
    on = f"privacy.assessment:{of_what}"
    return statements.assessment, _sheet(f"PDP/{localdate(at):%Y-%m-%d}", by, at), {
        "title": _("Assessment of impact: comparing records"),
        "sections": ASSESSMENTS[of_what](by=by),
        "officer": _officer(by),
    }, on, on  # fmt: skip


@_paper
def breach_notice(breach, *, by, at, for_authority=False):
    """The notice of a breach: to somebody affected, with a line for the name, or to the authority, with numbers."""
    check_may_handle_breaches(by)
    notice = breach_acts.notice_of(breach)
    done = [line for line in cleaned(notice.measures or "").split("\n") if line] or [""]
    told = {
        "to": Party(name=BY_HAND), "happened": "", "found_at": notice.discovered_at, "kinds": list(notice.kinds),
        "how": notice.how or "", "done": done, "signer": _officer(by),
    }  # fmt: skip
    if for_authority:
        specific = any(catalogues.term("breach_data", kind).extra["specific"] for kind in breach.kinds)
        still_due = breach.affected.filter(notice="due").count()
        told |= {
            "affected": notice.affected, "has_specific_data": specific, "consequences": "",
            "persons_told": str(notice.affected - still_due), "officer": Party(name=by.full_name, phone=_telephone(by)),
        }  # fmt: skip
        return letters.breach_notice_to_authority, _sheet(breach.number, by, at), told, breach, breach
    told |= {"advice": _advice(), "contact": _contact(breach.agency)}
    return letters.breach_notice_to_person, _sheet(breach.number, by, at), told, breach, breach


@_paper
def handover_of_returnee(returnee, *, by, at):
    """The record of handing somebody sent home over, to the family or to whoever takes them in; signed by hand.

    It is printed before the handover, with lines for what is known only then, or after it.
    """
    check_may_hand_over(returnee, by=by)
    visit = Obligation.objects.about(label(returnee)).filter(rule=meetings.VISIT).order_by("pk").last()
    return statements.handover_record, _sheet(f"{returnee.number}/B", by, at, on=returnee.handed_over_on), {
        "person": _who_came_home(returnee, by=by, at=at),
        "officer": _officer(by),
        "receiver": Party(title=_named("handover_parties", returnee.handed_to)),
        "witness": Party(name=returnee.witness.opened_or_erased() or ""),
        "handed_over_at": None,
        "at_place": "",
        "wish": None,
        "companion": "",
        "belongings": "",
        "visit_on": localdate(visit.due_at) if visit and visit.due_at else None,
        "telephone": _telephone(by),
    }, returnee, returnee  # fmt: skip


@_paper
def refusal_of_rehabilitation(returnee, *, by, at, is_postponed=False, is_blank=False):
    """That somebody sent home does not want rehabilitation at the place of arrival, or not now.

    For a child the family signs; where the age is not known, too. A blank one names nobody: for the counter, where
    people come by the dozen.
    """
    check_may_hand_over(returnee, by=by)
    is_grown = returnee.age is not None and not returnee.is_child
    by_family = returnee.refused_by == "family" or not (returnee.refused_by or is_grown)
    number = f"{returnee.manifest.number}/T" if is_blank else f"{returnee.number}/T"
    return statements.refusal_statement, _sheet(number, by, at, on=None if is_blank else returnee.refused_on), {
        "person": Party() if is_blank else _who_came_home(returnee, by=by, at=at),
        "service": _("Rehabilitation at the place of arrival"),
        "is_postponed": is_postponed,
        "offer_again_on": None,
        "officer": _officer(by),
        "telephone": _telephone(by),
        "family": Party() if by_family and not is_blank else None,
    }, returnee, returnee  # fmt: skip


@_paper
def home_notice(notice, *, by, at):
    """The list of who comes home to a region, for the office there: number, name, sex, age, village.

    Who restricted the use of the data is counted and not named; of who asked that the village be not told, the village
    is not named either. Of whom that office is kept out, it learns nothing at all.
    """
    manifest = notice.manifest
    check_may_keep_manifest(manifest, by=by)
    office = _office_at_home(notice.region)
    coming = _coming_home(notice, by, office)
    named = [returnee for returnee in coming if returnee.person.restricted_at is None]
    names = migrant_access.read_names(named, by=by, at=at)
    homes = path_names([returnee.home_id for returnee in named])
    return letters.home_notice, _sheet(f"{manifest.number}/D{notice.pk}", by, at), {
        "to": _agency(office) if office else Party(office=BY_HAND, address=short_name(notice.region)),
        "region": short_name(notice.region),
        "arrived_on": manifest.arrived_on,
        "came": [
            (_("How"), str(manifest.get_kind_display())),
            (_("At the post"), manifest.post.name if manifest.post else None),
            (_("From the depot"), _named("depots", manifest.depot) or None),
        ],
        "people": [_returning(returnee, names, homes) for returnee in named],
        "withheld": len(coming) - len(named),
        "signer": _officer(by),
        "contact": _contact(by.agency) if by.agency.telephone else f"{by.agency.name}, {BY_HAND}",
    }, notice, manifest  # fmt: skip


def _coming_home(notice, officer, office):
    """Everybody on the manifest who comes home to the region of a notice, was not erased, and whom both may know."""
    rows = list(migrant_queries.people_on(notice.manifest, officer).filter(person__data_key__destroyed_at=None))
    rows = open_to(rows, office) if office else rows
    return [returnee for returnee in rows if manifests.notice_region(returnee.home_id) == notice.region_id]


def _returning(returnee, names, homes):
    quiet = returnee.village_may_know == returnee.Answer.NO
    return Returning(
        number=returnee.number,
        name=names[returnee.pk],
        sex=str(returnee.get_sex_display()) if returnee.sex else "",
        age="" if returnee.age is None else str(returnee.age),
        village="" if quiet else homes.get(returnee.home_id, ""),
        remark=_("The village is not to be told.") if quiet else "",
    )


def _office_at_home(region):
    """The office for migrant workers of a region; None where it takes no part."""
    return next((agency for agency in nearest("manpower", region.pk) if agency.place_id == region.pk), None)


def _who_came_home(returnee, *, by, at):
    read = identities.read(
        returnee.person, fields=["birth_date", "name"], by=by, at=at, file=returnee, because="document"
    )
    return Party(name=read["name"] or "", birth=long_day(read["birth_date"]) if read["birth_date"] else "")


def _sheet(number, by, at, *, on=None):
    """The paper itself: the office of whoever prints it, a number that names nobody, the day."""
    agency = by.agency
    office = Office(name=agency.name, contact=_("Telephone %(number)s") % {"number": agency.telephone}
                    if agency.telephone else "")  # fmt: skip
    return Paper(
        office=office, number=number, place=_seat(agency), on=on or localdate(at), printed_by=by.full_name,
        printed_at=at,
    )  # fmt: skip


def _seat(agency):
    """Where an office writes its letters: the name of its regency or city, without the word for it."""
    name = short_name(agency.place)
    return name.removeprefix("Kab. ").removeprefix("Kota ")


def _number(referral):
    return f"{referral.case.number}/R{referral.pk}"


def _person(involvement, *fields, by, at, **told):
    """What a paper says of somebody: the fields it needs and no other; the rest is a line for the hand."""
    read = victims.read_identity(involvement, fields=list(fields), by=by, at=at, because="document")
    told |= {name: read[name] for name in ("name", "nik") if read.get(name)}
    if read.get("birth_date"):
        told["birth"] = long_day(read["birth_date"])
    return Party(**told)


def _officer(officer):
    return Party(name=officer.full_name, title=str(officer.get_role_display()), office=officer.agency.name)


def _agency(agency):
    return Party(office=agency.name, address=short_name(agency.place))


def _authority(proceeding):
    """To whom a claim goes: the prosecutor of the proceeding, else the police, else a line for the hand."""
    agency = proceeding and (proceeding.prosecution or proceeding.police)
    return _agency(agency) if agency else Party(office=BY_HAND)


def _facts_of(case, proceeding):
    """What a claim says of the proceeding: the police report, the offences, the number at the court."""
    reports = [report.number.opened_or_erased() or "" for report in case.police_reports.order_by("reported_at")]
    offences = [catalogues.name_of("legal_bases", code) for code in proceeding.offences] if proceeding else []
    docket = (proceeding.docket.opened_or_erased() or "") if proceeding else ""
    return [
        (_("Police report"), ", ".join(filter(None, reports))),
        (_("Offences"), ", ".join(offences)),
        (_("Number at the court"), docket),
    ]


def _by_head(items):
    order = {term.code: place for place, term in enumerate(catalogues.terms("restitution_heads"))}
    return sorted(items, key=lambda item: (order.get(item.head, len(order)), item.pk))


def _answer_by(referral):
    clock = Obligation.objects.standing().about(label(referral)).filter(rule=referrals.ANSWER).first()
    return clock.due_at if clock else None


def _telephone(officer):
    return officer.agency.telephone or BY_HAND


def _contact(agency):
    return ", ".join(filter(None, [agency.name, agency.telephone]))


def _named(catalogue, code):
    return catalogues.name_of(catalogue, code) if code else ""


def _advice():
    return [
        _("Be careful with whoever calls or writes and knows things about you; nobody needs a code or a password."),
        _("Tell us if somebody you do not trust asks for you or knows where you are."),
        _("You may ask at any time who opened your file, and you may complain."),
    ]
