"""The public form on a cheap telephone and a slow line: a fresh browser, 400 kbit/s, 400 ms, to the receipt.

Bytes are those on the wire as the browser counts them: headers and body as sent.
"""

import argparse
import os
import shutil
import statistics
import tempfile
import time

from bench.figures import CannotMeasure, Figure
from bench.installation import Installation

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "id-ID",
}


def run(arguments):
    parser = argparse.ArgumentParser(prog="python -m bench page")
    parser.add_argument("--kbps", type=float, default=400)
    parser.add_argument("--rtt", type=float, default=400, help="milliseconds")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--cpu", type=float, default=1, help="how many times slower the processor is made")
    options = parser.parse_args(arguments)
    with Installation() as installation:
        measured = [visit(installation.port, options) for _each in range(options.times)]

    def median(name):
        return statistics.median(each[name] for each in measured)

    line = f"{options.kbps:.0f} kbit/s, {options.rtt:.0f} ms"
    return [
        Figure(f"public form, cold, {line}: bytes", f"{median('bytes') / 1000:.1f} kB", "14 kB", "360 kB"),
        Figure("requests", f"{median('requests'):.0f}", "1", "18"),
        Figure("form usable", f"{median('usable'):.2f} s", "1.5 s", "4.0 s (the tip leader 23.7 s)"),
        Figure("whole report sent, receipt read", f"{median('sent'):.2f} s", "4 s", "21.4 s through seven pages"),
        Figure("cookies", f"{median('cookies'):.0f}", "0"),
    ]


def visit(port, options):
    """One cold visit: the form, a statement typed, sent, the receipt shown."""
    from playwright.sync_api import sync_playwright

    profile, requests = tempfile.mkdtemp(prefix="simpul-bench-browser-"), {}
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch_persistent_context(
                profile, executable_path=chromium(), headless=True, args=FLAGS, **PHONE
            )
            page = browser.pages[0]
            line = browser.new_cdp_session(page)
            line.send("Network.enable")
            line.send("Network.emulateNetworkConditions", {
                "offline": False, "latency": options.rtt,
                "downloadThroughput": options.kbps * 125, "uploadThroughput": options.kbps * 125,
            })  # fmt: skip
            if options.cpu > 1:
                line.send("Emulation.setCPUThrottlingRate", {"rate": options.cpu})
            line.on(
                "Network.requestWillBeSent", lambda e: requests.setdefault(e["requestId"], [e["request"]["url"], 0])
            )
            line.on("Network.loadingFinished", lambda e: finished(requests, e))
            began = time.perf_counter()
            page.goto(f"http://127.0.0.1:{port}/lapor/", wait_until="commit")
            page.locator("textarea[name=statement]").wait_for(state="visible")
            page.locator("form").get_by_role("button").last.wait_for(state="visible")
            usable = time.perf_counter() - began
            page.wait_for_load_state("load")
            sizes = [size for url, size in requests.values() if url.startswith("http")]
            page.locator("textarea[name=statement]").fill("Tetangga saya dibawa ke Serian dan tidak boleh pulang.")
            typed = time.perf_counter()
            page.locator("form").get_by_role("button").last.click()
            page.locator("#tanda-terima").wait_for(state="visible")
            sent = usable + time.perf_counter() - typed
            cookies = len(browser.cookies())
            browser.close()
    finally:
        shutil.rmtree(profile, ignore_errors=True)
    return {"bytes": sum(sizes), "requests": len(sizes), "usable": usable, "sent": sent, "cookies": cookies}


def finished(requests, event):
    if event["requestId"] in requests:
        requests[event["requestId"]][1] = event["encodedDataLength"]


def chromium():
    named = os.environ.get("SIMPUL_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if not named:
        raise CannotMeasure("there is no Chromium; install the package chromium or name one in SIMPUL_CHROMIUM")
    return named
