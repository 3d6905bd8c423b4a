"""The form of the screening of somebody who was sent home: questions in groups, none of them compulsory."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.desk.forms.cases import text_area
from simpul.migrants import screening
from simpul.migrants.models import Screening as Record
from simpul.reference import catalogues

QUESTION = "tanya_"
ANSWERS = [("yes", _("yes")), ("no", _("no")), ("unclear", _("unclear"))]
# In the order in which somebody tells it; a question the catalogue gains later stands in the last group.
GROUPS = (
    (_("How it began"), ("recruiter", "deceived", "who_paid", "debt", "vulnerable")),
    (_("At work"), ("documents_held", "wages_withheld", "not_free", "cut_off", "hard_conditions", "long_hours")),
    (_("Violence and force"), ("violence", "sexual", "threats", "forced_crime")),
    (_("Children, and now"), ()),
)
# What a question tells that stands for no indicator.
TELLS = {"child": _("a child"), "danger": _("danger now")}


class Screening(forms.Form):
    """What was asked and answered, and what the officer finds in it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = screening.questions()
        for term in self.questions:
            self.fields[QUESTION + term.code] = forms.ChoiceField(
                label=term.words("question"), widget=forms.RadioSelect, choices=ANSWERS, required=False
            )
        self.fields["finding"] = forms.ChoiceField(
            label=_("What do you find?"), widget=forms.RadioSelect, choices=Record.Finding.choices,
            help_text=_("You decide, not the count of answers. Indications make a report with its clocks."),
            error_messages={"required": _("Choose what you find: indications, or none.")},
        )  # fmt: skip
        self.fields["note"] = text_area(
            _("In the person's words, and why"), required=False, rows=3,
            help_text=_("Needed where your finding differs from what the answers suggest."),
        )  # fmt: skip
        self.fields["by_telephone"] = forms.BooleanField(label=_("Asked by telephone"), required=False)

    @property
    def groups(self):
        """The questions as they stand on the page: heading, and of each its field and what a yes points to."""
        asked = {term.code: (self[QUESTION + term.code], _points_to(term)) for term in self.questions}
        found = [(heading, [asked.pop(code) for code in codes if code in asked]) for heading, codes in GROUPS]
        found[-1][1].extend(asked.values())
        return found

    @property
    def pointing(self):
        """The answers so far that point to trafficking, in words; only where the form came back."""
        yes = [term.code for term in self.questions if self.data.get(QUESTION + term.code) == "yes"]
        return [catalogues.name_of("screening_questions", code) for code in screening.pointing(yes)]

    def told(self):
        """The form in the words of the act."""
        answers = {term.code: self.cleaned_data[QUESTION + term.code] for term in self.questions}
        told = {name: self.cleaned_data[name] for name in ("finding", "note", "by_telephone")}
        return told | {"answers": {code: answer for code, answer in answers.items() if answer}}


def _points_to(term):
    indicator = term.extra["indicator"]
    return catalogues.name_of("indicators", indicator) if indicator else TELLS.get(term.extra["tells"], "")
