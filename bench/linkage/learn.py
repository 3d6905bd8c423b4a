"""Learn from made-up registers what the live search ships, and measure what its probabilities are worth.

    python -m bench.linkage.learn REGISTER.csv ... --hold-out HELD_OUT.csv ...
    python -m bench.linkage.learn --measure OTHER.csv ...

Registers come from `python -m bench.linkage.sisters` and are encoded with a key that is thrown away. The weights are
learned from the first, the curve from the second, which neither the weights nor the trees of `judge` have seen: as
many of those that are said to be possible shall be one person as is said, and of 1,000 that are said to be surely one
995 on each register and 998 on all together. `--measure` prints what came of it on others. With `--hold-out` alone the
weights stay as they are.
"""

import argparse
import secrets
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np

from simpul.linkage import learnt
from simpul.linkage.matching import encode, files, live, near, score
from simpul.linkage.matching.keys import KeyRing

VERSION = "2026.11"
SURE, PROMISED, ALTOGETHER = 0.95, 0.995, 0.9975
POSSIBLE = (0.2, 0.8)
STEPS = np.arange(0, 6, 0.05)
SEARCHES, LOOKED_AT = 1_500, 50
CUTS = (0.5, 0.8, 0.95)


class Searches(NamedTuple):
    """What searches found: odds' logarithms and whether one person, (p,) each; and how many there were to find."""

    odds: np.ndarray
    is_same: np.ndarray
    wanted: int


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m bench.linkage.learn", description=__doc__.splitlines()[0])
    parser.add_argument("registers", nargs="*", type=Path)
    parser.add_argument("--hold-out", nargs="+", type=Path, default=[], metavar="HELD_OUT")
    parser.add_argument("--measure", nargs="+", type=Path, default=[], metavar="OTHER")
    parser.add_argument("--searches", type=int, default=SEARCHES)
    asked = parser.parse_args(arguments)
    made = learned(asked.registers) if asked.registers else learnt.shipped()
    if asked.hold_out:
        plain = replace(made, curve=learnt.AS_IT_IS)
        made = replace(made, curve=curve([searched(path, plain, asked.searches) for path in asked.hold_out]))
        print(made.curve.round(2))
    if asked.registers or asked.hold_out:
        learnt.save(made, Path(learnt.__file__).with_name(learnt.FILE))
    for path in asked.measure:
        print(f"{path.stem:<16}{told(searched(path, made, asked.searches))}", flush=True)


def learned(paths):
    """What the registers teach on the whole, without caution."""
    ring = KeyRing.from_secret(secrets.token_bytes(32), "learning")
    made = [learnt.learn(encoded(path, ring)[0], version=VERSION) for path in paths]
    models = [one.model for one in made]
    weights = {name: sum(model.weights[name] for model in models) / len(models) for name in models[0].weights}
    prior = sum(model.prior for model in models) / len(models)
    mean = score.Model(weights, prior, {}, {}, is_blind=True)
    return learnt.Learnt(mean, round(sum(one.n for one in made) / len(made)), VERSION)


def encoded(path, ring):
    """The encodings of a register, (n, WIDTH), and the person of each record, (n,), where the register tells it."""
    heads = path.open(encoding="utf-8").readline().strip().split(",")
    truth = "cluster" if "cluster" in heads else ""
    lines = list(files.opened(path, truth=truth).lines(aside=lambda _aside: None, this_year=2026))
    return encode.encode([line.record for line in lines], ring), np.array([line.truth for line in lines])


def searched(path, made, searches):
    """`Searches` of records of one register, drawn at random, among all others of it."""
    rows, person = encoded(path, KeyRing.from_secret(secrets.token_bytes(32), "measuring"))
    rarity, tags = learnt.Rarity.of([rows]), near.tags(rows)
    odds, is_same, wanted = [np.zeros(0)], [np.zeros(0, bool)], 0
    with TemporaryDirectory(prefix="simpul-live-") as folder:
        batch = live.Batch(np.arange(len(rows)), tags, rows)
        live.build(Path(folder) / "index", [batch], width=encode.WIDTH, dtype=rows.dtype, label="")
        with live.LiveIndex(Path(folder) / "index", score=near.order, label="") as index:
            for number in np.random.default_rng(5).permutation(len(rows))[:searches].tolist():
                wanted += int((person == person[number]).sum()) - 1
                found = index.find(tags[number], rows[number], limit=LOOKED_AT, but=[number]).numbers.astype(np.int64)
                if found.size:
                    p = made.beside(rows[number], rows[found], rarity, among=len(rows))[0]
                    p = np.clip(p, 1e-12, 1 - 1e-12)
                    odds.append(np.log(p) - np.log1p(-p))
                    is_same.append(person[found] == person[number])
    return Searches(np.concatenate(odds), np.concatenate(is_same), wanted)


def curve(found):
    """What to say of odds (`Learnt.curve`): right for what is possible, and careful from what is likely upwards."""
    odds, is_same = np.concatenate([one.odds for one in found]), np.concatenate([one.is_same for one in found])
    possible = (odds > odds_of(POSSIBLE[0])) & (odds < odds_of(POSSIBLE[1]))
    less = next(each for each in STEPS if score.probability(odds[possible] - each).mean() <= is_same[possible].mean())
    likely, sure = odds_of(POSSIBLE[1]), odds_of(SURE)
    at = next(each for each in sure + STEPS if is_kept(found, each))
    heard = [-60 + less, likely + less, max(at, likely + less + 0.1), at + 60]
    return np.array([heard, [-60, likely, sure, sure + 60]])


def is_kept(found, least):
    """Whether what is promised of pairs from these odds on holds on each register and on all together."""
    each = [one.is_same[one.odds >= least] for one in found]
    return min(one.mean() for one in each) >= PROMISED and np.concatenate(each).mean() >= ALTOGETHER


def odds_of(probability):
    return float(np.log(probability / (1 - probability)))


def told(found):
    """Precision and recall from some probabilities on."""
    parts = []
    for cut in CUTS:
        kept = found.odds >= odds_of(cut)
        right = int(found.is_same[kept].sum())
        parts.append(f"from {cut}: precision {right / max(kept.sum(), 1):.4f}, recall {right / found.wanted:.3f}")
    return "   ".join(parts)


if __name__ == "__main__":
    main()
