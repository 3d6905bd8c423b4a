"""The hidden number at the desk: asked for, computed in the background, and read with everything that limits it."""

from statistics import median

from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk import tasks
from simpul.desk.acting import leaf, page, status_of, tried, typed
from simpul.desk.forms.estimates import Question
from simpul.insight import estimates as room
from simpul.insight.figures import THRESHOLD
from simpul.insight.interval_chart import intervals
from simpul.insight.methods import capture_telling as telling
from simpul.insight.methods import capture_verdict
from simpul.insight.models import Estimate
from simpul.insight.telling import with_decimals

SECTION = "desk:estimates"
ASKING = (Right.SEE_FACTS, Right.KEEP_MANIFESTS)
NOTHING = "–"
LITTLE_OVERLAP = "little_overlap"


@officers(*ASKING)
def estimates(request):
    """Estimates of the officer's region, and the form for a new one."""
    form = Question(typed(request), officer=request.user, today=localdate(request.at))
    if form.is_valid():
        asked = tried(form, room.ask, form.asked(), by=request.user, at=request.at)
        if asked:
            tasks.make_estimate.enqueue(asked.pk)
            return redirect("desk:estimate", asked.pk)
    found = leaf(request, room.estimates_for(request.user))
    rows = [(one, _short(one)) for one in found]
    return page(request, "estimates/list", section=SECTION, status=status_of(form), form=form, leaf=found, rows=rows)


@officers(*ASKING)
def estimate(request, pk):
    """One estimate; while it is computed, how far that is."""
    one = room.estimate_for(request.user, pk)
    if one.state not in (Estimate.State.DONE, Estimate.State.REFUSED):
        step = telling.STEPS.get(one.step)
        return page(request, "estimates/waiting", section=SECTION, estimate=one, step=step and _(step))
    exact = room.sees_exact(request.user, one)
    overlap = Overlap(one, exact=exact)
    shows = one.state == Estimate.State.DONE and overlap.may_show_methods
    return page(
        request, "estimates/estimate", section=SECTION, estimate=one, exact=exact, overlap=overlap,
        verdict=verdict(one), reasons=reasons(one, is_cut=overlap.is_cut),
        methods=methods(one, overlap) if shows else [], picture=_picture(one, overlap) if shows else "",
        without=without(one, overlap) if shows and not overlap.is_cut else [],
        heads=[_(telling.METHODS[name]) for name in one.results["methods"]] if shows else [],
        is_done=one.state == Estimate.State.DONE, threshold=THRESHOLD, linkages=len(one.tables),
        limits=_limits(), least=_least(),
    )  # fmt: skip


class Overlap:
    """How many are on each list and on two, as far as an officer may see it.

    Where one number of the table is small, neither the number of all people nor that of people on two lists or more is
    shown: with the sums the small one could be computed from them.
    """

    def __init__(self, one, *, exact):
        told = one.results["overlap"]
        self.lists = told["lists"]
        self.pairs = {tuple(pair.split(":")): number for pair, number in told["pairs"].items()}
        self.empty = [room.NAMES[name] for name in told["empty_lists"]]
        self.exact = exact
        numbers = [*self.lists.values(), *self.pairs.values(), told["on_two_or_more"]]
        self.is_cut = not exact and any(number < THRESHOLD for number in numbers)
        self.total = NOTHING if self.is_cut else number_in(one.results["n"])
        self.several = NOTHING if self.is_cut else number_in(told["on_two_or_more"])

    @property
    def may_show_methods(self):
        """With two lists the overlap follows from the estimate itself."""
        return not self.is_cut or len(self.lists) > 2

    @property
    def rows(self):
        """(name of a list, numbers shared with each list), the list with itself in its own column."""
        return [(room.NAMES[one], [self._cell(one, other) for other in self.lists]) for one in self.lists]

    @property
    def names(self):
        return [room.NAMES[name] for name in self.lists]

    def said(self, value):
        """An estimate in figures."""
        return NOTHING if value is None else number_in(self.blurred(value))

    def blurred(self, value):
        """To two figures, and to tens, where overlaps are hidden: they could be computed from the estimate."""
        if value is None or not self.is_cut:
            return value
        return round(telling.rounded(value), -1)

    def _cell(self, one, other):
        pair = (one, other) if (one, other) in self.pairs else (other, one)
        number = self.lists[one] if one == other else self.pairs[pair]
        if not self.exact and number < THRESHOLD:
            return _("fewer than %(number)d") % {"number": THRESHOLD}
        return number_in(number)


