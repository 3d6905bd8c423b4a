"""Capture tables of the literature, as rows (combination of lists, count), and tables drawn from a known population.

UK: Silverman, Modern Slavery: an application of multiple systems estimation (Home Office, 2014), in the five lists of
Bales, Hesketh and Silverman (Significance 12, 2015), 2,744 people. Netherlands and Australia: Cruyff, van Dijk and van
der Heijden (Chance 30, 2017) and Lyneham, Dowling and Bricknell (Australian Institute of Criminology, 2019), as Binette
and Steorts (JRSS-A 185, 2022) reproduce them, 8,234 and 414. ARTIFICIAL: table 2 of Chan, Silverman and Vincent (2021).
KOSOVO: killings from March to June 1999 on four lists, 4,400, of Ball, Betts, Scheuren, Dudukovich and Asher (Killings
and Refugee Flow in Kosovo, 2002), as the R package LCMCR has them.
"""

import numpy as np

from simpul.insight.methods.capture_table import Table, tabulated

UK_LISTS = ("LA", "NG", "PFNCA", "GO", "GP")
UK_ROWS = (
    ("LA", 54), ("NG", 463), ("PFNCA", 995), ("GO", 695), ("GP", 316), ("LA NG", 15), ("LA PFNCA", 19), ("LA GO", 3),
    ("NG PFNCA", 62), ("NG GO", 19), ("NG GP", 1), ("PFNCA GO", 76), ("PFNCA GP", 11), ("GO GP", 8),
    ("LA NG PFNCA", 1), ("LA NG GO", 1), ("NG PFNCA GO", 4), ("LA NG PFNCA GO", 1),
)  # fmt: skip
NETHERLANDS_LISTS = ("IO", "K", "P", "R", "Z")
NETHERLANDS_ROWS = (
    ("IO", 756), ("K", 1299), ("P", 4466), ("R", 650), ("Z", 632), ("IO K", 1), ("IO P", 81), ("IO R", 5),
    ("IO Z", 73), ("K P", 44), ("K Z", 4), ("P R", 82), ("P Z", 125), ("R Z", 2), ("IO P R", 2), ("IO P Z", 11),
    ("P R Z", 1),
)  # fmt: skip
AUSTRALIA_LISTS = ("A", "B", "C", "D")
AUSTRALIA_ROWS = (
    ("A", 34), ("B", 13), ("C", 198), ("D", 100), ("A B", 3), ("A C", 4), ("A D", 1), ("B C", 36), ("B D", 2),
    ("A B C", 6), ("A B D", 1), ("B C D", 15), ("A B C D", 1),
)  # fmt: skip
KOSOVO_LISTS = ("EXH", "ABA", "OSCE", "HRW")
KOSOVO_ROWS = (
    ("EXH", 306), ("ABA", 936), ("OSCE", 845), ("HRW", 1131), ("EXH ABA", 123), ("EXH OSCE", 31), ("EXH HRW", 106),
    ("ABA OSCE", 217), ("ABA HRW", 228), ("OSCE HRW", 177), ("EXH ABA OSCE", 32), ("EXH ABA HRW", 42),
    ("EXH OSCE HRW", 18), ("ABA OSCE HRW", 181), ("EXH ABA OSCE HRW", 27),
)  # fmt: skip
ARTIFICIAL_LISTS = ("A", "B", "C")
ARTIFICIAL_ROWS = (("A", 40), ("B", 30), ("C", 20), ("A B", 6))


def table(lists, rows):
    return tabulated(lists, [([int(name in written.split()) for name in lists], count) for written, count in rows])


def uk():
    return table(UK_LISTS, UK_ROWS)


def netherlands():
    return table(NETHERLANDS_LISTS, NETHERLANDS_ROWS)


def australia():
    return table(AUSTRALIA_LISTS, AUSTRALIA_ROWS)


def kosovo():
    return table(KOSOVO_LISTS, KOSOVO_ROWS)


def artificial():
    return table(ARTIFICIAL_LISTS, ARTIFICIAL_ROWS)


def drawn_from(people, chances, *, seed, tied=None):
    """The table of a population in which each list has each person with its chance.

    `tied` (one list, another, chance) puts people of the one on the other with this chance more.
    """
    chance = np.random.default_rng(seed)
    on = chance.random((people, len(chances))) < np.array(chances)
    if tied:
        one, other, share = tied
        on[:, other] |= on[:, one] & (chance.random(people) < share)
    cells = (on * (1 << np.arange(len(chances)))).sum(axis=1)
    counts = np.bincount(cells, minlength=1 << len(chances)).astype(float)
    counts[0] = 0
    return Table(tuple("ABCDEFGH"[: len(chances)]), counts)
