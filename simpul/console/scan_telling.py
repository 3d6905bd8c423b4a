"""What `simpul scan` found, told: as values for programs, and in sentences."""

import math

from simpul.console import scan_time
from simpul.lib.speech import _, gettext_noop, ngettext, number

_UNUSUAL = 0.05
_WIDE = 34
MODELS = {
    "poisson": gettext_noop("cases against population"),
    "permutation": gettext_noop("cases against the other cases: what is usual for the place and for the time"),
    "bernoulli": gettext_noop("cases against people who are none"),
}


def result(study, found, options):
    """{"model", "clusters", "replicas", "total_cases", ...}: what is printed as JSON."""
    whole = study.intervals.named(0, study.intervals.number - 1) if study.intervals else (None, None)
    levels = (0.05, 0.01, 0.001) if len(found.maxima) else ()
    return {
        "model": study.model,
        "clusters": [_cluster(each, study, options) for each in found.clusters],
        "replicas": len(found.maxima),
        "total_cases": _plain(found.total),
        "places": len(study.places.names),
        "from": whole[0],
        "to": whole[1],
        "time": study.intervals.unit if study.in_time else "none",
        "every": options.every,
        "prospective": options.prospective,
        "direction": options.direction,
        "adjusted_for": study.adjusted_for,
        "zones": found.zones,
        "seed": options.seed,
        "critical_llr": {f"{level:g}": found.critical(level) for level in levels},
        "_called": dict(zip(study.places.names, study.places.called, strict=True)),
        "distances": "km" if study.places.is_geographic else "units",
    }


def _cluster(cluster, study, options):
    names = study.places.names
    first, last = study.intervals.named(cluster.first, cluster.last) if study.intervals else (None, None)
    days = scan_time.DAYS[study.intervals.unit] * options.every if study.intervals else 0.0
    return {
        "places": [names[each] for each in cluster.places],
        "from": first,
        "to": last,
        "cases": _plain(cluster.cases),
        "expected": cluster.expected,
        "observed_over_expected": cluster.cases / cluster.expected,
        "relative_risk": cluster.relative_risk,
        "llr": cluster.llr,
        "statistic": cluster.statistic,
        "p": cluster.p if options.replicas else None,
        "p_gumbel": cluster.p_gumbel if options.replicas else None,
        "recurrence_days": days / cluster.p if options.prospective and options.replicas else None,
        "centre": names[cluster.places[0]],
        "radius": cluster.radius,
        "shape": cluster.shape,
        "angle": cluster.angle,
    }


def _plain(count):
    return int(count) if float(count).is_integer() else count


# --- sentences


def told(found, *, most):
    """The lines a reader gets."""
    lines = [_about(found), _("Compared: %(model)s.") % {"model": _model(found)}, ""]
    if not found["clusters"]:
        return [*lines, _("No window holds more cases than expected.")]
    shown = found["clusters"][:most]
    lines += [*_table(shown, found), ""]
    lines += [_sentence(rank, each, found) for rank, each in enumerate(shown, start=1) if _is_unusual(each)]
    lines.append(_verdict(found))
    if len(found["clusters"]) > most:
        more = len(found["clusters"]) - most
        lines.append(
            ngettext(
                "%(count)d weaker cluster is not shown; --json and -o hold it.",
                "%(count)d weaker clusters are not shown; --json and -o hold them.",
                more,
            )
            % {"count": more}
        )
    return lines


def _is_unusual(cluster):
    return cluster["p"] is not None and cluster["p"] <= _UNUSUAL


def _about(found):
    values = {"cases": _count(found["total_cases"]), "places": number(found["places"])}
    if not found["from"]:
        return _("%(cases)s cases in %(places)s places.") % values
    if found["from"] == found["to"]:
        return _("%(cases)s cases in %(places)s places, %(time)s.") % {**values, "time": found["from"]}
    return _("%(cases)s cases in %(places)s places, %(begin)s to %(end)s.") % {
        **values,
        "begin": found["from"],
        "end": found["to"],
    }


def _model(found):
    model = _(MODELS[found["model"]])
    if found["adjusted_for"]:
        model = _("%(model)s, allowing for %(columns)s") % {
            "model": model,
            "columns": ", ".join(found["adjusted_for"]),
        }
    return model


