"""Forms of a visit to somebody who came home, and of the question whether the village may be told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.desk.forms.cases import day_field, text_area
from simpul.desk.forms.places import FindsPlaces, PlaceField
from simpul.migrants.models import Returnee
from simpul.reference import catalogues


class Visit(FindsPlaces, forms.Form):
    """What the visit found; the note is sealed."""

    outcome = forms.ChoiceField(
        label=_("What did you find?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the visit found.")},
    )  # fmt: skip
    on = day_field(_("Visited on"))
    note = text_area(
        _("Note"), required=False, rows=4,
        help_text=_("How the person is, and what is needed. Needed where help is needed or somebody is in danger."),
    )  # fmt: skip
    moved_to = PlaceField(
        label=_("Where does the person live now?"), required=False,
        help_text=_("Only if the person lives elsewhere now. Leave it empty where nobody knows."),
    )  # fmt: skip

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.today = today
        self.fields["outcome"].choices = catalogues.choices("meeting_outcomes")

    @property
    def outcomes(self):
        """Each answer with what follows from it."""
        hints = {term.code: term.hint for term in catalogues.terms("meeting_outcomes")}
        return [(option, hints.get(option.data["value"], "")) for option in self["outcome"]]

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("This day lies in the future. Write when the visit was made."))
        return day

    def clean(self):
        outcome = self.cleaned_data.get("outcome")
        if self.cleaned_data.get("moved_to") and outcome and outcome != "moved":
            self.add_error(
                "moved_to", _("You wrote where the person lives now. Choose “lives elsewhere now”, or clear the place.")
            )
        return self.cleaned_data


class Village(forms.Form):
    """Whether the person agrees that the village is told."""

    may_know = forms.ChoiceField(
        label=_("Does the person agree that the village is told?"), widget=forms.RadioSelect, required=False,
        choices=Returnee.Answer.choices,
        help_text=_("Ask alone. Neighbours may have recruited, or may be owed money."),
    )  # fmt: skip
