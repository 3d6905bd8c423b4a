"""Forms of restitution: the items of a claim, its steps, the proceeding that decides on it."""

from decimal import Decimal

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from simpul.desk.forms.cases import day_field, text_area, with_blank
from simpul.desk.forms.money import RupiahField
from simpul.desk.forms.proceedings import name_of
from simpul.reference import catalogues

MORE, MOST = "tambah", 40


class Step(forms.Form):
    """A step that may follow, with its day and, where it has one, its amount."""

    kind = forms.ChoiceField(label=_("Step"))
    on = day_field(_("Day"))
    amount = RupiahField(label=_("Amount in rupiah"), required=False)
    note = text_area(_("Note"), required=False, rows=2)

    def __init__(self, *args, steps, **kwargs):
        super().__init__(*args, **kwargs)
        terms = [catalogues.term("restitution_steps", code) for code in steps]
        self.fields["kind"].choices = [("", _("Choose")), *((term.code, term.name) for term in terms)]
        wanted = [term.name for term in terms if term.extra["amount"] != "none" and term.code != "claimed"]
        if not wanted and not any(term.code == "claimed" for term in terms):
            del self.fields["amount"]
        elif wanted:
            self.fields["amount"].help_text = _("For: %(steps)s.") % {"steps": ", ".join(wanted)}
        else:
            self.fields["amount"].help_text = _("Empty: the sum of the items.")


class Deciding(forms.Form):
    """The proceeding that decides on the claim."""

    proceeding = forms.ModelChoiceField(label=_("Proceeding"), queryset=None, empty_label=_("Choose"))

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["proceeding"]
        field.queryset = case.proceedings.order_by("pk")
        field.label_from_instance = name_of


class Items(forms.Form):
    """The losses of a claim: a row for each head of the law, and further rows where one head has several.

    Rows grow by a button that checks nothing and loses nothing. A row without amount and words is no item.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.heads = [term.code for term in catalogues.terms("restitution_heads")]
        for code in self.heads:
            self._add_row(code, _("Amount: %(loss)s") % {"loss": catalogues.name_of("restitution_heads", code)})
        for number in range(self._extra_rows()):
            row = f"x{number}"
            self.fields[f"head_{row}"] = forms.ChoiceField(
                label=_("Loss"), required=False, choices=with_blank("restitution_heads", _("Choose"))
            )
            self._add_row(row, _("Amount"))

    @property
    def is_growing(self):
        return self.is_bound and MORE in self.data

    def full_clean(self):
        if not self.is_growing:
            super().full_clean()
            return
        self._errors, self.cleaned_data = ErrorDict(), {}

    def is_valid(self):
        return not self.is_growing and super().is_valid()

    def clean(self):
        for row in self._rows():
            self._check_row(row)
        if not self.errors and not self.items():
            raise forms.ValidationError(_("Write at least one loss with its amount."))
        return self.cleaned_data

    def items(self):
        """The arguments of `restitution.itemise`: (head, amount, what for), in the order of the rows."""
        told = self.cleaned_data
        return [
            (told.get(f"head_{row}", row), told[f"amount_{row}"], told.get(f"note_{row}", ""))
            for row in self._rows()
            if told.get(f"amount_{row}")
        ]

    def lines(self):
        """The rows for the page: the loss or the field to choose it, the amount and what shows it."""
        for row in self._rows():
            name = "" if row.startswith("x") else catalogues.name_of("restitution_heads", row)
            head = self[f"head_{row}"] if row.startswith("x") else None
            yield {"name": name, "head": head, "amount": self[f"amount_{row}"], "note": self[f"note_{row}"]}

    @property
    def sum_typed(self):
        """The sum of what is readable of the amounts, for the foot of the table."""
        amounts = (self._amount(self[f"amount_{row}"].value()) for row in self._rows())
        return sum(amounts, Decimal(0))

    def _amount(self, value):
        try:
            return RupiahField(required=False).clean(value) or Decimal(0)
        except forms.ValidationError:
            return Decimal(0)

    def _rows(self):
        return [name.removeprefix("amount_") for name in self.fields if name.startswith("amount_")]

    def _extra_rows(self):
        """As many as are held, as were shown, and one more where the button was pressed."""
        told = [*self.initial, *(self.data if self.is_bound else ())]
        numbers = [int(name[8:]) for name in told if name.startswith("amount_x") and name[8:].isdecimal()]
        count = max((number + 1 for number in numbers if number < MOST), default=0)
        return min(count + bool(self.is_growing), MOST)

    def _add_row(self, row, label):
        self.fields[f"amount_{row}"] = RupiahField(label=label, required=False)
        self.fields[f"note_{row}"] = forms.CharField(
            label=_("What for, and what shows it"), required=False, max_length=1000,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )  # fmt: skip

    def _check_row(self, row):
        told = self.cleaned_data
        amount = told.get(f"amount_{row}")
        if amount == 0:
            self.add_error(f"amount_{row}", _("An item is more than nothing. Leave out what is not claimed."))
        if f"amount_{row}" in self.errors or amount:
            if row.startswith("x") and not told.get(f"head_{row}"):
                self.add_error(f"head_{row}", _("Choose which loss this is."))
            return
        if told.get(f"note_{row}"):
            self.add_error(f"amount_{row}", _("Write the amount too, or leave the row empty."))


def held_in(restitution):
    """What stands, by field of `Items`: the first item of a head in its row, further ones in rows of their own."""
    held, taken = {}, set()
    heads = [term.code for term in catalogues.terms("restitution_heads")]
    for code in heads:
        held |= {f"amount_{code}": None, f"note_{code}": ""}
    number = 0
    for item in sorted(restitution.items.all(), key=lambda item: item.pk):
        row = item.head
        if item.head in taken or item.head not in heads:
            row, number = f"x{number}", number + 1
            held[f"head_{row}"] = item.head
        taken.add(item.head)
        held |= {f"amount_{row}": item.amount, f"note_{row}": item.note.opened_or_erased() or ""}
    return held


class By(forms.Form):
    """What the sums are told by."""

    WAYS = {"daerah": "region", "lembaga": "agency", "tahun": "year"}

    menurut = forms.ChoiceField(
        label=_("Added up by"), required=False,
        choices=[("daerah", _("Region")), ("lembaga", _("Agency")), ("tahun", _("Year of the claim"))],
    )  # fmt: skip

    @property
    def way(self):
        """One of `queries.restitution_sums`; what cannot be read is the region."""
        self.is_valid()
        return self.WAYS.get(self.cleaned_data.get("menurut"), "region")
