"""The assessment of what comparing records may do to people, as UU 27/2022 Art. 34 wants it before data are matched.

It is made from what the program is: the fields from the models, the kinds of tags from the encoder, the keys from the
process that holds them, retention and law from the catalogues, quality from the last measurement. What only people can
say, such as why it is worth its risks, is written here once. It names nobody, and counts what is on record that day.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Count, Max, Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from simpul.agencies.models import Agency
from simpul.agencies.roles import RIGHTS, Right
from simpul.confidentiality.fields import BlindIndexField, SealedField
from simpul.linkage import encodings, quality
from simpul.linkage.custody import client
from simpul.linkage.models import Decision, Encoding, Inquiry, Pair
from simpul.persons.models import Person
from simpul.privacy.policy import check_may_read_assessment
from simpul.reference import catalogues
from simpul.reference.citations import cited
from simpul.reference.models import Term

LAWS = (
    "uu27_2022_34", "uu27_2022_20", "uu27_2022_10", "uu27_2022_32", "uu27_2022_41", "uu27_2022_46", "uu21_2007_24",
    "uu21_2007_44", "uu21_2007_18",
)  # fmt: skip
# Of a person all that is compared, in the order of the page.
COMPARED = ("name", "aliases", *encodings.EVIDENCE, "birth_year", "sex", "home")


@dataclass(frozen=True)
class Section:
    """One part of the assessment: sentences, facts with their labels, a table."""

    code: str
    title: str
    sentences: tuple = ()
    facts: tuple = ()
    head: tuple = ()
    rows: tuple = ()

    @property
    def lines(self):
        """The rows with the head of its column beside each cell."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Risk:
    """What may go wrong for people, what is done about it, and the test that shows it."""

    words: str
    measure: str
    evidence: str

    @property
    def shown_by(self):
        """The test as the sentence that it is, with where it stands."""
        path, _colons, name = self.evidence.partition("::")
        return f"{path}: {name.removeprefix('test_').replace('_', ' ')}"


def of_linkage(*, by):
    """The assessment of comparing records, as it stands now."""
    check_may_read_assessment(by)
    return [
        _purpose(), _need(), _basis(), _fields(), _kept_as(), _keys(), _recipients(), _retention(), _risks(),
        _quality(), _open_points(),
    ]  # fmt: skip


def risks():
    """The risks, each with what is done and where it is shown to hold."""
    told = (
        (_("Two people are taken for one, and one pays for the other."),
         _("The program joins nobody. An officer who may see both records decides, with a reason; every decision can be"
           " taken back exactly, and what followed from it is put right."),
         "linkage/test_review.py::test_what_was_decided_is_undone_exactly_and_the_history_stays"),
        (_("A victim who was forced into an offence is treated as a suspect because of a match."),
         _("The head of the unit of each case owes to look at it within the time of the catalogue."),
         "cases/test_linked.py::test_who_was_forced_and_is_named_as_a_suspect_is_looked_at_by_the_head_of_the_unit"),
        (_("An officer learns who is in a file of another agency."),
         _("Who may not see the other record is told of the agency and of nothing else; the agency can be asked."),
         "linkage/test_inquiries.py::test_who_asks_learns_the_answer_and_nothing_of_the_record"),
        (_("A trafficker's friend in an office finds out that there is a file."),
         _("Who is kept out of one file of somebody is told of none of them, not even that there is a match."),
         "stories/test_the_same_person.py::test_whoever_is_kept_out_learns_nothing_not_even_that_there_is_a_file"),
        (_("Somebody with a copy of the database counts which tags are common and reads names off."),
         _("Nothing with few values is tagged by itself, and the share that counting reads off is measured in every run"
           " of the tests. What remains: the commonest words of names, and the year of birth."),
         "linkage/test_attacks.py::test_counting_reads_off_no_more_than_the_page_says"),
        (_("Somebody with a copy of the database tries out all numbers of identity."),
         _("Without the key no guess can be tried; the key lies with a process of its own and in no backup."),
         "linkage/test_attacks.py::test_without_the_key_a_guess_cannot_be_tried"),
        (_("Whoever has taken over the desk tries numbers out at the key process."),
         _("Records and numbers are counted by the minute, the hour and the day; numbers alike are refused, and every"
           " question has its line in a log that cannot be altered unseen."),
         "linkage/custody/test_keeper.py::test_who_tries_numbers_out_is_refused_and_the_log_tells"),
        (_("A village learns that somebody of its own is in a case."),
         _("Village offices compare nothing, ask nobody and are told of no match."),
         "linkage/test_inquiries.py::test_a_village_office_asks_about_nobody"),
        (_("What is known of who is whom outlives the person's data."),
         _("Encoding, pairs, decisions and questions go with the person, in the same transaction."),
         "linkage/test_erasing.py::test_nothing_is_left_of_whom_somebody_was_linked_with"),
        (_("Somebody who asked for restriction is still compared for other agencies."),
         _("Nothing of whose data may not be used is told to another agency or put into a question."),
         "linkage/test_inquiries.py::test_nothing_of_whose_data_may_not_be_used_is_asked_about_or_put_in"),
    )  # fmt: skip
    return [Risk(*one) for one in told]


