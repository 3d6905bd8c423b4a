"""Forms of people who came home: the list narrowed, what is known corrected, somebody entered whom no list named."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.desk.forms.cases import day_field, text_area, with_blank
from simpul.desk.forms.identity import ChecksIdentity
from simpul.desk.forms.places import FindsPlaces, PlaceField
from simpul.migrants import queries
from simpul.migrants.models import Manifest
from simpul.persons.models import Sex
from simpul.places.models import BorderPost, Place
from simpul.places.regions import LEVELS, is_within, level_of, short_name, within

ALL, NO_VILLAGE = "semua", "tanpa-desa"
IDENTITY = ("name", "aliases", "birth_date", "address", "phone", "nik", "passport")
FACTS = ("reason", "sector", "document", "onward")


class ByPlace(forms.Form):
    """A list narrowed by place: the officer's region or a part of it; of a village there are no parts."""

    tempat = forms.ChoiceField(label=_("Place"), required=False)

    def __init__(self, *args, officer, **kwargs):
        super().__init__(*args, **kwargs)
        self.officer = officer
        self.fields["tempat"].choices = parts_of(officer.jurisdiction, chosen=self.data.get("tempat", ""))
        if len(self.fields["tempat"].choices) == 1:
            del self.fields["tempat"]


class Narrowed(ByPlace):
    """Who came home, narrowed: those still to be visited, all, those without a village; the region or a part of it."""

    lihat = forms.ChoiceField(
        label=_("Show"), required=False,
        choices=[("", _("Still to be visited")), (ALL, _("Everybody")), (NO_VILLAGE, _("Village not known"))],
    )  # fmt: skip
    field_order = ["lihat", "tempat"]

    def narrow(self):
        """The people that fit what was asked; what cannot be read asks nothing."""
        self.is_valid()
        shown, place = self.cleaned_data.get("lihat"), self.cleaned_data.get("tempat") or ""
        if shown == NO_VILLAGE:
            found = queries.without_village(self.officer)
            return found.filter(within(place, field="home")) if place else found
        return queries.came_home(self.officer, prefix=place, unmet=shown != ALL)


class _Known(ChecksIdentity, FindsPlaces, forms.Form):
    """What is known of somebody who came home."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As far as it is known. A nickname will do."))
    aliases = forms.CharField(label=_("Other names"), max_length=200, required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("Not known")), *Sex.choices[:2]], required=False)
    birth_date = day_field(_("Date of birth"), required=False)
    home = PlaceField(
        label=_("Home"), required=False,
        help_text=_("The village, or as near as it is known: from there the visit is owed."),
    )  # fmt: skip
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    nik = forms.CharField(
        label="NIK", max_length=25, required=False, help_text=_("16 digits. Leave it empty if it is not known."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    passport = forms.CharField(label=_("Passport or SPLP"), max_length=30, required=False)
    reason = forms.ChoiceField(label=_("Why sent home"), required=False, choices=partial(with_blank, "return_reasons"))
    sector = forms.ChoiceField(label=_("Worked in"), required=False, choices=partial(with_blank, "work_sectors"))
    document = forms.ChoiceField(
        label=_("Travelled with"), required=False, choices=partial(with_blank, "travel_documents")
    )
    onward = forms.ChoiceField(
        label=_("Went on"), required=False, choices=partial(with_blank, "onward_ways"),
        help_text=_("Who is fetched or stays in a shelter is handed over by a signed record."),
    )  # fmt: skip


class Correction(_Known):
    """What is known, corrected; where it is not known any better, the home stays as it is."""

    def clean_home(self):
        home = self.cleaned_data["home"]
        if home is None and self.initial.get("home"):
            raise forms.ValidationError(_("Write where the person lives, if only the regency is known."))
        return home

    def told(self):
        """What differs from before: identity and home by name, plain facts together."""
        changed = {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}
        facts = {name: changed.pop(name) for name in FACTS if name in changed}
        return changed | {"facts": facts}


class NewReturnee(_Known):
    """Somebody who was sent home and stands on no list."""

    arrived_on = day_field(_("Arrived on"))
    kind = forms.ChoiceField(
        label=_("How"), choices=Manifest.Kind.choices, widget=forms.RadioSelect, initial=Manifest.Kind.DEPORTATION
    )
    post = forms.ModelChoiceField(
        label=_("Post"), queryset=BorderPost.objects.none(), required=False, empty_label=_("Not known")
    )
    depot = forms.ChoiceField(label=_("Depot"), required=False, choices=partial(with_blank, "depots"))
    age = forms.IntegerField(
        label=_("or age on arrival"), required=False, min_value=0, max_value=120,
        help_text=_("Where the date of birth is not known."),
    )  # fmt: skip
    remarks = text_area(_("Remarks"), required=False, rows=3, help_text=_("They are sealed."))
    field_order = [
        "arrived_on", "kind", "post", "depot", "name", "aliases", "sex", "birth_date", "age", "home", "address",
        "phone", "nik", "passport", "reason", "sector", "document", "onward", "remarks",
    ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = BorderPost.objects.order_by("name")

    def clean_arrived_on(self):
        day = self.cleaned_data["arrived_on"]
        if day > self.today:
            raise forms.ValidationError(_("The day of arrival lies in the future. Write when it happened."))
        return day

    def clean(self):
        born, arrived = self.cleaned_data.get("birth_date"), self.cleaned_data.get("arrived_on")
        if born and arrived and born > arrived:
            self.add_error("birth_date", _("This day lies after the arrival. Check both days."))
        return self.cleaned_data

    def told(self):
        """What was typed, without what was left empty."""
        told = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        return told | {"facts": {name: told.pop(name) for name in FACTS if name in told}}


def parts_of(jurisdiction, *, chosen):
    """The whole region, its parts, and within the part that was chosen the parts of that."""
    choices = [("", _("The whole region"))]
    for code, name in _below(jurisdiction):
        choices.append((code, name))
        if is_within(chosen, code):
            choices += _below(code)
    return choices


def _below(code):
    """Places one level below a region; of a district its villages, of a village nothing."""
    levels = LEVELS[LEVELS.index(level_of(code)) + 1 :]
    if not levels:
        return []
    found = Place.objects.filter(within(code, field="code"), level=levels[0], retired_on=None).order_by("name")
    return [(place.pk, short_name(place)) for place in found]
