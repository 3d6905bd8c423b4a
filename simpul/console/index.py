"""`simpul index INDICATORS.csv`: indicators of places become a score, a rank and how sure the rank is.

It is made of indicators of places and never of persons; a table that looks like persons is refused.
"""

import csv
import io

from simpul.console import alone
from simpul.console.alone import Trouble, say
from simpul.lib.speech import _, gettext_noop, ngettext, number, percent

HELP = "Draw indicators of places together into an index: score, rank, how sure the rank is, what drives it."
EXAMPLE = "simpul index data/indicators/values.csv -o ranks.csv --picture ranks.svg"
LAYOUT = """
INDICATORS is a table (CSV, XLSX, ODS) of places, wide or long:
  wide   a column for the place (kode, code, wilayah, place, ...), one column of numbers for each indicator
  long   columns for place, indicator, value and, where there are several, year
--meta is a table with a row for each indicator:
  code (or iCode)       the heading of its column
  direction             1: more of it raises the index, -1: more of it lowers it
  weight, parent        its weight in its group, and the group; groups may have rows of their own (type aggregate)
  denominator, unit     a column to divide by; a unit of percent must lie between 0 and 100
  type                  indicator, aggregate, group (a column of words to fill gaps by) or denominator
  worst, best           ends of the scale for --normalisation goalposts
Without --meta the codes of data/indicators/catalogue.csv are known; of others, more of each raises the index.

--json prints:
  {"places": n, "indicators": [codes], "recipe": {step: choice}, "rebuilds": 6000, "level": 0.9,
   "ranks": [{"place", "name", "score", "rank", "low", "high", "median", "first_five", "group",
              "parts": {group: score}, "drivers": [{"indicator", "value", "points", "ranks", "filled"}]}],
   "groups": [[places that cannot be told apart]], "average_shift": ranks,
   "sensitivity": {step: {"first", "first_low", "first_high", "total", "total_low", "total_high"}},
   "treated": {indicator: what was done}, "filled": [[place, indicator]], "notes": [sentences]}
rank 1 is the highest score; low and high enclose 90 % of the ranks in the rebuilt indices; points are how far the score
would fall if the place had the mean of all places in that indicator, ranks by how many ranks it would fall.
"""
FACTORS = {
    "treatment": gettext_noop("treatment of outliers"),
    "imputation": gettext_noop("filling of gaps"),
    "normalisation": gettext_noop("normalisation"),
    "weights": gettext_noop("weights"),
    "aggregation": gettext_noop("aggregation"),
    "left_out": gettext_noop("one indicator left out"),
}
SHOWN_DRIVERS = 3


def add_arguments(parser):
    from simpul.insight.methods import indices, indices_filling

    parser.epilog = f"{parser.epilog}\n{LAYOUT}"
    parser.add_argument("file", metavar="INDICATORS", help="table of places and indicators: CSV, XLSX, XLS, ODS")
    parser.add_argument("--meta", metavar="META.csv", help="table about the indicators: direction, weight, parent, ...")
    parser.add_argument("-o", "--output", metavar="RANKS.csv", help="write scores, ranks and contributions")
    parser.add_argument("--picture", metavar="RANKS.svg", help="draw ranks with their intervals")
    parser.add_argument("--json", action="store_true", help="print JSON only")
    parser.add_argument("--without", action="append", default=[], metavar="CODE", help="leave an indicator out; repeat")
    parser.add_argument("--year", type=int, help="take the figures of this year where there are several")
    parser.add_argument("--partial", action="store_true", help="regencies are missing on purpose")
    parser.add_argument(
        "--missing",
        choices=indices_filling.IMPUTATIONS,
        help="how gaps are filled: refuse; available (count what is there), mean, median, group, nearest. Without it: "
        "by group where --meta or --group names groups, else refuse",
    )
    parser.add_argument("--group", metavar="COLUMN", help="column of words by which gaps are filled")
    parser.add_argument(
        "--treatment", choices=indices_filling.TREATMENTS, default="winsorise", help="of outliers (winsorise)"
    )
    parser.add_argument("--normalisation", choices=indices.NORMALISATIONS, default="min_max", help="(min_max)")
    parser.add_argument("--weights", choices=indices.WEIGHTINGS, default="given", help="(given)")
    parser.add_argument(
        "--pairs",
        metavar="PAIRS.csv",
        help="weights from judgements: a square table of codes, how much more each row matters",
    )
    parser.add_argument("--aggregation", choices=indices.AGGREGATIONS, default="arithmetic", help="(arithmetic)")
    parser.add_argument("--rebuilds", type=int, default=6000, help="how often the index is built anew (6000); 0: never")
    parser.add_argument("--seed", type=int, default=1, help="of the draws (1)")


