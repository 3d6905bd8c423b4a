"""Where posts would see or reach the most, exactly: processor time on an invented province of 2,145 villages.

Villages lie around towns, candidates for posts are villages, and a post reaches what lies within 40 km. Ways lead from
villages to three crossings over the posts that lie nearest to the straight line; each journey has three of them.
"""

import argparse

from bench.figures import Figure, timed

ROUNDS = 3
VILLAGES, TOWNS, REACH = 2_145, 60, 40.0
SEEN, EVADING = 0.7, 0.2


def run(arguments):
    parser = argparse.ArgumentParser(prog="python -m bench coverage")
    parser.add_argument("--candidates", type=int, default=500)
    parser.add_argument("--posts", type=int, default=10)
    parser.add_argument("--journeys", type=int, default=400)
    options = parser.parse_args(arguments)
    villages, people, sites = province(options.candidates)
    return [
        *reached(villages, people, sites, options.posts),
        *watched(villages, people, sites, options.posts, options.journeys),
    ]


def province(candidates):
    """(km east and north of each village, its people, which villages are candidates)."""
    import numpy as np

    chance = np.random.default_rng(1)
    towns = chance.uniform(0, [450, 400], (TOWNS, 2))
    villages = towns[chance.integers(TOWNS, size=VILLAGES)] + chance.normal(0, 18, (VILLAGES, 2))
    people = chance.lognormal(7.6, 0.6, VILLAGES).round()
    return villages, people, chance.choice(VILLAGES, candidates, replace=False)


def reached(villages, people, sites, posts):
    import numpy as np

    from simpul.insight.methods import coverage

    reach = np.linalg.norm(villages[:, None] - villages[sites], axis=2) <= REACH
    plan, seconds = timed(lambda: coverage.most(reach, people, posts), rounds=ROUNDS)
    by_steps = sum(adds for _site, adds in coverage.greedy(reach, people, posts))
    what = f"{posts} of {len(sites)} candidates that reach the most of {VILLAGES:,} villages"
    yield Figure(
        what, f"{seconds:.2f} s CPU; gap {plan.gap:.1%}, {plan.share:.1%} reached; one by one "
        f"{by_steps / plan.value - 1:+.1%}", "exact, with its gap, under 1 s",
    )  # fmt: skip
    plans, seconds = timed(lambda: coverage.curve(reach, people, posts))
    yield Figure(f"what one more post brings, 1 to {len(plans)} posts", f"{seconds:.2f} s CPU")


def watched(villages, people, sites, posts, journeys):
    from simpul.insight.methods import coverage

    told = ways(villages, people, sites, journeys)
    plan, seconds = timed(lambda: coverage.watch(told, len(sites), posts, seen=SEEN, evading=EVADING), rounds=ROUNDS)
    blind = coverage.watch(told, len(sites), posts, seen=1.0)
    loses = coverage.traffic_seen(told, blind.sites, seen=SEEN, evading=EVADING) / plan.value - 1
    what = f"{posts} of {len(sites)} posts that see the most of {len(told):,} ways"
    yield Figure(
        f"{what}, {SEEN:.0%} seen, {EVADING:.0%} evading", f"{seconds:.2f} s CPU; gap {plan.gap:.1%}, {plan.share:.1%} "
        f"seen; as if all were seen and nobody evaded {loses:+.1%}", "exact, with its gap, under 1 s",
    )  # fmt: skip


def ways(villages, people, sites, journeys):
    """Three ways for each journey, from a village to a crossing in the north."""
    import numpy as np

    from simpul.insight.methods import coverage

    chance = np.random.default_rng(2)
    crossings = np.array([[90.0, 410.0], [210.0, 415.0], [380.0, 420.0]])
    told = []
    for journey in range(journeys):
        home = int(chance.choice(len(villages), p=people / people.sum()))
        flow = float(chance.poisson(6) + 1)
        for way, share in enumerate((0.6, 0.3, 0.1)):
            bend = chance.normal(0, 25 * way, 2)
            steps = np.linspace(villages[home], crossings[chance.integers(3)], 9)[1:-1] + bend
            nearest = np.linalg.norm(villages[sites][:, None] - steps, axis=2).argmin(0)
            told.append(coverage.Way(str(journey), tuple(sorted(set(nearest.tolist()))), flow * share))
    return told
