"""What to count and where: the questions that the map and the tables answer."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from simpul.insight import figures
from simpul.places.models import Place
from simpul.places.regions import LEVELS, level_of

SUBJECTS = (("returns", _("People sent home")), ("workers", _("Migrant workers in the register")))
MEASURES = (("number", _("People")), ("rate", _("Per 100,000 inhabitants")))
LEVEL_WORDS = {"regency": _("Regencies and cities"), "district": _("Districts"), "village": _("Villages")}


class Chosen(forms.Form):
    """Choices in the address of a page.

    What does not fit is replaced by what the page begins with, and the form shows what was answered: an old address
    gives a page, not an error.
    """

    def __init__(self, data, *, officer):
        super().__init__({})
        self.officer, self.given = officer, data or {}

    def words(self):
        """What was asked for, for a reader who does not see the form."""
        return [str(dict(field.choices)[self.data[name]]) for name, field in self.fields.items() if self.data[name]]

    def address(self, *, without=()):
        """The question as the end of an address."""
        return "&".join(f"{name}={value}" for name, value in self.data.items() if value and name not in without)

    def _take(self, name, choices, default=None):
        """The choices of a field, and what was chosen of them."""
        self.fields[name].choices = choices = list(choices)
        codes = [code for code, _words in choices]
        given = self.given.get(name, "")
        self.data[name] = given if given in codes else default if default in codes else codes[0]


class Asked(Chosen):
    """What is common to the map and the tables: the subject, the region, the year."""

    apa = forms.ChoiceField(label=_("Count"), choices=SUBJECTS)
    wilayah = forms.ChoiceField(label=_("Region"))
    tahun = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, data, *, officer):
        super().__init__(data, officer=officer)
        self._take("apa", SUBJECTS)
        self._take("wilayah", regions_of(officer.jurisdiction))
        self.years = figures.years(self.subject, prefix=officer.jurisdiction)
        if self.subject == "returns":
            self._take("tahun", [("", _("all years")), *((str(year), str(year)) for year in self.years)])
        else:
            # The register tells what holds today.
            del self.fields["tahun"]

    @property
    def subject(self):
        return self.data["apa"]

    @property
    def region(self):
        return self.data["wilayah"]

    @property
    def year(self):
        return int(self.data["tahun"]) if self.data.get("tahun") else None


class MapAsked(Asked):
    """The question of a map: at which level, number or rate."""

    tingkat = forms.ChoiceField(label=_("Places"))
    ukuran = forms.ChoiceField(label=_("Show"))

    def __init__(self, data, *, officer):
        super().__init__(data, officer=officer)
        below = [str(level) for level in LEVELS[LEVELS.index(level_of(self.region)) + 1 :]]
        self._take("tingkat", [(level, LEVEL_WORDS[level]) for level in below])
        # Inhabitants are known of regencies and cities.
        self._take("ukuran", MEASURES if self.level == "regency" else MEASURES[:1])

    @property
    def level(self):
        return self.data["tingkat"]

    @property
    def measure(self):
        return self.data["ukuran"]


# Too many to stand side by side.
MANY = ("village", "district", "arrival")


class TableAsked(Asked):
    """The question of a table: by what, and by what else."""

    baris = forms.ChoiceField(label=_("Lines"))
    kolom = forms.ChoiceField(label=_("Columns"), required=False)

    def __init__(self, data, *, officer, exact):
        super().__init__(data, officer=officer)
        dimensions = [(name, figures.DIMENSIONS[name]) for name in figures.SUBJECTS[self.subject]]
        self._take("baris", dimensions, default="regency" if len(self.region) == 2 else "sex")
        self._take("kolom", [("", _("none")), *(each for each in dimensions if self._may_stand_across(each[0], exact))])

    def question(self):
        return figures.Question(
            self.subject, self.data["baris"], self.data["kolom"], prefix=self.region, year=self.year
        )

    def words(self):
        lines, columns = figures.DIMENSIONS[self.data["baris"]], figures.DIMENSIONS.get(self.data["kolom"], "")
        by = _now("%(lines)s by %(columns)s") % {"lines": lines, "columns": columns} if columns else str(lines)
        return [word for word in super().words() if word not in (str(lines), str(columns))] + [by]

    def _may_stand_across(self, name, exact):
        rows = self.data["baris"]
        if name in MANY or name == rows or (name in figures.PLACES and rows in figures.PLACES):
            return False
        # By village, or by day, and something else nearly every number would be hidden.
        return exact or rows not in ("village", "arrival")


def regions_of(code):
    """A region and the regions right below it for which figures are made: (code, words)."""
    own = list(Place.objects.filter(pk=code).values_list("code", "name"))
    if level_of(code) == Place.Level.VILLAGE:
        return own
    return own + list(figures.places_at(code, str(LEVELS[LEVELS.index(level_of(code)) + 1])).items())