def verdict(one):
    """What may be published, in a sentence."""
    told = one.results
    if one.state == Estimate.State.REFUSED:
        return _(telling.VERDICTS["withhold"])
    middle = median([told["methods"][name]["estimate"] for name in told["counting"]])
    numbers = {"middle": middle, **told["range"]}
    return _(telling.VERDICTS[told["verdict"]]) % {name: _rounded(value) for name, value in numbers.items()}


def reasons(one, *, is_cut):
    """Why nothing better may be published, or why there is no number; without what a hidden overlap follows from."""
    return [_reason(each, is_cut=is_cut) for each in one.results["reasons"]]


def _reason(told, *, is_cut):
    code = told["code"]
    if is_cut and code == capture_verdict.A_LIST_DECIDES:
        return _("Without the list %(list)s the estimate changes much.") % _spoken(told)
    if is_cut and code == LITTLE_OVERLAP:
        return _("Too few people are on two lists or more; with fewer than %(least)s no number is given.") % {
            "least": told["least"]
        }
    if code in telling.REASONS:
        return _(telling.REASONS[code]) % _spoken(told)
    values = {name: _names(value) if isinstance(value, list) else value for name, value in told.items()}
    return _(telling.REFUSALS[code]) % values


def _spoken(told):
    spoken = dict(told)
    if "ratio" in told:
        spoken["ratio"] = NOTHING if told["ratio"] is None else with_decimals(told["ratio"])
    if "share" in told:
        spoken["share"] = f"{number_in(100 * told['share'])} %"
    if "method" in told:
        spoken["method"] = _(telling.METHODS[told["method"]])
    if "list" in told:
        spoken["list"] = room.NAMES.get(told["list"], told["list"])
    return spoken | {name: _rounded(told[name]) for name in ("low", "high") if name in told}


def methods(one, overlap):
    """Lines of the table: (method, estimate, interval, model, whether it counts); those without a number at the end."""
    told = one.results
    rows = [
        (
            _(telling.METHODS[name]), overlap.said(each["estimate"]), _interval(each, overlap), _model(name, each),
            name in told["counting"],
        )
        for name, each in told["methods"].items()
    ]  # fmt: skip
    return rows + [(_(telling.METHODS[name]), NOTHING, NOTHING, "", False) for name in told["refused"]]


def without(one, overlap):
    """(list, estimate of each method as if that list had never been kept)."""
    names = list(one.results["methods"])
    return [
        (room.NAMES[name], [overlap.said(values.get(method)) for method in names])
        for name, values in one.results["without"].items()
    ]


def number_in(value):
    return with_decimals(value, 0)


def _rounded(value):
    return NOTHING if value is None else number_in(telling.rounded(value))


def _short(one):
    """What stands in the list."""
    if one.state == Estimate.State.DONE:
        return verdict(one)
    return one.get_state_display()


def _interval(each, overlap):
    if each["low"] is None or each["high"] is None:
        return NOTHING
    return f"{overlap.said(each['low'])}–{overlap.said(each['high'])}"


def _model(name, each):
    if name == "latent" and "classes" in each:
        return ngettext("%(n)s kind", "%(n)s kinds", each["classes"]) % {"n": each["classes"]}
    if name == "averaged" and "models" in each:
        return ngettext("%(n)s model", "%(n)s models", each["models"]) % {"n": number_in(each["models"])}
    return ", ".join(" × ".join(str(room.NAMES.get(part, part)) for part in term.split(":")) for term in each["model"])


def _names(values):
    return ", ".join(str(room.NAMES.get(value, value)) for value in values)


def _picture(one, overlap):
    told = one.results
    numbers = ("estimate", "low", "high")
    rows = [
        (_(telling.METHODS[name]), *(overlap.blurred(each[key]) for key in numbers), name in told["counting"])
        for name, each in told["methods"].items()
    ]
    return intervals(
        rows, seen=None if overlap.is_cut else told["n"], seen_words=_("seen"), words=number_in,
        title=_("How many people in all, by method"),
    )  # fmt: skip


def _limits():
    """The most that is borne for a number, and for a range."""
    rows = (
        (_("largest estimate by the smallest"), "methods"), (_("highest limit by the lowest"), "interval"),
        (_("change when any one list is left out"), "drop"),
    )  # fmt: skip
    return [(words, *(with_decimals(getattr(limits, name)) for limits in LIMITS)) for words, name in rows]


LIMITS = (capture_verdict.PUBLISH, capture_verdict.RANGE)


def _least():
    # The module is light, the package beside it is not needed for one number.
    from simpul.insight.methods.capture_table import LEAST_OVERLAP

    return LEAST_OVERLAP
