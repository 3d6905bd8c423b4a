"""Which ways to show: the question of the page of routes, as far as the officer may ask it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.desk.forms.figures import Chosen, regions_of
from simpul.insight import routes
from simpul.places.models import Place
from simpul.places.regions import level_of

EVERY = "semua"
SHOWN = (Place.Level.PROVINCE, Place.Level.REGENCY)


class RoutesAsked(Chosen):
    """The period, and for those who see every way also the kind of records and the region.

    Whoever sees figures only asks for one quarter in the own region: from questions that overlap small numbers follow.
    """

    kurun = forms.ChoiceField(label=_("Period"), required=False)
    jenis = forms.ChoiceField(label=_("Known from"), required=False)
    wilayah = forms.ChoiceField(label=_("Home in"), required=False)

    def __init__(self, data, *, officer, today):
        super().__init__(data, officer=officer)
        self.exact_kinds = routes.seen_exactly(officer, officer.jurisdiction)
        self.offered = routes.offered(today, exact=self.exact)
        self._take("kurun", [(_code(period), _name(period)) for period in self.offered], self._usual(today))
        if not self.exact:
            del self.fields["jenis"], self.fields["wilayah"]
            return
        kinds = [(kind, routes.KINDS[kind]) for kind in self.exact_kinds]
        self._take("jenis", [("", _("all records")), *kinds] if len(kinds) > 1 else kinds)
        self._take("wilayah", self._regions())

    @property
    def exact(self):
        return bool(self.exact_kinds)

    @property
    def region(self):
        return self.data.get("wilayah") or self.officer.jurisdiction

    @property
    def was_chosen(self):
        """Whether the officer asked for a period, and did not just open the page."""
        return "kurun" in self.given

    def question(self, period=...):
        """The question as it stands, or of another period."""
        period = self._periods()[self.data["kurun"]] if period is ... else period
        return routes.Question(self._kinds(), self.region, period, self.exact)

    def settle(self, period):
        """The page shows another period than the usual one, where that holds nothing."""
        self.data["kurun"] = _code(period)

    def _kinds(self):
        if not self.exact:
            return tuple(routes.KINDS)
        return (self.data["jenis"],) if self.data["jenis"] else tuple(self.exact_kinds)

    def _periods(self):
        return {_code(period): period for period in self.offered}

    def _usual(self, today):
        """The last full quarter, compared with the one before; of a part of a province a year, for there few ways are
        known in a quarter.
        """
        if self.exact and level_of(self.officer.jurisdiction) != Place.Level.PROVINCE:
            return _code(self.offered[1])
        return _code(routes.last_quarter(today))

    def _regions(self):
        own = self.officer.jurisdiction
        return [(code, words) for code, words in regions_of(own) if code == own or level_of(code) in SHOWN]


def _code(period):
    return period.code if period else EVERY


def _name(period):
    return period.name if period else _("all that is known")
