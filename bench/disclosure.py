"""Hiding small counts and trying to find them: by regency, by village, and in a table of three directions.

Counts are invented, of the kind that returns and reports have: most villages have none or a few.
"""

import argparse
import random
from time import process_time

from bench.figures import Figure, ms

ROUNDS = 5


def run(arguments):
    from simpul.insight.methods.disclosure import audit, protected

    parser = argparse.ArgumentParser(prog="python -m bench disclosure")
    parser.add_argument("--villages", type=int, default=2145)
    options = parser.parse_args(arguments)
    found = []
    for work, make, target in (
        ("14 regencies by 12 months", lambda chance: regencies(chance, mean=20), "50 ms to protect"),
        (
            f"{options.villages:,} villages by sex under districts and regencies",
            lambda chance: villages(chance, options.villages, mean=6),
            "1 s to protect",
        ),
        ("14 regencies by sex by 4 ages", lambda chance: three_directions(chance, mean=20), ""),
    ):
        found.append(Figure(work, measured(make, protected, audit), target))
    return found


def measured(make, protected, audit):
    """The median processor time of some invented tables, and what was hidden in the last."""
    hiding, checking = [], []
    for seed in range(ROUNDS):
        table = make(random.Random(seed))
        started = process_time()
        done = protected(table)
        between = process_time()
        left = audit(done.published)
        hiding.append(between - started)
        checking.append(process_time() - between)
        if left:
            return f"the attacker's check found {len(left)} cells"
    return (
        f"{ms(sorted(hiding)[ROUNDS // 2])} to protect (slowest {ms(max(hiding))}), "
        f"{ms(sorted(checking)[ROUNDS // 2])} for the attacker's check; {len(done.primary):,} small cells, "
        f"{len(done.complementary):,} more hidden, 0 narrowed down"
    )


def count(chance, mean):
    return int(chance.expovariate(1 / mean))


def regencies(chance, *, mean):
    from simpul.insight.methods.margins import tabulated

    counts = {(f"61.{place:02}", f"{month:02}"): count(chance, mean) for place in range(14) for month in range(12)}
    return tabulated(counts, dimensions=("place", "month"))


def villages(chance, number, *, mean):
    from simpul.insight.methods.margins import tabulated

    parents, counts = {}, {}
    for each in range(number):
        district = f"61.{each // 12 // 13:02}.{each // 12 % 13:02}"
        village = f"{district}.{2001 + each % 12}"
        parents |= {village: district, district: district[:5]}
        counts |= {(village, sex): count(chance, mean) for sex in "LP"}
    return tabulated(counts, dimensions=("place", "sex"), parents={"place": parents})


def three_directions(chance, *, mean):
    from simpul.insight.methods.margins import tabulated

    counts = {
        (f"61.{place:02}", sex, age): count(chance, mean)
        for place in range(14)
        for sex in "LP"
        for age in ("0-17", "18-29", "30-44", "45+")
    }
    return tabulated(counts, dimensions=("place", "sex", "age"))
