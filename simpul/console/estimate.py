"""`simpul estimate TABLE.csv`: how many people there are in all, from how the lists they are on overlap.

A row of the table is a combination of lists: a column of 0 and 1 for each list, and how many people are on just these.
Rows may be missing (nobody) or repeated (they are added up). Several tables are several plausible linkages of the same
lists; they give one estimate.
"""

from simpul.console import alone
from simpul.console.alone import Trouble, say
from simpul.console.estimate_result import as_csv, as_picture, lines, refusal, refusal_told, told_of
from simpul.lib.speech import _

HELP = "Estimate how many people there are, seen and unseen, from lists that overlap (CSV, XLSX, ODS)."
EXAMPLE = "simpul estimate lists.csv --picture estimate.svg    (lists.csv: police,shelter,clinic,count)"
COUNTS = ("count", "n", "freq", "frequency", "jumlah", "banyaknya")
NAMES = ("independence", "stepwise", "bic", "averaged", "latent")


def add_arguments(parser):
    parser.add_argument(
        "files",
        nargs="+",
        metavar="TABLE.csv",
        help="a column of 0 and 1 for each list and a last column count; several tables are linkages of the same lists",
    )
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    parser.add_argument("--bootstrap", type=int, default=10_000, metavar="N", help="tables drawn for intervals (10000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same tables (1)")
    parser.add_argument(
        "--order",
        type=int,
        metavar="LISTS",
        help="models of bic and averaged may tie at most so many lists (all, of six lists and more 2)",
    )
    parser.add_argument("--methods", default=",".join(NAMES), metavar="A,B", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--threshold", type=float, default=0.02, metavar="P", help="p-value of stepwise (0.02)")
    parser.add_argument(
        "--least-overlap", type=int, default=7, metavar="N", help="refuse with fewer people on two lists (7)"
    )
    parser.add_argument("--picture", metavar="ESTIMATE.svg", help="draw the intervals of all methods")
    parser.add_argument("-o", "--output", metavar="METHODS.csv", help="write a row for each method")


def run(options, *, out, err):
    """Estimate and tell; raises `Trouble`, and with --json prints a refusal as JSON before."""
    _check(options)
    from simpul.insight.methods import capture
    from simpul.insight.methods.refusal import Refused

    settings = capture.Settings(
        methods=_methods(options.methods),
        draws=options.bootstrap,
        seed=options.seed,
        order=options.order,
        threshold=options.threshold,
        least_overlap=options.least_overlap,
    )
    tables = [_table(name) for name in options.files]
    try:
        found = capture.estimated(tables, settings, told=_progress(err))
    except Refused as refused:
        if options.json:
            say(out, alone.as_json(refusal_told(refused, tables[0])))
        raise Trouble(refusal(refused)) from None
    _give(found, options, out)


def _give(found, options, out):
    if options.output:
        alone.write(options.output, as_csv(found))
    if options.picture:
        alone.write(options.picture, as_picture(found))
    if options.json:
        asked = {name: getattr(options, name) for name in ("bootstrap", "seed", "order", "threshold", "least_overlap")}
        say(out, alone.as_json({**told_of(found), "settings": asked}))
        return
    for line in lines(found):
        say(out, line)


def _progress(err):
    if not err.isatty():
        return lambda step: None
    from simpul.insight.methods.capture_telling import STEPS

    return lambda step: say(err, f"  {_(STEPS[step])} ...")


# --- what was asked


def _check(options):
    for is_wrong, sentence in (
        (options.bootstrap < 100, _("--bootstrap: draw 100 tables or more; with fewer there is no interval.")),
        (not 0 < options.threshold < 1, _("--threshold: write a p-value between 0 and 1, as 0.02.")),
        (options.order is not None and options.order < 2, _("--order: write 2 or more.")),
        (options.least_overlap < 1, _("--least-overlap: write 1 or more.")),
        (options.seed < 0, _("--seed: write 0 or more.")),
    ):
        if is_wrong:
            raise Trouble(sentence)


def _methods(text):
    """The methods that are asked for, in the order of NAMES."""
    wanted = {name.strip().lower() for name in text.split(",") if name.strip()}
    unknown = sorted(wanted - set(NAMES))
    if unknown or not wanted:
        raise Trouble(
            _("--methods: there is no method '%(name)s'. There are: %(names)s.")
            % {"name": ", ".join(unknown), "names": ", ".join(NAMES)}
        )
    return tuple(name for name in NAMES if name in wanted)


# --- reading


def _table(name):
    from simpul.insight.methods.capture_table import tabulated
    from simpul.insight.methods.refusal import Refused

    headings, rows = alone.rows_of(name)
    lowered = [heading.lower() for heading in headings]
    counts = [place for place, heading in enumerate(lowered) if heading in COUNTS]
    at = counts[-1] if counts else _last(headings, rows)
    places = [place for place in range(len(headings)) if place != at and (headings[place] or _is_used(rows, place))]
    for place in places:
        if not headings[place]:
            raise Trouble(
                _("%(file)s: column %(column)d has no heading. Write the name of its list there.")
                % {"file": name, "column": place + 1}
            )
    read = [
        ([_mark(cells[place], file=name, row=row, column=headings[place]) for place in places],
         1 if at is None else _count(cells[at], file=name, row=row, column=headings[at]))
        for row, cells in enumerate(rows, 2)
    ]  # fmt: skip
    _check_unseen(read, name)
    try:
        return tabulated([headings[place] for place in places], read)
    except Refused as refused:
        raise Trouble(f"{name}: {refusal(refused)}") from None


def _last(headings, rows):
    """The last column where it holds anything but 0 and 1; else each row is one person."""
    last = len(headings) - 1
    return last if any(row[last] not in {"0", "1"} for row in rows) else None


def _is_used(rows, place):
    return any(row[place] for row in rows)


def _mark(text, *, file, row, column):
    value = alone.number_in(text or "0", file=file, row=row, column=column)
    if value not in (0, 1):
        raise Trouble(
            _(
                "%(file)s, row %(row)d, column %(column)s: '%(text)s' is neither 0 nor 1. "
                "Write 1 where the people of this row are on the list."
            )
            % {"file": file, "row": row, "column": column, "text": text[:40]}
        )
    return int(value)


def _count(text, *, file, row, column):
    value = alone.number_in(text or "0", file=file, row=row, column=column)
    if value < 0 or value != int(value):
        raise Trouble(
            _("%(file)s, row %(row)d, column %(column)s: '%(text)s' is no number of people. Write a whole number.")
            % {"file": file, "row": row, "column": column, "text": text[:40]}
        )
    return int(value)


def _check_unseen(read, name):
    for row, (marks, count) in enumerate(read, 2):
        if count and not any(marks):
            raise Trouble(
                _(
                    "%(file)s, row %(row)d counts people who are on no list. "
                    "How many they are is what is estimated: leave the row out."
                )
                % {"file": name, "row": row}
            )
