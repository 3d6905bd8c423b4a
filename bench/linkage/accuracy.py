"""How right a list of pairs is: precision, recall and F1 at a cut, and whether its probabilities mean what they say.

A command writes pairs.csv (left_id, right_id, probability); the register's column of truth says which pairs are of one
person. A pair that is not listed counts as having probability 0.
"""

import csv
import shlex
import subprocess
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import monotonic

from bench.figures import CannotMeasure
from bench.linkage.reading import truth

BIN = Path(__file__).resolve().parents[2] / ".venv" / "bin"
# The whole command, plain and by encodings.
SIMPUL = f"{BIN / 'simpul'} match {{files}} --cut 0.01 -o {{pairs}}"
ENCODED = f"{BIN / 'python'} -m bench.linkage.encoded {{files}} --cut 0.01 -o {{pairs}}"
PROPOSE = 0.95
EDGES = (0.0, 0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0)


@dataclass(frozen=True)
class Score:
    """Pairs found, right and existing."""

    found: int
    right: int
    existing: int

    @property
    def precision(self):
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self):
        return self.right / self.existing if self.existing else 0.0

    @property
    def f1(self):
        return 2 * self.right / (self.found + self.existing) if self.found + self.existing else 0.0

    def __str__(self):
        return f"{self.precision:.4f} / {self.recall:.4f} / {self.f1:.4f}"


@dataclass(frozen=True)
class Bin:
    """One line of the reliability table: what was said of some pairs, and how many were right."""

    low: float
    high: float
    pairs: int
    said: float
    right: float


@dataclass
class Verdict:
    """What is known of one tool on one register."""

    default: Score
    propose: Score
    best: Score
    best_cut: float
    brier: float
    calibration_error: float
    bins: list = field(default_factory=list)
    cpu_s: float = 0.0
    wall_s: float = 0.0


def pairs_of(path, *, ordered=False):
    """{(left_id, right_id): probability}, the ids of one list in alphabetical order; of a pair twice, the higher."""
    found = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            pair = (row["left_id"], row["right_id"])
            pair = pair if ordered or pair[0] < pair[1] else (pair[1], pair[0])
            found[pair] = max(found.get(pair, 0.0), float(row["probability"]))
    return found


def judge(found, existing, *, cut):
    """The verdict on {pair: probability} against the set of pairs that exist."""
    best_cut, best = best_score(found, existing)
    bins = reliability(found, existing)
    told = sum(each.pairs for each in bins)
    missed = sum(pair not in found for pair in existing)
    squares = sum((probability - (pair in existing)) ** 2 for pair, probability in found.items()) + missed
    return Verdict(
        default=score(found, existing, cut=cut),
        propose=score(found, existing, cut=PROPOSE),
        best=best,
        best_cut=best_cut,
        brier=squares / (len(found) + missed) if found or missed else 0.0,
        calibration_error=sum(each.pairs * abs(each.said - each.right) for each in bins) / told if told else 0.0,
        bins=bins,
    )


def score(found, existing, *, cut):
    taken = [pair for pair, probability in found.items() if probability >= cut]
    return Score(len(taken), sum(pair in existing for pair in taken), len(existing))


def best_score(found, existing):
    """(cut, score) of the cut with the highest F1: knowable only with the truth, so no figure of merit."""
    ordered = sorted(found.items(), key=lambda each: -each[1])
    right, best, best_cut = 0, Score(0, 0, len(existing)), 1.0
    for taken, (pair, probability) in enumerate(ordered, start=1):
        right += pair in existing
        is_last_of_its_value = taken == len(ordered) or ordered[taken][1] < probability
        if is_last_of_its_value and (now := Score(taken, right, len(existing))).f1 > best.f1:
            best, best_cut = now, probability
    return best_cut, best


def reliability(found, existing):
    """Of the pairs told with a probability in each bin, the mean probability and the share that is right."""
    bins = []
    for low, high in pairwise(EDGES):
        inside = [(probability, pair in existing) for pair, probability in found.items()
                  if low <= probability < high or (high == 1.0 and probability == 1.0)]  # fmt: skip
        if inside:
            said = sum(probability for probability, _right in inside) / len(inside)
            bins.append(Bin(low, high, len(inside), said, sum(right for _probability, right in inside) / len(inside)))
    return bins


def measured(template, files, output, *, cut, column="cluster", limit_s=1800, cwd=None):
    """Run a command ("{files}" and "{pairs}" are filled in) and judge what it wrote."""
    words = shlex.split(template)
    command = [
        part
        for word in words
        for part in (list(map(str, files)) if word == "{files}" else [word.replace("{pairs}", str(output))])
    ]
    before, started = getrusage(RUSAGE_CHILDREN), monotonic()
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=limit_s, cwd=cwd)
    except FileNotFoundError as problem:
        raise CannotMeasure(f"{command[0]} is not there.") from problem
    except subprocess.TimeoutExpired as problem:
        raise CannotMeasure(f"it took more than {limit_s} s.") from problem
    wall, after = monotonic() - started, getrusage(RUSAGE_CHILDREN)
    if answer.returncode:
        last = (answer.stderr.strip().splitlines() or ["without a word"])[-1]
        raise CannotMeasure(f"it ended with {answer.returncode}: {last[:300]}")
    existing, _ids = truth(files, column=column)
    verdict = judge(pairs_of(output, ordered=len(files) == 2), existing, cut=cut)
    verdict.cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    verdict.wall_s = wall
    return verdict
