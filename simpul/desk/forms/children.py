"""Forms of children: recorded, their age decided, their best interests checked."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Involvement
from simpul.desk.forms.cases import day_field, text_area, with_blank
from simpul.desk.forms.victims import Person
from simpul.reference import catalogues

Childhood = Involvement.Childhood
IS_ONE = [(Childhood.CHILD, _("A child: under 18")), (Childhood.DISPUTED, _("Disputed: treated as a child"))]
DECIDED = [*IS_ONE, (Childhood.ADULT, _("An adult: 18 or older"))]
QUESTION = "tanya_"


def _ground():
    return forms.ChoiceField(
        label=_("Known from"), choices=partial(with_blank, "age_grounds", _("Choose")),
        help_text=_("Papers that disagree decide nothing: the age is disputed."),
    )  # fmt: skip


class Age(forms.Form):
    """How old somebody was on the date of the act, and from what that is known."""

    childhood = forms.ChoiceField(
        label=_("On the date of the act the person was"), choices=DECIDED, widget=forms.RadioSelect
    )
    ground = _ground()
    act_on = day_field(
        _("Date of the act"), required=False,
        help_text=_("Empty: the date in the facts of the case. Where the act lasted, its first day."),
    )  # fmt: skip
    note = text_area(_("Note"), required=False, rows=3, help_text=_("Which paper, which number, who looked at it."))

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_act_on(self):
        return not_ahead(self.cleaned_data["act_on"], self.today)


class NewChild(Person):
    """A child who is a victim, with what the age is known from."""

    childhood = forms.ChoiceField(label=_("Age"), choices=IS_ONE, widget=forms.RadioSelect, initial=Childhood.CHILD)
    ground = _ground()
    act_on = day_field(_("Date of the act"), required=False, help_text=_("As far as it is known."))
    note = text_area(
        _("Note"), required=False, rows=3, help_text=_("Who cares for the child; who must not learn of it.")
    )
    nik = passport = phone = None
    field_order = ["name", "aliases", "sex", "birth_date", "birth_year", "childhood", "ground", "act_on"]

    def clean_act_on(self):
        return not_ahead(self.cleaned_data["act_on"], self.today)

    def told(self):
        """What is told of the person, and what is decided of the age."""
        told = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        if "birth_date" in told:
            told.pop("birth_year", None)
        age = {name: told.pop(name, None) for name in ("ground", "act_on")}
        return told, age | {"childhood": told["childhood"]}


class BestInterest(forms.Form):
    """The questions of the check, and what is best for the child."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = [term.code for term in catalogues.terms("best_interest_questions")]
        for term in catalogues.terms("best_interest_questions"):
            is_wish = term.code == "wish"
            self.fields[QUESTION + term.code] = text_area(
                term.words("question"), rows=3, required=is_wish,
                help_text=_("Where the child could not be asked, write why.") if is_wish else "",
            )  # fmt: skip
        self.fields["decision"] = text_area(
            _("What is best for the child, and why"), rows=4,
            help_text=_("An officer decides, after hearing the child. It is sealed; earlier checks stay."),
        )  # fmt: skip

    def told(self):
        answers = {code: self.cleaned_data[QUESTION + code] for code in self.questions}
        return {"answers": answers, "decision": self.cleaned_data["decision"]}


def not_ahead(day, today):
    if day and day > today:
        raise forms.ValidationError(_("This day lies in the future. Write when it happened."))
    return day
