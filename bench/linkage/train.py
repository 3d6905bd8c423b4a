"""Train the two sets of trees of `simpul/linkage/matching/judge` on made-up registers.

    export PYTHONPATH=.:.venv/lib/python3.11/site-packages
    .venv-bench/bin/python -m bench.linkage.train DIRECTORY -o simpul/linkage/matching/judge.npz
    .venv-bench/bin/python -m bench.linkage.train OTHERS --again --hold-out HELD_OUT \\
        --trees 1200 --rate .07 -o simpul/linkage/matching/judge_again.npz

DIRECTORY, OTHERS and HELD_OUT hold registers made by `bench.linkage.sisters`, with the true person in the column
`cluster`. The second set sees what the first says, so it learns from registers that the first has not seen; and from
those of HELD_OUT, which neither has seen, two curves are drawn, for names and for encodings, that say "sure" where 995
of 1,000 are right. They are of the kind `harder`, so that easier lists are promised less than they keep. Needs
scikit-learn, which only the peers' environment has, beside the packages of the application; the trees are used without.
"""

import argparse
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from simpul.linkage.matching import cluster, compare, context, encode, files, judge, keys, matcher
from simpul.linkage.matching.table import Table

# Odds' logarithms of what is likely (0.8) and of what is proposed as sure (0.95), and how many of these shall be right:
# 995 of 1,000 are promised, and registers differ.
LIKELY, SURE, HELD = float(np.log(4)), float(np.log(19)), 0.9953
STEPS = np.arange(0, 4, 0.02)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("-o", "--output", required=True, type=Path)
    parser.add_argument("--trees", type=int, default=150)
    parser.add_argument("--leaves", type=int, default=16)
    parser.add_argument("--rate", type=float, default=0.08)
    parser.add_argument("--again", action="store_true", help="train the second set")
    parser.add_argument("--hold-out", type=Path, help="registers from which the curve of the second set is drawn")
    asked = parser.parse_args()
    if asked.again and not asked.hold_out:
        parser.error("The second set needs registers held out for its curve: --hold-out.")
    registers = sorted(asked.directory.glob("*.csv"))
    parts = [part for path in registers for part in examples(path, again=asked.again)]
    features, answers = np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
    learner = HistGradientBoostingClassifier(
        max_iter=asked.trees, learning_rate=asked.rate, max_leaf_nodes=asked.leaves, min_samples_leaf=60,
        l2_regularization=5, random_state=1, early_stopping=False,
    )  # fmt: skip
    learner.fit(features, answers)
    trees = exported(learner, judge.AGAIN if asked.again else judge.FIRST)
    if asked.again:
        # Of each register the examples as it is, and encoded.
        held = zip(*(examples(path, again=True) for path in sorted(asked.hold_out.glob("*.csv"))), strict=True)
        trees["curves"] = np.stack([curve(learner, kind) for kind in held])
        print(trees["curves"].round(2))
    np.savez_compressed(asked.output, **trees)
    print(
        f"{len(registers)} registers, {len(answers):,} pairs, {answers.mean():.3f} of them one person -> {asked.output}"
    )


def examples(path, *, again=False):
    """(features, whether one person) of the pairs of one register, as it is and encoded; for the second set `again`."""
    lines = list(files.opened(path, truth="cluster").lines(aside=lambda _aside: None, this_year=2026))
    records = [line.record for line in lines]
    person = np.unique([line.truth for line in lines], return_inverse=True)[1]
    source = None
    if path.stem.startswith("two_lists"):
        source = np.unique([line.source for line in lines], return_inverse=True)[1]
    ring = keys.KeyRing.from_secret(bytes(32), "training")
    for table in (Table.of(records), encode.table_of(encode.encode(records, ring))):
        yield judged(table, person, source, again=again)


def judged(table, person, source, *, again=False):
    common = compare.Commonness.of(table)
    left, right, levels, model = matcher.asked(table, common, source=source)
    persons = cluster.together(table, left, right, levels, model, commonness=common, source=source)
    around = (table, left, right, levels, model, persons)
    features, is_same = context.features(*around), person[left] == person[right]
    if again:
        features = np.concatenate([*context.parts(*around, said=judge.odds(features))])
    return features, is_same


def curve(learner, held):
    """What to say in place of odds, (2, 4): as they are up to `LIKELY`, and `SURE` where the promise is kept."""
    odds = np.concatenate([learner.decision_function(features) for features, _is_same in held])
    is_same = np.concatenate([answers for _features, answers in held])
    sure = next(each for each in SURE + STEPS if keeps(odds, is_same, each))
    return np.array([[-60, LIKELY, sure, sure + 60], [-60, LIKELY, SURE, SURE + 60]])


def keeps(odds, is_same, least):
    return is_same[odds >= least].mean() >= HELD


def exported(learner, name):
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
        "names": np.array(judge.SEES[name]),
    }  # fmt: skip


if __name__ == "__main__":
    main()
