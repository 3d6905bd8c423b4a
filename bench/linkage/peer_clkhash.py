"""clkhash alone: how many records of a register one core encodes in a second, with the schema of `peer_anonlink`."""

import sys
from time import process_time

from bench.linkage.peer_anonlink import FEBRL, PERSON, encoded
from bench.linkage.reading import Asked, rows


def main(path):
    register = rows(path)
    shape = Asked([register], "").shape(person=PERSON, febrl=FEBRL)
    encoded(register[:100], shape)
    began = process_time()
    encoded(register, shape)
    print(len(register) / (process_time() - began))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
