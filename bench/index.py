"""Indices rebuilt thousands of times, and maps of rates: processor time on invented tables of published sizes.

51 places with 49 indicators on three levels and gaps are the size of the ASEM index; 514 regencies and cities and 7,285
districts are those of Indonesia.
"""

import argparse
from time import process_time

from bench.figures import Figure, ms

ROUNDS = 3


def run(arguments):
    parser = argparse.ArgumentParser(prog="python -m bench index")
    parser.add_argument("--rebuilds", type=int, default=6000)
    options = parser.parse_args(arguments)
    found = [
        rebuilt(51, 49, 8, options.rebuilds, target="5 s", peer="COINr: 300 rebuilds of ASEM in 68.7 s, published"),
        rebuilt(514, 20, 4, options.rebuilds),
    ]
    return found + maps(7285)


def rebuilt(places, indicators, groups, rebuilds, *, target="", peer=""):
    """All that `simpul index` computes beyond reading: ranks, intervals, groups, Sobol's indices."""
    import numpy as np

    from simpul.insight.methods.indices import Aggregate, Indicator, Recipe, tree_of
    from simpul.insight.methods.indices_uncertainty import Alternatives, uncertainty, with_gaps

    chance = np.random.default_rng(1)
    tree = tree_of(
        [Indicator(f"i{each}", 1, 1, f"g{each % groups}") for each in range(indicators)],
        [Aggregate(f"g{each}", 1, f"s{each % 2}") for each in range(groups)],
    )
    values = np.exp(chance.normal(size=(places, indicators)) + chance.normal(size=(places, 1)))
    values[chance.random(values.shape) < 0.026] = np.nan
    recipe = Recipe(imputation="mean")
    others = with_gaps(Alternatives(), recipe, has_groups=False)
    times = []
    for seed in range(ROUNDS):
        started = process_time()
        done = uncertainty(values, tree, recipe, others, rebuilds=rebuilds, seed=seed)
        times.append(process_time() - started)
    work = f"{done.rebuilds:,} rebuilds of {places} places, {indicators} indicators, {len(done.factors)} choices"
    return Figure(work, f"{sorted(times)[ROUNDS // 2]:.2f} s CPU", target, peer)


def maps(places):
    import numpy as np

    from simpul.insight.methods import hotspots, neighbours, rates

    chance = np.random.default_rng(1)
    points = np.column_stack([chance.uniform(-10, 5, places), chance.uniform(95, 140, places)])
    people = chance.integers(2_000, 90_000, places)
    events = chance.poisson(people * chance.gamma(2.0, 1e-4, places))
    started = process_time()
    around = neighbours.nearest(points, 6)
    near = process_time() - started
    # Kernels are compiled once for a machine; what follows is what each run costs.
    hotspots.local_moran(events[:50], neighbours.nearest(points[:50], 6), permutations=99)
    started = process_time()
    hotspots.local_moran(rates.crude(events, people).rate, around, permutations=999)
    local = process_time() - started
    started = process_time()
    rates.marshall(events, people)
    smoothed = process_time() - started
    return [
        Figure(f"six nearest neighbours of {places:,} places", ms(near)),
        Figure(f"local Moran of {places:,} places, rates with exact limits, 999 draws each", ms(local)),
        Figure(f"smoothed rates of {places:,} places with intervals from 1,000 invented tables", ms(smoothed)),
    ]
