"""Forms of a case: opened, summarised, described, moved, assigned, reported to the police, kept from somebody."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.agencies.models import Agency, Officer
from simpul.agencies.roles import RIGHTS, Right
from simpul.cases.models import Case
from simpul.desk.forms.places import FindsPlaces, PlaceField
from simpul.reference import catalogues

LONG = 20_000
# Of whoever is in a file nobody was born earlier.
FIRST_YEAR = 1900


def check_year(day):
    """A browser makes the year 26 of "26"; whoever typed it meant 2026."""
    if day.year < FIRST_YEAR:
        raise forms.ValidationError(_("Write the year in full, as in 2026."))


def with_blank(catalogue, words=None):
    """The choices of a catalogue, with a first line for nothing."""
    return [("", words or _("Not known")), *catalogues.choices(catalogue)]


def text_area(label, *, required=True, rows=5, **more):
    """A field for whole sentences."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONG, widget=widget, **more)


def day_field(label, **more):
    """A field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, validators=[check_year], **more)


def moment_field(label, **more):
    """A field for a day with its time."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, validators=[check_year], **more)


class Narrowed(forms.Form):
    """The list of cases, narrowed."""

    q = forms.CharField(label=_("Number"), required=False, max_length=20)
    tahap = forms.ChoiceField(label=_("Stage"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tahap"].choices = [("", _("All stages")), ("open", _("Not ended")), *Case.Stage.choices]
        self.fields["q"].widget.attrs |= {"data-search": "", "type": "search"}

    def narrow(self, cases):
        """The cases that fit what was asked; what cannot be read asks nothing."""
        self.is_valid()
        stage, number = self.cleaned_data.get("tahap"), self.cleaned_data.get("q")
        if number:
            cases = cases.filter(number__icontains=number.strip())
        if stage == "open":
            return cases.open()
        return cases.filter(stage=stage) if stage else cases


class Facts(FindsPlaces, forms.Form):
    """The plain facts by which cases are counted."""

    place = PlaceField(label=_("Place"), required=False, help_text=_("Village, district or regency where it happened."))
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of exploitation"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=partial(catalogues.choices, "exploitation_kinds"),
    )  # fmt: skip
    modus = forms.ChoiceField(label=_("Method"), required=False, choices=partial(with_blank, "modus"))
    act_on = day_field(
        _("Date of the act"), required=False,
        help_text=_("The first day that is known. It decides on the offence, and on who was a child."),
    )  # fmt: skip
    in_danger = forms.BooleanField(label=_("Somebody is in danger"), required=False)
    has_children = forms.BooleanField(label=_("Children are among the victims"), required=False)
    is_sexual = forms.BooleanField(
        label=_("Sexual violence or exploitation"), required=False,
        help_text=_("The report to the police under UU 12/2022 Art. 41(3) is owed then too."),
    )  # fmt: skip


class NewCase(Facts):
    """A case without a report of the public."""

    summary = text_area(_("Summary"), required=False, help_text=_("What is known so far. It is sealed."))
    field_order = ["place", "summary"]


class Summary(forms.Form):
    """The summary of a case."""

    summary = text_area(_("Summary"), required=False, rows=14, help_text=_("It is sealed; opening the file shows it."))


class Stage(forms.Form):
    """The next stage of a case."""

    to = forms.ChoiceField(label=_("Next stage"), widget=forms.RadioSelect)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        # A case is closed with a reason, on a page of its own.
        stages = case.NEXT[case.stage] - {Case.Stage.CLOSED}
        self.fields["to"].choices = [(s.value, s.label) for s in Case.Stage if s in stages]


class Assignment(forms.Form):
    """An officer who works on the case from now on."""

    officer = forms.ModelChoiceField(
        label=_("Officer"), queryset=Officer.objects.none(), empty_label=_("Choose"),
        help_text=_("An officer who is assigned opens the whole file. Assign whom the case needs, and nobody else."),
    )  # fmt: skip

    def __init__(self, *args, case, by, **kwargs):
        super().__init__(*args, **kwargs)
        roles = [role for role, rights in RIGHTS.items() if Right.WORK_ON_CASES in rights]
        near = Agency.objects.working().within(by.jurisdiction) | Agency.objects.working().serving(by.jurisdiction)
        working = Officer.objects.filter(is_active=True, role__in=roles, agency__in=near.values("pk"))
        taken = case.assignments.filter(until_at=None).values("officer_id")
        field = self.fields["officer"]
        field.queryset = working.exclude(pk__in=taken).select_related("agency").order_by("agency__name", "full_name")
        field.label_from_instance = lambda officer: f"{officer.full_name}, {officer.agency.name}"


class PoliceReport(forms.Form):
    """A report to the police (LP)."""

    number = forms.CharField(
        label=_("Number of the police report"), max_length=80, help_text=_("As the police wrote it: LP/B/12/VIII/2026.")
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Agency.objects.none(), required=False,
                                  empty_label=_("Not known"))  # fmt: skip
    reported_at = moment_field(_("Reported"), help_text=_("When the police took the report: the clock stops there."))

    def __init__(self, *args, at, **kwargs):
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["unit"].queryset = Agency.objects.working().filter(kind="police").order_by("name")

    def clean_reported_at(self):
        moment = self.cleaned_data["reported_at"]
        if moment > self.at:
            raise forms.ValidationError(_("This lies in the future. Write when the police took the report."))
        return moment


class Message(forms.Form):
    """A message to the reporter."""

    text = text_area(
        _("Message to the reporter"),
        help_text=_("Read with the receipt. Write nothing that endangers somebody if another person reads it."),
    )


class Exclusion(forms.Form):
    """Somebody who must not learn of the case: one officer, one agency, or every agency of a kind."""

    officer = forms.ModelChoiceField(
        label=_("Officer"), queryset=Officer.objects.none(), required=False, empty_label="–"
    )
    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.none(), required=False, empty_label="–")
    agency_kind = forms.ChoiceField(
        label=_("Every agency of a kind"), required=False, choices=partial(with_blank, "agency_kinds", "–")
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        near = Agency.objects.working().within(by.jurisdiction) | Agency.objects.working().serving(by.jurisdiction)
        self.fields["agency"].queryset = near.order_by("name")
        officers = Officer.objects.filter(is_active=True, agency__in=near.values("pk")).select_related("agency")
        self.fields["officer"].queryset = officers.order_by("full_name")
        self.fields["officer"].label_from_instance = lambda officer: f"{officer.full_name}, {officer.agency.name}"

    def clean(self):
        told = [value for value in self.cleaned_data.values() if value]
        if len(told) != 1 and not self.errors:
            raise forms.ValidationError(_("Choose one: an officer, an agency, or a kind of agency."))
        return self.cleaned_data
