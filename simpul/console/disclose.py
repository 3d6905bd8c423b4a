"""`simpul disclose COUNTS.csv`: a table of counts made fit to be published, and tried on by an attacker's check.

What is written holds every sum; a row with an empty cell is the sum over that column, and "…" stands for a number
that is not shown. Such a file can be read again: to attack it, or as an earlier release beside which a new one must
give nothing away.
"""

import csv
import io
import json
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from simpul.console import alone
from simpul.console.alone import Trouble, say
from simpul.lib.speech import _, ngettext, number, percent

HELP = "Hide small counts so that no sum gives them away, add noise within a budget, or attack a published table."
EXAMPLE = "simpul disclose returns.csv --tree place -o published.csv"
COUNTS = ("count", "n", "jumlah", "kasus", "cases")
SHOWN = 10


def add_arguments(parser):
    parser.add_argument("file", metavar="COUNTS.csv", help="one row a cell: its codes, and a last column count")
    parser.add_argument("-o", "--output", metavar="PUBLISHED.csv", help="write the table as it may be published")
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")
    parser.add_argument("--threshold", type=int, default=11, help="hide counts from 1 to below this (11)")
    parser.add_argument("--width", type=int, help="values that must stay possible for each hidden cell (threshold - 1)")
    parser.add_argument("--hide-zeros", action="store_true", help="hide that there is nobody, too")
    parser.add_argument(
        "--tree",
        action="append",
        default=[],
        metavar="COLUMN",
        help="its codes have parts, as 61.07.02; may be repeated",
    )
    parser.add_argument(
        "--earlier", action="append", default=[], metavar="FILE", help="a release that is out already; may be repeated"
    )
    parser.add_argument("--attack", action="store_true", help="only try to compute what a published table hides")
    parser.add_argument("--epsilon", type=Fraction, help="add noise instead, and spend so much of the privacy budget")
    parser.add_argument("--ledger", metavar="LEDGER.json", help="where the budget and what was spent are kept")
    parser.add_argument("--budget", type=Fraction, help="begin the ledger with so much in all")
    parser.add_argument("--keys", metavar="A,B", help="the file has a row for each person: who is alone with A and B?")


def run(options, *, out, err):
    from simpul.insight.methods.margins import DisclosureError

    try:
        _run(options, out)
    except DisclosureError as problem:
        raise Trouble(_(problem.sentence) % problem.details) from None


def _run(options, out):
    if options.keys:
        _tell(options, out, _rare(options), _rare_lines)
        return
    if options.attack:
        _tell(options, out, _attacked([_published(options.file, options)]), _attack_lines)
        return
    if options.epsilon is not None:
        _tell(options, out, _noisy(options), _noise_lines)
        return
    _tell(options, out, _protected(options), _protection_lines)


def _tell(options, out, told, lines):
    if options.json:
        say(out, alone.as_json(told))
        return
    for line in lines(told):
        say(out, line)


# --- reading


def _counts(name, options):
    """({codes: count}, dimensions) of a table of counts."""
    headings, rows = alone.rows_of(name)
    at = alone.column_in(headings, COUNTS, file=name, what=_("the count"))
    dimensions = [heading for place, heading in enumerate(headings) if place != at and heading]
    if not dimensions:
        raise Trouble(
            _("%(file)s has nothing beside the count. Give a column for what is counted by.") % {"file": name}
        )
    counts = {}
    for row, cells in enumerate(rows, 2):
        codes = tuple(cell for place, cell in enumerate(cells) if place != at and headings[place])
        if not all(codes):
            raise Trouble(
                _("%(file)s, row %(row)d: a cell is empty. Sums are added up here: leave their rows out, and give what "
                  "is not known a code of its own.") % {"file": name, "row": row}
            )  # fmt: skip
        counts[codes] = counts.get(codes, 0) + _whole(cells[at], file=name, row=row, column=headings[at])
    return counts, dimensions


def _whole(text, *, file, row, column):
    value = alone.number_in(text, file=file, row=row, column=column)
    if value < 0 or not value.is_integer():
        raise Trouble(
            _("%(file)s, row %(row)d: %(text)s is no count. Write a whole number of 0 or more.")
            % {"file": file, "row": row, "text": text}
        )
    return int(value)


def _parents(counts, dimensions, options):
    """{dimension: {code: code above}} for the columns whose codes have parts."""
    unknown = set(options.tree) - set(dimensions)
    if unknown:
        raise Trouble(
            _("There is no column %(column)s for --tree. There are: %(columns)s.")
            % {"column": min(unknown), "columns": ", ".join(dimensions)}
        )
    parents = {}
    for name in options.tree:
        codes = {key[dimensions.index(name)] for key in counts}
        above = {}
        for code in codes:
            while "." in code:
                above[code] = code.rpartition(".")[0]
                code = above[code]
        parents[name] = above
    return parents


