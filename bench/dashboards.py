"""What officers wait for on pages of figures, with 100,000 reports, 20,000 cases and 200,000 register entries.

Every page is asked for several times in one process, as a worker serves it: first while nothing changes, then each time
after a report, a case, a return and a register entry came in, so that no page is quick only because it remembers. The
region takes minutes to make, so it is kept and made anew every month; what is measured is a copy.
"""

import argparse
import hashlib
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.figures import CannotMeasure, Figure, ms, percentile
from bench.installation import ROOT, inside, prepared

TARGET = "under 150 ms p95"
HEAD, FIGURES, RETURNS, UNIT = "bench_head", "bench_figures", "ratna", "rina"


@dataclass(frozen=True)
class Page:
    """A page and who asks for it; nobody signs in for those of everybody."""

    words: str
    who: str
    path: str
    target: str = TARGET


def run(arguments):
    parser = argparse.ArgumentParser(prog="python -m bench dashboards")
    parser.add_argument("--part", type=int, default=1, help="so many times smaller than a whole region")
    parser.add_argument("--times", type=int, default=40, help="how often each page is asked for; half of it after news")
    parser.add_argument("--home", type=Path, help="measure in this installation and leave it as it becomes")
    parser.add_argument("--only", default="", help="only pages and jobs whose words hold this")
    options = parser.parse_args(arguments)
    asked = {"times": options.times, "only": options.only}
    if options.home:
        told = inside(options.home, "dashboards", **asked)
    else:
        with tempfile.TemporaryDirectory(prefix="simpul-bench-") as folder:
            home = Path(folder) / "home"
            shutil.copytree(kept(options.part), home)
            told = inside(home, "dashboards", **asked)
    return [Figure(*each) for each in told["figures"]]


def kept(part):
    """The folder of the region, made where there is none of this month with the tables of today."""
    sources = [ROOT / "bench" / name for name in ("region.py", "seed.py", "lists.py")]
    made_by = b"".join(path.read_bytes() for path in (*sources, *sorted(ROOT.glob("simpul/*/migrations/*.py"))))
    name = f"{date.today():%Y-%m}-{part}-{hashlib.sha256(made_by).hexdigest()[:8]}"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "simpul-bench"
    if not (cache / name).exists():
        cache.mkdir(parents=True, exist_ok=True)
        for old in cache.glob(f"*-{part}-*"):
            shutil.rmtree(old)
        unfinished = cache / f"{name}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        started = time.monotonic()
        shutil.copytree(prepared(0, 0), unfinished)
        told = inside(unfinished, "region", part=part)
        unfinished.rename(cache / name)
        print(f"   a region stored in {time.monotonic() - started:.0f} s: {told}", flush=True)
    return cache / name


# --- inside an installation


def measured(*, times, only=""):
    """[(work, measured, target)] of all pages."""
    found = [page for page in pages() if only in f"{page.words}, {page.who}"]
    readers, firsts = Readers(), []
    lines = [_line(page, readers.of(page.who), times, firsts) for page in found]
    if firsts:
        slowest, words = max(firsts)
        lines.append(("the slowest first page after a start", f"{ms(slowest)} ({words})", ""))
    return lines


def nights(*, only=""):
    """The same of what runs by itself, and how long all of it takes that is made anew after a day's work."""
    lines, seconds = [], {}
    for words, (job, target) in NIGHT.items():
        if only in words:
            wall, processor = seconds[words] = _timed(job)
            lines.append((words, f"{wall:.1f} s ({processor:.1f} s of the processor)", target))
    if seconds.keys() >= DAILY:
        wall, processor = (sum(seconds[words][which] for words in DAILY) for which in (0, 1))
        lines.append((ALL, f"{wall:.1f} s ({processor:.1f} s of the processor)", "under 10 s"))
    return lines


