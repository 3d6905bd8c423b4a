"""What an officer waits for with 100,000 reports and 20,000 cases: Today, the queue, lists, a file, rights, search."""

import argparse
import re
import time
from http.client import HTTPConnection
from urllib.parse import urlencode

from bench import seed
from bench.figures import CannotMeasure, Figure, ms, percentile
from bench.installation import Installation

PAGES = {
    "Today": ("/desk/hari-ini/", "100 ms p95", "310 ms p50"),
    "the queue": ("/desk/laporan/", "100 ms p95", "310 ms p50"),
    "all reports": ("/desk/laporan/semua/", "", "310 ms p50"),
    "cases": ("/desk/kasus/", "", ""),
}
SEARCHES = {"name": seed.A_NAME, "telephone": seed.A_PHONE, "village": "Jagoi"}
HIT = re.compile(rb'href="/desk/(?:kasus/K|laporan/L)-')
CASE, PERSON = re.compile(rb'href="(/desk/kasus/K-[0-9-]+/)"'), re.compile(rb'href="(/desk/kasus/[^"]+/orang/[0-9]+/)"')
CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


def run(arguments):
    parser = argparse.ArgumentParser(prog="python -m bench desk")
    parser.add_argument("--stored", type=int, default=100_000)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=60, help="how often each page is asked for")
    options = parser.parse_args(arguments)
    found = []
    with Installation(stored=options.stored, cases=options.cases) as installation:
        for username in ("rina", "lina"):
            officer = Officer(installation, username)
            queries = installation.tell("queries", username=username, paths=",".join(p for p, *_more in PAGES.values()))
            for name, (path, target, peer) in PAGES.items():
                times, size = officer.get(path, options.times)
                words = f"{spread(times)}; {queries[path]['queries']} queries; {size / 1000:.0f} kB"
                found.append(Figure(f"{name}, {username}", words, target, peer))
            for name, path in officer.files().items():
                times, size = officer.get(path, options.times)
                queries = installation.tell("queries", username=username, paths=path)[path]["queries"]
                words = f"{spread(times)}; {queries} queries; {size / 1000:.0f} kB"
                found.append(Figure(f"{name}, {username}", words, "", ""))
            for name, text in SEARCHES.items():
                times, hits = officer.search(text, options.times)
                found.append(Figure(f"search by {name}, {username}", f"{spread(times)}; {hits}", "under 200 ms"))
    return found


def spread(times):
    return f"p50 {ms(percentile(times, 50))}, p95 {ms(percentile(times, 95))}"


class Officer:
    """A signed-in officer with one connection."""

    def __init__(self, installation, username):
        self.cookies = {"meja": installation.tell("session", username=username)["cookie"]}
        self.connection = HTTPConnection("127.0.0.1", installation.port, timeout=60)

    def get(self, path, times):
        """(seconds of each, bytes of the last) for a page asked for several times, one after the other."""
        found = []
        self._ask("GET", path)
        for _each in range(times):
            began = time.perf_counter()
            status, body = self._ask("GET", path)
            found.append(time.perf_counter() - began)
            if status != 200:
                raise CannotMeasure(f"{path} answered {status}")
        return found, len(body)

    def picture(self, path):
        """The first drawing on a page."""
        _status, body = self._ask("GET", path)
        return body[body.index(b"<svg") : body.index(b"</svg>") + len(b"</svg>")]

    def files(self):
        """The newest case of the officer's list with a person in it, and the rights of that person."""
        _status, body = self._ask("GET", "/desk/kasus/")
        for case in dict.fromkeys(CASE.findall(body)):
            _status, file = self._ask("GET", case.decode())
            if person := PERSON.search(file):
                return {"the file of a case": case.decode(), "a victim's rights": f"{person[1].decode()}hak/"}
        return {}

    def search(self, text, times):
        _status, body = self._ask("GET", "/desk/cari/")
        token = CSRF.search(body)
        if not token:
            raise CannotMeasure("the page of search has no form")
        sent, found = urlencode({"q": text, "csrfmiddlewaretoken": token[1].decode()}), []
        for _each in range(times):
            began = time.perf_counter()
            status, body = self._ask("POST", "/desk/cari/", sent)
            found.append(time.perf_counter() - began)
            if status != 200:
                raise CannotMeasure(f"search answered {status}")
        return found, f"{len(HIT.findall(body))} found"

    def _ask(self, method, path, body=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _sign, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer.status, answer.read()
