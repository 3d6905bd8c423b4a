"""Forms of a proceeding: begun with the date of the act, corrected, its steps, and examinations."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from simpul.agencies.exclusions import let_in
from simpul.agencies.models import Agency
from simpul.cases import proceedings
from simpul.desk.forms.cases import day_field, text_area, with_blank
from simpul.desk.forms.money import RupiahField
from simpul.reference import catalogues


class DayOfTheAct(forms.Form):
    """The first step: the date of the act decides which offences can be chosen."""

    tanggal = day_field(
        _("Date of the act"),
        help_text=_("When it happened, not when it was reported. Of an act that went on, its last day."),
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_tanggal(self):
        day = self.cleaned_data["tanggal"]
        if day > self.today:
            raise forms.ValidationError(_("The date of the act lies in the future. Check it."))
        return day


class OffencesField(forms.MultipleChoiceField):
    """Offences in force on the date of the act. Another one is refused by the rule, which says why."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value):
        return any(term.code == value for term in all_offences())


class Proceeding(forms.Form):
    """What is known of a proceeding. The number at the court and the accused may come later."""

    act_on = day_field(_("Date of the act"))
    offences = OffencesField(label=_("Offences in force on that day"), required=False)
    accused = forms.TypedChoiceField(label=_("Accused"), required=False, coerce=int, empty_value=None)
    police = forms.ModelChoiceField(label=_("Police unit"), queryset=None, required=False)
    prosecution = forms.ModelChoiceField(label=_("Prosecution"), queryset=None, required=False)
    court = forms.ModelChoiceField(label=_("Court"), queryset=None, required=False)
    docket = forms.CharField(label=_("Number at the court"), max_length=80, required=False)

    def __init__(self, *args, case, suspects, **kwargs):
        super().__init__(*args, **kwargs)
        self.suspects = {part.pk: part for part, _name in suspects}
        self.fields["accused"].choices = [
            ("", _("Not known yet")),
            *((part.pk, name or _("Suspect %(number)d, name not known") % {"number": part.pk})
              for part, name in suspects),
        ]  # fmt: skip
        agencies = let_in(case, Agency.objects.working().filter(kind__in=proceedings.AUTHORITIES.values()))
        for name, kind in proceedings.AUTHORITIES.items():
            field = self.fields[name]
            field.queryset = Agency.objects.filter(pk__in=[a.pk for a in agencies if a.kind == kind]).order_by("name")
            field.empty_label = _("Not known")
        self.day = self._day()
        ticked = set(self["offences"].value() or ())
        self.fields["offences"].choices = [
            (term.code, offence_words(term))
            for term in all_offences()
            if term.code in ticked or self.day is None or term.is_valid_on(self.day)
        ]

    @property
    def not_in_force(self):
        """Offences that cannot be chosen for this date, with the time in which they are in force."""
        return [offence_words(term) for term in all_offences() if self.day and not term.is_valid_on(self.day)]

    def told(self):
        """The arguments of `proceedings.begin` and `describe`."""
        return self.cleaned_data | {"accused": self.suspects.get(self.cleaned_data["accused"])}

    def _day(self):
        try:
            return self.fields["act_on"].clean(self["act_on"].value())
        except forms.ValidationError:
            return None


class Step(forms.Form):
    """A step that may come next; a verdict says how it decided."""

    kind = forms.ChoiceField(label=_("Step"))
    on = day_field(_("Day"))
    outcome = forms.ChoiceField(label=_("How the verdict decides"), required=False)
    prison_months = forms.IntegerField(
        label=_("Prison, in months"), required=False, min_value=1, max_value=1200,
        help_text=_("Of a conviction. 3 years are 36 months."),
    )  # fmt: skip
    fine = RupiahField(label=_("Fine in rupiah"), required=False)
    note = text_area(_("Note"), required=False, rows=2)

    def __init__(self, *args, steps, noted, **kwargs):
        super().__init__(*args, **kwargs)
        terms = [catalogues.term("proceeding_steps", code) for code in steps]
        new = [(term.code, term.name) for term in terms if term.code not in noted]
        again = [(term.code, term.name) for term in terms if term.code in noted]
        groups = [(_("Next"), new), (_("Once more"), again)]
        self.fields["kind"].choices = [("", _("Choose")), *((words, rows) for words, rows in groups if rows)]
        self.fields["outcome"].choices = with_blank("verdict_outcomes", _("No verdict"))
        if not any(term.extra["is_verdict"] for term in terms):
            for name in ("outcome", "prison_months", "fine"):
                del self.fields[name]


class Examination(forms.Form):
    """An examination of a victim or witness: where, and who sat beside the person."""

    who = forms.TypedChoiceField(label=_("Who was examined"), coerce=int)
    on = day_field(_("Day"))
    place = forms.ChoiceField(label=_("Where"))
    agency = forms.ModelChoiceField(label=_("By which agency"), queryset=None, required=False)
    proceeding = forms.TypedChoiceField(label=_("In which proceeding"), required=False, coerce=int, empty_value=None)
    has_companion = forms.BooleanField(label=_("A companion was present"), required=False)
    has_advocate = forms.BooleanField(label=_("An advocate was present"), required=False)
    has_interpreter = forms.BooleanField(label=_("An interpreter was present"), required=False)
    beside = forms.CharField(
        label=_("Who sat beside the person"), required=False, max_length=200, help_text=_("It is sealed.")
    )

    def __init__(self, *args, case, people, found, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {part.pk: part for part, _name in people}
        self.proceedings = {each.pk: each for each in found}
        self.fields["who"].choices = [("", _("Choose")), *((part.pk, _who(part, name)) for part, name in people)]
        self.fields["place"].choices = with_blank("examination_places", _("Choose"))
        agencies = let_in(case, Agency.objects.working().filter(kind__in=proceedings.AUTHORITIES.values()))
        self.fields["agency"].queryset = Agency.objects.filter(pk__in=[a.pk for a in agencies]).order_by("name")
        self.fields["agency"].empty_label = _("Not known")
        self.fields["proceeding"].choices = [
            ("", _("None yet")),
            *((each.pk, name_of(each)) for each in self.proceedings.values()),
        ]
        if not self.proceedings:
            del self.fields["proceeding"]

    def told(self):
        """The person, and the arguments of `proceedings.note_examination`."""
        told = dict(self.cleaned_data)
        part = self.people[told.pop("who")]
        return part, told | {"proceeding": self.proceedings.get(told.pop("proceeding", None))}


def all_offences():
    """Offences of every time, as terms of the catalogue legal_bases."""
    return [term for term in catalogues.terms("legal_bases") if term.extra["offence"]]


def offence_words(term):
    """An offence with its help and the time in which it is in force."""
    words = f"{term.name}. {term.hint}" if term.hint else term.name
    if term.valid_until:
        return _("%(offence)s (in force until %(day)s)") % {"offence": words, "day": _day(term.valid_until)}
    if term.valid_from:
        return _("%(offence)s (in force from %(day)s)") % {"offence": words, "day": _day(term.valid_from)}
    return words


def name_of(proceeding):
    """A proceeding by its offences and the date of the act; no name."""
    offences = ", ".join(catalogues.name_of("legal_bases", code) for code in proceeding.offences)
    return _("%(offences)s, act of %(day)s") % {
        "offences": offences or _("Offence not chosen yet"), "day": _day(proceeding.act_on)}  # fmt: skip


def _day(day):
    return date_format(day, "j F Y")


def _who(part, name):
    told = name or _("Name not known")
    label = f"{told}, {part.get_part_display()}"
    return f"{label}, {part.get_childhood_display()}" if part.counts_as_child else label
