"""What a benchmark does inside an installation, in a process of its own with the settings of that home.

`python -m bench.inside COMMAND --option=value`; the last line printed is the answer as JSON.
"""

import json
import sys
import time
from datetime import timedelta
from functools import partial

HOME = "61.07"


def main(arguments):
    import django

    django.setup()
    command, *rest = arguments
    options = dict(each.removeprefix("--").split("=", 1) for each in rest)
    print(json.dumps(COMMANDS[command](**options)))


def world():
    """The agencies and officers of the invented region."""
    from django.utils import timezone

    from simpul.demo.world import found

    found(at=timezone.now() - timedelta(days=400))
    return {"officers": "recorded"}


def seed(reports, cases):
    from bench import seed

    return seed.seed(reports=int(reports), cases=int(cases))


def codes(count):
    """Event codes, so that no limit for one address holds off the reporters of a benchmark."""
    from django.utils import timezone

    from simpul.agencies.models import Officer
    from simpul.intake import channels

    now, rina = timezone.now(), Officer.objects.select_related("agency").get(username="rina")
    return [
        channels.make("Benchmark", until=now + timedelta(days=1), by=rina, at=now).code for _each in range(int(count))
    ]


def found():
    """How many of the receipts on standard input open a report."""
    from simpul.intake import tracking
    from simpul.lib.rules import NotFound

    count = 0
    for receipt in sys.stdin.read().split():
        try:
            count += bool(tracking.report_of(receipt).statement.opened())
        except NotFound:
            continue
    return {"found": count}


def session(username):
    """The cookie of a signed-in officer."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from simpul.agencies.models import Officer

    officer, store = Officer.objects.get(username=username), SessionStore()
    store[SESSION_KEY] = str(officer.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = officer.get_session_auth_hash()
    store.save()
    return {"cookie": store.session_key}


def queries(username, paths):
    """How many queries each page of an officer takes, without those of the session."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session(username)["cookie"]
    counts = {}
    for path in paths.split(","):
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            status = client.get(path).status_code
        counts[path] = {"status": status, "queries": len(captured)}
    return counts


def drawing(times):
    """Seconds to make, to read from the disk and to draw the villages of the province, and what the picture weighs."""
    import gzip
    from statistics import median

    from django.conf import settings

    from simpul.insight.drawing import choropleth
    from simpul.places import outlines
    from simpul.places.models import Place

    def seconds(act):
        started = time.perf_counter()
        act()
        return time.perf_counter() - started

    def read():
        outlines.forget()
        outlines.outline(settings.REGION, "village")

    made = seconds(read)
    read_again = median(seconds(read) for _each in range(int(times)))
    found = outlines.outline(settings.REGION, "village")
    names = dict(Place.objects.filter(code__in=found.shapes).values_list("code", "name"))
    values = {code: number % 97 for number, code in enumerate(found.shapes)}
    draw = partial(choropleth, found, values=values, labels=names, title="Map")
    drawn = median(seconds(draw) for _each in range(int(times)))
    picture = draw().encode()
    return {
        "shapes": len(found.shapes), "made": made, "read": read_again, "drawn": drawn,
        "bytes": len(picture), "compressed": len(gzip.compress(picture)),
    }  # fmt: skip


def manifest(people):
    """Seconds and processor time of previewing a manifest, taking it in and taking it back."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from bench import lists
    from simpul.migrants import manifests, sheets

    now, officer = timezone.now(), lists.officer("bench_returns", "returns")
    data = lists.manifest(int(people), on=now.date())
    told = {}
    sheet = _timed(told, "preview", lambda: sheets.receive(
        data, filename="manifes.xlsx", layout="manifest", by=officer, at=now))  # fmt: skip
    with CaptureQueriesContext(connection) as captured:
        reading = sheets.reading_of(sheet, at=now)
    told |= {"queries": len(captured), "problems": len(manifests.open_questions(sheet, reading))}
    _timed(told, "take_in", lambda: manifests.take_in(sheet, by=officer, at=now))
    sheet.refresh_from_db()
    _timed(told, "take_back", lambda: manifests.take_back(sheet, by=officer, at=now))
    return told


def register_officer():
    """The officer who answers for an imported register."""
    from bench import lists

    return {"officer": lists.officer("bench_returns", "returns").username}


def workers(count):
    """Entries of the register in the villages of the region, and two officers who look at them."""
    from bench import lists

    lists.officer("bench_returns", "returns")
    lists.officer("bench_figures", "secretariat")
    return {"workers": lists.store_workers(int(count))}


def region(part):
    """Three years of a whole region, or of one so many times smaller."""
    from bench import region

    size = region.Size()
    return region.store(size if int(part) == 1 else size.part(int(part)))


def dashboards(times, only=""):
    """What officers wait for on pages of figures, and what the night takes, in a process as a server begins it."""
    from django.core.management import call_command

    import simpul.wsgi  # noqa: F401
    from bench import dashboards

    call_command("migrate", verbosity=0)
    return {"figures": [*dashboards.measured(times=int(times), only=only), *dashboards.nights(only=only)]}


def _timed(told, name, work):
    wall, cpu = time.perf_counter(), time.process_time()
    done = work()
    told[name], told[f"{name}_cpu"] = time.perf_counter() - wall, time.process_time() - cpu
    return done


def verify():
    """How long the whole journal takes to verify."""
    from simpul.journal import chain
    from simpul.journal.models import Entry

    started = time.perf_counter()
    faults = chain.verify()
    return {"entries": Entry.objects.count(), "faults": len(faults), "seconds": time.perf_counter() - started}


def chain(reports):
    """Processor time of taking in a report, with and without the links of the journal, and of one entry alone."""
    from django.db import transaction
    from django.utils import timezone

    from simpul.journal import entries
    from simpul.journal.acts import Act
    from simpul.journal.models import Entry

    at, many = timezone.now(), int(reports)
    enter = partial(entries.enter, Act.CASE_READ, on="bench:1", by=None, at=at)
    whole_link, before = entries.link_of, Entry.objects.count()
    _receive(20, at)
    begun = Entry.objects.count()
    linked = _receive(many, at)
    written = (Entry.objects.count() - begun) / many
    with transaction.atomic():
        alone = _mean(enter, 1000)
        transaction.set_rollback(True)
    with transaction.atomic():
        entries.link_of = lambda *_facts: bytes(32)
        unlinked = _receive(many, at)
        plain = _mean(enter, 1000)
        transaction.set_rollback(True)
    entries.link_of = whole_link
    return {
        "linked": linked, "unlinked": unlinked, "entry": alone, "plain": plain, "written": written, "before": before,
    }  # fmt: skip


def _receive(many, at):
    from simpul.intake import receipts, reports

    told = reports.Told("Laporan uji. " * 20, place="61.07.07.2001", danger="no", kinds=["unpaid_work"])
    return _mean(lambda: reports.receive(told, token=receipts.new_token(), at=at), many)


def _mean(act, many):
    """Seconds of processor time of one act, the mean of many."""
    started = time.process_time()
    for _each in range(many):
        act()
    return (time.process_time() - started) / many


COMMANDS = {
    each.__name__: each
    for each in (
        *(world, seed, codes, found, session, queries, verify, chain, drawing),
        *(manifest, register_officer, workers, region, dashboards),
    )
}

if __name__ == "__main__":
    main(sys.argv[1:])
