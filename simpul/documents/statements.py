"""The papers that are signed or kept: receipt, refusal, handing over, consent, readings, power of attorney.

They are made as letters are (`letters`): from the paper and plain values, in the language of the installation.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.documents.pdf import printed
from simpul.documents.sheets import (
    Party,
    facts,
    heading,
    long_day,
    long_moment,
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
from simpul.privacy.readings import Reading
from simpul.reference.citations import cited

__all__ = [
    "Item", "consent_form", "handover_record", "power_of_attorney", "readings", "receipt", "refusal_statement",
]  # fmt: skip


@dataclass(frozen=True)
class Item:
    """A thing handed over."""

    what: str
    count: str = "1"
    remark: str = ""


@printed
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


@printed
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


@printed
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


@printed
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


@printed
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


@printed
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


@printed
def assessment(paper, *, title, sections, officer):
    """An assessment of what a kind of processing may do to people (UU 27/2022 Art. 34), to be signed and kept."""
    blocks = []
    for number, section in enumerate(sections, start=1):
        blocks.append(heading(f"{number}. {section.title}"))
        blocks += [text(words) for words in section.sentences]
        if section.facts:
            blocks.append(facts([(label, str(value)) for label, value in section.facts]))
        if section.rows:
            lines = [[str(cell) for cell in row] for row in section.rows]
            blocks.append(table(section.head, lines, widths=[1] * len(section.head)))
    blocks += [
        heading(_("Advice of the data protection officer")),
        room(4),
        heading(_("Decision of the head")),
        points([_("The processing goes on as it is."), _("It goes on when the following is done:"),
                _("It stops.")], mark="box"),
        room(3),
        signatures(slot(_("Data protection officer"), Party()), slot(_("Head"), Party()), paper=paper),
        text(_("Made from the program by %(name)s. It is to be looked at again every year and whenever the weights, the"
               " fields or the recipients change.") % {"name": officer.name}),
    ]  # fmt: skip
    return _statement(paper, title=title, blocks=blocks)


def _statement(paper, *, title, blocks):
    return "statement", sheet(paper, title=title, blocks=blocks)


def _known(party):
    """The facts of a party that are known, and always the name."""
    parts = ["name", *(part for part in ("nik", "nip", "title", "office", "address", "phone") if getattr(party, part))]
    return rows(party, *parts, title=_("Position or relation"))


def _own_hand(party, caption=None):
    return slot(caption or _("Who makes this statement"), party, hint=_("Signature or thumbprint"))


def _passing_on(may_be_passed_on):
    allowed = _("The attorney may pass this power on to another attorney.")
    forbidden = _("The attorney may not pass this power on.")
    if may_be_passed_on is None:
        return [points([allowed, forbidden], mark="box")]
    return [text(allowed if may_be_passed_on else forbidden)]
