"""Our matcher and the peers over the samples, the sisters and FEBRL, in one table.

The sample registers are read from the folder data/linkage of the folder that SIMPUL_SHARED names, where it is set. The
peers take minutes for each register; so they are asked about one sample, one sister and FEBRL, unless told otherwise.
"""

import os
import tempfile
from pathlib import Path
from typing import NamedTuple

from bench.figures import CannotMeasure, Figure
from bench.linkage import accuracy, peers, sisters

OURS = {"plain": accuracy.SIMPUL, "encodings": accuracy.ENCODED}
CUT = 0.5
# What the peers are asked about.
BESIDE_PEERS = ("sample kalbar_1", "sister harder", "FEBRL4", "FEBRL3")


class Target(NamedTuple):
    """What F1 is to be on plain fields and on encodings, and precision and recall where "same" is proposed."""

    f1: str = ""
    proposed: str = ""


TARGETS = {
    "sample": Target("0.90 / 0.89", "0.995 at recall 0.72"), "sister": Target("", "0.995 at recall 0.72"),
    "sister harder": Target("0.87 / 0.86", "0.995 at recall 0.72"),
    "FEBRL4": Target("0.999"), "FEBRL3": Target("0.998"),
}  # fmt: skip


def run(options):
    """Two figures of each register, as they are measured."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for name, files in registers(options, Path(folder)).items():
            beside = options.everywhere or name.startswith(BESIDE_PEERS)
            for figure in compared(name, files, options.peers if beside else (), Path(folder) / "pairs.csv"):
                print(f"   {figure.work}: {figure.value} | {figure.peer}", flush=True)
                found.append(figure)
    return found


def registers(options, folder):
    """{name: files} of everything that is to be matched."""
    every = {f"sample {name}": files for name, files in samples().items()} if options.samples else {}
    for kind in options.kinds:
        for seed in options.seeds:
            path = folder / f"{kind}_{seed}.csv"
            sisters.save(path, kind, persons=options.persons, seed=seed)
            files = [path.with_stem(f"{path.stem}_{end}") for end in "ab"] if kind == "two_lists" else [path]
            every[f"sister {kind}, seed {seed}"] = files
    return every | (peers.febrl(folder) if options.febrl else {})


def samples():
    """{name: files} of the sample registers, when there are any."""
    shared = os.environ.get("SIMPUL_SHARED")
    folder = Path(shared) / "data" / "linkage" if shared else None
    if folder is None or not folder.is_dir():
        return {}
    return {
        "kalbar_1": [folder / "kalbar_1.csv"], "kalbar_2": [folder / "kalbar_2.csv"],
        "BP3MI with POLRI": [folder / "kalbar_bp3mi.csv", folder / "kalbar_polri.csv"],
    }  # fmt: skip


def compared(name, files, others, output):
    """What our matcher makes of a register, plain and encoded, and what the others do."""
    ours = {
        form: verdict_of(lambda command=command: accuracy.measured(command, files, output, cut=CUT))
        for form, command in OURS.items()
    }
    theirs = {
        peers.PEERS[each].name: verdict_of(lambda each=each: peers.judged(peers.PEERS[each], files)) for each in others
    }
    target = target_of(name)
    return [
        Figure(f"{name}: F1 at 0.5, plain / encodings", " / ".join(f1(each) for each in ours.values()), target.f1,
               "; ".join(f"{peer} {f1(each)}" for peer, each in theirs.items())),
        Figure(f"{name}: precision at recall where p >= 0.95, plain / encodings",
               " / ".join(proposed(each) for each in ours.values()), target.proposed,
               "; ".join(f"{peer} {proposed(each)}" for peer, each in theirs.items())),
    ]  # fmt: skip


def target_of(name):
    """The target of the longest name that this one begins with."""
    fits = [each for each in TARGETS if name.startswith(each)]
    return TARGETS[max(fits, key=len)] if fits else Target()


def verdict_of(measure):
    """One tool's verdict, or why there is none."""
    try:
        return measure()
    except CannotMeasure as problem:
        return str(problem)


def f1(verdict):
    return f"not measured, {verdict}" if isinstance(verdict, str) else f"{verdict.default.f1:.4f}"


def proposed(verdict):
    if isinstance(verdict, str):
        return "not measured"
    return f"{verdict.propose.precision:.4f} at {verdict.propose.recall:.4f}"
