"""New wording: how many messages a new method needs to be seen, and how often nothing new raises an alarm.

Messages are invented (`tests.insight.methods.messages`): six known methods in the words reporters use, odd messages now
and then, and three methods nobody has told of before. 120 messages are a month.
"""

import argparse
from statistics import median
from time import process_time

from bench.figures import Figure, ms

MONTH = 120
PAST = 600


def run(arguments):
    from simpul.insight.methods import modus
    from tests.insight.methods import messages

    parser = argparse.ArgumentParser(prog="python -m bench modus")
    parser.add_argument("--months", type=int, default=60)
    options = parser.parse_args(arguments)
    started = process_time()
    novelty = modus.Novelty(messages.known(PAST, 1))
    learned = process_time() - started
    alarms, costs = 0, []
    for seed in range(options.months):
        started = process_time()
        alarms += len(modus.gathering(messages.stream(MONTH, 1000 + seed), novelty))
        costs.append(process_time() - started)
    needed = [of(name, seed, novelty) for name in messages.NEW for seed in range(5)]
    return [
        Figure(
            "messages of a new method until it is seen, among 120 others: median, most of 15 streams",
            f"{median(needed):g}, {max(needed)}",
            "10 or fewer",
        ),
        Figure(f"false alarms in {options.months} months of 120 messages", f"{alarms}", "one a month or fewer"),
        Figure(f"learning {PAST} messages; looking at a month", f"{ms(learned)}; {ms(median(costs))}"),
    ]


def of(name, seed, novelty):
    from simpul.insight.methods import modus
    from tests.insight.methods import messages

    around, told = messages.stream(MONTH, 5000 + seed), messages.new(name, 20, 50 + seed)
    for count in range(1, len(told) + 1):
        found = modus.gathering(around + told[:count], novelty)
        if any(max(each.places) >= MONTH for each in found):
            return count
    return len(told) + 1