def run(options, *, out, err):
    """Do what the options ask; raises `Trouble`."""
    result = made(options)
    if options.output:
        alone.write(options.output, as_csv(result))
    if options.picture:
        from simpul.console import index_picture

        alone.write(options.picture, index_picture.drawn(result))
    if options.json:
        say(out, alone.as_json({key: value for key, value in result.items() if key != "titles"}))
        return
    for line in told(result):
        say(out, line)
    for name in filter(None, (options.output, options.picture)):
        say(err, _("%(file)s is written.") % {"file": name})


def made(options):
    """The index as a dictionary, in the shape of --json; raises `Trouble`."""
    from simpul.console import index_reading, index_refusals
    from simpul.insight.methods import indices, indices_uncertainty
    from simpul.insight.methods.refusal import Refused

    asked = index_reading.question(options)
    missing = options.missing or ("group" if asked.groups else "refuse")
    recipe = indices.Recipe(options.treatment, missing, options.normalisation, options.weights, options.aggregation)
    try:
        tree = indices.tree_of(asked.indicators, asked.aggregates)
        built = indices.build(
            asked.values, tree, recipe, groups=asked.groups, places=asked.places, shares=sorted(asked.shares)
        )
        unsure = None
        if options.rebuilds:
            others = _alternatives(recipe, has_groups=bool(asked.groups))
            unsure = indices_uncertainty.uncertainty(
                asked.values, tree, recipe, others, groups=asked.groups, rebuilds=options.rebuilds, seed=options.seed
            )
    except Refused as refusal:
        raise Trouble(index_refusals.sentence(refusal, file=options.file)) from None
    return _result(asked, recipe, built, unsure)


def _alternatives(recipe, *, has_groups):
    """The usual alternatives, with the choices that were made among them."""
    from dataclasses import replace

    from simpul.insight.methods import indices_uncertainty

    usual = indices_uncertainty.Alternatives()
    mixed = replace(
        usual,
        treatment=tuple(dict.fromkeys([recipe.treatment, *usual.treatment])),
        normalisation=tuple(dict.fromkeys([recipe.normalisation, *usual.normalisation])),
        aggregation=tuple(dict.fromkeys([recipe.aggregation, *usual.aggregation])),
    )
    return indices_uncertainty.with_gaps(mixed, recipe, has_groups=has_groups)


# --- the result


def _result(asked, recipe, built, unsure):
    codes = [each.code for each in asked.indicators]
    order = sorted(range(len(asked.places)), key=lambda place: (built.rank[place], asked.places[place]))
    group_of = {place: number for number, group in enumerate(unsure.groups, 1) for place in group} if unsure else {}
    return {
        "places": len(asked.places),
        "indicators": codes,
        "recipe": {name: getattr(recipe, name) for name in recipe.__dataclass_fields__},
        "rebuilds": unsure.rebuilds if unsure else 0,
        "level": unsure.level if unsure else None,
        "ranks": [_place(place, asked, built, unsure, group_of) for place in order],
        "groups": [[asked.places[place] for place in group] for group in unsure.groups] if unsure else [],
        "average_shift": unsure.shift if unsure else None,
        "sensitivity": _sensitivity(unsure) if unsure else {},
        "treated": {code: note for code, note in zip(codes, built.treated, strict=True) if note},
        "filled": [[asked.places[place], codes[column]] for place, column in zip(*built.filled.nonzero(), strict=True)],
        "notes": asked.notes,
        "titles": asked.titles,
    }


def _place(place, asked, built, unsure, group_of):
    uppers = built.tree.codes[built.tree.size :] if built.parts.shape[1] > built.tree.size else ()
    said = {
        "place": asked.places[place],
        "name": asked.names.get(asked.places[place], ""),
        "score": float(built.score[place]),
        "rank": int(built.rank[place]),
    }
    if unsure:
        said |= {
            "low": int(unsure.low[place]),
            "high": int(unsure.high[place]),
            "median": float(unsure.median[place]),
            "first_five": float(unsure.share_among_first(5)[place]),
            "group": group_of[place],
        }
    said["parts"] = {
        code: float(built.parts[place, built.tree.size + number]) for number, code in enumerate(uppers[:-1])
    }
    said["drivers"] = sorted(
        (_driver(place, column, asked, built) for column in range(built.tree.size)),
        key=lambda each: -abs(each["points"]),
    )
    return said


