"""Forms of records that may be of one person: a verdict, a verdict taken back, a question, its answer."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from simpul.agencies.models import Agency
from simpul.desk.forms.cases import text_area
from simpul.linkage.inquiries import FIELDS
from simpul.linkage.models import Decision, Inquiry
from simpul.persons.models import Person
from simpul.reference import catalogues

# What is enough to compare most records by, and is ticked beforehand.
USUAL = ("name", "birth_date")


class Verdict(forms.Form):
    """Whether two records are one person, and from what that is known."""

    verdict = forms.ChoiceField(label=_("Are they one person?"), widget=forms.RadioSelect,
                                choices=Decision.Verdict.choices)  # fmt: skip
    reason = text_area(_("Reason"), rows=3, help_text=_("In a sentence: from what you know it."))


class TakenBack(forms.Form):
    """Why a decision is taken back."""

    reason = text_area(_("Reason"), rows=3, help_text=_("In a sentence. The decision and both reasons stay on record."))


class Question(forms.Form):
    """A question to an agency that keeps the other record, with what it may see of the own one."""

    to = forms.ModelChoiceField(
        label=pgettext_lazy("a question between agencies", "Whom to ask"), queryset=Agency.objects.none(),
        empty_label=None,
    )  # fmt: skip
    fields = forms.MultipleChoiceField(
        label=_("What may be seen of your record"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what is needed to compare, and only until the question is answered."),
    )  # fmt: skip
    words = text_area(_("Why you ask"), rows=3, help_text=_("The agency that is asked reads it. It is sealed."))

    def __init__(self, *args, own, holders, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        field.queryset = Agency.objects.filter(pk__in=[agency.pk for agency in holders]).order_by("name")
        self.fields["fields"].choices = [(name, _label(name)) for name in FIELDS if _is_known(own, name)]
        self.fields["fields"].initial = list(USUAL)


class Proposal(forms.Form):
    """The number of another record that an officer takes for the same person; of several people in it, which."""

    number = forms.CharField(
        label=_("Number of the other record"), max_length=40,
        widget=forms.TextInput({"autofocus": True, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Of a case, such as K-2026-0012, or of somebody sent home with the line of the list, such as"
                    " M-2026-000012/7. A name is not searched for here."),
    )  # fmt: skip

    def chosen(self, found):
        """The person of one record; where there are several and none is chosen yet, None, and the form asks which."""
        people = {str(person.pk): person for _record, person in found}
        if len(people) == 1:
            return next(iter(people.values()))
        if self.data.get("other") in people:
            return people[self.data["other"]]
        self.fields["other"] = forms.ChoiceField(
            label=_("Which person of this file?"), widget=forms.RadioSelect, required=False,
            choices=[(str(person.pk), _without_a_name(record, person)) for record, person in found],
        )  # fmt: skip
        self.fields["number"].widget.attrs.pop("autofocus", None)
        return None


class Answer(forms.Form):
    """The answer of the agency that keeps the record."""

    verdict = forms.ChoiceField(label=_("Are they one person?"), widget=forms.RadioSelect,
                                choices=Inquiry.Answer.choices)  # fmt: skip
    reason = text_area(
        _("Reason"), rows=3,
        help_text=_("In a sentence: from what you know it. Who asked learns the answer and not the reason."),
    )  # fmt: skip


def _without_a_name(record, person):
    """Somebody as the search shows people: part, sex, year of birth, home."""
    parts = [catalogues.name_of("parts", fact) for fact in sorted(record.facts) if catalogues.is_code("parts", fact)]
    born = gettext("born %(year)s") % {"year": person.birth_year} if person.birth_year else ""
    told = (*parts, person.get_sex_display() if person.sex else "", born, str(person.home or ""))
    return ", ".join(str(words) for words in told if words)


def _is_known(own, name):
    return bool(getattr(own, name)) or (name == "birth_date" and own.birth_year is not None)


def _label(name):
    return capfirst(Person._meta.get_field(name).verbose_name)
