"""Forms of a list: the file, what its head says, what its columns are, what its unclear cells mean."""

from dataclasses import dataclass, field
from zlib import crc32

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from simpul.agencies.models import Agency
from simpul.desk.forms.cases import day_field
from simpul.migrants.models import Manifest
from simpul.migrants.reading import layouts
from simpul.migrants.sheets import LARGEST
from simpul.places.crossings import posts
from simpul.reference import catalogues

# Groups of unclear cells on one leaf.
MOST_QUESTIONS = 60


class Upload(forms.Form):
    """A file, and who sent it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (xlsx, xls), ODS or CSV, as it came. Nothing is taken in before you say so."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt"}),
        # Of a file that is too large nothing is kept; that it is empty would be the wrong sentence.
        allow_empty_file=True,
    )
    sender = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("Sent by"),
        required=False,
        empty_label=_("My own agency"),
        help_text=_("What you correct is remembered for the next list of the same sender."),
    )

    def __init__(self, *args, officer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sender"].queryset = Agency.objects.working().exclude(pk=officer.agency_id).order_by("name")

    def clean_file(self):
        file = self.cleaned_data["file"]
        why = getattr(file, "too_much", "")
        if why == "crowded":
            raise forms.ValidationError(
                _("Many files are arriving at the moment. Send this one again in a few minutes.")
            )
        if why or file.size > LARGEST:
            words = _("This file is larger than %(mb)d MB. Split it, or let the operator import it.")
            raise forms.ValidationError(words % {"mb": LARGEST // 2**20})
        if not file.size:
            raise forms.ValidationError(_("This file is empty. Choose the file with the list of names."))
        return file


class Head(forms.Form):
    """What holds for everybody on a manifest."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Manifest.Kind.choices)
    arrived_on = day_field(_("Arrived"))
    post = forms.ChoiceField(label=_("Post"), required=False)
    depot = forms.ChoiceField(label=_("Depot"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", _("Not known")), *((p.code, p.name) for p in posts(prefix=settings.REGION))]
        self.fields["depot"].choices = [("", _("Not known")), *catalogues.choices("depots")]

    def header(self):
        """The facts as the list keeps them."""
        told = dict(self.cleaned_data)
        return told | {"arrived_on": told["arrived_on"].isoformat()}


class Columns(forms.Form):
    """For each column of the list, what it is."""

    def __init__(self, *args, reading, layout, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", _("leave out")), *((code, layouts.LABELS[code]) for code in layouts.LAYOUTS[layout].codes)]
        for column in reading.columns:
            self.fields[f"k{column.number}"] = forms.ChoiceField(
                label=column.heading or column.letter, choices=choices, required=False, initial=column.code
            )

    def meant(self):
        """What was changed: {column number: code}."""
        return {
            int(name[1:]): code for name, code in self.cleaned_data.items() if code != (self.fields[name].initial or "")
        }


@dataclass
class Group:
    """Cells of one column that read the same and are unclear for the same reason: answered once.

    `cells` are (row, name of the sheet).
    """

    column: str
    heading: str
    read: str
    say: str
    choices: tuple
    cells: list = field(default_factory=list)

    @property
    def name(self):
        row, sheet = self.cells[0]
        return f"s{row}_{crc32(sheet.encode())}_{self.column}"

    @property
    def rows(self):
        shown = ", ".join(str(row) for row, _sheet in self.cells[:8])
        return f"{shown} …" if len(self.cells) > 8 else shown

    @property
    def count(self):
        return len(self.cells)

    @property
    def label(self):
        """What stands over the cells; a place outside the region is found without one."""
        return self.heading or str(layouts.LABELS.get(self.column, self.column))

    @property
    def is_about_a_column(self):
        """What a whole column is stands in no cell: it is answered where the columns are."""
        return not self.column or (not self.heading and bool(self.choices))


def grouped(problems):
    """Unclear cells, those of the same words together."""
    groups = {}
    for problem in problems:
        where = (problem.row, problem.sheet)
        key = (problem.column, problem.read, problem.say) if problem.read else (*where, problem.column)
        group = groups.setdefault(
            key, Group(problem.column, problem.heading, problem.read, problem.say, tuple(problem.choices))
        )
        group.cells.append(where)
    return list(groups.values())


@dataclass
class Answered:
    """Cells of one column for which the same was written: taken back together."""

    column: str
    text: str
    cells: list = field(default_factory=list)

    @property
    def name(self):
        return f"{self.column}_{crc32(self.text.encode())}"

    @property
    def label(self):
        return str(layouts.LABELS.get(self.column, self.column))

    @property
    def rows(self):
        return ", ".join(str(row) for row, _column, _sheet in self.cells[:8]) + (" …" if len(self.cells) > 8 else "")


def line_name(line):
    """How a form names a line of a file."""
    row, sheet = line
    return f"b{row}_{crc32(sheet.encode())}"


def answered(said, *, without=()):
    """What an officer wrote for cells, the same words together; `without` are cells that are asked still."""
    groups = {}
    for row, column, sheet, text in said["answers"]:
        if (row, column, sheet) not in without:
            group = groups.setdefault((column, text), Answered(column, text))
            group.cells.append((row, column, sheet))
    return list(groups.values())


class Answers(forms.Form):
    """What the unclear cells of one leaf mean; what is not answered stays open."""

    def __init__(self, data=None, *, groups, **kwargs):
        super().__init__(data, **kwargs)
        self.groups = [group for group in groups if not group.is_about_a_column][:MOST_QUESTIONS]
        for group in self.groups:
            where = {"group": group.label, "rows": group.rows}
            self.fields[group.name] = self._field(group)
            self.fields[f"{group.name}_kosong"] = forms.BooleanField(
                label=_("not known"), required=False, widget=_box(_("not known: %(group)s, line %(rows)s") % where)
            )
            self.fields[f"{group.name}_bukan"] = forms.BooleanField(
                label=_("no person"), required=False, widget=_box(_("no person: line %(rows)s") % where)
            )

    def questions(self):
        """(group, field for the answer, box for not known, box for no person)."""
        return [(g, self[g.name], self[f"{g.name}_kosong"], self[f"{g.name}_bukan"]) for g in self.groups]

    def answers(self):
        """{(row, column, sheet): text} and the lines that are no person.

        What stands in a field as it was read is no answer yet.
        """
        cells, lines = {}, set()
        for group in self.groups:
            text = self.cleaned_data[group.name].strip()
            if self.cleaned_data[f"{group.name}_bukan"]:
                lines |= set(group.cells)
            elif self.cleaned_data[f"{group.name}_kosong"]:
                cells |= {(row, group.column, sheet): "" for row, sheet in group.cells}
            elif text and text != group.read.strip():
                cells |= {(row, group.column, sheet): text for row, sheet in group.cells}
        return cells, lines

    def overtaken(self):
        """How many answers were sent for cells that are not asked any more: somebody else was quicker."""
        names = {self.add_prefix(group.name) for group in self.groups}
        sent = {name for name, value in self.data.items() if name.startswith(f"{self.prefix}-s") and value}
        return len({name.removesuffix("_kosong").removesuffix("_bukan") for name in sent} - names)

    @staticmethod
    def _field(group):
        if group.choices:
            return forms.ChoiceField(label=group.label, required=False, choices=[("", _("choose")), *group.choices])
        return forms.CharField(label=group.label, required=False, max_length=200, initial=group.read)


def _box(words):
    return forms.CheckboxInput(attrs={"aria-label": words})