def _purpose():
    counts = Pair.objects.aggregate(all=Count("pk"), sure=Count("pk", filter=Q(probability__gte=quality.SURE)))
    said = dict(Decision.objects.standing().values_list("verdict").annotate(Count("pk")).order_by())
    return Section(
        "purpose", _("What is done, and what for"),
        (
            _("Records of people in cases, in lists of people sent home and in the register of migrant workers are"
              " compared, so that somebody known under two spellings is protected as one person: that an earlier case"
              " is known, that a repeated deportation is asked about, that a recruiter named in several cases is"
              " seen."),
            _("It is for protection and follow-up. It is not for prosecuting migrants, and it gives nobody a score."),
            _("The program proposes and an officer decides (%(law)s): no right is given or withheld by it.")
            % {"law": cited("UU 27/2022 Art. 10")},
        ),
        (
            (_("People on record"), Person.objects.filter(data_key__destroyed_at=None).count()),
            (_("Pairs of records kept as possibly one person"), counts["all"]),
            (_("Of these called very likely"), counts["sure"]),
            *((_("Standing decisions: %(verdict)s") % {"verdict": str(verdict.label).lower()}, said.get(verdict, 0))
              for verdict in Decision.Verdict),
        ),
    )  # fmt: skip


def _need():
    return Section(
        "need", _("Why it has to be assessed"),
        (_("%(law)s names these, among others; each holds here.") % {"law": cited("UU 27/2022 Art. 34")},),
        head=(_("The law"), _("Here")),
        rows=(
            (_("Specific personal data"), _("Children, health and offences stand in the same files (%(law)s).")
             % {"law": cited("UU 27/2022 Art. 4(2)")}),
            (_("Large scale"), _("Everybody in cases, lists and the register of a province")),
            (_("Matching or combining sets of data"), _("Records of several agencies are compared with each other")),
            (_("New technology"), _("Keyed tags instead of names; weights learned from invented registers")),
            (_("People who are vulnerable"), _("Victims, children and people just deported; not named by the article,"
                                              " and the reason for this assessment all the same")),
        ),
    )  # fmt: skip


def _basis():
    terms = [catalogues.term("legal_bases", code) for code in LAWS]
    return Section(
        "basis", _("Legal basis"), head=(_("Basis"), _("What it says"), _("How sure")),
        rows=tuple((term.name, term.hint, _sure(term)) for term in terms),
    )  # fmt: skip


def _fields():
    return Section(
        "fields", _("What of a person is compared"),
        (
            _("These are read, normalised and sent to the key process, which gives keyed tags back and keeps none."
              " Nothing else of a person is compared."),
            _("Kinds of tags: %(kinds)s.") % {"kinds": ", ".join(_kinds())},
            _("Never tagged by themselves, because counting would read them off: %(kinds)s.")
            % {"kinds": ", ".join(sorted(_never_alone()))},
        ),
        head=(_("Field"), _("How the record itself keeps it")),
        rows=tuple((_name_of(Person, name), _how_kept(Person._meta.get_field(name))) for name in COMPARED),
    )  # fmt: skip


def _kept_as():
    models = (Person, *apps.get_app_config("linkage").get_models())
    return Section(
        "kept", _("What is kept, and how"),
        (
            _("Sealed: readable only with a key of the person's own, which is destroyed when the person is erased."),
            _("Keyed tag: can be compared and not read without the key; personal data all the same."),
        ),
        head=(_("Record"), _("Sealed"), _("Keyed tags"), _("Plain")),
        rows=tuple((str(model._meta.verbose_name).capitalize(), *_parted(model)) for model in models),
    )  # fmt: skip


def _keys():
    state = client.state()
    made = Encoding.objects.filter(owed_since=None)
    last = made.aggregate(at=Max("made_at"))["at"]
    epochs = dict(made.values_list("epoch").annotate(Count("pk")).order_by("epoch"))
    facts = [
        (_("Who holds the key"), _("A process of its own, best under a user of the system and an office of its own")),
        (_("Answers now"), _("yes") if state.is_ready else state.sentence),
        (_("Encodings by epoch"), ", ".join(f"{epoch}: {count}" for epoch, count in epochs.items()) or "–"),
        (_("Encodings owed"), Encoding.objects.exclude(owed_since=None).count()),
        (_("Last encoding made"), date_format(localtime(last), "j F Y H:i") if last else "–"),
    ]
    if state.is_ready:
        facts += [
            (_("Epoch in use"), state.current),
            (_("Fingerprints"), ", ".join(f"{epoch}: {mark}" for epoch, mark in state.fingerprints.items())),
            (_("Lines of the log: evaluations, refusals, grants"), state.line),
            (_("Since the process started: evaluated, refused"), f"{state.evaluated}, {state.turned_away}"),
        ]
    return Section(
        "keys", _("Keys and who holds them"),
        (_("Who asked how much, what was refused and which grants were given is read by who keeps the keys:"
           " simpul linkage-keys status, simpul linkage-keys verify."),),
        tuple(facts),
    )  # fmt: skip


