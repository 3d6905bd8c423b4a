"""The papers that leave an office: referral letters, statements, records, consent, notices, claims.

Each takes the paper (whose, which number, which day, who prints it) and plain values, and gives the bytes of a PDF in
the language of the installation, whatever language the officer's page speaks. What is given is shown as it is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import wraps

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _
from lokal.terbilang import terbilang

from simpul.documents.pdf import render
from simpul.documents.sheets import (
    Party,
    facts,
    framed,
    heading,
    long_day,
    long_moment,
    pattern,
    place_and_day,
    points,
    room,
    rows,
    sheet,
    short_moment,
    signatures,
    slot,
    table,
    text,
    weekday,
    zone,
)
from simpul.lib.numbers import rupiah
from simpul.privacy.readings import Reading
from simpul.reference.citations import cited

__all__ = [
    "Item", "Loss", "Returning", "breach_notice_to_authority", "breach_notice_to_person", "consent_form",
    "handover_record", "home_notice", "power_of_attorney", "readings", "receipt", "referral_cover", "referral_inner",
    "refusal_statement", "restitution_claim",
]  # fmt: skip


@dataclass(frozen=True)
class Item:
    """A thing handed over."""

    what: str
    count: str = "1"
    remark: str = ""


@dataclass(frozen=True)
class Loss:
    """One line of a claim: the head of UU 21/2007 Art. 48 it falls under, what was lost, and what proves it."""

    head: str
    what: str
    amount: Decimal
    proof: str = ""


@dataclass(frozen=True)
class Returning:
    """A line of a notice to the home region: what is needed to receive somebody, and no more."""

    number: str
    name: str
    sex: str = ""
    age: str = ""
    village: str = ""
    remark: str = ""


def _paper(write):
    """Written in the language of the installation and set as a PDF that bears the moment of printing."""

    @wraps(write)
    def printed(paper, **given):
        with translation.override(settings.LANGUAGE_CODE):
            template, data = write(paper, **given)
            return render(template, data, at=paper.printed_at)

    return printed


@_paper
def referral_cover(paper, *, to, service, is_urgent, link, until_at, telephone, signer, answer_by=None):
    """The letter to an agency without an account: how to open the page that holds the rest.

    It has no place for anything about the victim, and must not be given one: letters lie on tables.
    """
    steps = [
        _("Point the camera of a telephone at the pattern, or type the address below into a browser."),
        _("Telephone %(telephone)s and give the number of this letter. You are told a code. It is given by voice only,"
          " to an officer of your agency, and is never sent.") % {"telephone": telephone},
        _("Type the code. The page opens once, so take the time to read it to its end, and answer on it."),
        _("The page can be opened until %(moment)s. If it does not open, or somebody has opened it before you,"
          " telephone at once: the link is then shut and a new one is made.") % {"moment": long_moment(until_at)},
    ]  # fmt: skip
    blocks = [
        text(_("We ask for a service for somebody in the care of our office.")),
        facts([
            (_("Service asked for"), service),
            (_("Urgency"), _urgency(is_urgent)),
            (_("Answer expected by"), long_moment(answer_by) if answer_by else None),
        ]),
        text(_("Who it is and what is needed stand on a protected page. This letter does not say it, and it is told"
               " neither by telephone nor by message. The page is opened like this:")),
        pattern(link, caption=_("Address, in capital and small letters as they stand here"), steps=steps),
        framed(_secrecy()),
        text(_("Please answer on the page whether your agency takes this over. If it cannot, say why, so that we can"
               " ask elsewhere without losing time.")),
        signatures(slot("", signer)),
    ]  # fmt: skip
    return _notice(
        paper, title=_("Request for a service"), to=to, nature=_nature(is_urgent), blocks=blocks,
    )  # fmt: skip


@_paper
def referral_inner(paper, *, to, service, is_urgent, need, shared, basis, signer, telephone, answer_by=None):
    """The sheet for a closed envelope, where the receiver has no internet: a page that names nobody, then the fields.

    `shared` holds pairs of a field's name and its text, as the referral keeps them.
    """
    blocks = [
        facts([
            (_("From"), paper.office.name),
            (_("To the agency"), _addressee(to, between=", ")),
            (_("Service asked for"), service),
            (_("Urgency"), _urgency(is_urgent)),
            (_("Answer expected by"), long_moment(answer_by) if answer_by else None),
        ]),
        heading(_("What is needed")),
        text(need),
        heading(_("What this service has to know")),
        facts(shared),
        text(_("Shared on this basis: %(basis)s. It may be used for this service only and is not passed on.")
             % {"basis": basis}),
        text(_("Answer by telephone to %(telephone)s, giving only the number of this letter, or in a closed envelope."
               " Keep this sheet locked away, and give it back or destroy it when the service has ended.")
             % {"telephone": telephone}),
        signatures(slot("", signer), paper=paper),
    ]  # fmt: skip
    data = sheet(paper, title=_("Referral, the part in the closed envelope"), blocks=blocks) | {
        "mark": _("SECRET"),
        "heading": [
            [_("Letter number"), paper.number],
            [_("From"), paper.office.name],
            [_("To"), _addressee(to)],
        ],
        "warning": [
            _("This envelope is opened only by the officer of the receiving agency who gives the service."),
            _secrecy(),
            _("If you are not that officer, leave the envelope closed and telephone %(telephone)s.")
            % {"telephone": telephone},
        ],
    }
    return "enclosed", data


@_paper
def receipt(paper, *, giver, receiver, items, purpose=None):
    """That something went from one hand into another: papers, belongings, money, evidence."""
    blocks = [
        text(_("On %(day)s the things listed below went from the giver to the receiver.") % {"day": weekday(paper.on)}),
        heading(_("Giver")),
        facts(_known(giver)),
        heading(_("Receiver")),
        facts(_known(receiver)),
        heading(_("Handed over")),
        facts([(_("What for"), purpose)]) if purpose else None,
        table(
            [_("No."), _("Item"), _("How many"), _("State or remark")],
            [[str(n), item.what, item.count, item.remark] for n, item in enumerate(items, start=1)],
            widths=[0, 5, 0, 4],
        ),
        text(_("Both have looked through the list and found it right. Each keeps one copy.")),
        signatures(slot(_("The giver"), giver), slot(_("The receiver"), receiver), paper=paper),
    ]  # fmt: skip
    return _statement(paper, title=_("Receipt for things handed over"), blocks=blocks)


@_paper
def refusal_statement(
    paper, *, person, service, is_postponed, offer_again_on, officer, telephone, reason="", family=None, witness=None,
    legal_basis="Permen P2MI 32/2025 Art. 39",
):  # fmt: skip
    """That somebody does not want a service, or not now; the family signs for who cannot."""
    title = _("Statement of postponing a service") if is_postponed else _("Statement of refusing a service")
    declared = (
        _("I was offered the service named below and postpone it of my own free will.")
        if is_postponed
        else _("I was offered the service named below and refuse it of my own free will.")
    )
    blocks = [
        text(_("The undersigned:")),
        facts(rows(person, "name", "nik", "birth", "address")),
        *([
            text(_("who cannot sign in person, represented by a member of the family:")),
            facts(rows(family, "name", "nik", "title", "address", title=_("Relation"))),
        ] if family else []),
        text(declared),
        facts([
            (_("Service"), service),
            (_("Reason, if the person wishes to give one"), reason),
            (_("Offered again on"), long_day(offer_again_on)),
        ]),
        text(_("It was explained to me in words I understand that:")),
        points([
            _("the service costs nothing, and nobody may force me to take it or to refuse it;"),
            _("refusing it takes no other service and no other right from me, and does not close my case;"),
            _("I may change my mind on any day, by telephone to %(telephone)s or in person;")
            % {"telephone": telephone},
            _("it is offered to me again on the day above."),
        ]),
        text(_("Legal basis: %(law)s") % {"law": cited(legal_basis)}) if legal_basis else None,
        signatures(
            _own_hand(family) if family else _own_hand(person),
            slot(_("The officer who explained it"), officer),
            *([slot(_("Witness or interpreter"), witness)] if witness else []),
            paper=paper,
        ),
    ]  # fmt: skip
    return _statement(paper, title=title, blocks=blocks)


@_paper
def handover_record(
    paper, *, person, officer, receiver, witness, handed_over_at, at_place, wish="", health="", companion=None,
    belongings=None, visit_on=None, telephone=None, legal_basis="Permen P2MI 32/2025 Art. 13",
):  # fmt: skip
    """The record of a return: the office hands over, the family takes in, the regional or village government witnesses.

    `receiver.title` is the relation to the person who returns.
    """
    blocks = [
        text(_("On %(day)s the two parties below met and signed this record.") % {"day": weekday(paper.on)}),
        heading(_("First party, who hands over")),
        facts(rows(officer, "name", "nip", "title", "office")),
        heading(_("Second party, who receives")),
        facts(rows(receiver, "name", "nik", "title", "address", "phone", title=_("Relation"))),
        heading(_("The person who returns")),
        facts(rows(person, "name", "nik", "birth", "address")),
        heading(_("The handing over")),
        facts([
            (_("Day and hour"), long_moment(handed_over_at)),
            (_("Place"), at_place),
            (_("Wish of the person, and the check of safety"), wish),
            (_("State of health, medicines, next appointment"), health),
            (_("Accompanied by"), companion),
            (_("Papers and belongings handed over"), belongings),
            (_("First visit after the return"), long_day(visit_on) if visit_on else None),
        ]),
        text(_("The second party receives the person, will care for them, and will not tell others what happened to"
               " them.")),
        text(_("If the person is in danger, falls ill or is recruited again, the second party telephones"
               " %(telephone)s.") % {"telephone": telephone}) if telephone else None,
        text(_("Each party and the witness keep one copy. Legal basis: %(law)s") % {"law": cited(legal_basis)}),
        signatures(
            slot(_("First party"), officer),
            slot(_("Second party"), receiver, hint=_("Signature or thumbprint")),
            slot(_("Witnessed by the regional or village government"), witness),
            slot(_("The person who returns"), person, hint=_("Signature or thumbprint")),
            paper=paper,
        ),
    ]  # fmt: skip
    return _statement(paper, title=_("Record of handing over to the family"), blocks=blocks)


@_paper
def home_notice(
    paper, *, to, region, arrived_on, came, people: Sequence[Returning], withheld, signer, contact,
    legal_basis="Permen P2MI 32/2025 Art. 13",
):  # fmt: skip
    """The notice of the place of arrival to the home region: who comes home. `came` holds pairs on the way they came.

    `withheld` counts those who come from there too and whose names are not passed on.
    """
    told = ngettext(
        "We inform you under %(law)s that %(count)d person of your region was sent home and arrived here.",
        "We inform you under %(law)s that %(count)d people of your region were sent home and arrived here.",
        len(people) + withheld,
    ) % {"law": cited(legal_basis), "count": len(people) + withheld}
    blocks = [
        text(told),
        facts([(_("Home region"), region), (_("Arrived on"), long_day(arrived_on)), *came]),
        framed(_("This letter may be read only by officers of the home region who receive and visit people sent home."
                 " It is not copied, photographed or passed on, and it is locked away. Whoever was sent home committed"
                 " no offence by that.")),
        table(
            [_("No."), _("Number"), _("Name"), _("Sex"), _("Age"), _("Village"), _("Remark")],
            [
                [str(n), one.number, one.name, one.sex, one.age, one.village, one.remark]
                for n, one in enumerate(people, start=1)
            ],
            widths=[0, 0, 4, 0, 0, 4, 3],
        ) if people else None,
        text(ngettext(
            "%(count)d more person asked that the name not be passed on.",
            "%(count)d more people asked that their names not be passed on.",
            withheld,
        ) % {"count": withheld}) if withheld else None,
        text(_("Please see that everybody is visited, and answer with the number only. What else is needed to help"
               " somebody is asked from us: %(contact)s") % {"contact": contact}),
        signatures(slot("", signer)),
    ]  # fmt: skip
    return _notice(paper, title=_("Notice of people coming home"), to=to, nature=_("Confidential"), blocks=blocks)


@_paper
def consent_form(
    paper, *, person, purpose, recipient, fields, legality, retention, until_on, officer, contact, guardian=None,
    language=None, interpreter=None,
):  # fmt: skip
    """Consent, as UU 27/2022 Art. 21 to 24 want it: legality, purpose, kinds of data, retention, period, rights.

    Each kind of data has a box of its own: who consents may leave one empty.
    """
    blocks = [
        facts([
            *rows(person, "name", "birth"),
            *(rows(guardian, "name", "title", name=_("Parent or guardian"), title=_("Relation")) if guardian else []),
        ]),
        text(_("I was told the following in words I understand, and could ask about it.")),
        facts([
            (_("Who asks"), ", ".join(filter(None, [paper.office.name, paper.office.address]))),
            (_("What for"), purpose),
            (_("Who receives it"), recipient),
            (_("Allowed by"), cited(legality)),
            (_("Kept for"), retention),
            (_("Holds until"), long_day(until_on)),
            (_("Explained in the language"), language),
        ]),
        heading(_("What may be passed on: only what is ticked by hand")),
        points(fields, mark="box"),
        heading(_("My rights")),
        points([
            _("I may say no. No service is withheld because I do."),
            _("I may take this consent back at any time. The use then ends within three times 24 hours (%(law)s).")
            % {"law": cited("UU 27/2022 Art. 40")},
            _("I may see what is kept about me and who opened it (%(law)s).") % {"law": cited("UU 27/2022 Art. 32")},
            _("I may have mistakes put right within three times 24 hours (%(law)s).")
            % {"law": cited("UU 27/2022 Art. 30")},
            _("I may ask that what is no longer needed be erased (%(law)s).") % {"law": cited("UU 27/2022 Art. 43")},
            _("I may object to a decision that only a machine has made (%(law)s).")
            % {"law": cited("UU 27/2022 Art. 10")},
            _("I may complain, and the officer I complain about does not see it."),
            _("For all of this I turn to: %(contact)s") % {"contact": contact},
        ]),
        points([_("Yes, I agree."), _("No, I do not agree.")], mark="box"),
        signatures(
            _own_hand(guardian, _("Parent or guardian, for the child or the person in their care")) if guardian
            else _own_hand(person),
            slot(_("The officer who explained it"), officer),
            *([slot(_("Interpreter or companion"), interpreter)] if interpreter else []),
            paper=paper,
        ),
    ]  # fmt: skip
    return _statement(paper, title=_("Consent to the use of my data"), blocks=blocks)


@_paper
def readings(paper, *, person, entries: Sequence[Reading], since, until, contact, is_withheld=False):
    """Who opened the file, for the person it is about. `is_withheld` when entries were left out for safety."""
    told = ngettext(
        "From %(since)s to %(until)s the file was opened %(count)d time. Hours are %(zone)s.",
        "From %(since)s to %(until)s the file was opened %(count)d times. Hours are %(zone)s.",
        len(entries),
    ) % {
        "since": long_day(since),
        "until": long_day(until),
        "count": len(entries),
        "zone": zone(paper.printed_at),
    }
    lines = [
        [short_moment(entry.at), entry.officer, entry.agency, entry.role,
         "\n".join(filter(None, [entry.what, ", ".join(entry.fields)]))]
        for entry in entries
    ]  # fmt: skip
    blocks = [
        facts(rows(person, "name")),
        text(told),
        text(_("Entries are missing from this list because telling them would endanger somebody (%(law)s).")
             % {"law": cited("UU 27/2022 Art. 33")}) if is_withheld else None,
        table(
            [_("When"), _("Who"), _("Agency"), _("Role"), _("What was opened")], lines, widths=[3, 3, 4, 3, 4],
        ) if lines else None,
        text(_("The system itself writes down each opening; nobody can take an entry out without being found out.")),
        text(_("If somebody on this list should not have opened your file, complain to: %(contact)s. Whoever you"
               " complain about does not see the complaint.") % {"contact": contact}),
    ]  # fmt: skip
    return _statement(paper, title=_("Who opened my file"), blocks=blocks)


@_paper
def breach_notice_to_person(paper, *, to, happened, found_at, kinds, how, done, advice, contact, signer):
    """What UU 27/2022 Art. 46 owes the person whose data got out: which, when and how, what is done."""
    blocks = [
        text(_("On %(moment)s we found out that data about you could be read by somebody who may not read them. We tell"
               " you this within three times 24 hours, as the law wants it (%(law)s).")
             % {"moment": long_moment(found_at), "law": cited("UU 27/2022 Art. 46")}),
        heading(_("Which data")),
        points(kinds),
        heading(_("When and how it happened")),
        facts([(_("When"), happened)]),
        text(how),
        heading(_("What we have done and what we do now")),
        points(done),
        heading(_("What you can do")),
        points(advice),
        text(_("If you feel in danger because of this, tell us at once; we then see to your safety before anything"
               " else.")),
        text(_("Questions, help and complaints: %(contact)s") % {"contact": contact}),
        signatures(slot("", signer)),
    ]  # fmt: skip
    return _notice(
        paper, title=_("Notice that personal data were not protected"), to=to, nature=_("Confidential"), blocks=blocks
    )


@_paper
def breach_notice_to_authority(
    paper, *, to, happened, found_at, affected, kinds, has_specific_data, how, consequences, done, persons_told,
    officer, signer,
):  # fmt: skip
    """The same to the authority for data protection: numbers and kinds, and none of the people."""
    specific = _("yes") if has_specific_data else _("no")
    blocks = [
        text(_("Under %(law)s we give notice of a failure to protect personal data in our charge.")
             % {"law": cited("UU 27/2022 Art. 46")}),
        facts([
            (_("Controller of the data"), paper.office.name),
            (_("When it happened"), happened),
            (_("When it was found"), long_moment(found_at)),
            (_("People affected"), str(affected)),
            (_("Specific data (%(law)s)") % {"law": cited("UU 27/2022 Art. 4(2)")}, specific),
            (_("People told"), persons_told),
        ]),
        heading(_("Which data")),
        points(kinds),
        heading(_("When and how it happened")),
        text(how),
        heading(_("What may follow from it")),
        text(consequences),
        heading(_("What was done and is being done")),
        points(done),
        heading(_("Officer for data protection")),
        facts(rows(officer, "name", "title", "phone")),
        signatures(slot("", signer)),
    ]  # fmt: skip
    return _notice(
        paper, title=_("Notice of a failure to protect personal data"), to=to, nature=_("Confidential"), blocks=blocks
    )


@_paper
def restitution_claim(paper, *, to, claimant, proceeding, losses: Sequence[Loss], signer, attorney=None, enclosures=()):
    """The itemised claim of Art. 48: losses under their heads, each head with its sum, and the sum of all.

    `proceeding` holds pairs such as the number of the police report.
    """
    lines, heads = _losses(losses)
    total = sum((loss.amount for loss in losses), Decimal(0))
    blocks = [
        text(_("Under %(law)s we claim restitution for the victim named below, and ask that the claim be taken into the"
               " charge and the verdict.") % {"law": cited("UU 21/2007 Art. 48")}),
        heading(_("Claimant")),
        facts(rows(claimant, "name", "nik", "birth", "address")),
        *([
            heading(_("Represented by")),
            facts(rows(attorney, "name", "title", "office", "address", "phone")),
        ] if attorney else []),
        heading(_("Proceeding")),
        facts(proceeding),
        heading(_("Losses")),
        table(
            [_("Loss"), _("Proof"), _("Amount")],
            lines,
            widths=[5, 4, 0],
            right={2},
            heads=heads,
            sums=[(_("Sum"), rupiah(total))],
        ),
        text(_("In words: %(words)s") % {"words": _in_words(total)}) if _in_words(total) else None,
        text(_("If the offender does not pay within 14 days after notice of the final verdict, the court is told and"
               " warns the offender (%(law)s).") % {"law": cited("UU 21/2007 Art. 48(6), Art. 50")}),
        *([heading(_("Enclosed")), points(enclosures, mark="number")] if enclosures else []),
        signatures(slot("", signer)),
    ]  # fmt: skip
    return _notice(
        paper, title=_("Claim for restitution"), to=to, nature=_("Confidential"), blocks=blocks,
        enclosed=str(len(enclosures)) if enclosures else None,
    )  # fmt: skip


@_paper
def power_of_attorney(paper, *, giver, receiver, matter="", powers=(), may_be_passed_on=None):
    """A form: what is known is printed, the rest is filled in by hand.

    `may_be_passed_on` is True, False, or None for two boxes to tick.
    """
    blocks = [
        text(_("The undersigned:")),
        facts(rows(giver, "name", "nik", "birth", "address", "phone")),
        text(_("from here on the giver of the power, gives power to:")),
        facts(rows(receiver, "name", "nik", "title", "office", "address", "phone")),
        text(_("from here on the attorney, to act in the name of the giver in this matter:")),
        text(matter) if matter else room(2),
        text(_("For this the attorney may:")),
        points([*powers, *[""] * max(2, 4 - len(powers))], mark="number"),
        *_passing_on(may_be_passed_on),
        text(_("The giver may end this power at any time in writing. It gives no right to receive restitution or other"
               " money of the giver unless that is written above.")),
        signatures(
            slot(_("The attorney"), receiver),
            slot(_("The giver of the power"), giver, hint=_("Signature or thumbprint"), stamp=_("Duty stamp")),
            paper=paper,
        ),
    ]  # fmt: skip
    return _statement(paper, title=_("Special power of attorney"), blocks=blocks)


def _notice(paper, *, title, to, nature, blocks, enclosed=None):
    """A letter; its subject is its title."""
    heading_rows = [
        [pgettext("of a letter", "Number"), paper.number],
        [_("Nature"), nature],
        [_("Enclosures"), enclosed or "–"],
        [_("Subject"), title],
    ]
    data = sheet(paper, title=title, blocks=_there(blocks)) | {
        "heading": heading_rows,
        "place-and-day": place_and_day(paper),
        "to": f"{_('To the attention of')}\n{_addressee(to)}",
    }
    return "notice", data


def _statement(paper, *, title, blocks):
    return "statement", sheet(paper, title=title, blocks=_there(blocks))


def _there(blocks):
    return [block for block in blocks if block is not None]


def _addressee(to: Party, *, between="\n"):
    return between.join(filter(None, [to.name, to.title, to.office, to.address]))


def _known(party):
    """The facts of a party that are known, and always the name."""
    parts = ["name", *(part for part in ("nik", "nip", "title", "office", "address", "phone") if getattr(party, part))]
    return rows(party, *parts, title=_("Position or relation"))


def _own_hand(party, caption=None):
    return slot(caption or _("Who makes this statement"), party, hint=_("Signature or thumbprint"))


def _urgency(is_urgent):
    return _("Urgent: the person needs help now") if is_urgent else _("Not urgent, within the time the law gives")


def _nature(is_urgent):
    return _("Confidential, urgent") if is_urgent else _("Confidential")


def _secrecy():
    return _(
        "The identity of a victim or witness is secret (%(right)s). You are told so herewith. Whoever discloses it all"
        " the same is punished (%(punishment)s)."
    ) % {"right": cited("UU 21/2007 Art. 44"), "punishment": cited("UU 21/2007 Art. 24")}


def _losses(losses):
    """Rows of a claim, each head with its sum and below it its losses; and the numbers of the rows that are heads."""
    lines, heads = [], []
    for head in dict.fromkeys(loss.head for loss in losses):
        of_head = [loss for loss in losses if loss.head == head]
        heads.append(len(lines))
        lines.append([f"{len(heads)}. {head}", "", rupiah(sum(loss.amount for loss in of_head))])
        lines += [[loss.what, loss.proof, rupiah(loss.amount)] for loss in of_head]
    return lines, heads


def _in_words(amount):
    """An amount in Indonesian words; nothing where the letter is in another language."""
    if get_language() != "id":
        return ""
    whole, cents = divmod(int(amount * 100), 100)
    return f"{terbilang(whole)} rupiah" + (f" {terbilang(cents)} sen" if cents else "")


def _passing_on(may_be_passed_on):
    allowed = _("The attorney may pass this power on to another attorney.")
    forbidden = _("The attorney may not pass this power on.")
    if may_be_passed_on is None:
        return [points([allowed, forbidden], mark="box")]
    return [text(allowed if may_be_passed_on else forbidden)]
