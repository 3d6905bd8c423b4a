"""Noise: counts blurred so that nobody can tell whether any one person is among them, and what that costs."""

import random
from dataclasses import dataclass, field
from fractions import Fraction

from simpul.insight.methods.margins import Cell, DisclosureError, Table
from simpul.lib.speech import gettext_noop


class BudgetSpent(DisclosureError):
    """A release would spend more of the privacy budget than is left."""


@dataclass
class Budget:
    """How much privacy may be lost in all, in epsilon, over every release from the same records.

    What each release spends adds up (sequential composition: Dwork, McSherry, Nissim and Smith 2006).
    """

    limit: Fraction
    spent: list[tuple[str, Fraction]] = field(default_factory=list)

    @property
    def left(self) -> Fraction:
        return self.limit - sum((epsilon for _what, epsilon in self.spent), Fraction(0))

    def spend(self, epsilon: Fraction, *, on: str) -> None:
        if epsilon <= 0:
            raise DisclosureError(gettext_noop("Epsilon is a number above 0."))
        if epsilon > self.left:
            raise BudgetSpent(
                gettext_noop(
                    "This release would spend %(epsilon)s and %(left)s is left of %(limit)s. Nothing was released."
                ),
                epsilon=f"{float(epsilon):g}",
                left=f"{float(self.left):g}",
                limit=f"{float(self.limit):g}",
            )
        self.spent.append((on, epsilon))


def noisy(table: Table, *, epsilon: Fraction, budget: Budget, on: str, seed: int | None = None) -> Table:
    """The table with noise that hides whether any one person is in it (epsilon-differential privacy).

    Two-sided geometric noise of scale 1/epsilon on the innermost cells, of which a person stands in one; margins are
    added up anew, so all sums come out. Negative counts become 0, which lifts small ones a little. Drawn exactly in
    whole numbers (Canonne, Kamath and Steinke 2020, algorithms 1 and 2), from the system's randomness
    unless a seed is given (for tests only: who knows it can take the noise off).
    """
    parted = {total for total, _parts in table.sums}
    if not _once(table):
        raise DisclosureError(
            gettext_noop("A person stands in several cells of linked tables. Add noise to one table at a time.")
        )
    budget.spend(epsilon, on=on)
    chance = random.SystemRandom() if seed is None else random.Random(seed)
    counts = {each: 0 if each in parted else max(0, count + _geometric(epsilon, chance))
              for each, count in table.counts.items()}  # fmt: skip
    done = counts.keys() - parted
    parts_of = dict(table.sums)

    def added(each: Cell) -> int:
        if each not in done:
            counts[each] = sum(added(part) for part in parts_of[each])
            done.add(each)
        return counts[each]

    for each in parted:
        added(each)
    return Table(counts, table.sums)


def _once(table: Table) -> bool:
    """Whether each margin is summed up one way only, as in a single table."""
    return len({total for total, _parts in table.sums}) == len(table.sums)


def _geometric(epsilon: Fraction, chance: random.Random) -> int:
    """A whole number z with probability proportional to exp(-epsilon |z|)."""
    above, below = epsilon.numerator, epsilon.denominator
    while True:
        part = chance.randrange(below)
        if not _happens(Fraction(part, below), chance):
            continue
        turns = 0
        while _happens(Fraction(1), chance):
            turns += 1
        size = (part + below * turns) // above
        negative = chance.randrange(2) == 1
        if size or not negative:
            return -size if negative else size


def _happens(exponent: Fraction, chance: random.Random) -> bool:
    """True with probability exp(-exponent), for an exponent of 0 to 1, without rounding."""
    times = 1
    while chance.randrange(exponent.denominator * times) < exponent.numerator:
        times += 1
    return times % 2 == 1
