"""Forms of a consent: who gives it for what, towards whom and which data; or another lawful basis with its reason."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.agencies.exclusions import let_in
from simpul.agencies.models import Agency
from simpul.cases.consents import CONSENT
from simpul.desk.forms.cases import day_field, text_area, with_blank
from simpul.persons.models import Consent
from simpul.reference import catalogues

GivenBy = Consent.GivenBy


class ConsentGiven(forms.Form):
    """A consent as it was given. For a child it asks who gives it, and why no guardian does."""

    purpose = forms.ChoiceField(label=_("What for"), choices=partial(catalogues.choices, "consent_purposes"))
    recipient = forms.ModelChoiceField(
        label=_("Towards which agency"), queryset=Agency.objects.none(), required=False,
        empty_label=_("Every agency that needs it for this purpose"),
    )  # fmt: skip
    shared = forms.MultipleChoiceField(
        label=_("Which data"), choices=partial(catalogues.choices, "shared_fields"), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Tick what was agreed to, one by one."),
    )  # fmt: skip
    basis = forms.ChoiceField(
        label=_("Lawful basis"), choices=partial(catalogues.choices, "lawful_bases"),
        help_text=_("Consent, wherever the person can be asked. Another basis asks for its reason."),
    )  # fmt: skip
    given_by = forms.ChoiceField(label=_("Given by"), widget=forms.RadioSelect, required=False)
    exception = forms.ChoiceField(
        label=_("Why no parent or guardian consents"), required=False,
        help_text=_("Only where the child itself or the court consents (UU 31/2014 Art. 29A)."),
    )  # fmt: skip
    reason = text_area(
        _("Reason, where it is not consent"), required=False, rows=2,
        help_text=_("For instance: danger to life, and the victim cannot be asked now. It is sealed."),
    )  # fmt: skip
    until_on = day_field(_("Until"), required=False, help_text=_("Empty: until it is withdrawn."))

    def __init__(self, *args, part, **kwargs):
        kwargs["initial"] = {"purpose": "referral", "basis": CONSENT} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        others = let_in(part.case, Agency.objects.working().exclude(pk=part.case.agency_id))
        agencies = Agency.objects.filter(pk__in=[agency.pk for agency in others])
        self.fields["recipient"].queryset = agencies.order_by("name")
        if part.counts_as_child:
            self.fields["given_by"].choices = [
                (GivenBy.GUARDIAN, GivenBy.GUARDIAN.label),
                (GivenBy.SELF, _("The child itself, with a companion")),
                (GivenBy.COURT, GivenBy.COURT.label),
            ]
            self.fields["given_by"].help_text = _(
                "A guardian who is suspected, obstructs or is absent does not decide for the child."
            )
            self.fields["exception"].choices = with_blank("guardian_exceptions", _("A parent or guardian consents"))
            return
        self.fields["given_by"].choices = [(GivenBy.SELF, GivenBy.SELF.label)]
        self.fields["given_by"].initial = GivenBy.SELF
        self.fields["given_by"].help_text = _("An adult consents in person; nobody consents in the place of an adult.")
        del self.fields["exception"]

    def clean(self):
        told = self.cleaned_data
        if told.get("basis") == CONSENT and not told.get("given_by") and "given_by" not in self.errors:
            self.add_error("given_by", _("Choose who consents."))
        if told.get("purpose") == "referral" and not told.get("shared") and "shared" not in self.errors:
            self.add_error("shared", _("Tick the data that may be shared."))
        return told

    def told(self):
        """The arguments of `consents.record`."""
        told = dict(self.cleaned_data)
        told["fields"] = told.pop("shared")
        if told["basis"] != CONSENT:
            told["given_by"] = GivenBy.NOT_CONSENT
        return told

    def on_paper(self):
        """The arguments of `records.consent_form`: what is explained and signed before anything is recorded."""
        told = self.told()
        return {name: told[name] for name in ("purpose", "recipient", "fields", "given_by", "until_on")}
