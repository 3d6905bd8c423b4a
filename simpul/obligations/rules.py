"""Rules: what the catalogue says of one kind of obligation. The law changes in `data/obligations.csv`, not here."""

from dataclasses import dataclass

from simpul.obligations.limits import Limit
from simpul.reference import catalogues

# Of those who are no kind of agency, the ones who act through no agency either.
OUTSIDE = frozenset({"offender", "victim", "everybody", "home_region"})


@dataclass(frozen=True)
class Rule:
    """One kind of obligation: an internal target, a legal limit, the legal basis and how sure we are of it."""

    code: str
    target: Limit | None
    limit: Limit | None
    legal_basis: str
    mark: str
    debtor_kind: str
    escalate_to: tuple[str, ...]
    pausable: bool
    needs: str = ""
    then_met: tuple[str, ...] = ()
    then_missed: tuple[str, ...] = ()

    @property
    def name(self):
        """What is owed, in the language of the reader."""
        return catalogues.name_of("obligations", self.code)

    @property
    def binds_by_law(self):
        """Whether a law sets the limit; otherwise the limit is the house's own."""
        return bool(self.legal_basis)

    @property
    def owed_from_outside(self):
        """Whether somebody who is no agency owes it, such as the offender: an agency only watches the clock."""
        return self.debtor_kind in OUTSIDE


def rule(code):
    """The rule of a code; raises `LookupError` for a code that the catalogue does not hold."""
    term = catalogues.term("obligations", code)
    extra = term.extra
    return Rule(
        code=code,
        target=_limit(extra, "target"),
        limit=_limit(extra, "limit"),
        legal_basis=extra["legal_basis"],
        mark=term.mark,
        debtor_kind=extra["debtor_kind"],
        escalate_to=tuple(extra["escalate_to"]),
        pausable=extra["pausable"],
        needs=extra["needs"],
        then_met=tuple(extra["then_met"]),
        then_missed=tuple(extra["then_missed"]),
    )


def _limit(extra, name):
    amount = extra[f"{name}_amount"]
    return Limit(amount, extra[f"{name}_unit"]) if amount is not None else None
