"""The letters that leave an office: to another agency, to the home region, to a court, to whoever has to be told.

Each takes the paper (whose, which number, which day, who prints it) and plain values, and gives the bytes of a PDF in
the language of the installation, whatever language the officer's page speaks. What is given is shown as it is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _
from lokal.terbilang import terbilang

from simpul.documents.pdf import printed
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
    rows,
    sheet,
    signatures,
    slot,
    table,
    text,
)
from simpul.lib.numbers import rupiah
from simpul.reference.citations import cited

__all__ = [
    "Loss", "Returning", "breach_notice_to_authority", "breach_notice_to_person", "home_notice", "referral_cover",
    "referral_inner", "restitution_claim",
]  # fmt: skip


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


@printed
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


@printed
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


@printed
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


@printed
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


@printed
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


@printed
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


def _notice(paper, *, title, to, nature, blocks, enclosed=None):
    """A letter; its subject is its title."""
    heading_rows = [
        [pgettext("of a letter", "Number"), paper.number],
        [_("Nature"), nature],
        [_("Enclosures"), enclosed or "–"],
        [_("Subject"), title],
    ]
    data = sheet(paper, title=title, blocks=blocks) | {
        "heading": heading_rows,
        "place-and-day": place_and_day(paper),
        "to": "\n".join((_("To the attention of"), _addressee(to))),
    }
    return "notice", data


def _addressee(to: Party, *, between="\n"):
    return between.join(filter(None, [to.name, to.title, to.office, to.address]))


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
