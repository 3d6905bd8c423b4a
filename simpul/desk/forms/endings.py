"""Forms for the end of a case and after: closed for a reason, begun again, handed over to another agency."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.agencies.exclusions import let_in
from simpul.agencies.models import Agency
from simpul.agencies.roles import RIGHTS, Right
from simpul.desk.forms.cases import text_area, with_blank


class Closing(forms.Form):
    """Why a case is closed."""

    reason = forms.ChoiceField(label=_("Why"), choices=partial(with_blank, "closing_reasons", _("Choose")))
    note = text_area(_("How it ended"), required=False, rows=4, help_text=_("It is sealed with the file."))


class Recurrence(forms.Form):
    """Who was trafficked again, and what is known of it."""

    who = forms.TypedMultipleChoiceField(
        label=_("Who was trafficked again"), widget=forms.CheckboxSelectMultiple, coerce=int,
        error_messages={"required": _("Choose who was trafficked again.")},
    )  # fmt: skip
    summary = text_area(_("Summary"), required=False, help_text=_("What is known so far. It is sealed."))

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [(part.pk, name or _("Name not known")) for part, name in people]


class HandingOver(forms.Form):
    """Which agency keeps the case from now on."""

    to = forms.ModelChoiceField(label=_("To which agency"), queryset=Agency.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        keepers = [role for role, rights in RIGHTS.items() if Right.KEEP_CASES in rights]
        able = Agency.objects.working().filter(officers__is_active=True, officers__role__in=keepers)
        able = let_in(case, able.exclude(pk=case.agency_id).distinct())
        self.fields["to"].queryset = Agency.objects.filter(pk__in=[agency.pk for agency in able]).order_by("name")
