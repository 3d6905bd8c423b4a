"""Differences: what a second release of the same cells tells of those who came or went between the two.

Each release may give nothing away by itself, and the two together tell that three people were added: 57 before, 60
now. Also where neither number is shown: under a total that grew by 14, beside a shown part that grew by 11, what is
left grew by 3.

A change may be less than nothing, so no bound follows from counting; what follows is what the sums determine. Each
change of a cell is an unknown, each sum an equation, and a cell whose unknown is the same in every solution is known
(row space of the equations, by singular values). Whoever believes that little changed knows more than this; therefore
`insight.release` also hides again what was hidden.
"""

import numpy as np

from simpul.insight.methods.disclosure import Finding, Hidden, Published
from simpul.insight.methods.margins import Cell, DisclosureError, equations
from simpul.lib.speech import gettext_noop

# Below this a number of the decomposition counts as zero: sums have coefficients of -1, 0 and 1.
NOTHING = 1e-8


def told(earlier: Published, later: Published) -> dict[Cell, int]:
    """The change of every cell, in people, that two releases of the same cells tell; shown or not.

    DisclosureError where the later release has sums over other cells than the earlier one.
    """
    if set(earlier.sums) != set(later.sums):
        raise DisclosureError(
            gettext_noop("Two releases of a period have different tables. Release the same tables, or a new period.")
        )
    cells = list(dict.fromkeys([*earlier.values, *later.values]))
    known: dict[Cell, int] = {}
    for each in cells:
        before, after = earlier.values.get(each, Hidden()), later.values.get(each, Hidden())
        if not isinstance(before, Hidden) and not isinstance(after, Hidden):
            known[each] = after - before
    return known | _follows(cells, known, later)


def revealing(earlier: Published, later: Published) -> list[Finding]:
    """The cells whose change is told and is of fewer people than the threshold, but not of nobody."""
    threshold = later.rule.threshold
    return [
        Finding(each, change, change)
        for each, change in told(earlier, later).items()
        if 0 < abs(change) < threshold
    ]  # fmt: skip


def _follows(cells: list[Cell], known: dict[Cell, int], release: Published) -> dict[Cell, int]:
    """Changes that are not shown and follow from the sums."""
    unknown = [at for at, each in enumerate(cells) if each not in known]
    signed = equations(cells, release.sums)
    if not unknown or not signed:
        return {}
    left = np.zeros((len(signed), len(unknown)))
    right = np.zeros(len(signed))
    column = {at: number for number, at in enumerate(unknown)}
    for row, terms in enumerate(signed):
        for at, sign in terms.items():
            if at in column:
                left[row, column[at]] = sign
            else:
                right[row] -= sign * known[cells[at]]
    _u, sizes, directions = np.linalg.svd(left, full_matrices=True)
    rank = int((sizes > NOTHING).sum())
    free = directions[rank:]
    solution = np.linalg.lstsq(left, right, rcond=None)[0]
    fixed = np.abs(free).max(axis=0) < NOTHING if len(free) else np.ones(len(unknown), dtype=bool)
    return {cells[at]: round(solution[number]) for number, at in enumerate(unknown) if fixed[number]}
