"""Learn from made-up registers what the live search ships: `python -m bench.linkage.learn REGISTER.csv ...`.

Registers come from `python -m bench.linkage.sisters`. They are encoded with a key that is thrown away.
"""

import secrets
import sys
from pathlib import Path

from simpul.linkage import learnt
from simpul.linkage.matching import encode, files, score
from simpul.linkage.matching.keys import KeyRing

VERSION = "2026.11"


def encoded(path, ring):
    """The encodings of a register, (n, WIDTH)."""
    lines = files.opened(Path(path)).lines(aside=lambda _aside: None, this_year=2026)
    return encode.encode([line.record for line in lines], ring)


def main(paths):
    ring = KeyRing.from_secret(secrets.token_bytes(32), "learning")
    made = [learnt.learn(encoded(path, ring), version=VERSION) for path in paths]
    models = [one.model for one in made]
    weights = {name: sum(model.weights[name] for model in models) / len(models) for name in models[0].weights}
    prior = sum(model.prior for model in models) / len(models)
    mean = score.Model(weights, prior, {}, {}, is_blind=True)
    whole = learnt.Learnt(mean, round(sum(one.n for one in made) / len(made)), VERSION)
    learnt.save(whole, Path(learnt.__file__).with_name(learnt.FILE))


if __name__ == "__main__":
    main(sys.argv[1:])
