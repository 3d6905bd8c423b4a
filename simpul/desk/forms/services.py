"""Forms of services: requested for a victim, moved on, noted step by step; a stay at a shelter."""

from functools import partial

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Service, Shelter
from simpul.cases.queries import shelters_near
from simpul.cases.services import NOT_WANTED, steps_of
from simpul.desk.forms.cases import day_field, text_area, with_blank
from simpul.reference import catalogues


class NewService(forms.Form):
    """A service that a victim needs."""

    class Giver:
        OWN, ANOTHER = "own", "another"

    kind = forms.ChoiceField(label=_("Service"), choices=partial(with_blank, "services", _("Choose")))
    is_urgent = forms.BooleanField(
        label=_("Needed at once"), required=False,
        help_text=_("First aid is owed within 7 days at the latest and needs no police report (UU 21/2007 Art. 53)."),
    )  # fmt: skip
    need = text_area(_("What the victim needs"), required=False, rows=4)
    giver = forms.ChoiceField(
        label=_("Who gives it"), widget=forms.RadioSelect, initial=Giver.ANOTHER,
        choices=[(Giver.OWN, _("The own agency")), (Giver.ANOTHER, _("Another agency, by a referral"))],
    )  # fmt: skip

    @property
    def is_own(self):
        return self.cleaned_data["giver"] == self.Giver.OWN


class Move(forms.Form):
    """The next state of a service."""

    to = forms.ChoiceField(label=_("Next"), widget=forms.RadioSelect)
    offer_again_on = day_field(_("Offer again on"), required=False, help_text=_("After a refusal. Empty: in 30 days."))

    def __init__(self, *args, service, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["to"].choices = next_states(service)
        if not NOT_WANTED & set(Service.NEXT[service.state]):
            del self.fields["offer_again_on"]

    def clean_offer_again_on(self):
        day = self.cleaned_data["offer_again_on"]
        if day and day < self.today:
            raise forms.ValidationError(_("This day is over. Choose a day to come."))
        return day


class Step(forms.Form):
    """A step within the service, one of those that may follow now."""

    kind = forms.ChoiceField(
        label=_("Step"),
        error_messages={"invalid_choice": _("This step cannot follow yet. Note first what comes before it.")},
    )
    on = day_field(_("Day"))
    note = text_area(_("Note"), required=False, rows=2)

    def __init__(self, *args, service, noted, today, **kwargs):
        super().__init__(*args, auto_id="langkah_%s", initial={"on": today}, **kwargs)
        self.today = today
        kinds = [kind for kind in steps_of(service.kind) if may_follow(kind, noted)]
        # What was done is done once, except what is told each time, such as a session.
        fresh = [kind for kind in kinds if kind not in {step.kind for step in noted}]
        ordered = fresh + [kind for kind in kinds if kind not in fresh]
        self.fields["kind"].choices = [(kind, catalogues.name_of("service_steps", kind)) for kind in ordered]

    def clean_on(self):
        return _happened(self.cleaned_data["on"], self.today)


class Entering(forms.Form):
    """A stay at a shelter begins; the shelter is told by its code."""

    shelter = forms.ModelChoiceField(
        label=_("Shelter"), queryset=Shelter.objects.none(), empty_label=_("Choose"),
        help_text=_("With free beds now. Only the code is known here, never the place."),
    )  # fmt: skip
    on = day_field(_("Entered on"))

    def __init__(self, *args, service, by, today, **kwargs):
        super().__init__(*args, auto_id="masuk_%s", initial={"on": today}, **kwargs)
        self.today = today
        found = shelters_near(by).filter(staying__lt=models.F("beds"))
        if service.victim.counts_as_child:
            found = found.filter(takes_children=True)
        self.fields["shelter"].queryset = found
        self.fields["shelter"].label_from_instance = _described

    def clean_on(self):
        return _happened(self.cleaned_data["on"], self.today)


class Leaving(forms.Form):
    """A stay ends."""

    on = day_field(_("Left on"))

    def __init__(self, *args, stay, today, **kwargs):
        super().__init__(*args, auto_id="keluar_%s", initial={"on": today}, **kwargs)
        self.stay, self.today = stay, today

    def clean_on(self):
        day = _happened(self.cleaned_data["on"], self.today)
        if day < self.stay.entered_on:
            raise forms.ValidationError(_("The day of leaving lies between the day of entering and today."))
        return day


def may_follow(kind, noted):
    """Whether the steps that a kind of step needs are noted."""
    needs = set(catalogues.term("service_steps", kind).extra["needs"])
    return not needs or bool(needs & {step.kind for step in noted})


def next_states(service):
    """The states that may follow, as choices in their order."""
    return [(s.value, s.label) for s in Service.State if s in Service.NEXT[service.state]]


def _described(shelter):
    free = {"code": shelter.code, "kind": catalogues.name_of("shelter_kinds", shelter.kind),
            "free": shelter.beds - shelter.staying, "beds": shelter.beds}  # fmt: skip
    return gettext("%(code)s · %(kind)s · %(free)d of %(beds)d beds free") % free


def _happened(day, today):
    if day > today:
        raise forms.ValidationError(_("This day lies in the future. Write when it happened."))
    return day