def _table(options):
    from simpul.insight.methods.margins import tabulated

    counts, dimensions = _counts(options.file, options)
    return tabulated(counts, dimensions=dimensions, parents=_parents(counts, dimensions, options)), dimensions


def _rule(options):
    from simpul.insight.methods.disclosure import Rule

    return Rule(threshold=options.threshold, width=options.width, zeros_shown=not options.hide_zeros)


def _published(name, options):
    """A file that this command wrote, as everybody sees it."""
    from simpul.insight.methods.disclosure import Hidden, Published
    from simpul.insight.methods.margins import tabulated

    headings, rows = alone.rows_of(name)
    at = alone.column_in(headings, COUNTS, file=name, what=_("the count"))
    dimensions = [heading for place, heading in enumerate(headings) if place != at and heading]
    shown = {}
    for row, cells in enumerate(rows, 2):
        codes = tuple(cell for place, cell in enumerate(cells) if place != at and headings[place])
        text = cells[at]
        if text.startswith("<"):
            shown[codes] = Hidden(fewer_than=_whole(text[1:], file=name, row=row, column=headings[at]))
        elif text in ("…", "...", ""):
            shown[codes] = Hidden()
        else:
            shown[codes] = _whole(text, file=name, row=row, column=headings[at])
    inner = {codes: 0 for codes in _innermost(shown, dimensions, options) if all(codes)}
    table = tabulated(inner, dimensions=dimensions, parents=_parents(inner, dimensions, options))
    named = {_cell(dimensions, codes): value for codes, value in shown.items()}
    missing = table.counts.keys() - named.keys()
    return Published({**dict.fromkeys(missing, Hidden()), **named}, table.sums, _rule(options))


def _innermost(shown, dimensions, options):
    """Codes of the cells that no other cell is a part of."""
    upper = [set() for _dimension in dimensions]
    for codes in shown:
        for place, code in enumerate(codes):
            if dimensions[place] in options.tree and "." in code:
                upper[place].add(code.rpartition(".")[0])
    return [codes for codes in shown if not any(code in above for code, above in zip(codes, upper, strict=True))]


def _cell(dimensions, codes):
    return tuple(sorted((name, code) for name, code in zip(dimensions, codes, strict=True) if code))


# --- doing


def _protected(options):
    from simpul.insight.methods.disclosure import audit, protected

    table, dimensions = _table(options)
    done = protected(table, rule=_rule(options))
    earlier = [_published(name, options) for name in options.earlier]
    findings = audit(done.published, *earlier)
    told = {
        "cells": len(table.counts),
        "hidden_by_themselves": len(done.primary),
        "hidden_to_protect_them": len(done.complementary),
        "is_least": done.least,
        "share_of_people_shown": _share_shown(table, done.published),
        "findings": _findings(findings),
        "passes": not findings,
        "output": None,
    }
    if findings:
        raise Trouble(
            _("Together with what is out already, this release would give away %(cells)s. Nothing was written. Publish "
              "fewer columns, or wait until more are counted.")
            % {"cells": "; ".join(found["cell"] for found in told["findings"][:SHOWN])}
        )  # fmt: skip
    if options.output:
        alone.write(options.output, _as_csv(done.published.values, dimensions))
        told["output"] = options.output
    return told


def _share_shown(table, published):
    """Of all who are counted in innermost cells, how many stand in a cell that is shown."""
    sums = {total for total, _parts in table.sums}
    inner = {each: count for each, count in table.counts.items() if each not in sums}
    shown = sum(count for each, count in inner.items() if each not in published.hidden)
    return shown / (sum(inner.values()) or 1)


def _attacked(published):
    from simpul.insight.methods.disclosure import audit

    findings = audit(*published)
    hidden = sum(len(each.hidden) for each in published)
    return {"hidden": hidden, "findings": _findings(findings), "passes": not findings}


def _findings(findings):
    from simpul.insight.methods.margins import in_words

    return [
        {"cell": in_words(found.cell), "low": int(found.low), "high": found.high, "exact": found.exact}
        for found in findings
    ]


def _noisy(options):
    from simpul.insight.methods.noise import noisy

    table, dimensions = _table(options)
    ledger, budget = _budget(options)
    done = noisy(table, epsilon=options.epsilon, budget=budget, on=Path(options.file).name)
    # What was spent is written down first: a table that is out without its line would be spent twice.
    alone.write(options.ledger, _ledger_of(ledger, budget))
    if options.output:
        alone.write(options.output, _as_csv(done.counts, dimensions))
    errors = [abs(done.counts[each] - count) for each, count in table.counts.items()]
    made_up = sum(done.counts[each] > 0 and count == 0 for each, count in table.counts.items())
    return {
        "epsilon": float(options.epsilon),
        "left": float(budget.left),
        "cells": len(errors),
        "mean_error": sum(errors) / len(errors),
        "largest_error": max(errors),
        "made_up": made_up,
        "output": options.output,
    }


