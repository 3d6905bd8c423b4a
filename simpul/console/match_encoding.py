"""Encodings for `simpul match`: made of a list with a key file, or read without any key, of one agency or of two."""

from pathlib import Path

import numpy as np

from simpul.console.match_reading import Gathered, Unreadable
from simpul.lib.speech import _, ngettext, number
from simpul.linkage.matching import encode as encoding
from simpul.linkage.matching import exchange, keys
from simpul.linkage.matching.normalise import nik_digits
from simpul.linkage.report import sayings
from simpul.linkage.report.tables import Aside, replacing


def encode(head, *, keyfile, output, this_year, watch):
    """Write the encodings of a list; gives lines that tell of it. Raises `Unreadable`."""
    try:
        ring = keys.read_file(keyfile)
    except keys.KeysError as problem:
        raise Unreadable(str(problem)) from None
    total = head.path.stat().st_size
    with Aside(f"{output}.aside.csv") as aside:
        set_aside = lambda row: aside.add(head.name, row.row, sayings.of_aside(row), row.cells)  # noqa: E731
        lines = head.lines(aside=set_aside, this_year=this_year)
        made = exchange.encoded(lines, ring, told=lambda count: watch("encode", head.done, total, number(count)))
    if any(map(nik_digits, made.ids)):
        raise Unreadable(
            _(
                "Identifiers of %(file)s look like NIKs, which everybody who gets the encodings would read. Choose a "
                "column that says nothing by itself: --column id=HEADING."
            )
            % {"file": head.name}
        )
    with replacing(output, mode="wb") as file:
        exchange.write(file, made)
    return list(_told(head, made, aside.count, ring, output))


def _told(head, made, aside, ring, output):
    yield from sayings.of_columns(head)
    yield from sayings.of_findings(head)
    yield from sayings.of_all_aside(aside, output)
    count = len(made.ids)
    text = ngettext(
        "%(file)s holds the encodings of %(count)s record, made with the key %(key)s of the epoch %(epoch)s.",
        "%(file)s holds the encodings of %(count)s records, made with the key %(key)s of the epoch %(epoch)s.",
        count,
    )
    yield text % {"file": output, "count": number(count), "key": ring.fingerprint, "epoch": ring.epoch}
    yield _(
        "It holds no name, no date and no number, but the identifiers of the list, so that its owner finds the records "
        "again. Whoever has the key can test guesses against it: give the file and never the key."
    )


def read(paths, *, truth):
    """(`Gathered`, `Table`) of files of encodings; raises `Unreadable`. With `truth`, they must say who is who."""
    lists = [_read(Path(path)) for path in paths]
    names = [Path(path).name for path in paths]
    try:
        exchange.check_same_key(lists, names)
    except keys.KeysError as problem:
        raise Unreadable(str(problem)) from None
    if truth and not any(any(each.truths) for each in lists):
        raise Unreadable(_("These encodings do not say who is one person. Give --truth where they are made."))
    known = {}
    sources = [known.setdefault(source, len(known)) for each in lists for source in each.sources]
    ids, truths = ([text for each in lists for text in getattr(each, part)] for part in ("ids", "truths"))
    gathered = Gathered(
        files=names,
        ids=ids,
        names=[""] * len(ids),
        truths=truths,
        lists=np.repeat(np.arange(len(lists)), [len(each.ids) for each in lists]).astype(np.int8),
        sources=np.array(sources, np.int32),
        source_names=list(known),
        aside=0,
        aside_truths=[],
        aside_lists=[],
        notes=[],
        columns=[
            _("%(file)s: encodings, key %(key)s.") % {"file": name, "key": each.fingerprint}
            for name, each in zip(names, lists, strict=True)
        ],
    )
    return gathered, encoding.table_of(np.concatenate([each.rows for each in lists]))


def _read(path):
    try:
        return exchange.read(path)
    except exchange.NoEncodings as problem:
        raise Unreadable(sayings.of_file(problem.reason, {"path": path})) from None
    except OSError as problem:
        reason = "missing" if isinstance(problem, FileNotFoundError) else "closed"
        raise Unreadable(sayings.of_file(reason, {"path": path, "why": problem.strerror})) from None
