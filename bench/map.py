"""The map of the province's villages: made anew after an edition, read from the disk, drawn for a page."""

import argparse

from bench.figures import Figure, ms
from bench.installation import Installation


def run(arguments):
    parser = argparse.ArgumentParser(prog="python -m bench map")
    parser.add_argument("--times", type=int, default=30, help="how often it is read and drawn")
    options = parser.parse_args(arguments)
    with Installation() as installation:
        return drawing(installation, options.times)


def drawing(installation, times):
    """What the picture itself costs, without the page around it."""
    told = installation.tell("drawing", times=times)
    return [
        Figure(f"outline of {told['shapes']:,} villages made anew", f"{told['made']:.2f} s", "under 10 s"),
        Figure("the same outline from the disk", f"{ms(told['read'])} p50", "under 30 ms"),
        Figure("drawn as SVG with figures", f"{ms(told['drawn'])} p50", "under 40 ms"),
        Figure(
            "weight of the picture",
            f"{told['compressed'] / 1000:.0f} kB compressed, {told['bytes'] / 1000:.0f} kB",
            "under 150 kB compressed",
        ),
    ]
