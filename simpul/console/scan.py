"""`simpul scan CASES.csv --places GEO.csv`: where, and since when, there are more cases than can be expected."""

import argparse
import csv
import io

from simpul.console.alone import Trouble, as_json, say, write
from simpul.lib.speech import _

HELP = "Find where and when cases gather more than chance explains (scan statistic). Needs no database."
EXAMPLE = "simpul scan cases.csv --population people.csv --places places.csv --time month -o clusters.csv"
_MOST_SHOWN = 5


def add_arguments(parser):
    parser.add_argument(
        "cases",
        metavar="CASES",
        help="place, cases and date (CSV, XLSX, ODS); without a column of cases each row is one",
    )
    tables = parser.add_argument_group("tables")
    tables.add_argument("--population", metavar="POP", help="place, population, and the year or date it was counted")
    tables.add_argument("--places", metavar="GEO", help="place, latitude, longitude (or x, y); may be in CASES or POP")
    tables.add_argument("--covariates", metavar="A,B", help="columns to allow for (those CASES and POP share)")
    tables.add_argument("--no-covariates", action="store_true", help="allow for no column")
    tables.add_argument(
        "--column", action="append", default=[], metavar="FIELD=HEADING", help="which heading holds a field"
    )
    tables.add_argument("--degrees", action="store_true", help="x and y are longitude and latitude")
    tables.add_argument("--plane", action="store_true", help="coordinates are on a plane, whatever they are called")
    scanned = parser.add_argument_group("what is looked for")
    scanned.add_argument("--model", choices=("poisson", "permutation", "bernoulli"), help="by what the tables hold")
    scanned.add_argument(
        "--time", choices=("none", "year", "month", "day"), help="as fine as the dates are (none: map)"
    )
    scanned.add_argument(
        "--every", type=_whole, default=1, metavar="N", help="intervals of N years, months or days (1)"
    )
    scanned.add_argument("--from", dest="start", metavar="DATE", help="begin of the study (the first case)")
    scanned.add_argument("--to", dest="end", metavar="DATE", help="end of the study (the last case)")
    scanned.add_argument("--prospective", action="store_true", help="only clusters that last until the end")
    scanned.add_argument("--direction", choices=("high", "low", "both"), default="high", help="too many or too few")
    scanned.add_argument("--least", type=float, default=2, metavar="N", help="cases a cluster has at least (2)")
    windows = parser.add_argument_group("windows")
    windows.add_argument("--share", type=_share, default=0.5, help="hold at most this share of the population (0.5)")
    windows.add_argument("--distance", type=float, metavar="KM", help="reach at most so far (km, or units of x and y)")
    windows.add_argument("--nearest", type=_whole, metavar="N", help="hold at most so many places")
    windows.add_argument("--longest", type=_whole, metavar="N", help="last at most N intervals (half of the study)")
    windows.add_argument("--shortest", type=_whole, default=1, metavar="N", help="last at least N intervals (1)")
    windows.add_argument("--ellipses", action="store_true", help="also long windows, not circles alone")
    chance = parser.add_argument_group("chance")
    chance.add_argument("--replicas", type=_replicas, default=999, metavar="N", help="how often chance is tried (999)")
    chance.add_argument("--seed", type=_seed, default=1, metavar="N", help="the same seed gives the same replicas (1)")
    results = parser.add_argument_group("results")
    results.add_argument("--json", action="store_true", help="print JSON")
    results.add_argument("-o", "--output", metavar="CLUSTERS.csv", help="write the clusters, a row each")
    results.add_argument("--picture", metavar="MAP.svg", help="draw places and clusters")
    results.add_argument("--most", type=_whole, default=20, metavar="N", help="clusters at most (20)")


def run(options, *, out, err):
    """Do what the options ask; raises `Trouble`."""
    from simpul.console import scan_study, scan_telling

    _check(options)
    study = scan_study.study(options, chosen=_chosen(options))
    found = _scanned(options, study, err)
    result = scan_telling.result(study, found, options)
    if options.output:
        write(options.output, _as_csv(result))
    if options.picture:
        from simpul.console.scan_picture import picture

        write(options.picture, picture(study, result))
    if options.json:
        say(out, as_json({key: value for key, value in result.items() if not key.startswith("_")}))
        return
    for line in scan_telling.told(result, most=_MOST_SHOWN):
        say(out, line)
    for name in filter(None, (options.output, options.picture)):
        say(out, _("%(file)s is written.") % {"file": name})


