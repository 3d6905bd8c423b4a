"""Manifests and the map: a list of 1,000 people previewed and taken in, the village map with 200,000 people on it."""

import argparse
import gzip

from bench.desk import Officer, spread
from bench.figures import Figure, ms
from bench.installation import Installation

MAP = "/desk/peta/?apa=workers&wilayah=61&tingkat=village"
REGISTER = "/desk/register/"
PAGES = {
    "the village map of the province": MAP,
    "the map of the regencies": "/desk/peta/?apa=workers&wilayah=61",
    "a table by district and status": "/desk/peta/tabel/?apa=workers&baris=district&kolom=status",
    "the register": REGISTER,
}


def run(arguments):
    parser = argparse.ArgumentParser(prog="python -m bench returns")
    parser.add_argument("--people", type=int, default=1000, help="on the manifest")
    parser.add_argument("--workers", type=int, default=200_000, help="in the register")
    parser.add_argument("--times", type=int, default=40, help="how often each page is asked for")
    options = parser.parse_args(arguments)
    with Installation() as installation:
        return [*_manifest(installation, options.people), *_pages(installation, options)]


def _manifest(installation, people):
    told = installation.tell("manifest", people=people)
    rest = f"{told['problems']} cells asked, {told['queries']} queries"
    return [
        Figure(f"a manifest of {people:,} people, previewed", f"{ms(told['preview'])} ({ms(told['preview_cpu'])} of "
               f"processor time; {rest})", "under 1 s"),
        Figure(f"a manifest of {people:,} people, taken in", f"{ms(told['take_in'])} ({ms(told['take_in_cpu'])} of "
               f"processor time)", "under 5 s"),
        Figure(f"a manifest of {people:,} people, taken back", ms(told["take_back"])),
    ]  # fmt: skip


def _pages(installation, options):
    installation.tell("workers", count=options.workers)
    found = []
    for username in ("bench_returns", "bench_figures"):
        officer = Officer(installation, username)
        for name, path in PAGES.items():
            if username == "bench_figures" and "register" in path:
                continue
            times, size = officer.get(path, options.times)
            queries = installation.tell("queries", username=username, paths=path)[path]["queries"]
            words = f"{spread(times)}; {queries} queries; {size / 1000:.0f} kB"
            target = "under 150 ms p95" if path in {MAP, REGISTER} else ""
            found.append(
                Figure(f"{name}, {options.workers:,} workers, {username.removeprefix('bench_')}", words, target)
            )
    svg = officer.picture(MAP)
    packed = len(gzip.compress(svg, 9))
    found.append(
        Figure("the village map as SVG", f"{len(svg) / 1000:.0f} kB, {packed / 1000:.0f} kB compressed", "under 150 kB")
    )
    return found