def _table(clusters, found):
    heads = ["", _("place"), _("cases"), _("expected"), _("times"), "LLR", "p"]
    if found["from"]:
        heads.insert(2, _("when"))
    rows = [_row(rank, each, found) for rank, each in enumerate(clusters, start=1)]
    widths = [max(len(row[at]) for row in [heads, *rows]) for at in range(len(heads))]
    words = 3 if found["from"] else 2
    return [
        "  ".join(
            cell.ljust(width) if at < words and at else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in [heads, *rows]
    ]


def _row(rank, cluster, found):
    row = [
        str(rank),
        place_told([found["_called"][each] for each in cluster["places"]]),
        _count(cluster["cases"]),
        expectation(cluster),
        number(cluster["observed_over_expected"], 2),
        number(cluster["statistic"], 2),
        "-" if cluster["p"] is None else number(cluster["p"], _decimals(found["replicas"])),
    ]
    if found["from"]:
        row.insert(2, _when(cluster))
    return row


def _when(cluster):
    if cluster["from"] == cluster["to"]:
        return cluster["from"]
    return _("%(begin)s to %(end)s") % {"begin": cluster["from"], "end": cluster["to"]}


def place_told(names):
    """The first of some places, and how many more."""
    first = names[0] if len(names[0]) <= _WIDE else names[0][: _WIDE - 1] + "…"
    if len(names) == 1:
        return first
    return ngettext("%(place)s and %(count)d more", "%(place)s and %(count)d more", len(names) - 1) % {
        "place": first,
        "count": len(names) - 1,
    }


def expectation(cluster):
    """Expected cases, with as many decimals as tell them from 0."""
    return number(cluster["expected"], 1 if cluster["expected"] >= 1 else 2)


def _sentence(rank, cluster, found):
    names = ", ".join(found["_called"][each] for each in cluster["places"])
    parts = [_("Cluster %(rank)d: %(places)s.") % {"rank": rank, "places": names}]
    parts.append(
        _("%(cases)s cases where %(expected)s are expected.")
        % {"cases": _count(cluster["cases"]), "expected": expectation(cluster)}
    )
    if found["model"] != "permutation" and math.isfinite(cluster["relative_risk"]):
        parts.append(
            _("The risk inside is %(times)s times that outside.") % {"times": number(cluster["relative_risk"], 2)}
        )
    parts.append(
        _("Chance alone makes one as strong somewhere in %(often)s of %(of)s such tables.")
        % {"often": number(cluster["p"] * (found["replicas"] + 1)), "of": number(found["replicas"] + 1)}
    )
    if cluster["recurrence_days"]:
        parts.append(_("Looked for each time anew, chance gives such an alarm once in %(time)s.") % _span(cluster))
    return " ".join(parts)


def _span(cluster):
    days = cluster["recurrence_days"]
    if days < 2 * scan_time.DAYS["year"]:
        return {"time": ngettext("%(count)s day", "%(count)s days", round(days)) % {"count": number(days)}}
    years = days / scan_time.DAYS["year"]
    return {"time": ngettext("%(count)s year", "%(count)s years", round(years)) % {"count": number(years)}}


def _verdict(found):
    if not found["replicas"]:
        return _("No replicas were made, so nothing can be said about chance.")
    unusual = sum(map(_is_unusual, found["clusters"]))
    if not unusual:
        return _("None of these stands out: chance alone often does as much. That is no proof that nothing is there.")
    return ngettext(
        "%(count)d cluster stands out. It says where to look, not why; where more is looked for, more is found.",
        "%(count)d clusters stand out. They say where to look, not why; where more is looked for, more is found.",
        unusual,
    ) % {"count": unusual}


def _count(count):
    return number(count, 0 if float(count).is_integer() else 2)


def _decimals(replicas):
    return max(3, math.ceil(math.log10(replicas + 1)))


# --- refusals


def refusal(refused, study):
    """The sentence of what `simpul.insight.methods` refuses."""
    details = {key: value for key, value in refused.details.items() if key not in ("place", "stratum", "interval")}
    if "place" in refused.details:
        details["place"] = study.places.names[refused.details["place"]]
    if "stratum" in refused.details:
        details["stratum"] = study.strata[refused.details["stratum"]]
    return _(_REFUSALS[refused.reason]) % details


_REFUSALS = {
    "one_place": gettext_noop("There is one place only. A scan compares places: give at least two with coordinates."),
    "one_point": gettext_noop("All places have the same coordinates. Look at the table of places."),
    "no_cases": gettext_noop("There are fewer than two cases. Nothing can gather."),
    "no_controls": gettext_noop("Everybody is a case. The population counts cases and all others together."),
    "share": gettext_noop("A window holds a share of the population above 0 and up to 0.5."),
    "distance": gettext_noop("A distance is not below 0. Change --distance."),
    "not_on_earth": gettext_noop(
        "%(place)s is not on the earth: latitudes are -90 to 90, longitudes -180 to 180. --plane takes other units."
    ),
    "no_windows": gettext_noop(
        "No place is small enough for a window: each holds more than the share of the population that is allowed."
    ),
    "zero_population": gettext_noop(
        "%(place)s has %(cases)g cases and a population of 0. Correct the population, or give a place that has one."
    ),
    "population_below_cases": gettext_noop(
        "%(place)s has more cases than people. The population counts cases and all others together."
    ),
    "stratum_without_population": gettext_noop(
        "There are cases of %(stratum)s and nobody of it in the population. Are both tables coded alike?"
    ),
    "fractional_cases": gettext_noop("Cases are whole numbers by this model; only --model poisson takes fractions."),
    "no_spans": gettext_noop(
        "No span of time fits: %(intervals)d intervals, windows of %(shortest)d to %(longest)d. Change --shortest,"
        " --longest or --time."
    ),
    "too_large": gettext_noop(
        "There are too many windows (%(windows)d). Make them smaller with --share, --distance or --nearest, or make"
        " intervals longer with --every."
    ),
    "not_finite": gettext_noop("A count is below 0 or no number."),
    "one_interval": gettext_noop(
        "The model permutation compares times, and there is one only. Give dates, or a population and --model poisson."
    ),
}