def pages():
    """All pages of figures, each for the roles that read it, and the lists beside them."""
    from simpul.cases.models import Case
    from simpul.insight.models import Alert, Estimate, Release
    from simpul.migrants.models import Manifest

    done = Estimate.objects.filter(state=Estimate.State.DONE).first()
    map_, table = "/desk/peta/", "/desk/peta/tabel/"
    found = [
        *(Page("Today", who, "/desk/hari-ini/") for who in (HEAD, RETURNS, UNIT, "lina", "yosef")),
        *(Page("Summary", who, "/desk/ringkasan/") for who in (FIGURES, "dewi", RETURNS, UNIT, "yosef", "wulan")),
        *(Page("Region", who, "/desk/wilayah/") for who in (HEAD, "gusti", FIGURES)),
        *(Page("map of the regencies", who, map_) for who in (HEAD, RETURNS, "dewi")),
        Page("map of the villages, people sent home", FIGURES, f"{map_}?tingkat=village"),
        Page("map of the villages, register", FIGURES, f"{map_}?apa=workers&tingkat=village"),
        Page("map of the villages, people sent home", RETURNS, f"{map_}?tingkat=village"),
        *(Page("table of people sent home by regency", who, table) for who in (FIGURES, RETURNS)),
        Page("table of people sent home by month and sex", FIGURES, f"{table}?baris=month&kolom=sex"),
        *(Page("table of the register by district and status", who, f"{table}?apa=workers&baris=district&kolom=status")
          for who in (FIGURES, RETURNS)),
        Page("table of the register by work and sex", FIGURES, f"{table}?apa=workers&baris=sector&kolom=sex"),
        *(Page("routes", who, "/desk/jalur/") for who in (HEAD, RETURNS, UNIT)),
        *(Page("vulnerability", who, "/desk/kerawanan/") for who in (HEAD, RETURNS, "dewi")),
        Page("vulnerability of a place", FIGURES, "/desk/kerawanan/61.07/"),
        *(Page("alerts", who, "/desk/peringatan/") for who in (HEAD, RETURNS, UNIT)),
        Page("how often alerts were right", FIGURES, "/desk/peringatan/ketepatan/"),
        Page("the hidden number: all", FIGURES, "/desk/angka-tersembunyi/"),
        Page("open data: all", FIGURES, "/desk/data-terbuka/"),
        Page("restitution", FIGURES, "/desk/restitusi/"),
        Page("open data for everybody", "", "/data/"),
        *(Page("the queue", who, "/desk/laporan/") for who in (UNIT, "lina")),
        *(Page("cases", who, "/desk/kasus/") for who in (FIGURES, UNIT)),
        Page("referrals", UNIT, "/desk/rujukan/"),
        Page("the register, fifty names", RETURNS, "/desk/register/"),
        Page("manifests", RETURNS, "/desk/manifes/"),
        *(Page("who came home, fifty names", who, "/desk/pemulangan/") for who in (RETURNS, "yosef")),
    ]  # fmt: skip
    newest = {
        "one alert": (FIGURES, Alert.objects.order_by("-raised_at").first(), "/desk/peringatan/{0.number}/"),
        "one hidden number": (FIGURES, done, "/desk/angka-tersembunyi/{0.pk}/"),
        "one release": (FIGURES, Release.objects.order_by("-pk").first(), "/desk/data-terbuka/{0.number}/"),
        "one table for everybody": ("", Release.objects.public().first(), "/data/{0.number}/returns_by_month/"),
        "the facts of a case": (FIGURES, Case.objects.order_by("-pk").first(), "/desk/kasus/{0.number}/fakta/"),
        "one manifest, fifty names": (RETURNS, Manifest.objects.order_by("-pk").first(), "/desk/manifes/{0.number}/"),
    }  # fmt: skip
    return found + [Page(words, who, way.format(one)) for words, (who, one, way) in newest.items() if one]


class Readers:
    """A browser for each officer, signed in with the second factor."""

    def __init__(self):
        self.browsers = {}

    def of(self, username):
        from django.conf import settings
        from django.test import Client

        from simpul.agencies.models import Officer

        settings.ALLOWED_HOSTS = ["*"]
        if username not in self.browsers:
            self.browsers[username] = client = Client(headers={"accept-encoding": "gzip"})
            if username:
                client.force_login(Officer.objects.get(username=username))
                session = client.session
                session["second_factor"] = True
                session.save()
        return self.browsers[username]


def _line(page, client, times, firsts):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench.region import arrive

    firsts.append((asked(client, page)[0], f"{page.words}, {page.who or 'everybody'}"))
    with CaptureQueriesContext(connection) as captured:
        *_seconds, size = asked(client, page)
        queries = len(captured)
    quiet = [asked(client, page) for _each in range(times // 2)]
    busy = []
    for _each in range(times - times // 2):
        arrive()
        busy.append(asked(client, page))
    return (
        f"{page.words}, {page.who or 'everybody'}",
        f"{_spread(quiet)}; after news {_spread(busy)}; {queries} queries; {size / 1000:.0f} kB compressed",
        page.target,
    )


def _spread(asked):
    wall, cpu = [each[0] for each in asked], [each[1] for each in asked]
    return f"p50 {ms(percentile(wall, 50))}, p95 {ms(percentile(wall, 95))} (processor {ms(percentile(cpu, 50))})"


def asked(client, page):
    """(seconds, seconds of the processor, bytes) of a page."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer = client.get(page.path)
    seconds = time.perf_counter() - wall, time.process_time() - cpu
    if answer.status_code != 200:
        raise CannotMeasure(f"{page.path} answered {answer.status_code} to {page.who or 'everybody'}")
    return *seconds, len(answer.content)


def _watch(at):
    from simpul.insight import watch

    watch.watch(at=at)


def _draft(at):
    """The draft of the oldest quarter that is not out, put away again."""
    from django.db import transaction

    from simpul.agencies.models import Officer
    from simpul.insight import periods, release
    from simpul.insight.models import Release

    out = set(Release.objects.values_list("period", flat=True))
    code = next(each.code for each in periods.over_before(at.date()) if "Q" in each.code and each.code not in out)
    with transaction.atomic():
        release.draft(code, by=Officer.objects.get(username=FIGURES), at=at)
        transaction.set_rollback(True)


def _index(_at):
    """The index of the regencies and its rebuilds, as the first reader after a start waits for it."""
    from simpul.insight import vulnerability

    vulnerability._built.cache_clear()
    vulnerability.index_of("61", "regency")


def _count(at):
    from simpul.insight import tallies

    tallies.refresh(at=at)


TALLIES = "the tallies of thirteen months, counted by the hour"
WATCH = "the watch of the night, alerts"
INDEX = "the index of vulnerability, 6,000 rebuilds"
NIGHT = {
    TALLIES: (_count, ""),
    "the first watch of an installation, which compiles its kernels": (_watch, ""),
    WATCH: (_watch, ""),
    "a release of a quarter, drafted and checked": (_draft, ""),
    INDEX: (_index, ""),
}
ALL = "all figures after a day's work: tallies, watch and index"
DAILY = frozenset({TALLIES, WATCH, INDEX})


def _timed(job):
    from django.utils import timezone

    wall, processor = time.perf_counter(), time.process_time()
    job(timezone.now())
    return time.perf_counter() - wall, time.process_time() - processor
