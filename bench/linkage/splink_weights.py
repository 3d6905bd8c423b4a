"""What Splink begins with, and keeps where lists are too short to learn from: m and u on invented registers.

python -m bench.linkage.splink_weights        writes simpul/linkage/engines/weights.json

The registers are of another seed than those on which anything is measured. m is counted among the pairs that are one
person, u among random pairs. Three fields that these registers do not have are set by hand.
"""

import json
import logging
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import pyarrow as pa
from splink import DuckDBAPI, Linker

import simpul.linkage.engines
from bench.linkage import sisters
from simpul.linkage.engines import evidence, splink
from simpul.linkage.engines.settings import FIELDS, settings
from simpul.linkage.matching import files
from simpul.linkage.matching.table import Table

KINDS, SEED, PERSONS = ("likeness", "clean", "hotline", "westjava", "ntt"), 901, 3000
THIS_YEAR = 2026
BY_HAND = {
    "number": {"same": (0.9, 1e-4), "but for a part": (0.06, 1e-3), "differs": (0.04, 0.9989)},
    "postcode": {"same": (0.85, 0.01), "differs": (0.15, 0.99)},
    "address": {"all": (0.5, 0.002), "most": (0.2, 0.003), "some": (0.15, 0.03), "differs": (0.15, 0.965)},
}
# What was never seen may still be.
LEAST = 1e-6


def learned():
    """{field: {label: (m, u)}}: the mean over the registers."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    each = [_of(kind) for kind in KINDS]
    told = dict(BY_HAND)
    for name in each[0]:
        sides = np.mean([[list(pair) for pair in weights[name].values()] for weights in each], axis=0)
        sides = np.maximum(sides, LEAST)
        sides /= sides.sum(0)
        told[name] = {label: (float(m), float(u)) for label, (m, u) in zip(FIELDS[name].labels, sides, strict=True)}
    return {name: told[name] for name in FIELDS}


def _of(kind):
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{kind}.csv"
        sisters.save(path, kind, persons=PERSONS, seed=SEED)
        lines = list(files.opened(path, chosen={}, truth="cluster").lines(aside=lambda row: None, this_year=THIS_YEAR))
    table = Table.of(line.record for line in lines)
    columns = evidence.columns(table).append_column("person", pa.array([line.truth for line in lines]))
    fields = [name for name in splink._fields(table) if name not in BY_HAND]
    unseen = {name: {label: (LEAST, LEAST) for label in field.labels} for name, field in FIELDS.items()}
    with duckdb.connect(":memory:") as connection:
        records = DuckDBAPI(connection).register(columns)
        linker = Linker(records, settings(unseen, fields=fields), log_level=None)
        linker.training.estimate_u_using_random_sampling(max_pairs=3e6, seed=1, min_count_per_level=None)
        linker.training.estimate_m_from_label_column("person")
        found = splink._weights(linker)
    return {
        name: {label: tuple(side if isinstance(side, float) else 0.0 for side in pair) for label, pair in told.items()}
        for name, told in found.items()
    }


def main():
    told = {name: {label: [float(f"{side:.4g}") for side in pair] for label, pair in weights.items()}
            for name, weights in learned().items()}  # fmt: skip
    path = Path(simpul.linkage.engines.__file__).with_name("weights.json")
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(f"{path.name}: {sum(map(len, told.values()))} outcomes of {len(told)} fields.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