def _recipients():
    roles = [role for role, rights in RIGHTS.items() if Right.REVIEW_PAIRS in rights]
    agencies = Agency.objects.filter(officers__role__in=roles, officers__is_active=True, ended_on=None)
    asked = Inquiry.objects.aggregate(
        all=Count("pk"), answered=Count("pk", filter=~Q(answered_at=None)),
        withdrawn=Count("pk", filter=~Q(withdrawn_at=None)),
    )  # fmt: skip
    return Section(
        "recipients", _("Who receives what"),
        (
            _("Officers of these roles compare records that are open to them anyway; of others they learn the agency"
              " that keeps them: %(roles)s.") % {"roles": ", ".join(str(role.label) for role in roles)},
            _("Another agency receives the fields that an officer has chosen for a question, until it has answered."),
            _("Nobody outside receives anything, and nothing leaves the installation."),
        ),
        (
            (_("Agencies that compare and answer"), _listed(agencies)),
            (_("Questions between agencies: sent, answered, taken back"),
             f"{asked['all']}, {asked['answered']}, {asked['withdrawn']}"),
        ),
    )  # fmt: skip


def _retention():
    terms = [term for term in catalogues.terms("retention") if term.extra["record"] == "person"]
    return Section(
        "retention", _("How long it is kept"),
        (_("Encodings, pairs, decisions and questions have no time of their own: they go with the first of the two"
           " people who is erased. The key of an epoch is destroyed when the epoch ends."),),
        head=(_("Of whom"), _("Years"), _("Basis"), _("How sure")),
        rows=tuple(
            (term.name, term.extra["years"], cited(term.extra["legal_basis"]), _sure(term)) for term in terms
        ),
    )  # fmt: skip


def _risks():
    return Section(
        "risks", _("What may go wrong, and what is done"),
        (_("Each line names the test that shows it to hold; the tests are run with every change."),),
        head=(_("Risk"), _("What is done"), _("Shown by")),
        rows=tuple((one.words, one.measure, one.shown_by) for one in risks()),
    )  # fmt: skip


def _quality():
    kept = quality.newest()
    if kept is None:
        return Section("quality", _("How right it is"), (_("Not measured yet: it is measured once a day."),))
    told = kept.told
    facts = [
        (_("Measured"), date_format(localtime(kept.taken_at), "j F Y H:i")),
        (_("Pairs found, pairs decided"), f"{told.whole.pairs}, {told.whole.reviewed}"),
        (_("Right among those called very likely (precision)"), share(told.whole.precision)),
        (_("Called very likely among those that are one person (recall)"), share(told.whole.recall)),
        (_("False matches"), told.false_matches),
    ]
    if told.truth:
        facts += [
            (_("Against the known truth of the demonstration: precision"), share(told.truth.precision)),
            (_("Against the known truth of the demonstration: recall"), share(told.truth.recall)),
        ]
    return Section(
        "quality", _("How right it is"),
        (_("From pairs that officers decided on; intervals hold in 95 of 100 cases. People whom the program never"
           " brought together are in no figure."),),
        tuple(facts),
    )  # fmt: skip


def _open_points():
    return Section(
        "open", _("What is not settled"),
        (
            _("Whether the authority named by the law exists and asks for this assessment in a form of its own was not"
              " verified."),
            _("An agreement of the agencies that share this installation on who answers for what (%(law)s) is theirs to"
              " make.") % {"law": cited("UU 27/2022 Art. 18")},
            _("The years of retention are a proposal until a lawyer and the archive office have agreed."),
            _("The weights were learned from invented registers. On real files the figures above are the only ones that"
              " count, and they need decided pairs."),
            _("Who has one word for a name is missed more often: look at the figures by group."),
            _("The log of the key process has to be read by somebody every week; nobody is told when it is not."),
        ),
    )  # fmt: skip


def share(estimate):
    """A share with its interval, or that too little was decided."""
    if estimate.value is None:
        return _("too little was decided to say")
    return _("%(value)s %% (%(low)s–%(high)s)") % {
        "value": round(100 * estimate.value), "low": round(100 * estimate.low), "high": round(100 * estimate.high)
    }  # fmt: skip


def _listed(agencies):
    return ", ".join(agencies.order_by("name").values_list("name", flat=True).distinct())


def _sure(term):
    return str(Term.Mark(term.mark).label)


def _how_kept(field):
    if isinstance(field, SealedField):
        return _("sealed")
    return _("keyed tag") if isinstance(field, BlindIndexField) else _("plain")


def _parted(model):
    """The fields of a model as they are declared: sealed, keyed tags, plain."""
    parts = {_("sealed"): [], _("keyed tag"): [], _("plain"): []}
    for field in model._meta.local_fields:
        parts[_how_kept(field)].append(_name_of(model, field.name))
    return tuple(", ".join(names) or "–" for names in parts.values())


def _name_of(model, name):
    return str(model._meta.get_field(name).verbose_name)


def _kinds():
    # Only who opens this page needs the encoder and its arrays.
    from simpul.linkage.matching.encode import KINDS

    return KINDS


def _never_alone():
    from simpul.linkage.matching.keys import NEVER_ALONE

    return NEVER_ALONE