def _driver(place, column, asked, built):
    return {
        "indicator": asked.indicators[column].code,
        "value": asked.values[place][column],
        "points": float(built.contributions[place, column]),
        "ranks": int(built.places_moved[place, column]),
        "filled": bool(built.filled[place, column]),
    }


def _sensitivity(unsure):
    names = ("first", "first_low", "first_high", "total", "total_low", "total_high")
    return {
        step: {name: float(getattr(unsure.moves, name)[number, -1]) for name in names}
        for number, step in enumerate(unsure.factors)
    }


def as_csv(result):
    """One line for each place, with what each indicator adds (points_...)."""
    codes = result["indicators"]
    heads = ["place", "name", "score", "rank", "rank_low", "rank_high", "rank_median", "group"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*heads, *(f"points_{code}" for code in codes)])
    for each in result["ranks"]:
        points = {driver["indicator"]: driver["points"] for driver in each["drivers"]}
        writer.writerow([
            each["place"], each["name"], f"{each['score']:.4f}", each["rank"], each.get("low", ""),
            each.get("high", ""), each.get("median", ""), each.get("group", ""),
            *(f"{points[code]:.4f}" for code in codes),
        ])  # fmt: skip
    return text.getvalue()


# --- what is said of it


def told(result):
    """The lines of the terminal."""
    yield _("%(places)d places, %(indicators)d indicators. Rank 1 has the highest score.") % {
        "places": result["places"],
        "indicators": len(result["indicators"]),
    }
    yield ""
    yield from _table(result)
    yield ""
    if result["rebuilds"]:
        yield from _about_ranks(result)
    yield from _about_values(result)
    yield from result["notes"]
    yield _("An index ranks places for prevention. It says nothing of any person who lives there.")


def _table(result):
    labels = [f"{each['place']} {each['name']}".strip()[:34] for each in result["ranks"]]
    wide = max(map(len, labels))
    span = _("its interval") if result["rebuilds"] else ""
    heads = (_("rank"), span, _("place"), _("score"), _("what drives it (points)"))
    yield "{:>9}  {:<13}  {:<{wide}}  {:>6}  {}".format(*heads, wide=wide).rstrip()
    before = None
    for label, each in zip(labels, result["ranks"], strict=True):
        if before is not None and each.get("group") != before:
            yield f"{'':>9}  {'-' * (wide + 23)}"
        before = each.get("group")
        span = f"{each['low']} - {each['high']}" if "low" in each else ""
        drivers = "; ".join(
            f"{driver['indicator']} {_signed(driver['points'])}{'*' if driver['filled'] else ''}"
            for driver in each["drivers"][:SHOWN_DRIVERS]
        )
        yield f"{each['rank']:>9}  {span:<13}  {label:<{wide}}  {number(each['score'], 2):>6}  {drivers}"


def _signed(points):
    return f"{'+' if points >= 0 else '-'}{number(abs(points), 1)}"


def _about_ranks(result):
    yield _(
        "The index was built %(count)s times with other choices that are as good: %(steps)s. In 90 %% of them a rank "
        "lay in its interval; on average a place moved by %(shift)s ranks. Places between two lines cannot be told "
        "apart."
    ) % {
        "count": number(result["rebuilds"]),
        "steps": ", ".join(_(FACTORS[step]) for step in result["sensitivity"]),
        "shift": number(result["average_shift"], 1),
    }
    most = max(result["sensitivity"], key=lambda step: result["sensitivity"][step]["total"])
    share = result["sensitivity"][most]
    yield _(
        "What moves the ranks most is the choice of %(step)s: alone %(first)s of the variance, with others %(total)s "
        "(%(low)s to %(high)s)."
    ) % {
        "step": _(FACTORS[most]),
        "first": percent(max(share["first"], 0), 0),
        "total": percent(share["total"], 0),
        "low": percent(share["total_low"], 0),
        "high": percent(share["total_high"], 0),
    }


def _about_values(result):
    if result["treated"]:
        yield _("Outliers were treated in: %(indicators)s.") % {
            "indicators": ", ".join(f"{code} ({note})" for code, note in result["treated"].items())
        }
    if result["filled"]:
        count = len(result["filled"])
        yield ngettext(
            "%(count)d value was missing and is filled in (%(how)s); it is marked *.",
            "%(count)d values were missing and are filled in (%(how)s); they are marked *.",
            count,
        ) % {"count": count, "how": result["recipe"]["imputation"]}
