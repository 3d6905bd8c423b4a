"""What the chain of the journal costs a writer, and how fast a whole journal is verified."""

import argparse

from bench.figures import Figure
from bench.installation import Installation


def run(arguments):
    parser = argparse.ArgumentParser(prog="python -m bench journal")
    parser.add_argument("--reports", type=int, default=400, help="reports taken in")
    parser.add_argument("--stored", type=int, default=100_000, help="reports stored for the verification")
    options = parser.parse_args(arguments)
    with Installation() as installation:
        cost = installation.tell("chain", reports=options.reports)
    with Installation(stored=options.stored) as installation:
        verified = installation.tell("verify")
    share = cost["written"] * cost["entry"] / cost["linked"]
    link = cost["written"] * (cost["entry"] - cost["plain"]) / cost["linked"]
    return [
        Figure(
            "taking in a report, CPU in the process",
            f"{cost['linked'] * 1000:.2f} ms with the chain, {cost['unlinked'] * 1000:.2f} ms without links",
        ),
        Figure(
            "one journal entry", f"{cost['entry'] * 1e6:.0f} µs with its link, {cost['plain'] * 1e6:.0f} µs without"
        ),
        Figure(
            "the journal's share of a report",
            f"{cost['written']:.0f} entries, {share * 100:.0f} %; of it the links {max(0, link) * 100:.1f} %",
        ),
        Figure(
            "`simpul journal verify`",
            f"{verified['entries'] / verified['seconds']:,.0f} entries/s ({verified['entries']:,} entries, "
            f"{verified['faults']} faults)",
        ),
    ]