def _whole(text):
    return _at_least(text, 1)


def _seed(text):
    return _at_least(text, 0)


def _replicas(text):
    number = _at_least(text, 0)
    if number and number < 9:
        raise argparse.ArgumentTypeError("9 is the least that says anything; 999 is usual (0: none)")
    return number


def _at_least(text, least):
    if not text.isdigit() or int(text) < least:
        raise argparse.ArgumentTypeError(f"{text} is no whole number from {least} on")
    return int(text)


def _share(text):
    try:
        share = float(text.rstrip("%"))
    except ValueError:
        share = 0.0
    share = share / 100 if share > 1 or text.endswith("%") else share
    if not 0 < share <= 0.5:
        raise argparse.ArgumentTypeError(f"{text} is no share above 0 and up to 0.5")
    return share


def _check(options):
    if options.degrees and options.plane:
        raise Trouble(_("--degrees and --plane contradict each other."))
    if options.covariates and options.no_covariates:
        raise Trouble(_("--covariates and --no-covariates contradict each other."))
    if options.prospective and options.time == "none":
        raise Trouble(_("--prospective looks for what lasts until the end, so it needs time: leave --time none out."))


def _chosen(options):
    """{field: heading} of --column; raises `Trouble`."""
    from simpul.console.scan_reading import FIELDS

    chosen = {}
    for text in options.column:
        name, sign, heading = text.partition("=")
        if not sign or name not in FIELDS or not heading.strip():
            raise Trouble(
                _("--column %(text)s: write FIELD=HEADING, as in cases=Korban. Fields: %(fields)s.")
                % {"text": text, "fields": ", ".join(FIELDS)}
            )
        chosen[name] = heading.strip()
    return chosen


def _scanned(options, study, err):
    """What the scan finds; raises `Trouble` where no number can be defended."""
    from simpul.console.scan_telling import refusal
    from simpul.insight.methods.refusal import Refused

    watch = _Watch(err)
    try:
        return _scan(options, study, watch)
    except Refused as refused:
        raise Trouble(refusal(refused, study)) from None
    finally:
        watch.end()


def _scan(options, study, watch):
    import numpy as np

    from simpul.insight.methods import scan
    from simpul.insight.methods.scan_expected import standardised

    places = np.array(study.places.coordinates, float)
    cases = study.cases.sum(2)
    spans = scan.Spans(options.shortest, options.longest, options.prospective)
    draws = scan.Draws(options.replicas, options.seed, options.direction, options.least, options.most)
    given = {"spans": spans, "draws": draws, "watch": watch}
    if study.model == "permutation":
        return scan.permutation(study.cases, _windows(options, study, places, cases.sum(1)), **given)
    if study.model == "bernoulli":
        people = study.people.sum(2)
        return scan.bernoulli(cases, people, _windows(options, study, places, people.sum(1)), **given)
    by_stratum = np.zeros(study.people.shape[2])
    by_stratum[: study.cases.shape[2]] = study.cases.sum((0, 1))
    expected = standardised(by_stratum, study.people)
    return scan.poisson(cases, expected, _windows(options, study, places, expected.sum(1)), **given)


def _windows(options, study, places, weight):
    from simpul.insight.methods.scan_zones import zones

    return zones(
        places,
        weight,
        is_geographic=study.places.is_geographic,
        share=options.share,
        distance=options.distance,
        nearest=options.nearest,
        with_ellipses=options.ellipses,
    )


def _as_csv(result):
    """A row for each cluster."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    fields = [name for name in result["clusters"][0] if name != "places"] if result["clusters"] else []
    lines.writerow(["cluster", "places", *fields])
    for rank, cluster in enumerate(result["clusters"], start=1):
        lines.writerow([rank, "; ".join(cluster["places"]), *(_cell(cluster[name]) for name in fields)])
    return text.getvalue()


def _cell(value):
    return "" if value is None else round(value, 9) if isinstance(value, float) else value


class _Watch:
    """Says on a terminal how many replicas are done; elsewhere it is silent."""

    def __init__(self, err):
        self.err, self.is_watched, self.has_told = err, err.isatty(), False

    def __call__(self, done, of):
        if self.is_watched:
            self.has_told = True
            self.err.write("\r" + _("chance tried %(done)d of %(of)d times") % {"done": done, "of": of})
            self.err.flush()

    def end(self):
        if self.has_told:
            self.err.write("\n")