def _budget(options):
    from simpul.insight.methods.noise import Budget

    if not options.ledger:
        raise Trouble(_("Noise spends a budget. Say with --ledger where it is kept."))
    path = Path(options.ledger)
    if not path.exists():
        if options.budget is None:
            raise Trouble(
                _("%(file)s is not there. Give --budget to begin it: the sum of all that will ever be spent.")
                % {"file": options.ledger}
            )
        return [], Budget(options.budget)
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        lines = [(line["on"], Fraction(line["epsilon"]), line["at"]) for line in kept["spent"]]
        budget = Budget(Fraction(kept["limit"]), [(what, epsilon) for what, epsilon, _at in lines])
    except (OSError, ValueError, KeyError, TypeError):
        raise Trouble(
            _("%(file)s is no ledger of this command. Nothing was spent.") % {"file": options.ledger}
        ) from None
    if options.budget is not None and options.budget != budget.limit:
        raise Trouble(
            _("%(file)s was begun with %(limit)s. A budget is not changed once something was spent.")
            % {"file": options.ledger, "limit": budget.limit}
        )
    return kept["spent"], budget


def _ledger_of(lines, budget):
    what, epsilon = budget.spent[-1]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    spent = [*lines, {"on": what, "epsilon": str(epsilon), "at": now}]
    return json.dumps({"limit": str(budget.limit), "spent": spent}, indent=1) + "\n"


def _rare(options):
    from simpul.insight.methods.risk import rare

    headings, rows = alone.rows_of(options.file)
    keys = [key.strip() for key in options.keys.split(",")]
    for key in keys:
        alone.column_in(headings, (key,), file=options.file, what=key)
    found = rare([dict(zip(headings, cells, strict=True)) for cells in rows], keys=keys, k=options.threshold)
    return {
        "rows": len(rows),
        "k": options.threshold,
        "combinations": len(found),
        "rows_in_them": sum(found.values()),
        "alone": sum(count == 1 for count in found.values()),
        "is_k_anonymous": not found,
    }


def _as_csv(values, dimensions):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*dimensions, "count"])
    for each in sorted(values, key=lambda cell: [dict(cell).get(name, "") for name in dimensions]):
        codes = dict(each)
        writer.writerow([*(codes.get(name, "") for name in dimensions), str(values[each])])
    return out.getvalue()


# --- saying


def _protection_lines(told):
    sentence = _("Of %(cells)s numbers %(primary)s are hidden because they are small, and %(more)s to protect them.")
    yield sentence % {
        "cells": number(told["cells"]),
        "primary": number(told["hidden_by_themselves"]),
        "more": number(told["hidden_to_protect_them"]),
    }
    yield _("%(share)s of the people stand in a number that is shown.") % {
        "share": percent(told["share_of_people_shown"])
    }
    yield _("The attacker's check computed none of the hidden numbers.")
    if told["output"]:
        yield _("%(file)s may be published.") % {"file": told["output"]}


def _attack_lines(told):
    if told["passes"]:
        yield ngettext(
            "The %(hidden)s hidden number cannot be narrowed down.",
            "None of the %(hidden)s hidden numbers can be narrowed down.",
            told["hidden"],
        ) % {"hidden": number(told["hidden"])}
        return
    yield _("%(found)s of %(hidden)s hidden numbers can be computed from what is shown:") % {
        "found": number(len(told["findings"])),
        "hidden": number(told["hidden"]),
    }
    for found in told["findings"][:SHOWN]:
        high = number(found["high"]) if found["high"] != float("inf") else "∞"
        yield f"  {found['cell']}: " + (number(found["low"]) if found["exact"] else f"{number(found['low'])}-{high}")
    if len(told["findings"]) > SHOWN:
        yield _("  and %(more)s more") % {"more": number(len(told["findings"]) - SHOWN)}


def _noise_lines(told):
    sentence = _("%(cells)s numbers with noise, off by %(mean)s on average and by %(most)s at most.")
    yield sentence % {
        "cells": number(told["cells"]),
        "mean": number(told["mean_error"], 1),
        "most": number(told["largest_error"]),
    }
    yield _("Above 0 although nobody is there: %(made_up)s.") % {"made_up": number(told["made_up"])}
    yield _("Spent: %(epsilon)s. Left of the privacy budget: %(left)s.") % {
        "epsilon": number(told["epsilon"], 2),
        "left": number(told["left"], 2),
    }
    if told["output"]:
        yield _("%(file)s may be published.") % {"file": told["output"]}


def _rare_lines(told):
    if told["is_k_anonymous"]:
        yield _("Everybody shares these values with at least %(others)s others.") % {"others": number(told["k"] - 1)}
        return
    yield _("%(rows)s of %(all)s people share their values with fewer than %(others)s others; %(alone)s are alone.") % {
        "rows": number(told["rows_in_them"]),
        "all": number(told["rows"]),
        "others": number(told["k"] - 1),
        "alone": number(told["alone"]),
    }
