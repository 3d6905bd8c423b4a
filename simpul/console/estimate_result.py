"""What `simpul estimate` found: as JSON, as rows, as sentences and a picture in letters, and as SVG."""

import csv
import io
import math

from simpul.insight.methods.capture_telling import (
    METHODS,
    REASONS,
    REFUSALS,
    VERDICTS,
    refused_values,
    rounded,
    values_of,
)
from simpul.lib.plot import Plot
from simpul.lib.speech import _, ngettext, number, percent

NO_INTERVAL = "-"
ACROSS = 56


# --- for programs


def told_of(found):
    """Everything, as plain values."""
    return values_of(found) | {"verdict_words": list(verdict_lines(found))}


def refusal(refused):
    """The sentence of a refusal."""
    values = {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in refused.details.items()}
    return _(REFUSALS[refused.reason]) % values


def refusal_told(refused, table):
    """A refusal for programs: what was seen, and no number."""
    words = [_(VERDICTS["withhold"]), refusal(refused)]
    return refused_values(refused, table) | {"verdict_words": words}


def as_csv(found):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["method", "estimate", "low", "high", "model", "interval", "draws", "verdict"])
    for each in found.estimates.values():
        writer.writerow(
            [each.method, f"{each.estimate:.4f}", f"{each.low:.2f}", f"{each.high:.2f}", " ".join(each.model),
             each.interval, each.draws, found.verdict.code]
        )  # fmt: skip
    return out.getvalue()


# --- for people


def lines(found):
    """What is printed: the lists, the methods, the picture, what leaving out a list does, the verdict."""
    yield from _lines_of_lists(found)
    yield ""
    yield from _lines_of_methods(found)
    yield ""
    yield from _drawn_in_letters(found)
    yield from _lines_of_dropping(found)
    yield ""
    yield from verdict_lines(found)


def _lines_of_lists(found):
    table = found.tables[0]
    yield _("%(n)s people on %(lists)s lists; %(several)s of them are on two lists or more.") % {
        "n": number(table.total),
        "lists": table.size,
        "several": number(table.on_several),
    }
    yield "  " + ", ".join(f"{name} {number(count)}" for name, count in table.on_lists().items())
    apart = [" - ".join(pair) for pair, count in table.on_pairs().items() if not count]
    if apart:
        yield "  " + _("Nobody is on both: %(pairs)s.") % {"pairs": ", ".join(apart)}
    if table.empty:
        yield "  " + _("Left out, nobody is on them: %(lists)s.") % {"lists": ", ".join(table.empty)}
    if len(found.tables) > 1:
        yield "  " + _("%(tables)s linkages of the same lists are pooled.") % {"tables": len(found.tables)}


def _lines_of_methods(found):
    rows = [("", _("people in all"), _("95% interval"), _("error of limits"), _("model"))]
    for each in found.estimates.values():
        rows.append((_(METHODS[each.method]), number(each.estimate), _interval(each), _errors(each), _model(each)))
    rows += [(_(METHODS[name]), NO_INTERVAL, _("no estimate"), "", "") for name in found.refused]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        left, rest = row[0].ljust(widths[0]), [row[column].rjust(widths[column]) for column in (1, 2, 3)]
        yield f"  {left}  {'   '.join(rest)}   {row[4]}".rstrip()
    if not set(found.estimates) <= set(found.counting):
        yield _("The lists are plainly not independent, so the first line does not count.")


def _interval(each):
    if not math.isfinite(each.low):
        return NO_INTERVAL
    return f"{number(each.low)} - {number(each.high)}"


def _errors(each):
    """How far the limits would move with other draws."""
    return f"± {number(each.errors[0])}, {number(each.errors[1])}" if each.errors != (0.0, 0.0) else ""


def _model(each):
    if each.method == "latent" and "classes" in each.details:
        kinds = each.details["classes"]
        return ngettext("%(n)s kind", "%(n)s kinds", kinds) % {"n": kinds}
    if each.method == "averaged" and "models" in each.details:
        return ngettext("%(n)s model", "%(n)s models", each.details["models"]) % {"n": number(each.details["models"])}
    return " ".join(each.model)


def _ends(found):
    """Where a logarithmic scale begins and ends."""
    seen = found.tables[0].total
    high = max(each.high for each in found.estimates.values() if math.isfinite(each.high))
    return seen * 0.9, max(high * 1.1, seen * 1.5)


