"""What is typed with a decision on a report. The names of the fields are those of the act."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from simpul.agencies import exclusions
from simpul.agencies.models import Agency
from simpul.cases.access import case_to_change
from simpul.desk.forms.reports import LONGEST_TEXT, text_area
from simpul.intake.access import report_for
from simpul.lib.rules import NotFound
from simpul.reference import catalogues


class Decision(forms.Form):
    """A decision on one report, with a message to the reporter already worded in the reporter's language."""

    suggested = ""

    def __init__(self, *args, report, officer, at, **kwargs):
        kwargs.setdefault("auto_id", f"{self.address}_%s")
        super().__init__(*args, **kwargs)
        self.report, self.officer, self.at = report, officer, at
        if "message" in self.fields:
            with override(report.language):
                self.fields["message"].initial = str(self.suggested)


def message_field():
    return forms.CharField(
        label=_("Message to the reporter"),
        help_text=_("Sent as it stands here. Empty it to send nothing. Name nobody."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=text_area(4),
    )


class AskForm(Decision):
    """A question before anything is decided."""

    address = "report_ask"
    words = _("Ask the reporter")
    about = _("The report stays in the queue. The reporter sees the question with the receipt.")
    button = _("Send the question")

    text = forms.CharField(
        label=_("Your question"),
        help_text=_("One question at a time, in plain words. Do not ask the reporter to investigate."),
        max_length=LONGEST_TEXT,
        widget=text_area(4),
    )


class AcceptForm(Decision):
    """Into a new case or an existing one."""

    address = "report_accept"
    words = _("Accept into a case")
    about = _("The limits of the case begin to run.")
    button = _("Accept the report")
    suggested = _("Thank you. Your report is being handled. You can go on writing to us here with your receipt.")

    NEW, EXISTING = "new", "existing"

    case = forms.ChoiceField(
        label=_("Which case"),
        choices=[(NEW, _("A new case at your agency")), (EXISTING, _("An existing case"))],
        initial=NEW,
        widget=forms.RadioSelect,
    )
    into = forms.CharField(
        label=_("Number of the existing case"),
        help_text=_("Only for an existing case, such as K-2026-0012."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"list": "cases-nearby", "autocomplete": "off"}),
    )
    message = message_field()

    def clean(self):
        told = super().clean()
        case, number = told.pop("case", self.NEW), told.get("into", "").strip()
        told["into"] = None
        if case == self.EXISTING:
            self._find_case(told, number)
        return told

    def _find_case(self, told, number):
        if not number:
            self.add_error("into", _("Write the number of the case, or choose a new case."))
            return
        try:
            told["into"] = case_to_change(self.officer, number.upper(), at=self.at)
        except NotFound:
            self.add_error("into", _("There is no case with this number that you may open. Compare the number."))


class PassOnForm(Decision):
    """To another agency that takes reports, or to an authority outside."""

    address = "report_pass_on"
    words = _("Pass on")
    about = _("To the agency of another region, or to an authority that does not work in this system.")
    button = _("Pass the report on")
    suggested = _("Your report is with the office that can act on it. You need not report again.")

    to = forms.ModelChoiceField(
        label=_("Agency in this system"), queryset=Agency.objects.none(), required=False, empty_label=_("none")
    )
    note = forms.CharField(
        label=_("Authority outside, and how it was told"),
        help_text=_("Needed when no agency is chosen. Kept sealed."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=text_area(2),
    )
    message = message_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        taking = Agency.objects.working().filter(triages=True).exclude(pk=self.report.agency_id)
        free = [agency.pk for agency in exclusions.let_in(self.report, taking)]
        self.fields["to"].queryset = taking.filter(pk__in=free).order_by("name")


class MergeForm(Decision):
    """With another report of the same event."""

    address = "report_merge"
    words = _("Merge with another report")
    about = _("For two reports of one event. This one follows the other from now on; both stay as they are.")
    button = _("Merge")
    suggested = _("Thank you. We already know of this and have added what you told us.")

    into = forms.CharField(
        label=_("Number of the other report"),
        help_text=_("The list offers reports that may be about the same event."),
        max_length=20,
        widget=forms.TextInput(attrs={"list": "reports-alike", "autocomplete": "off"}),
    )
    message = message_field()

    def clean_into(self):
        try:
            return report_for(self.officer, self.cleaned_data["into"].strip().upper())
        except NotFound:
            raise forms.ValidationError(
                _("There is no report with this number that you may read. Compare the number.")
            ) from None


class SetAsideForm(Decision):
    """For a reason of the catalogue."""

    address = "report_set_aside"
    words = _("Set the report aside")
    about = _("It can be taken up again at any time.")
    button = _("Set the report aside")
    suggested = _(
        "Thank you for writing. We cannot act on this report as it stands. If you know more, write to us here."
    )

    because = forms.ChoiceField(label=_("Reason"))
    note = forms.CharField(
        label=_("Note"),
        help_text=_("For colleagues. Kept sealed; the reporter does not see it."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=text_area(2),
    )
    message = message_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["because"].choices = [("", _("Choose a reason")), *catalogues.choices("set_aside_reasons")]


DECISIONS = (AskForm, AcceptForm, PassOnForm, MergeForm, SetAsideForm)
