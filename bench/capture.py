"""The hidden number: five lists of the United Kingdom, by every method, with 10,000 drawn tables each.

The peers are packages of R; what they need was measured beside their published data, on one core.
"""

import argparse
from time import process_time

from bench.figures import Figure

ROWS = (
    (0b00001, 54), (0b00010, 463), (0b00100, 995), (0b01000, 695), (0b10000, 316), (0b00011, 15), (0b00101, 19),
    (0b01001, 3), (0b00110, 62), (0b01010, 19), (0b10010, 1), (0b01100, 76), (0b10100, 11), (0b11000, 8), (0b00111, 1),
    (0b01011, 1), (0b01110, 4), (0b01111, 1),
)  # fmt: skip
LISTS = ("LA", "NG", "PFNCA", "GO", "GP")


def run(arguments):
    from simpul.insight.methods import capture

    parser = argparse.ArgumentParser(prog="python -m bench capture")
    parser.add_argument("--draws", type=int, default=10_000)
    parser.add_argument(
        "--whole", type=int, default=100, help="draws on which all models are compared, not a shortlist"
    )
    options = parser.parse_args(arguments)
    table, settings = uk(), capture.Settings(draws=options.draws)
    # What is compiled on the first call is compiled before.
    capture.estimated([table], capture.Settings(draws=100))
    found = []
    for name, way, target in (
        ("stepwise, with its BCa interval", capture.by_steps, "15 s for 10,000 draws (R: 168 s for 1,000)"),
        ("best of 6,893 models by BIC, with its BCa interval", capture.by_bic, "60 s on two cores (R: hours)"),
        ("average of 6,893 models", capture.by_average, ""),
        ("latent classes, with their BCa interval", capture.by_classes, ""),
    ):
        found.append(Figure(f"UK, {name}", *measured(way, table, settings, target)))
    started = process_time()
    done = capture.estimated([table], settings)
    seconds = process_time() - started
    found.append(Figure("UK, all five methods and each list left out", f"{seconds:.1f} s: {done.verdict.code}", ""))
    found.append(Figure("the shortlist against all models", agreement(table, options.whole), "the same estimate"))
    return found


def uk():
    import numpy as np

    from simpul.insight.methods.capture_table import Table

    counts = np.zeros(32)
    for cell, count in ROWS:
        counts[cell] = count
    return Table(LISTS, counts)


def measured(way, table, settings, target):
    """(figure, target): processor time, and the limits with their Monte Carlo errors."""
    from simpul.insight.methods.capture_search import ranked

    started = process_time()
    each = way(table, ranked(table), settings)
    seconds = process_time() - started
    errors = f", limits ± {each.errors[0]:,.0f} and {each.errors[1]:,.0f}" if each.draws else ""
    draws = f"{each.draws:,} draws, " if each.draws else ""
    return (
        f"{seconds:.1f} s of processor; {draws}{each.estimate:,.0f} ({each.low:,.0f} - {each.high:,.0f}){errors}",
        target,
    )


def agreement(table, draws):
    """On how many drawn tables the shortlist gives the estimate that all models give."""
    from simpul.insight.methods import capture
    from simpul.insight.methods.capture_bootstrap import drawn
    from simpul.insight.methods.capture_search import ranked

    tables = drawn(table, draws=draws, seed=7)
    estimator, shortlist = capture.best_of_each(table, ranked(table))
    same = 0
    for counts, estimate in zip(tables, estimator(tables), strict=True):
        again = ranked(type(table)(table.lists, counts))
        same += abs(again.estimate(again.best()) / estimate - 1) < 1e-6
    return f"{same} of {draws} drawn tables ({shortlist:,} models in the shortlist)"