def _drawn_in_letters(found):
    """Intervals on a logarithmic scale; the bar at the left is how many were seen."""
    low, high = _ends(found)
    width = max(len(_(METHODS[name])) for name in found.estimates)

    def at(value):
        share = math.log(min(max(value, low), high) / low) / math.log(high / low)
        return round(share * (ACROSS - 1))

    seen = at(found.tables[0].total)
    for each in found.estimates.values():
        row = [" "] * ACROSS
        if math.isfinite(each.low):
            for place in range(at(each.low), at(each.high) + 1):
                row[place] = "─"
        row[seen], row[at(each.estimate)] = "│", "●"
        yield f"  {_(METHODS[each.method]).ljust(width)}  {''.join(row)}".rstrip()
    left, right = number(found.tables[0].total), number(high)
    yield f"  {''.ljust(width)}  {' ' * seen}{left}{right.rjust(ACROSS - seen - len(left))}"


def _lines_of_dropping(found):
    if not found.without:
        return
    yield ""
    yield _("As if a list had never been kept")
    names = [name for name in found.estimates]
    heads = [_(METHODS[name]) for name in names]
    wide = max(map(len, found.without)) + len(_("without %(list)s") % {"list": ""})
    yield f"  {''.ljust(wide)}  {'  '.join(heads)}"
    for name, values in found.without.items():
        cells = [
            (number(values[method]) if math.isfinite(values[method]) else NO_INTERVAL).rjust(len(head))
            for method, head in zip(names, heads, strict=True)
        ]
        left_out = _("without %(list)s") % {"list": name}
        yield f"  {left_out.ljust(wide)}  {'  '.join(cells)}"


def verdict_lines(found):
    """The verdict in sentences: what may be published, and why nothing better."""
    verdict = found.verdict
    middle = sorted(found.estimates[name].estimate for name in found.counting)[len(found.counting) // 2]
    yield _(VERDICTS[verdict.code]) % {
        "middle": number(rounded(middle)),
        "low": number(rounded(verdict.low)),
        "high": number(rounded(verdict.high)),
    }
    for reason in verdict.reasons:
        yield "  " + _(REASONS[reason.code]) % _spoken(reason.values)


def _spoken(values):
    spoken = dict(values)
    if "ratio" in values:
        spoken["ratio"] = number(values["ratio"], 1)
    if "share" in values:
        spoken["share"] = percent(values["share"], 0)
    if "method" in values:
        spoken["method"] = _(METHODS[values["method"]])
    return spoken | {name: number(rounded(values[name])) for name in ("low", "high") if name in values}


def as_picture(found):
    """The intervals of all methods on a logarithmic scale, and the number that was seen."""
    low, high = _ends(found)
    names = list(found.estimates)
    plot = Plot(
        (low, high),
        rows=[_(METHODS[name]) for name in names],
        title=_("How many people in all"),
        x_label=_("people, seen and unseen (logarithmic)"),
        is_log_x=True,
        height=104 + 38 * len(names),
        x_names=_ticks(low, high),
        note=_("dashed: the %(n)s who were seen; orange: does not count, the lists are not independent")
        % {"n": number(found.tables[0].total)}
        if set(names) - set(found.counting)
        else _("dashed: the %(n)s who were seen") % {"n": number(found.tables[0].total)},
    )
    plot.upright(found.tables[0].total, told=_("seen: %(n)s") % {"n": number(found.tables[0].total)})
    for row, name in enumerate(names):
        each = found.estimates[name]
        kind = "main" if name in found.counting else "other"
        told = f"{_(METHODS[name])}: {number(each.estimate)} ({_interval(each)})"
        if math.isfinite(each.low):
            plot.interval(each.low, each.high, row, kind=kind, told=told)
        plot.point(each.estimate, row, kind=kind, size=6, told=told)
        plot.text(each.estimate, row, number(rounded(each.estimate)), anchor="middle", dy=-9)
    return plot.svg()


def _ticks(low, high):
    """1, 2, 5, 10, ... within the scale."""
    found, power = {}, 10 ** math.floor(math.log10(low))
    while power <= high:
        for step in (1, 2, 5):
            if low <= step * power <= high:
                found[step * power] = number(step * power)
        power *= 10
    return dict(list(found.items())[:: 1 + len(found) // 9])
