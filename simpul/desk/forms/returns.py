"""Forms of the return home, one for each step of the way."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.agencies.exclusions import let_in
from simpul.agencies.models import Agency
from simpul.cases.returns import ANSWERS
from simpul.desk.forms.cases import day_field, text_area, with_blank
from simpul.desk.forms.places import FindsPlaces, PlaceField
from simpul.reference import catalogues

# Who fetches a victim at home: the social agency or the service centre there (PP 9/2008 Art. 17(4)).
FETCHES = ("social", "uptd_ppa")
WORDS = {"yes": _("yes"), "no": _("no"), "unclear": _("unclear")}
QUESTION = "tanya_"


class Wish(FindsPlaces, forms.Form):
    """The wish to go home, and where home is."""

    home = PlaceField(label=_("Home"), help_text=_("The village or district the victim wishes to go to."))
    wish = text_area(
        _("The wish, in the victim's words"), rows=4,
        help_text=_("Ask alone, with nobody of the family or the agency that pays in the room."),
    )  # fmt: skip

    def __init__(self, *args, service, today, **kwargs):
        super().__init__(*args, initial={"home": service.victim.person.home}, **kwargs)


class Safety(forms.Form):
    """The questions of the safety check; an officer decides."""

    def __init__(self, *args, service, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = [term.code for term in catalogues.terms("safety_checks")]
        for term in catalogues.terms("safety_checks"):
            self.fields[QUESTION + term.code] = forms.ChoiceField(
                label=term.words("question"), widget=forms.RadioSelect,
                choices=[(answer, WORDS[answer]) for answer in ANSWERS],
                error_messages={"required": _("Answer this question; “unclear” is an answer.")},
            )  # fmt: skip
        self.fields["is_safe"] = forms.TypedChoiceField(
            label=_("Is the return safe?"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
            choices=[("yes", _("Yes, the return is safe")), ("no", _("No, not now"))],
            help_text=_("You decide, not the count of answers. One “no” above forbids a yes."),
        )  # fmt: skip

    @property
    def short(self):
        """Questions that stand side by side with their answers."""
        return [self[QUESTION + code] for code in self.questions]

    def told(self):
        answers = {code: self.cleaned_data[QUESTION + code] for code in self.questions}
        return {"answers": answers, "is_safe": self.cleaned_data["is_safe"]}


class HomeTold(forms.Form):
    """The home region was told."""

    fetched_by = forms.ModelChoiceField(
        label=_("Who fetches"), queryset=Agency.objects.none(), required=False,
        empty_label=_("The social agency nearest to home"),
        help_text=_("The home region fetches and pays (PP 9/2008 Art. 17(4), 19). From now on it owes this."),
    )  # fmt: skip

    def __init__(self, *args, service, today, **kwargs):
        super().__init__(*args, **kwargs)
        working = Agency.objects.working().filter(kind__in=FETCHES)
        known = [agency.pk for agency in let_in(service.case, working)]
        self.fields["fetched_by"].queryset = working.filter(pk__in=known).order_by("name")


class _OnADay(forms.Form):
    """A step with the day on which it happened."""

    on = day_field(_("Day"))

    def __init__(self, *args, service, today, **kwargs):
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.today = today

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("This day lies in the future. Write when it happened."))
        return day


class Departed(_OnADay):
    """The victim is on the way."""


class HandedOver(_OnADay):
    """The victim is home, handed over by a signed record."""

    to = forms.ChoiceField(label=_("Handed over to"), widget=forms.RadioSelect)
    witness = forms.CharField(
        label=_("Witness of the regional or village government"), max_length=200,
        help_text=_("Name and office, as the record of handover was signed."),
    )  # fmt: skip
    field_order = ["to", "witness", "on"]

    def __init__(self, *args, service, today, **kwargs):
        super().__init__(*args, service=service, today=today, **kwargs)
        parties = with_blank("handover_parties")[1:]
        is_child = service.victim.counts_as_child
        self.fields["to"].choices = [each for each in parties if not (is_child and each[0] == "self")]
