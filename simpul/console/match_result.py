"""What `simpul match` makes of matches: the pairs with their reasons, a summary in words, the report, the verdict."""

import numpy as np

from simpul.lib.speech import _, ngettext, number, percent, written
from simpul.linkage.report import figures, page, sayings, tables
from simpul.linkage.report.words import Told

_CHUNK = 100_000


class Result:
    """Matches of gathered records, cut at a probability."""

    def __init__(self, gathered, matches, *, cut, between):
        self.gathered, self.matches, self.cut = gathered, matches, cut
        # Of lists, or of agencies, between which alone pairs were looked for.
        self.between = between
        order = np.lexsort((matches.right, matches.left, -matches.probability))
        self.chosen = order[: int((matches.probability >= cut).sum())]
        self.left, self.right = matches.left[self.chosen], matches.right[self.chosen]
        self.persons = figures.persons(self.left, self.right, gathered.n)
        self.partnered = np.zeros(gathered.n, bool)
        self.partnered[self.left] = self.partnered[self.right] = True

    def write(self, path):
        """Write the pairs, the surest first; gives their number."""
        several = self.between is None and len(self.gathered.files) > 1
        return tables.write_pairs(path, self._rows(several), more=("left_file", "right_file") if several else ())

    def _rows(self, several):
        matches, gathered = self.matches, self.gathered
        told = Told(matches.levels)
        for start in range(0, len(self.chosen), _CHUNK):
            some = self.chosen[start : start + _CHUNK]
            levels = zip(*(matches.levels[name][some].tolist() for name in told.fields), strict=True)
            ends = zip(
                matches.left[some].tolist(),
                matches.right[some].tolist(),
                matches.probability[some].tolist(),
                levels,
                strict=True,
            )
            for left, right, probability, pair in ends:
                reasons = told.line(pair, gathered.names[left], gathered.names[right])
                lists = (gathered.files[gathered.lists[left]], gathered.files[gathered.lists[right]]) if several else ()
                yield gathered.ids[left], gathered.ids[right], probability, reasons, *lists

    # --- in words

    def summary(self, output):
        """Lines for whoever ran it."""
        gathered, sure = self.gathered, int((self.matches.probability >= figures.PROPOSE).sum())
        yield from gathered.columns
        yield from gathered.notes
        yield from sayings.of_all_aside(gathered.aside, output)
        yield _(
            "%(records)s records, %(compared)s pairs weighed. Proposed: %(pairs)s pairs of probability %(cut)s or "
            "more, %(sure)s of them %(most)s or more."
        ) % {
            "records": number(gathered.n),
            "compared": number(len(self.matches.left)),
            "pairs": number(len(self.chosen)),
            "cut": written(f"{self.cut:g}"),
            "sure": number(sure),
            "most": written(f"{figures.PROPOSE:g}"),
        }
        yield from self._of_persons()
        yield _(
            "%(file)s tells which records, how likely and why. A pair is a proposal; somebody who may see both decides."
        ) % {"file": output}

    def _of_persons(self):
        n, together = self.gathered.n, int(self.partnered.sum())
        groups = len(np.unique(self.persons[self.partnered]))
        text = ngettext(
            "They make %(groups)s person of %(together)s records. Without a partner stay %(alone)s (%(share)s).",
            "They make %(groups)s persons of %(together)s records. Without a partner stay %(alone)s (%(share)s).",
            groups,
        )
        yield text % {
            "groups": number(groups),
            "together": number(together),
            "alone": number(n - together),
            "share": percent((n - together) / n) if n else "-",
        }
        twice = self.twice_in_one_list()
        if twice:
            text = ngettext(
                "%(count)s person would hold two records of one list. Look at it first.",
                "%(count)s persons would hold two records of one list. Look at them first.",
                twice,
            )
            yield text % {"count": number(twice)}

    def twice_in_one_list(self):
        """How many persons hold two records of one list though only pairs between lists were looked for."""
        if self.between is None:
            return 0
        rows = np.flatnonzero(self.partnered)
        persons, counts = np.unique(np.stack([self.persons[rows], self.between[rows]]), axis=1, return_counts=True)
        return len(np.unique(persons[0, counts > 1]))

    # --- for the eye, and against the truth

    def report(self, path, *, made_at, settings, with_names):
        """Write the report."""
        gathered, matches = self.gathered, self.matches
        shown = [
            figures.pair(
                at, matches, left=gathered.ids[matches.left[at]], right=gathered.ids[matches.right[at]],
                names=(gathered.names[matches.left[at]], gathered.names[matches.right[at]]) if with_names else ("", ""),
            )
            for at in figures.to_look_at(matches.probability, self.cut)
        ]  # fmt: skip
        linkage = page.Linkage(
            made_at=made_at, files=gathered.files, records=gathered.n, compared=len(matches.left),
            proposed=len(self.chosen), cut=self.cut, counts=figures.counts(matches.probability),
            weights=figures.weights(matches), pairs=shown,
            sources=figures.alone(self.partnered, gathered.sources, gathered.source_names), settings=settings,
            notes=[*gathered.columns, *gathered.notes], with_names=with_names,
        )  # fmt: skip
        with tables.replacing(path) as file:
            file.write(page.drawn(linkage))

    def verdict(self):
        """How right the pairs are, where the lists say who is one person."""
        gathered, matches = self.gathered, self.matches
        numbers = {"": -1}
        who = np.array([numbers.setdefault(truth, len(numbers)) for truth in gathered.truths], np.int64)
        right = (who[matches.left] == who[matches.right]) & (who[matches.left] >= 0)
        lists = gathered.lists if self.between is None else self.between
        exist = figures.existing(
            [*gathered.truths, *gathered.aside_truths],
            [*lists.tolist(), *gathered.aside_lists],
            between=self.between is not None,
        )
        counts = {
            "records": gathered.n, "rows_set_aside": gathered.aside, "pairs_weighed": len(matches.left),
            "pairs_written": len(self.chosen), "pairs_that_exist": exist,
            "records_without_a_partner": int((~self.partnered).sum()),
        }  # fmt: skip
        return figures.verdict(matches.probability, right, exist, cut=self.cut) | {"counts": counts}
