"""The report of a linkage as one page that needs nothing else: how pairs were weighed, and who stayed alone.

It shows no name unless asked to, and says of itself what it holds.
"""

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from string import Template

from simpul.lib import speech
from simpul.lib.speech import _, language, ngettext
from simpul.linkage.report import charts, words

BINS = 20
# A field's sentences that were met less often than this say little about its weight.
FEWEST = 5


@dataclass(frozen=True)
class Step:
    """What one field adds, in bits: each doubles the odds, or halves them where it is less than zero."""

    sentence: str
    bits: float


@dataclass(frozen=True)
class Pair:
    """A pair to look at: `start` is how likely any two such records are, in bits, before they are compared."""

    left: str
    right: str
    probability: float
    start: float
    steps: list
    names: tuple = ("", "")


@dataclass(frozen=True)
class Weight:
    """What a sentence weighed on average, and in how many pairs it was met."""

    field: str
    sentence: str
    bits: float
    pairs: int


@dataclass
class Linkage:
    """Everything the page tells."""

    made_at: str
    files: list
    records: int
    compared: int
    proposed: int
    cut: float
    counts: list
    weights: list
    pairs: list
    # [(source, records, without a partner)]
    sources: list
    # [(what, how)] and sentences on the files.
    settings: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    with_names: bool = False


def drawn(linkage):
    """The page as HTML."""
    parts = [
        _summary(linkage),
        _promise(linkage),
        _sources(linkage),
        _histogram(linkage),
        _pairs(linkage),
        _weights(linkage),
        _settings(linkage),
    ]
    return _PAGE.substitute(
        language=language(), title=escape(_("Report of a linkage")), style=_STYLE, body="\n".join(filter(None, parts))
    )


def _summary(linkage):
    alone = sum(without for _source, _records, without in linkage.sources)
    share = alone / linkage.records if linkage.records else 0
    tiles = [
        (speech.number(linkage.records), ngettext("record read", "records read", linkage.records)),
        (speech.number(linkage.compared), ngettext("pair weighed", "pairs weighed", linkage.compared)),
        (speech.number(linkage.proposed), ngettext("pair proposed", "pairs proposed", linkage.proposed)),
        (speech.percent(share), _("of the records without a partner")),
    ]
    shown = "".join(f"<li><strong>{number}</strong> {escape(text)}</li>" for number, text in tiles)
    made = _("%(files)s. Made on %(day)s.") % {"files": ", ".join(linkage.files), "day": linkage.made_at}
    title = _("Report of a linkage")
    return f'<h1>{escape(title)}</h1><p class="soft">{escape(made)}</p><ul class="tiles">{shown}</ul>'


def _promise(linkage):
    if linkage.with_names:
        told = _(
            "This page holds names and the identifiers of the lists. Keep it like the lists themselves, and destroy "
            "it when it is no longer needed."
        )
    else:
        told = _(
            "This page holds no names, no NIK and no dates of birth: only identifiers of the lists, and how their "
            "records compare. It is still about persons: "
            "keep it where the lists are kept."
        )
    also = _(
        "A proposed pair is a proposal. Whether two records are one person is decided by somebody who may see both."
    )
    return f'<p class="promise">{escape(told)} {escape(also)}</p>'


def _sources(linkage):
    head = _row("th", [_("source"), _("records"), _("without a partner"), _("share")])
    rows = "".join(
        _row(
            "td",
            [
                source,
                speech.number(records),
                speech.number(without),
                speech.percent(without / records if records else 0),
            ],
        )
        for source, records, without in linkage.sources
    )
    return _section(
        _("Who stayed without a partner"), f'<table class="numbers"><thead>{head}</thead><tbody>{rows}</tbody></table>'
    )


def _histogram(linkage):
    edges = [number / BINS for number in range(BINS + 1)]
    label = _("How many pairs have which probability; the line is the cut")
    below = _(
        "The line is the cut at %(cut)s. Heights are logarithms. Pairs that nothing brings near each other are not "
        "weighed and not drawn."
    )
    drawing = charts.histogram(
        linkage.counts, edges=edges, cut=linkage.cut, label=label, across=_("probability"), up=_("pairs")
    )
    caption = escape(below % {"cut": speech.written(str(linkage.cut))})
    return _section(
        _("How sure the pairs are"),
        f"<figure>{drawing}<figcaption>{caption}</figcaption></figure>",
    )


