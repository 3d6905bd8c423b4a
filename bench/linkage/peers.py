"""The peers on a register: each in a process of its own, with its documented set-up and its default cut.

python -m bench.linkage.peers A.csv [B.csv] [--peer splink]

What each is given is the same: cells that say nothing are emptied, a NIK is sixteen figures or nothing, dates are ISO.
Their fields, blocks and weights stand in peer_*.py; those of anonlink were chosen where they do best on a sample.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from bench.figures import CannotMeasure
from bench.linkage import accuracy, environment

ROOT = environment.ROOT


class Peer(NamedTuple):
    name: str
    module: str
    cut: float


PEERS = {
    "splink": Peer("Splink 5", "bench.linkage.peer_splink", 0.5),
    "recordlinkage": Peer("recordlinkage ECM", "bench.linkage.peer_recordlinkage", 0.5),
    "anonlink": Peer("clkhash + anonlink", "bench.linkage.peer_anonlink", 0.8),
}


def judged(peer, files):
    """The verdict on one peer; its CPU seconds include its children."""
    with tempfile.TemporaryDirectory() as folder:
        return accuracy.measured(
            f"{environment.interpreter()} -m {peer.module} {{files}} -o {{pairs}}",
            [Path(file).resolve() for file in files], Path(folder) / "pairs.csv", cut=peer.cut, cwd=ROOT,
        )  # fmt: skip


def febrl(folder):
    """{name: files} of the FEBRL lists 3 and 4, written into a folder."""
    import subprocess

    command = [str(environment.interpreter()), "-m", "bench.linkage.febrl", str(folder)]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise CannotMeasure("the FEBRL lists could not be written.")
    folder = Path(folder)
    return {"FEBRL4": [folder / "febrl4_a.csv", folder / "febrl4_b.csv"], "FEBRL3": [folder / "febrl3.csv"]}


def line(name, verdict):
    return (
        f"{name:<20} P / R / F1 {verdict.default}   p>=.95 {verdict.propose}   "
        f"best {verdict.best.f1:.4f} at {verdict.best_cut:.3f}   Brier {verdict.brier:.4f}   "
        f"calibration {verdict.calibration_error:.4f}   CPU {verdict.cpu_s:.1f} s   wall {verdict.wall_s:.1f} s"
    )


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m bench.linkage.peers", description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--peer", action="append", choices=list(PEERS))
    options = parser.parse_args(arguments)
    for name in options.peer or PEERS:
        try:
            print(line(PEERS[name].name, judged(PEERS[name], options.files)), flush=True)
        except CannotMeasure as problem:
            print(f"{PEERS[name].name}: not measured: {problem}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
