"""Tables of every kind that is protected, for tests that try many."""

from hypothesis import settings
from hypothesis import strategies as st

from simpul.insight.methods.margins import linked, tabulated

PARENTS = {"place": {"61.07.01.2001": "61.07.01", "61.07.01.2002": "61.07.01", "61.07.02.2001": "61.07.02",
                     "61.07.02.2002": "61.07.02", "61.07.01": "61.07", "61.07.02": "61.07"}}  # fmt: skip
VILLAGES = ["61.07.01.2001", "61.07.01.2002", "61.07.02.2001", "61.07.02.2002"]
COUNTS = st.one_of(st.integers(0, 14), st.integers(0, 60))


def crossed(rows, columns):
    shape = [(f"row {row}", f"column {column}") for row in range(rows) for column in range(columns)]
    many = st.lists(COUNTS, min_size=len(shape), max_size=len(shape))
    return many.map(lambda counts: tabulated(dict(zip(shape, counts, strict=True)), dimensions=("row", "column")))


two_way = st.tuples(st.integers(1, 5), st.integers(1, 4)).flatmap(lambda shape: crossed(*shape))
by_village_and_sex = st.lists(COUNTS, min_size=8, max_size=8).map(
    lambda counts: tabulated(
        dict(zip([(village, sex) for village in VILLAGES for sex in "LP"], counts, strict=True)),
        dimensions=("place", "sex"),
        parents=PARENTS,
    )
)
three_way = st.lists(COUNTS, min_size=12, max_size=12).map(
    lambda counts: tabulated(
        dict(zip([(a, b, c) for a in "ab" for b in "cde" for c in "fg"], counts, strict=True)),
        dimensions=("x", "y", "z"),
    )
)

# How long a table takes says nothing here; many people may be using the machine.
unhurried = settings(deadline=None)
few = settings(deadline=None, max_examples=25)


@st.composite
def linked_tables(draw):
    """The same people by sex and regency and by sex and age."""
    people = draw(st.lists(COUNTS, min_size=12, max_size=12))
    whole = {(s, r, a): n for (s, r, a), n in zip([(s, r, a) for s in "LP" for r in "123" for a in "vw"], people,
                                                  strict=True)}  # fmt: skip
    by_regency, by_age = {}, {}
    for (s, r, a), n in whole.items():
        by_regency[s, r] = by_regency.get((s, r), 0) + n
        by_age[s, a] = by_age.get((s, a), 0) + n
    return linked(tabulated(by_regency, dimensions=("sex", "regency")), tabulated(by_age, dimensions=("sex", "age")))


tables = st.one_of(two_way, by_village_and_sex, linked_tables())