def _weights(linkage):
    if not linkage.weights:
        return ""
    least, most = _range([weight.bits for weight in linkage.weights])
    bodies = []
    for name in dict.fromkeys(weight.field for weight in linkage.weights):
        told = sorted((weight for weight in linkage.weights if weight.field == name), key=lambda weight: -weight.bits)
        rows = "".join(
            _drawn(
                f"{escape(weight.sentence)} <small>{escape(_met(weight.pairs))}</small>",
                charts.bar(weight.bits, least=least, most=most),
                weight.bits,
            )
            for weight in told
        )
        head = f'<tr role="row"><th colspan="3" scope="rowgroup" role="rowheader">{escape(name)}</th></tr>'
        bodies.append(f'<tbody role="rowgroup">{head}{rows}</tbody>')
    about = _(
        "How much each outcome speaks for one person (to the right) or against it (to the left), in bits: each bit "
        "doubles or halves the odds. Averages of the pairs weighed; a rare name weighs more than a common one. "
        "Village, regency and telephone say how likely any two such records are before anything else is compared."
    )
    return _section(_("What weighs how much"), f"<p>{escape(about)}</p>{_table(''.join(bodies))}")


def _met(pairs):
    return ngettext("%(pairs)s pair", "%(pairs)s pairs", pairs) % {"pairs": speech.number(pairs)}


def _pairs(linkage):
    if not linkage.pairs:
        return ""
    reach = [total for pair in linkage.pairs for total in _totals(pair)]
    least, most = _range(reach)
    shown = "".join(_pair(pair, least, most, is_open=number == 0) for number, pair in enumerate(linkage.pairs))
    about = _(
        "Pairs near the cut, where looking helps most, and some of the surest. Open one to see how its probability "
        "adds up."
    )
    return _section(_("Pairs to look at"), f"<p>{escape(about)}</p>{shown}")


def _totals(pair):
    totals = [0.0, pair.start]
    for step in pair.steps:
        totals.append(totals[-1] + step.bits)
    return totals


def _pair(pair, least, most, *, is_open):
    names = " - ".join(filter(None, pair.names))
    head = f"<b>{escape(words.probability(pair.probability))}</b> {escape(pair.left)} - {escape(pair.right)}" + (
        f" <span>{escape(names)}</span>" if names else ""
    )
    rows = [
        _step(
            _("how likely any two such records are, by where they live and whom they share"),
            pair.start,
            0.0,
            least,
            most,
        )
    ]
    total = pair.start
    for step in pair.steps:
        rows.append(_step(step.sentence, step.bits, total, least, most))
        total += step.bits
    rows.append(_drawn(escape(_("together")), charts.bar(total, least=least, most=most), total, kind=' class="total"'))
    table = _table(f'<tbody role="rowgroup">{"".join(rows)}</tbody>')
    return f"<details{' open' if is_open else ''}><summary>{head}</summary>{table}</details>"


def _step(sentence, bits, start, least, most):
    return _drawn(escape(sentence), charts.bar(bits, start=start, least=least, most=most), bits)


# On a telephone rows are laid out anew, and without their roles they would no longer be rows of a table.
def _table(bodies):
    return f'<table class="weights" role="table">{_COLUMNS}{bodies}</table>'


def _drawn(told, bar, bits, *, kind=""):
    cells = "".join(f'<td role="cell">{content}</td>' for content in (told, bar, escape(words.bits(bits))))
    return f'<tr role="row"{kind}>{cells}</tr>'


def _settings(linkage):
    told = "".join(f"<dt>{escape(what)}</dt><dd>{escape(how)}</dd>" for what, how in linkage.settings)
    notes = "".join(f"<li>{escape(note)}</li>" for note in linkage.notes)
    return _section(_("How it was made"), f"<dl>{told}</dl>" + (f"<ul>{notes}</ul>" if notes else ""))


def _section(title, content):
    return f"<section><h2>{escape(title)}</h2>{content}</section>"


def _row(cell, texts):
    return "<tr>" + "".join(f"<{cell}>{escape(str(text))}</{cell}>" for text in texts) + "</tr>"


def _range(numbers):
    return min([0.0, *numbers]), max([0.0, *numbers])


_COLUMNS = '<colgroup><col class="what"><col><col class="how"></colgroup>'

_FOLDER = Path(__file__).parent
_PAGE = Template((_FOLDER / "page.html").read_text(encoding="utf-8"))
_STYLE = (_FOLDER / "page.css").read_text(encoding="utf-8")
