"""Sisters: invented registers of five agencies in which the same people stand under other spellings, with the truth.

They have the columns of the sample registers, but other names, other rules and other rates, so that a matcher that
knows the samples by heart gains nothing here. A kind and a seed always make the same file.

python -m bench.linkage.sisters harder --persons 5000 --seed 11 -o harder.csv
python -m bench.linkage.sisters two_lists --persons 5000 --seed 11 -o both.csv     also both_a.csv and both_b.csv

People live in households of real villages, a few of which send most migrants. A record is copied from a document, or
written as it was heard; how often is a habit of the agency. What goes wrong, and how often (our judgement of what
police, BP3MI, a social service, an NGO and a hotline write; not counted from their files):

    chance that ...                              likeness  harder  clean  hotline  two_lists  westjava   ntt
    a part heard is spelled another way               .34     .36    .15      .40        .40       .38   .36
    a name has a typing error                         .09     .13    .02      .10        .10       .09   .10
    a name was misread by a scanner                  .006     .02   .002        0       .005      .005  .015
    a part of the name is left out                    .18     .22    .06      .26        .20       .24   .22
    a part is shortened (M., ST., Frans)              .22     .26    .10      .20        .25       .22   .20
    parts change places                               .03     .05   .005      .04        .03       .02   .04
    parts are written together, or one as two         .04     .05    .01      .04        .04       .05   .03
    only what people call him or her is known        .015     .02      0      .05       .005       .02   .02
    an alias is added                                 .09     .11    .03      .10        .06       .07   .08
    a title of respect is added                       .09     .14    .04      .12        .08       .10   .07
    a degree is added                                .012     .02    .02     .005       .015      .015   .01
    a wife goes by her husband's name                 .08     .14    .02      .12        .06       .10   .06
    old spelling (Soe-, Dj-, Tj-)                     .06     .08    .01      .05        .06       .04   .02
    bin, binti, anak with the father is added         .26     .30    .20      .12        .30       .10   .06
    a day, month or year of birth slips               .07     .10    .02      .10        .07       .08   .10
    day and month change places                      .015     .03   .005      .02       .015       .02   .02
    1 January stands for an unknown day               .03     .04    .01      .04        .03       .03   .05
    a village's officer writes 1 January for all      .05     .08    .02      .05        .05       .06   .12
    a year alone is guessed, up to three years off    .40     .45    .20      .50        .40       .40   .45
    a child has a second identity made older          .08     .12    .03      .08        .08       .08   .14
    a NIK has a wrong or turned figure                .04     .06    .01      .08        .04       .04   .06
    a NIK cell holds something else (zeros, X, -)     .02     .04   .005      .02       .015       .03   .03
    the sex is wrong                                 .012     .02   .003      .02        .01       .01   .01
    another village or regency (moved, born there)    .13     .15    .07      .18        .15       .15   .14
    a place is written another way                    .12     .20    .05      .20        .12       .40   .40
    a telephone number is written another way         .05     .15    .02      .20        .05       .25   .20
    people have a new number                          .28     .33    .15      .28        .28       .28   .34
    a household has one telephone                     .30     .40    .20      .35        .30       .30   .50
    the passport is a new one                         .55     .65    .30      .60        .60       .55   .60
    two people of a village share a name              .02     .04    .02      .04        .03       .04   .05
    others of the household are in the lists too      .25     .33    .25      .25        .30       .30   .40
    children of one household sound alike             .35     .50    .30      .35        .35       .45   .35
    a filled cell is empty (thinning, all columns)    .00    .015    .00      .05        .00       .02   .02

What is only heard is bent more by a hotline (1.3) and an NGO (1.1) than by the police (1.0), BP3MI and the social
service (0.9), and these two most often know only what somebody is called (three times the rate, the others half).
Second identities are those of people born from 1986 on, who may have been children when the papers were made. Iban are
written with their father three times as often. How often a cell is filled stands by agency in `clerk`; so do the
agencies' shares.
"""

import argparse
import csv
import sys
from itertools import count
from pathlib import Path
from random import Random
from types import SimpleNamespace

from bench.linkage.clerk import Clerk
from bench.linkage.people import Population

COLUMNS = ("rec_id", "cluster", "agency", "name", "nik", "dob", "birth_year", "sex", "father", "mother", "desa", "kab",
           "paspor", "phone")  # fmt: skip
KINDS = ("likeness", "harder", "clean", "hotline", "two_lists", "westjava", "ntt")
# The rows of the table above, in its order.
RATES = ("ear", "typo", "misread", "dropped", "shortened", "turned", "joined", "nickname", "alias", "title", "degree",
         "husband", "old", "kin", "date_slip", "date_turned", "january", "january_village", "guess", "forged",
         "nik_slip", "nik_junk", "sex", "moved", "place_ways", "phone_ways", "new_phone", "family_phone",
         "new_passport", "namesake", "household", "alike", "thin")  # fmt: skip
BLOCK = 25_000


def _rates():
    """The table of the docstring, so that what is said is what is done."""
    rows = [
        line.split()[-len(KINDS) :] for line in __doc__.splitlines() if line.startswith("    ") and line[-1].isdigit()
    ]
    return {kind: dict(zip(RATES, (float(row[at]) for row in rows), strict=True)) for at, kind in enumerate(KINDS)}


def rates_of(kind):
    """The column of one kind, each rate by its name."""
    return SimpleNamespace(kind=kind, **_rates()[kind])


def rows(kind, *, persons, seed):
    """The rows of a register, shuffled within blocks so that a million people need no more memory than one block."""
    rates, chance = rates_of(kind), Random(f"{kind} {seed}")
    clerk = Clerk(rates, chance)
    write = clerk.two_lists if kind == "two_lists" else clerk.records
    numbers, block = count(1), []
    for at, person in enumerate(Population(rates, chance).people(persons), start=1):
        block += write(person)
        if at % BLOCK and at < persons:
            continue
        drawn = [f"r{next(numbers):07}" for _each in block]
        chance.shuffle(drawn)
        chance.shuffle(block)
        yield from ([number, *row] for number, row in zip(drawn, block, strict=True))
        block = []


def save(path, kind, *, persons, seed):
    """Write the register, and for two lists also each of them; say how many rows there are."""
    path, written = Path(path), 0
    outs = {"": path}
    if kind == "two_lists":
        outs |= {"POLRI": path.with_stem(f"{path.stem}_a"), "BP3MI": path.with_stem(f"{path.stem}_b")}
    files = {agency: out.open("w", encoding="utf-8", newline="") for agency, out in outs.items()}
    try:
        writers = {agency: csv.writer(file, lineterminator="\n") for agency, file in files.items()}
        for writer in writers.values():
            writer.writerow(COLUMNS)
        for row in rows(kind, persons=persons, seed=seed):
            writers[""].writerow(row)
            if row[2] in writers:
                writers[row[2]].writerow(row)
            written += 1
    finally:
        for file in files.values():
            file.close()
    return written


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m bench.linkage.sisters", description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--persons", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("-o", "--output", required=True, metavar="FILE")
    options = parser.parse_args(arguments)
    written = save(options.output, options.kind, persons=options.persons, seed=options.seed)
    print(f"{options.output}: {written:,} records of {options.persons:,} people.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
