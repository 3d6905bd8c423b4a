"""Train the trees of `simpul/linkage/matching/judge.npz` on made-up registers.

    PYTHONPATH=.:.venv/lib/python3.11/site-packages \\
        .venv-bench/bin/python -m bench.linkage.train DIRECTORY -o simpul/linkage/matching/judge.npz

DIRECTORY holds registers made by `bench.linkage.sisters`, with the true person in the column `cluster`. Needs
scikit-learn, which only the peers' environment has, beside the packages of the application; the trees are used without.
"""

import argparse
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from simpul.linkage.matching import cluster, compare, context, encode, files, keys, matcher
from simpul.linkage.matching.table import Table


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("-o", "--output", required=True, type=Path)
    parser.add_argument("--trees", type=int, default=150)
    parser.add_argument("--leaves", type=int, default=16)
    asked = parser.parse_args()
    registers = sorted(asked.directory.glob("*.csv"))
    parts = [part for path in registers for part in examples(path)]
    features, answers = np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
    learner = HistGradientBoostingClassifier(
        max_iter=asked.trees, learning_rate=0.08, max_leaf_nodes=asked.leaves, min_samples_leaf=60, l2_regularization=5,
        random_state=1, early_stopping=False,
    )  # fmt: skip
    learner.fit(features, answers)
    np.savez_compressed(asked.output, **exported(learner))
    print(
        f"{len(registers)} registers, {len(answers):,} pairs, {answers.mean():.3f} of them one person -> {asked.output}"
    )


def examples(path):
    """(features, whether one person) of the pairs of one register, as it is and encoded."""
    lines = list(files.opened(path, truth="cluster").lines(aside=lambda _aside: None, this_year=2026))
    records = [line.record for line in lines]
    person = np.unique([line.truth for line in lines], return_inverse=True)[1]
    source = None
    if path.stem.startswith("two_lists"):
        source = np.unique([line.source for line in lines], return_inverse=True)[1]
    ring = keys.KeyRing.from_secret(bytes(32), "training")
    for table in (Table.of(records), encode.table_of(encode.encode(records, ring))):
        yield judged(table, person, source)


def judged(table, person, source):
    common = compare.Commonness.of(table)
    left, right, levels, model = matcher.asked(table, common, source=source)
    persons = cluster.together(table, left, right, levels, model, commonness=common, source=source)
    return context.features(table, left, right, levels, model, persons), person[left] == person[right]


def exported(learner):
    """The trees as flat arrays: numbers of the two nodes below, a leaf its own; the root of each tree in `roots`."""
    left, right, feature, threshold, value, roots = [], [], [], [], [], []
    for (tree,) in learner._predictors:
        first = len(left)
        roots.append(first)
        for node in tree.nodes:
            leaf = bool(node["is_leaf"])
            left.append(len(left) if leaf else first + int(node["left"]))
            right.append(len(right) if leaf else first + int(node["right"]))
            feature.append(0 if leaf else int(node["feature_idx"]))
            threshold.append(0.0 if leaf else float(node["num_threshold"]))
            value.append(float(node["value"]) if leaf else 0.0)
    return {
        "left": np.array(left, np.int32), "right": np.array(right, np.int32), "feature": np.array(feature, np.int16),
        "threshold": np.array(threshold, np.float32), "value": np.array(value, np.float32),
        "roots": np.array(roots, np.int32), "base": np.float64(learner._baseline_prediction.ravel()[0]),
        "depth": np.int16(max(int(tree.nodes["depth"].max()) for (tree,) in learner._predictors) + 1),
        "names": np.array(context.FEATURES),
    }  # fmt: skip


if __name__ == "__main__":
    main()
