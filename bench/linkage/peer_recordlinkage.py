"""recordlinkage with its unsupervised classifier (expectation and conditional maximisation), as its guide does.

Blocks on equal values, strings alike by Jaro and Winkler, everything else equal or not.
"""

import sys

import pandas
import recordlinkage

from bench.linkage.reading import asked, keep_pairs

LOWEST = 0.01
PERSON = {
    "blocks": [["nik"], ["paspor"], ["phone"], ["dob"], ["first", "birth_year"], ["last", "birth_year"],
               ["first", "desa"], ["first", "last"], ["desa", "birth_year", "sex"]],
    "alike": {"name": 0.88, "father": 0.88, "mother": 0.88, "desa": 0.9},
    "equal": ["nik", "dob", "birth_year", "sex", "kab", "paspor", "phone"],
}  # fmt: skip
FEBRL = {
    "blocks": [
        ["soc_sec_id"],
        ["given_name", "surname"],
        ["date_of_birth"],
        ["postcode", "surname"],
        ["given_name", "postcode"],
    ],
    "alike": {"given_name": 0.85, "surname": 0.85, "address_1": 0.85, "suburb": 0.85},
    "equal": ["street_number", "postcode", "state", "date_of_birth", "soc_sec_id"],
}


def main(arguments=None):
    told = asked(__doc__, arguments)
    shape = told.shape(person=PERSON, febrl=FEBRL)
    tables = [pandas.DataFrame(rows).set_index("rec_id") for rows in told.lists]
    tables = [table.where(table != "", None) for table in tables]
    indexer, comparing = recordlinkage.Index(), recordlinkage.Compare()
    for columns in shape["blocks"]:
        indexer.block(columns)
    for column, threshold in shape["alike"].items():
        comparing.string(column, column, method="jarowinkler", threshold=threshold, label=column)
    for column in shape["equal"]:
        comparing.exact(column, column, label=column)
    pairs = filled(indexer.index(*tables), tables, shape["blocks"])
    features = comparing.compute(pairs, *tables)
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(features)
    probabilities = classifier.prob(features)
    keep_pairs(told.output, ((*pair, value) for pair, value in probabilities.items() if value >= LOWEST))
    return 0


def filled(pairs, tables, blocks):
    """Without the pairs that share nothing but two empty cells."""
    left, right = tables[0], tables[-1]
    ones, others = left.loc[pairs.get_level_values(0)], right.loc[pairs.get_level_values(1)]
    agrees = pandas.Series(False, index=range(len(pairs)))
    for columns in blocks:
        same = pandas.Series(True, index=range(len(pairs)))
        for column in columns:
            one, other = ones[column].reset_index(drop=True), others[column].reset_index(drop=True)
            same &= (one == other) & one.notna()
        agrees |= same
    return pairs[agrees.to_numpy()]


if __name__ == "__main__":
    sys.exit(main())
