"""Everything that linkage is held to, in one run: how right, how fast, how large, beside the peers.

python -m bench linkage                     ten minutes on a quiet machine
python -m bench linkage --full              also among ten million, and a million against a million: an hour
python -m bench linkage --quick --dry       small lists: whether it all runs
python -m bench linkage --only encoding     one part

Seeds of sisters from 100 on were never looked at, and nothing was trained on them.
"""

import argparse
from types import SimpleNamespace

from bench.figures import CannotMeasure, Figure
from bench.linkage import live, peers, rates, scaling, sisters, table

SEEDS = (100,)
# Inventing a million people takes longer than searching among them; unless all is asked for, they are these elsewhere.
INVENTED = 250_000
QUICK = {"persons": 300, "records": 600, "asked": 20_000, "queries": 200}


def run(arguments):
    options = asked(arguments)
    parts = options.only or [name for name in PARTS if options.full or name not in FULL]
    found = []
    for name in parts:
        print(f" - {name}", flush=True)
        try:
            found += PARTS[name](options)
        except CannotMeasure as problem:
            found.append(Figure(name, f"not measured: {problem}"))
    return found


def asked(arguments):
    parser = argparse.ArgumentParser(prog="python -m bench linkage", description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", choices=list(PARTS), metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--full", action="store_true", help=f"also {', '.join(FULL)}")
    parser.add_argument("--quick", action="store_true", help="small lists: whether it runs")
    parser.add_argument("--kinds", nargs="*", default=list(sisters.KINDS), choices=sisters.KINDS)
    parser.add_argument("--seeds", nargs="*", type=int, default=list(SEEDS))
    parser.add_argument("--persons", type=int, default=5000)
    parser.add_argument("--peers", nargs="*", default=list(peers.PEERS), choices=list(peers.PEERS))
    parser.add_argument("--everywhere", action="store_true", help="ask the peers about every register")
    parser.add_argument("--without-samples", dest="samples", action="store_false")
    parser.add_argument("--without-febrl", dest="febrl", action="store_false")
    options = SimpleNamespace(**vars(parser.parse_args(arguments)), records=10_000, asked=live.REGION, queries=2000)
    if options.quick:
        vars(options).update(QUICK, kinds=["harder", "two_lists"], samples=False)
    return options


def among(options, records):
    """One new record among so many: search, the right person, adding."""
    region = live.REGION if options.full else INVENTED
    told = live.run(
        ["--records", str(records), "--region", str(region), "--queries", str(options.queries)]
        + ["--seed", str(options.seeds[0])]
    )
    return [Figure(f"among {records:,}: {each.work}", each.value, each.target) for each in told if each.target]


def growing(options):
    """The whole command on growing lists, and on two of a million each."""
    lists = ((100_000, False), (1_000_000, False), (2_000_000, True))
    if options.quick:
        lists = ((1000, False), (1000, True))
    return [figure for rows, two in lists for figure in scaling.figures(rows, two=two, seed=options.seeds[0])]


PARTS = {
    "registers": table.run,
    "dedupe": rates.dedupe,
    "encoding": rates.encoding,
    "live": lambda options: among(options, options.asked),
    "live 10M": lambda options: among(options, 10 * options.asked),
    "scaling": growing,
}
FULL = ("live 10M", "scaling")
