"""Forms of referrals: sent with only what the service needs, answered."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.agencies.exclusions import let_in
from simpul.agencies.models import Agency
from simpul.agencies.roles import RIGHTS, Right
from simpul.cases import referrals
from simpul.desk.forms.cases import text_area, with_blank
from simpul.persons.identities import SEALED
from simpul.reference import catalogues

# Facts the file may hold, and what shows whether it does.
IN_THE_FILE = {
    "sex": lambda service: service.victim.person.sex,
    "age": lambda service: service.victim.person.birth_year,
    "home_place": lambda service: service.victim.person.home_id,
    "child": lambda service: service.victim.childhood,
    "exploitation_kind": lambda service: service.case.kinds,
    "police_report": lambda service: service.case.police_reports.exists(),
}


class NewReferral(forms.Form):
    """A need handed to another agency, with the fields that go along."""

    to = forms.TypedChoiceField(label=_("To which agency"), coerce=int)
    need = text_area(_("What is asked of this agency"), rows=4)
    shared = forms.MultipleChoiceField(
        label=_("What goes along"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what this service needs can be ticked. Tick no more than this agency must know."),
    )  # fmt: skip
    basis = forms.ChoiceField(label=_("Lawful basis"), choices=partial(with_blank, "lawful_bases", _("Choose")))
    basis_reason = text_area(
        _("Reason, where it is not consent"), required=False, rows=2,
        help_text=_("For instance: danger to life, and the victim cannot be asked now."),
    )  # fmt: skip

    def __init__(self, *args, service, **kwargs):
        super().__init__(*args, **kwargs)
        self.agencies = {}
        self.fields["to"].choices = [("", _("Choose")), *self._agencies(service)]
        needed = referrals.fields_for(service.kind)
        self.fields["shared"].choices = [(code, _told(service, code)) for code in needed if _is_in_file(code)]
        self.written = [code for code in needed if not _is_in_file(code)]
        for code in self.written:
            label = catalogues.term("shared_fields", code)
            self.fields[f"words_{code}"] = text_area(
                label.name, required=False, rows=2, help_text=label.hint or _("Goes along if you write something.")
            )
        last = ("basis", "basis_reason")
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def clean_to(self):
        return self.agencies[self.cleaned_data["to"]]

    def told(self):
        """The arguments of `referrals.send`."""
        typed = self.cleaned_data
        words = {code: typed[f"words_{code}"] for code in self.written if typed[f"words_{code}"].strip()}
        return {
            "to": typed["to"],
            "need": typed["need"],
            "fields": [*typed["shared"], *words],
            "words": words,
            "basis": typed["basis"],
            "basis_reason": typed["basis_reason"],
        }

    def _agencies(self, service):
        """Agencies to choose from: of the kind that gives the service and for this place first."""
        case = service.case
        others = Agency.objects.working().exclude(pk=case.agency_id).select_related("place").order_by("name")
        here = set(answers_here().values_list("pk", flat=True))
        serving = set(Agency.objects.serving(case.place_id or case.agency.place_id).values_list("pk", flat=True))
        wanted = catalogues.term("services", service.kind).extra["agency_kind"]
        groups = {(True, True): [], (True, False): [], (False, True): [], (False, False): []}
        for agency in let_in(case, others):
            self.agencies[agency.pk] = agency
            name = agency.name if agency.pk in here else _("%(agency)s (no account: by link or letter)") % {
                "agency": agency.name}  # fmt: skip
            groups[agency.kind == wanted, agency.pk in serving].append((agency.pk, name))
        names = (
            _("Gives this service here"), _("Gives this service elsewhere"), _("Others here"), _("Others elsewhere")
        )  # fmt: skip
        return [(name, rows) for name, rows in zip(names, groups.values(), strict=True) if rows]


def answers_here():
    """Agencies in which somebody signs in and answers referrals; the others are told by link, letter or telephone."""
    roles = [role for role, rights in RIGHTS.items() if Right.ANSWER_REFERRALS in rights]
    return Agency.objects.filter(officers__is_active=True, officers__role__in=roles).distinct()


class Decline(forms.Form):
    """Why the referral is declined."""

    reason = forms.ChoiceField(label=_("Reason"), choices=partial(with_blank, "decline_reasons", _("Choose")))
    answer = text_area(_("Word to the sender"), required=False, rows=3)


class Accept(forms.Form):
    """Taking the need over."""

    answer = text_area(
        _("Word to the sender"), required=False, rows=3, help_text=_("For instance: who comes, and when.")
    )


def _is_in_file(code):
    return code in SEALED or code in IN_THE_FILE


def _told(service, code):
    """A field with what it will tell: whether the file holds it. What is sealed stays closed here."""
    name = catalogues.name_of("shared_fields", code)
    held = getattr(service.victim.person, code) if code in SEALED else IN_THE_FILE[code](service)
    return _("%(field)s: in the file") % {"field": name} if held else _("%(field)s: not in the file yet") % {
        "field": name}  # fmt: skip
