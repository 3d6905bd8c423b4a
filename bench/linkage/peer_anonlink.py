"""clkhash and anonlink: one Bloom filter a record, made as the tutorial's schema makes it, compared by Dice.

The bits of each column are those of several that did best on a sample register at the threshold.
"""

import sys

import anonlink
from clkhash import clk
from clkhash.schema import from_json_dict

from bench.linkage.reading import asked, keep_pairs

THRESHOLD = 0.8
NEAREST = 100
SECRET = "benchmark"
# Column: length of the pieces, whether their place counts, bits of each piece.
PERSON = {
    "name": (2, False, 15),
    "nik": (1, True, 8),
    "dob": (1, True, 20),
    "father": (2, False, 6),
    "phone": (1, True, 6),
    "desa": (2, False, 6),
    "sex": (1, False, 20),
    "kab": (2, False, 6),
}
FEBRL = {
    "given_name": (2, False, 15), "surname": (2, False, 15), "street_number": (1, True, 15),
    "address_1": (2, False, 15), "suburb": (2, False, 15), "postcode": (1, True, 15), "date_of_birth": (1, True, 15),
}  # fmt: skip


def schema(shape):
    features = [
        {
            "identifier": column,
            "format": {"type": "string", "encoding": "utf-8", "case": "mixed", "minLength": 0},
            "hashing": {
                "comparison": {"type": "ngram", "n": size, "positional": places},
                "strategy": {"bitsPerToken": bits},
                "hash": {"type": "blakeHash"},
            },
        }
        for column, (size, places, bits) in shape.items()
    ]
    settings = {
        "l": 1024,
        "kdf": {"type": "HKDF", "hash": "SHA256", "salt": "c2FsdA==", "info": "aW5mbw==", "keySize": 64},
    }
    return from_json_dict({"version": 3, "clkConfig": settings, "features": features})


def encoded(rows, shape):
    """A filter for each row."""
    return clk.generate_clks([[row[column] for column in shape] for row in rows], schema(shape), SECRET, max_workers=1)


def main(arguments=None):
    lists, output = told = asked(__doc__, arguments)
    filters = [encoded(each, told.shape(person=PERSON, febrl=FEBRL)) for each in lists]
    alone = len(lists) == 1
    lists, filters = (lists * 2, filters * 2) if alone else (lists, filters)
    found = anonlink.candidate_generation.find_candidate_pairs(
        filters, anonlink.similarities.dice_coefficient, THRESHOLD, k=NEAREST
    )
    similar, _datasets, (ones, others) = found
    pairs = (
        (lists[0][one]["rec_id"], lists[1][other]["rec_id"], value)
        for value, one, other in zip(similar, ones, others, strict=True)
        if not alone or one < other
    )
    keep_pairs(output, pairs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
