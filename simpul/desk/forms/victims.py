"""Forms of the people in a case: recorded, corrected, decided on, their consent."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.agencies.models import Agency
from simpul.cases.models import Involvement
from simpul.desk.forms.cases import day_field, text_area
from simpul.desk.forms.places import FindsPlaces, PlaceField
from simpul.lib.texts import digits
from simpul.persons.models import Consent, Sex
from simpul.reference import catalogues

FIRST_YEAR = 1900


class Person(FindsPlaces, forms.Form):
    """What is known of a person. Nothing but what the case needs is asked."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False,
                           help_text=_("As far as it is known. A nickname will do."))  # fmt: skip
    aliases = forms.CharField(label=_("Other names"), max_length=200, required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("Not known")), *Sex.choices[:2]], required=False)
    birth_date = day_field(_("Date of birth"), required=False)
    birth_year = forms.IntegerField(
        label=_("or year of birth"), required=False, min_value=FIRST_YEAR, help_text=_("Where the day is not known.")
    )
    childhood = forms.ChoiceField(
        label=_("Child on the date of the act"), choices=Involvement.Childhood.choices, required=False,
        help_text=_("Papers are often forged. Where the age is disputed, the person is treated as a child."),
    )  # fmt: skip
    home = PlaceField(label=_("Home"), required=False)
    nik = forms.CharField(
        label="NIK", max_length=25, required=False,
        help_text=_("Only where a service or the law needs it, such as papers or restitution. 16 digits."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    passport = forms.CharField(label=_("Passport or SPLP"), max_length=30, required=False)
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    address = forms.CharField(label=_("Present address"), max_length=300, required=False)
    safe_contact = forms.CharField(
        label=_("How to make contact safely"), max_length=300, required=False,
        help_text=_("When, how, under which name, and who must not notice."),
    )  # fmt: skip

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_nik(self):
        nik = self.cleaned_data["nik"]
        if nik and len(digits(nik)) != 16:
            raise forms.ValidationError(
                _("A NIK has 16 digits; %(count)d were typed. Leave it empty if it is not known.")
                % {"count": len(digits(nik))}
            )
        return nik

    def clean_birth_date(self):
        return self._not_ahead(self.cleaned_data["birth_date"], self.today)

    def clean_birth_year(self):
        return self._not_ahead(self.cleaned_data["birth_year"], self.today.year)

    def clean(self):
        day, year = self.cleaned_data.get("birth_date"), self.cleaned_data.get("birth_year")
        if day and year and day.year != year and "birth_year" in self.changed_data:
            self.add_error("birth_year", _("This is not the year of the date above. Keep one of the two."))
        return self.cleaned_data

    def _not_ahead(self, value, latest):
        if value and value > latest:
            raise forms.ValidationError(_("Nobody is born in the future. Check the year."))
        return value


class NewPerson(Person):
    """A person who comes into the case."""

    part = forms.ChoiceField(label=_("Part in the case"), choices=Involvement.Part.choices, widget=forms.RadioSelect,
                             initial=Involvement.Part.VICTIM)  # fmt: skip
    note = text_area(_("Note"), required=False, rows=3)
    field_order = ["part"]

    def told(self):
        """What was typed, without what was left empty."""
        told = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        if "birth_date" in told:
            told.pop("birth_year", None)
        return told


class Correction(Person):
    """Corrections: only what was changed is written."""

    def told(self):
        told = {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}
        if told.get("birth_date"):
            told.pop("birth_year", None)
        return told


class Status(forms.Form):
    """What a trained officer decides about a person."""

    status = forms.ChoiceField(label=_("Victim status"), choices=partial(catalogues.choices, "victim_statuses"),
                               widget=forms.RadioSelect)  # fmt: skip


class ConsentGiven(forms.Form):
    """A consent as it was given."""

    purpose = forms.ChoiceField(label=_("What for"), choices=partial(catalogues.choices, "consent_purposes"),
                                initial="referral")  # fmt: skip
    recipient = forms.ModelChoiceField(
        label=_("Towards which agency"), queryset=Agency.objects.none(), required=False,
        empty_label=_("Every agency that needs it for this purpose"),
    )  # fmt: skip
    shared = forms.MultipleChoiceField(
        label=_("Which data"), choices=partial(catalogues.choices, "shared_fields"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    given_by = forms.ChoiceField(
        label=_("Given by"), choices=[c for c in Consent.GivenBy.choices if c[0] != Consent.GivenBy.NOT_CONSENT],
        widget=forms.RadioSelect, initial=Consent.GivenBy.SELF,
        help_text=_("A guardian who is suspected, obstructs or is absent does not decide for the child."),
    )  # fmt: skip
    until_on = day_field(_("Until"), required=False, help_text=_("Empty: until it is withdrawn."))

    def __init__(self, *args, case, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["recipient"].queryset = Agency.objects.working().exclude(pk=case.agency_id).order_by("name")

    def clean_until_on(self):
        day = self.cleaned_data["until_on"]
        if day and day < self.today:
            raise forms.ValidationError(_("This day is over. A consent holds until a day to come."))
        return day

    def clean(self):
        if self.cleaned_data.get("purpose") == "referral" and not self.cleaned_data.get("shared"):
            self.add_error("shared", _("Tick the data that may be shared."))
        return self.cleaned_data
