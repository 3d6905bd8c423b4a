"""Forms of records that may be of one person: a verdict, a verdict taken back, a question, its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.agencies.models import Agency
from simpul.desk.forms.cases import text_area
from simpul.linkage.inquiries import FIELDS
from simpul.linkage.models import Decision, Inquiry
from simpul.persons.models import Person

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

    to = forms.ModelChoiceField(label=_("Whom to ask"), queryset=Agency.objects.none(), empty_label=None)
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


class Answer(forms.Form):
    """The answer of the agency that keeps the record."""

    verdict = forms.ChoiceField(label=_("Are they one person?"), widget=forms.RadioSelect,
                                choices=Inquiry.Answer.choices)  # fmt: skip
    reason = text_area(
        _("Reason"), rows=3,
        help_text=_("In a sentence: from what you know it. Who asked learns the answer and not the reason."),
    )  # fmt: skip


def _is_known(own, name):
    return bool(getattr(own, name)) or (name == "birth_date" and own.birth_year is not None)


def _label(name):
    return str(Person._meta.get_field(name).verbose_name).capitalize() if name != "nik" else "NIK"
