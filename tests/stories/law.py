"""The law's side of the small world: prosecutor, court and LPSK, and the ways that several stories go.

The act happened on 1 June 2026, so that KUHP Art. 455 holds. What happens, happens at nine in the morning of a day
after the beginning of the story, and is noted on that day.
"""

from datetime import date
from decimal import Decimal

from django.utils.timezone import localdate

from simpul.agencies import offices
from simpul.cases import board, files, proceedings, restitution, rights
from simpul.obligations import jobs
from simpul.obligations.models import Obligation
from simpul.places.models import Place

ACT_ON = date(2026, 6, 1)
AWARD = Decimal(10_000_000)
TO_COURT = ("investigation", "file_sent", "p21", "charge")
VERDICTS = {"verdict", "verdict_appeal", "verdict_cassation", "review"}


class Law:
    """`law.court`, `law.proceeding(case)`, `law.awarded(victim)`, `law.state(victim, "restitution")`."""

    def __init__(self, world):
        self.world = world
        self.prosecution = self.agency("Kejaksaan Negeri Bengkayang", "prosecution", "61.07")
        self.court = self.agency("Pengadilan Negeri Bengkayang", "court", "61.07")
        self.lpsk = self.agency("Perwakilan LPSK Kalimantan Barat", "lpsk", "61")

    def agency(self, name, kind, place):
        return offices.record(name, kind=kind, place=Place.objects.get(pk=place), by=None, at=self.world.at)

    def reported(self, case, *, day=0, noted=None):
        """The case was reported to the police on a day, and noted then or on a later one."""
        at = self.world.later(days=day if noted is None else noted)
        return rights.note_police_report(
            case, number="LP/B/7", unit=self.world.police, reported_at=self.world.later(days=day), by=self.world.rina,
            at=at,
        )  # fmt: skip

    def proceeding(self, case, **told):
        told = {"act_on": ACT_ON, "offences": ["kuhp_455"], "prosecution": self.prosecution, "court": self.court} | told
        return proceedings.begin(case, by=self.world.rina, at=self.world.at, **told)

    def follow(self, proceeding, *kinds, day=1, outcome="convicted"):
        """Note steps on the days that follow each other; the last one noted."""
        for number, kind in enumerate(kinds, start=day):
            at = self.world.later(days=number)
            step = proceedings.note_step(
                proceeding, kind=kind, on=localdate(at), outcome=outcome if kind in VERDICTS else "",
                by=self.world.rina, at=at,
            )  # fmt: skip
        return step

    def claim(self, victim, *, proceeding=None, items=(("income", AWARD, "Upah"),), day=0):
        """A claim with its items, as the victim files it."""
        at = self.world.later(days=day)
        found = restitution.begin(victim, proceeding=proceeding, by=self.world.rina, at=at)
        restitution.itemise(found, list(items), by=self.world.rina, at=at)
        self.note(found, "claimed", day=day)
        return found

    def note(self, claim, kind, *, day, amount=None):
        at = self.world.later(days=day)
        return restitution.note_step(claim, kind=kind, on=localdate(at), amount=amount, by=self.world.rina, at=at)

    def awarded(self, victim, *, amount=AWARD):
        """A claim that was awarded on the fifth day; on the sixth the verdict was final and the offender told."""
        proceeding = self.proceeding(victim.case)
        claim = self.claim(victim, proceeding=proceeding)
        self.follow(proceeding, *TO_COURT, "verdict", "final")
        self.note(claim, "awarded", day=5, amount=amount)
        self.note(claim, "copy_to_lpsk", day=5)
        self.note(claim, "verdict_final", day=6)
        return claim

    def pass_(self, **span):
        """Time passes, and the clocks note what ran out."""
        jobs.tick(at=self.world.later(**span))

    def line(self, victim, right, **span):
        """The line of a right on the board of a victim, or None where the right is not one of this victim's."""
        at = self.world.later(**span) if span else self.world.at
        lines = board.board(self.world.anew(victim), at=at, on=localdate(at))
        return next((line for line in lines if line.right.code == right), None)

    def state(self, victim, right, **span):
        line = self.line(victim, right, **span)
        return line and str(line.state)

    def latest(self, rule, *, on):
        """The latest obligation of a rule on something, whether it stands or not."""
        return Obligation.objects.about(f"{on._meta.label_lower}:{on.pk}").filter(rule=rule).latest("pk")

    def may_close(self, case):
        """Bring a case to where it can be closed, as far as nothing else is owed in it."""
        self.reported(case)
        files.move(case, to="assessment", by=self.world.rina, at=self.world.at)
        return case
