"""A real server on an installation of its own, and a real Chromium that visits it.

The server is the one that `simpul serve` starts, on a free port of this machine. Chromium comes from the system's
packages (`SIMPUL_CHROMIUM` names another one); without one the stories are skipped with that reason.
"""

import itertools
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import installation

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
AXE = Path(__file__).parent / "axe.min.js"
VISITORS = itertools.count()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def home(installed, tmp_path_factory):
    """The folder of the installation the server works on."""
    return installed(tmp_path_factory.mktemp("installation") / "home")


@pytest.fixture(scope="session")
def server(home):
    """The address of a server on the installation, without a slash at the end."""
    with serving(home) as address:
        yield address


@contextmanager
def serving(home, *, application="simpul.wsgi:application", **surroundings):
    """A server on an installation for as long as it is needed; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = open(home / "server.log", "wb")  # noqa: SIM115
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
         "--blocking-threads", "4", application],
        env=installation.surroundings(home, SIMPUL_TRUSTED_PROXIES="127.0.0.1", **surroundings),
        cwd=installation.ROOT, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        _wait_for(port, process, home / "server.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


@pytest.fixture(scope="session")
def chromium():
    """A browser. Its threads must not meet the event loop of Django's own checks."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = os.environ.get("SIMPUL_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        pytest.skip("there is no Chromium here; install the package chromium, or name one in SIMPUL_CHROMIUM")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with pytest.MonkeyPatch.context() as changes, playwright.sync_playwright() as started:
        for kind in (playwright.Page, playwright.Locator):
            changes.setattr(kind, "click", _until_it_can_be_read(kind.click))
        browser = started.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def _until_it_can_be_read(click):
    """Playwright's click returns when the next page begins to come; what is asked of it then may not be there yet."""

    def clicking(self, *arguments, **options):
        click(self, *arguments, **options)
        page = getattr(self, "page", self)
        if not page.is_closed():
            page.wait_for_load_state("domcontentloaded")

    return clicking


@pytest.fixture
def visit(chromium, server):
    """Opens a fresh window of somebody who was never here: `visit(script=False, size=PHONE)` gives its page."""
    contexts = []

    def opening(*, script=True, size=PHONE):
        # The server believes this header, as of its own proxy: each window is somebody else, with limits of its own.
        visitor = next(VISITORS)
        address = f"198.51.{visitor // 250}.{visitor % 250}"
        context = chromium.new_context(
            base_url=server, viewport=size, java_script_enabled=script, locale="id-ID",
            extra_http_headers={"X-Forwarded-For": address},
        )  # fmt: skip
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield opening
    for context in contexts:
        context.close()


@pytest.fixture
def page(visit):
    """A telephone with script."""
    return visit()


@pytest.fixture
def page_without_script(visit):
    """A telephone whose browser runs no script."""
    return visit(script=False)


def slow(page, *, kbps=400, rtt=400):
    """Put a page on a slow line."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    speed = kbps * 1000 / 8
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": rtt, "downloadThroughput": speed, "uploadThroughput": speed},
    )
    return line


def faults(page):
    """What axe finds wrong with the page that is open, one line for each element."""
    # Through the debugger, where the page's own policy does not forbid a foreign script.
    line = page.context.new_cdp_session(page)
    line.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    answer = line.send(
        "Runtime.evaluate",
        {
            "expression": f"axe.run(document, {{runOnly: {RULES!r}}}).then(r => r.violations.flatMap("
            "v => v.nodes.map(n => v.id + ': ' + n.target.join(' ') + ' ' + n.failureSummary)))",
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    line.detach()
    return answer["result"]["value"]


def out_of_order(page, *sizes):
    """What is wrong with the page that is open, at these sizes or at its own: it sticks out, or axe finds something."""
    found = []
    for size in sizes or (page.viewport_size,):
        page.set_viewport_size(size)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"sticks out at {size['width']}")
        found += faults(page)
    return found


def _wait_for(port, process, log):
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The server did not start:\n{log.read_text(errors='replace')[-3000:]}")
