"""Lists encoded with a key that is thrown away, and matched as encodings: what `simpul match` does without names.

python -m bench.linkage.encoded A.csv [B.csv] -o pairs.csv --cut 0.01
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from simpul.linkage.matching import keys

SIMPUL = Path(__file__).resolve().parents[2] / ".venv" / "bin" / "simpul"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--cut", default="0.5")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        key = Path(folder) / "key"
        keys.create_file(key, "bench")
        encoded = [Path(folder) / f"{number}.encoded" for number in range(len(asked.files))]
        for source, target in zip(asked.files, encoded, strict=True):
            subprocess.run(
                [SIMPUL, "match", source, "--encode", key, "-o", target], check=True, stdout=subprocess.DEVNULL
            )
        command = [SIMPUL, "match", *encoded, "--encoded", "--cut", asked.cut, "-o", asked.output]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return 0


if __name__ == "__main__":
    sys.exit(main())
