"""kill -9 at random moments under load: every receipt that a reporter holds must open its report afterwards."""

import argparse
import random
import threading
import time

from bench.figures import Figure
from bench.installation import Installation
from bench.reporter import Refused, Reporter

PER_CODE = 450


def run(arguments):
    parser = argparse.ArgumentParser(prog="python -m bench kill")
    parser.add_argument("--times", type=int, default=50, help="how often the server is killed")
    parser.add_argument("--at-once", type=int, default=8, help="reporters at once")
    options = parser.parse_args(arguments)
    receipts, random_moments = [], random.Random("kill -9")
    with Installation() as installation:
        for turn in range(options.times):
            receipts += until_killed(installation, options.at_once, random_moments.uniform(0.2, 2.0), turn)
            installation.start()
        found = installation.tell("found", given="\n".join(receipts))
        journal = installation.tell("verify")
    lost = len(receipts) - found["found"]
    return [
        Figure(
            f"acknowledged reports lost when the server is killed {options.times} times",
            f"{lost} of {len(receipts)}; faults in the journal: {journal['faults']}",
            "0",
            "not measured",
        )
    ]


def until_killed(installation, at_once, seconds, turn):
    """Reports are sent until the server dies; returns the receipts that reporters hold."""
    code = installation.tell("codes", count=1)[0]
    receipts, lock, killed = [], threading.Lock(), threading.Event()

    def reporter(number):
        person = Reporter(installation.port, timeout=15)
        while not killed.is_set() and len(receipts) < PER_CODE:
            try:
                receipt = person.report(f"{turn}/{number}", code=code)
            except Refused:
                continue
            with lock:
                receipts.append(receipt)

    threads = [threading.Thread(target=reporter, args=(number,)) for number in range(at_once)]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    installation.kill()
    killed.set()
    for thread in threads:
        thread.join()
    return receipts
