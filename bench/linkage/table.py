"""Our matcher and the peers over the samples, the sisters and FEBRL, in one table.

python -m bench linkage --kinds harder --seeds 11 12 --without-peers

The sample registers are read from the folder data/linkage of the folder that SIMPUL_SHARED names, where it is set.
"""

import argparse
import os
import tempfile
from pathlib import Path

from bench.figures import CannotMeasure, Figure
from bench.linkage import accuracy, peers, sisters

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"
OURS = {
    "Simpul": f"{BIN / 'simpul'} match {{files}} --cut 0.01 -o {{pairs}}",
    "Simpul on encodings": f"{BIN / 'python'} -m bench.linkage.encoded {{files}} --cut 0.01 -o {{pairs}}",
}
CUT = 0.5
SEEDS = (11, 12)
TARGETS = {"sample": "F1 0.90; at p >= 0.95 precision 0.995 with recall 0.72", "harder": "F1 0.87",
           "FEBRL4": "F1 0.999", "FEBRL3": "F1 0.998"}  # fmt: skip


def run(arguments):
    parser = argparse.ArgumentParser(prog="python -m bench linkage", description=__doc__.splitlines()[0])
    parser.add_argument("--kinds", nargs="*", default=list(sisters.KINDS), choices=sisters.KINDS)
    parser.add_argument("--seeds", nargs="*", type=int, default=list(SEEDS))
    parser.add_argument("--persons", type=int, default=5000)
    parser.add_argument("--peers", nargs="*", default=list(peers.PEERS), choices=list(peers.PEERS))
    parser.add_argument("--without-peers", action="store_true", help="only ours")
    parser.add_argument("--without-febrl", action="store_true")
    options = parser.parse_args(arguments)
    others = () if options.without_peers else options.peers
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for name, (files, target) in registers(options, Path(folder)).items():
            found.append(compared(name, files, target, others, Path(folder) / "pairs.csv"))
            print(f"   {found[-1].work}: {found[-1].value} | {found[-1].peer}", flush=True)
    return found


def registers(options, folder):
    """{name: (files, target)} of everything that is to be matched."""
    every = {}
    for name, files in samples().items():
        every[f"sample {name}"] = (files, TARGETS["sample"])
    for kind in options.kinds:
        for seed in options.seeds:
            path = folder / f"{kind}_{seed}.csv"
            sisters.save(path, kind, persons=options.persons, seed=seed)
            files = [path.with_stem(f"{path.stem}_{end}") for end in "ab"] if kind == "two_lists" else [path]
            every[f"sister {kind}, seed {seed}"] = (files, TARGETS.get(kind, ""))
    if not options.without_febrl:
        every |= {name: (files, TARGETS[name]) for name, files in peers.febrl(folder).items()}
    return every


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


def compared(name, files, target, others, output):
    ours = [
        told(tool, lambda command=command: accuracy.measured(command, files, output, cut=CUT))
        for tool, command in OURS.items()
    ]
    theirs = [told(peers.PEERS[each].name, lambda each=each: peers.judged(peers.PEERS[each], files)) for each in others]
    return Figure(f"precision / recall / F1, {name}", "; ".join(ours), target, "; ".join(theirs))


def told(tool, measure):
    """One tool's verdict in words, or why there is none."""
    try:
        verdict = measure()
    except CannotMeasure as problem:
        return f"{tool}: not measured, {problem}"
    return (
        f"{tool} {verdict.default}, at p >= 0.95 {verdict.propose.precision:.4f} / {verdict.propose.recall:.4f}, "
        f"calibration error {verdict.calibration_error:.3f}, {verdict.cpu_s:.1f} s CPU"
    )
