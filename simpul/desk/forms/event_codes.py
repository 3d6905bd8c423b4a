"""A new event code as it is typed."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from simpul.desk.forms.places import FindsPlaces, PlaceField
from simpul.intake.channels import LONGEST
from simpul.lib.dates import end_of_day

MOST_REPORTS = 5000


class EventCodeForm(FindsPlaces, forms.Form):
    """The names of the cleaned values are those of `channels.make`."""

    occasion = forms.CharField(
        label=_("Occasion"), help_text=_("Such as: returnees at the border post of Entikong."), max_length=80
    )
    last_day = forms.DateField(
        label=_("Valid to the end of"),
        help_text=_("At most 14 days."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    place = PlaceField(label=_("Place"), required=False, help_text=_("Village, district or regency. May stay empty."))
    limit = forms.IntegerField(label=_("Reports at most"), min_value=1, max_value=MOST_REPORTS, initial=500)

    def __init__(self, *args, at, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate(at)
        last = timezone.localdate(at + LONGEST) - timedelta(days=1)
        self.fields["last_day"].widget.attrs |= {"min": self.today.isoformat(), "max": last.isoformat()}
        self.fields["last_day"].initial = self.today + timedelta(days=1)

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day < self.today:
            raise forms.ValidationError(_("This day is over. Choose today or a later day."))
        return day

    def clean(self):
        told = super().clean()
        if "last_day" in told:
            told["until"] = end_of_day(told.pop("last_day"), timezone.get_current_timezone())
        return told
