"""The scan statistic on invented maps: what 999 replicas cost, and how often it calls where nothing is.

Processor time on one core, after the loops were compiled once. Peers as published in the project's own comparison:
SaTScan 10.3.2 and smerc 1.8.4 on 281 areas with 41,000 zones.
"""

import argparse
from math import sqrt

from bench.figures import Figure, ms, timed

REPLICAS = 999


def run(arguments):
    import numpy as np

    parser = argparse.ArgumentParser(prog="python -m bench scan")
    parser.add_argument("--nulls", type=int, default=1000, help="maps without any cluster (1000)")
    options = parser.parse_args(arguments)
    chance = np.random.default_rng(20)
    warm(np)
    return [
        spatial(np, chance),
        prospective(np, chance, "poisson"),
        prospective(np, chance, "permutation"),
        retrospective(np, chance),
        wide(np, chance),
        *nulls(np, options.nulls),
        *alarms(options.nulls),
    ]


def land(np, chance, places):
    """(coordinates, people): towns with more people than the country around them."""
    return chance.random((places, 2)), np.round(chance.lognormal(9, 1, places))


def warm(np):
    from simpul.insight.methods import scan
    from simpul.insight.methods.scan_zones import zones

    spots, people = land(np, np.random.default_rng(1), 8)
    windows = zones(spots, people)
    scan.poisson(np.full((8, 1), 3.0), people[:, None], windows, draws=scan.Draws(replicas=9))
    scan.permutation(np.full((8, 4), 3.0), windows, draws=scan.Draws(replicas=9))


def spatial(np, chance):
    from simpul.insight.methods import scan
    from simpul.insight.methods.scan_zones import zones

    spots, people = chance.random((281, 2)), chance.integers(1000, 9000, 281).astype(float)
    windows, before = timed(lambda: zones(spots, people))
    cases = chance.multinomial(552, people / people.sum()).astype(float)
    found, after = timed(lambda: scan.poisson(cases, people, windows, draws=scan.Draws(replicas=REPLICAS)))
    return Figure(
        f"281 areas, {found.zones:,} zones, 999 replicas",
        f"{ms(after)} ({ms(before)} more to make the windows)",
        "250 ms",
        "published: SaTScan 0.25 s, smerc 3.04 s",
    )


def prospective(np, chance, model):
    from simpul.insight.methods import scan
    from simpul.insight.methods.scan_zones import zones

    spots, people = land(np, chance, 174)
    table = np.repeat(people[:, None], 60, axis=1)
    cases = chance.multinomial(3000, (table / table.sum()).ravel()).reshape(table.shape).astype(float)
    draws, spans = scan.Draws(replicas=REPLICAS), scan.Spans(to_the_end=True)

    def work():
        windows = zones(spots, people)
        if model == "poisson":
            return scan.poisson(cases, table, windows, spans=spans, draws=draws)
        return scan.permutation(cases, windows, spans=spans, draws=draws)

    found, spent = timed(work)
    return Figure(
        f"each day anew: 174 districts, 60 months, 3,000 cases, 999 replicas ({model})",
        f"{ms(spent)}, {found.zones:,} zones",
        "2 s",
    )


def retrospective(np, chance):
    from simpul.insight.methods import scan
    from simpul.insight.methods.scan_zones import zones

    spots, people = land(np, chance, 174)
    table = np.repeat(people[:, None], 60, axis=1)
    cases = chance.multinomial(3000, (table / table.sum()).ravel()).reshape(table.shape).astype(float)
    draws = scan.Draws(replicas=REPLICAS)
    _found, spent = timed(lambda: scan.permutation(cases, zones(spots, people), draws=draws))
    return Figure("the same looking back, all spans of up to 30 months (permutation)", f"{spent:.1f} s")


def wide(np, chance):
    from simpul.insight.methods import scan
    from simpul.insight.methods.scan_zones import zones

    spots, people = land(np, chance, 7277)
    windows, before = timed(lambda: zones(spots, people, nearest=100))
    cases = chance.multinomial(20_000, people / people.sum()).astype(float)
    _found, after = timed(lambda: scan.poisson(cases, people, windows, draws=scan.Draws(replicas=REPLICAS)))
    return Figure("7,277 areas, 100 neighbours each, 999 replicas", f"{ms(after)} ({before:.1f} s to make the windows)")


def nulls(np, number):
    """How often maps without any cluster get one at 5 %."""
    from simpul.insight.methods import scan
    from simpul.insight.methods.scan_zones import zones

    chance = np.random.default_rng(77)
    spots, people = land(np, chance, 60)
    table, windows = np.repeat(people[:, None], 12, axis=1), zones(spots, people)
    spans = scan.Spans(to_the_end=True)
    for model in ("poisson", "permutation"):
        raised = gumbel = 0
        for seed in range(number):
            cases = chance.multinomial(240, (table / table.sum()).ravel()).reshape(table.shape).astype(float)
            draws = scan.Draws(replicas=199, seed=seed)
            if model == "poisson":
                found = scan.poisson(cases, table, windows, spans=spans, draws=draws)
            else:
                found = scan.permutation(cases, windows, spans=spans, draws=draws)
            raised += bool(found.clusters) and found.clusters[0].p <= 0.05
            gumbel += bool(found.clusters) and found.clusters[0].p_gumbel <= 0.05
        yield Figure(
            f"{number:,} maps without a cluster, called at 5 % ({model}, prospective)",
            f"{share(raised, number)}; by Gumbel {share(gumbel, number)}",
            "5 %",
        )


def share(count, number):
    part = count / number
    return f"{part:.1%} (± {1.96 * sqrt(part * (1 - part) / number):.1%})"


def alarms(number):
    """How often series without an outbreak raise an alarm at 1 %."""
    from simpul.insight.methods.warning import false_alarms

    for unit, mean, dispersion in (("week", 8.0, 1.0), ("week", 8.0, 2.0), ("month", 12.0, 1.0), ("month", 12.0, 2.0)):
        rate, spent = timed(
            lambda unit=unit, mean=mean, dispersion=dispersion: false_alarms(
                unit=unit, mean=mean, dispersion=dispersion, runs=number, level=0.01, seed=3
            )
        )
        yield Figure(
            f"{number:,} series of six years without an outbreak, a {unit} judged at 1 % "
            f"(mean {mean:g}, variance {dispersion:g} times it)",
            f"{share(round(rate * number), number)}, {ms(spent / number)} each",
            "1 %",
        )
