"""Forms of the people in a case: recorded, corrected, decided on."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Involvement
from simpul.desk.forms.cases import day_field, text_area
from simpul.desk.forms.identity import ChecksIdentity
from simpul.desk.forms.places import FindsPlaces, PlaceField
from simpul.persons.models import Sex
from simpul.places.regions import short_name
from simpul.reference import catalogues

FIRST_YEAR = 1900


class Person(ChecksIdentity, FindsPlaces, forms.Form):
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

    def clean(self):
        day, year = self.cleaned_data.get("birth_date"), self.cleaned_data.get("birth_year")
        if day and year and day.year != year and "birth_year" in self.changed_data:
            self.add_error("birth_year", _("This is not the year of the date above. Keep one of the two."))
        return self.cleaned_data


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


class Known(forms.Form):
    """Looking for somebody who is recorded in another file; sent in the body, so that no address holds a name."""

    q = forms.CharField(
        label=_("Name, telephone, NIK or passport"), max_length=120,
        help_text=_("Names are found by whole words as they were recorded, in files that are open to you."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"required": _("Type a name or a number first.")},
    )  # fmt: skip


class KnownPerson(forms.Form):
    """Somebody recorded already, with the part played in this case."""

    known = forms.TypedChoiceField(
        label=_("Who is meant"), widget=forms.RadioSelect, coerce=int,
        error_messages={"required": _("Choose who is meant, or record a new person.")},
    )  # fmt: skip
    part = forms.ChoiceField(label=_("Part in this case"), choices=Involvement.Part.choices, widget=forms.RadioSelect)
    childhood = forms.ChoiceField(
        label=_("Child on the date of the act"), choices=Involvement.Childhood.choices, required=False
    )
    note = text_area(_("Note"), required=False, rows=3)

    def __init__(self, *args, found, **kwargs):
        super().__init__(*args, **kwargs)
        self.persons = {part.person_id: part.person for part in found}
        self.fields["known"].choices = [(part.person_id, _described(part)) for part in found]

    def told(self):
        """The arguments of `victims.add`."""
        told = dict(self.cleaned_data)
        person = self.persons[told.pop("known")]
        return told | {"person": person}


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


def _described(part):
    """Somebody by what is plain: the part in the other case and what helps to tell two of one name apart."""
    person = part.person
    words = [f"{part.get_part_display()}, {part.case.number}", person.get_sex_display() if person.sex else ""]
    if person.birth_year:
        words.append(_("born %(year)s") % {"year": person.birth_year})
    if person.home:
        words.append(short_name(person.home))
    return " · ".join(str(each) for each in words if each)
