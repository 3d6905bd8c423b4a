"""`python -m bench`: run all benchmarks or those that are named, and keep their figures in docs/performance.md.

What was measured with options of its own, in part or on less, is shown and not kept, unless `--keep` says so.

python -m bench                     all of them
python -m bench page journal        these two
python -m bench intake --stored 0   options are those of the benchmark: python -m bench intake --help
python -m bench --list              what there is
"""

import argparse
import signal
import sys
import time
from importlib import import_module

from bench import figures

BENCHES = {
    "page": "the public form on a slow line, to the receipt, in a real browser",
    "intake": "whole reports, one after the other and many at once, empty and with 100,000 stored",
    "kill": "kill -9 under load: is every acknowledged report there afterwards?",
    "desk": "Today, the queue and search with 100,000 reports and 20,000 cases",
    "returns": "a manifest of 1,000 people, the village map with 200,000 people in the register",
    "register": "a register of 20,000 people (--full: 200,000) imported by the operator, then read at the desk",
    "dashboards": "pages of figures with 100,000 reports, 20,000 cases and 200,000 people in the register",
    "journal": "what the chain costs, and how fast it is verified",
    "map": "the map of all villages: made, read from the disk, drawn, weighed",
    "demo": "loading the invented year",
    "capture": "the hidden number: five lists of the United Kingdom, by every method",
    "scan": "clusters in space and time, how often chance makes one, and false alarms of early warning",
    "coverage": "where posts would reach or see the most, exactly, of 500 candidates",
    "disclosure": "hiding small counts, and trying to find them again",
    "modus": "new wording in messages: how soon it is seen, and how often nothing is",
    "index": "an index rebuilt thousands of times, and maps of rates",
    "linkage": "the same person in several registers: ours and three peers on samples, sisters and FEBRL",
    "start": "from git clone to the first page",
}


def main(arguments):
    # Asked to stop, it leaves as after Ctrl-C: servers are ended and folders removed.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(143))
    parser = argparse.ArgumentParser(prog="python -m bench", description="Run benchmarks.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--list", action="store_true", help="say what there is")
    parser.add_argument("--dry", action="store_true", help="only show the figures")
    parser.add_argument("--keep", action="store_true", help="keep the figures of a benchmark with options too")
    options, rest = parser.parse_known_args(arguments)
    if options.list:
        print("\n".join(f"{name:<10}{what}" for name, what in BENCHES.items()))
        return 0
    unknown = [name for name in options.names if name not in BENCHES]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    names = options.names or list(BENCHES)
    if rest and len(names) != 1:
        print("Options go to one benchmark: name it.", file=sys.stderr)
        return 2
    is_kept = options.keep or not (options.dry or rest)
    failed = [name for name in names if not run(name, rest, is_kept=is_kept)]
    return 1 if failed else 0


def run(name, rest, *, is_kept):
    print(f"== {name}: {BENCHES[name]}", flush=True)
    started = time.monotonic()
    try:
        found = import_module(f"bench.{name}").run(rest)
    except figures.CannotMeasure as problem:
        print(f"   not measured: {problem}\n", flush=True)
        return False
    for figure in found:
        print(f"   {figure.work}: {figure.value}" + (f"   (target {figure.target})" if figure.target else ""))
    if is_kept:
        figures.keep(name, found)
    else:
        print("   not kept in docs/performance.md")
    print(f"   {time.monotonic() - started:.0f} s\n", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
