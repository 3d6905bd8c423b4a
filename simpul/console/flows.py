"""`simpul flows LEGS.csv`: the legs of journeys become corridors, chokepoints and shifts, and the best places to watch.

A row is a leg: of which journey, in which order, from where, to where. A journey is named by a number of the list's
own; a name or a NIK has no place here and is refused.
"""

import csv
import io
import re

from simpul.console import alone
from simpul.console.alone import Trouble, say
from simpul.lib.speech import _, gettext_noop, ngettext, number, percent

HELP = "Corridors, chokepoints and shifts from the legs of journeys (CSV, XLSX, ODS), and where to watch."
EXAMPLE = "simpul flows legs.csv --posts 3 --since 2026-07 --picture flows.svg"
COLUMNS = {
    "journey": (("journey", "perjalanan", "case", "kasus", "id"), gettext_noop("the journey")),
    "position": (("position", "order", "urutan", "leg"), gettext_noop("the order of its legs")),
    "origin": (("origin", "from", "asal", "dari"), gettext_noop("where a leg begins")),
    "destination": (("destination", "to", "tujuan", "ke"), gettext_noop("where a leg ends")),
}
ALSO = {
    "means": ("means", "transport", "moda", "angkutan"),
    "crossing": ("crossing", "lintas", "pos"),
    "on": ("date", "on", "tanggal", "month", "bulan"),
    "certainty": ("certainty", "confidence", "keyakinan"),
}
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NIK = re.compile(r"\d{16}")
SHOWN = 10


def add_arguments(parser):
    parser.add_argument("file", metavar="LEGS.csv", help="one row a leg: journey, position, origin, destination, ...")
    parser.add_argument("-o", "--output", metavar="CORRIDORS.csv", help="write every corridor")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    parser.add_argument("--picture", metavar="FLOWS.svg", help="draw the busiest segments")
    parser.add_argument("--least", type=int, default=1, metavar="N", help="leave out what fewer journeys share (1)")
    parser.add_argument("--level", type=int, metavar="LETTERS", help="shorten region codes, as 8 for districts")
    parser.add_argument("--since", metavar="YYYY-MM", help="compare journeys from this day on with those before")
    parser.add_argument("--posts", type=int, metavar="K", help="find the K places that see the most journeys")
    parser.add_argument("--seen", type=float, default=0.5, help="share of who passes that a post sees (0.5)")
    parser.add_argument("--evading", type=float, default=0.0, help="share that goes around a post it knows of (0)")


def run(options, *, out, err):
    from simpul.insight.methods import flows
    from simpul.insight.methods.refusal import Refused

    try:
        found = flows.journeys(_legs(options.file), place=_place(options.level))
        told = _told(found, options)
    except Refused as refused:
        raise Trouble(_sentence(refused)) from None
    if options.output:
        alone.write(options.output, _as_csv(told["corridors"]))
    if options.picture:
        alone.write(options.picture, _picture(told["segments"]))
    if options.json:
        say(out, alone.as_json(told))
        return
    for line in _lines(told):
        say(out, line)


# --- reading


def _legs(name):
    from simpul.insight.methods.flows import Leg

    headings, rows = alone.rows_of(name)
    at = {field: alone.column_in(headings, names, file=name, what=_(what)) for field, (names, what) in COLUMNS.items()}
    lowered = [heading.lower() for heading in headings]
    at |= {field: place for field, names in ALSO.items() for place, heading in enumerate(lowered) if heading in names}
    for row, cells in enumerate(rows, 2):
        values = {field: cells[place] for field, place in at.items()}
        if _NIK.fullmatch(values["journey"]):
            raise Trouble(
                _("%(file)s, row %(row)d: a journey is named by a NIK. Number the journeys instead.")
                % {"file": name, "row": row}
            )
        yield Leg(
            values["journey"],
            int(alone.number_in(values["position"], file=name, row=row, column=headings[at["position"]])),
            values["origin"],
            values["destination"],
            values.get("means", ""),
            values.get("crossing", ""),
            _day(values.get("on", ""), file=name, row=row),
            alone.number_in(values.get("certainty") or "1", file=name, row=row, column="certainty"),
        )


def _day(text, *, file, row):
    day = text[:10]
    if day and not _DAY.fullmatch(day):
        raise Trouble(
            _("%(file)s, row %(row)d: '%(text)s' is no date. Write year-month-day, as in 2026-03-01.")
            % {"file": file, "row": row, "text": text[:20]}
        )
    return day


def _place(level):
    """Region codes shortened; what is no region keeps its name."""
    if not level:
        return lambda node: node
    return lambda node: node[:level].rstrip(".") if node[:2].isdigit() else node


# --- what is found


def _told(found, options):
    from dataclasses import asdict

    from simpul.insight.methods import flows

    told = {
        "journeys": len(found),
        "legs": sum(len(journey.legs) for journey in found),
        "with_gaps": sum(bool(journey.breaks) for journey in found),
        "corridors": [asdict(each) for each in flows.corridors(found, least=options.least)],
        "segments": [asdict(each) for each in flows.segments(found, least=options.least)],
        "chokepoints": [asdict(each) for each in flows.chokepoints(found) if each.journeys >= options.least],
    }
    if options.since:
        told["shifts"] = [asdict(each) for each in _shifts(found, options.since)]
    if options.posts:
        told["posts"] = _posts(found, options)
    return told


def _shifts(found, since):
    from simpul.insight.methods import flows

    if not _DAY.fullmatch(since):
        raise Trouble(_("--since %(text)s: write year and month, as in 2026-07.") % {"text": since})
    dated = [journey for journey in found if journey.on]
    before = [journey for journey in dated if journey.on < since]
    after = [journey for journey in dated if journey.on >= since]
    if not before or not after:
        raise Trouble(
            _("All journeys lie on one side of %(since)s, between %(first)s and %(last)s: nothing can be compared.")
            % {
                "since": since,
                "first": min((journey.on for journey in dated), default="-"),
                "last": max((journey.on for journey in dated), default="-"),
            }
        )  # fmt: skip
    return flows.shifts(before, after, times=(_months(before, until=since), _months(after, since=since)))


def _months(found, *, since="", until=""):
    """How many months a period has, from its first journey, or `since`, to its last, or `until`."""
    first, last = since or min(journey.on for journey in found), until or max(journey.on for journey in found)
    return max(_month(last) - _month(first) + (0 if until else 1), 1)


def _month(day):
    return int(day[:4]) * 12 + int(day[5:7] or 1)


def _posts(found, options):
    from simpul.insight.methods import coverage

    between = sorted({node for journey in found for node in journey.nodes[1:-1]})
    if not between:
        raise Trouble(_("Every journey goes straight from its begin to its end: there is no place between to watch."))
    number_of = {node: place for place, node in enumerate(between)}
    ways = {}
    for journey in found:
        passed = tuple(sorted({number_of[node] for node in journey.nodes[1:-1]}))
        key = (f"{journey.nodes[0]} - {journey.nodes[-1]}", passed)
        ways[key] = ways.get(key, 0) + 1
    listed = [coverage.Way(journey, passed, flow) for (journey, passed), flow in ways.items()]
    wanted = min(options.posts, len(between))
    plan = coverage.watch(listed, len(between), wanted, seen=options.seen, evading=options.evading)
    return {
        "places": [between[site] for site in plan.sites],
        "seen": plan.value,
        "share": plan.share,
        "gap": plan.gap,
        "seen_by_a_post": options.seen,
        "evading": options.evading,
    }


# --- saying


def _lines(told):
    yield ngettext("%(n)s journey, %(legs)s legs.", "%(n)s journeys, %(legs)s legs.", told["journeys"]) % {
        "n": number(told["journeys"]),
        "legs": number(told["legs"]),
    }
    if told["with_gaps"]:
        yield _("Of %(n)s it is not known how they came from one leg to the next.") % {"n": number(told["with_gaps"])}
    yield ""
    yield _("The most travelled ways")
    for corridor in told["corridors"][:SHOWN]:
        yield f"  {corridor['journeys']:>5}  {percent(corridor['share'], 0):>5}  {' > '.join(corridor['nodes'])}"
    if told["chokepoints"]:
        yield ""
        yield _("Places on the way that most journeys pass")
        for point in told["chokepoints"][:SHOWN]:
            around = _("a way around is known for %(n)s") % {"n": number(point["avoidable"])}
            yield f"  {point['journeys']:>5}  {percent(point['share'], 0):>5}  {point['node']} ({around})"
    yield from _lines_of_shifts(told.get("shifts"))
    if told.get("posts"):
        posts = told["posts"]
        yield ""
        yield _("Watched at %(places)s, %(share)s of the journeys would be seen.") % {
            "places": ", ".join(posts["places"]),
            "share": percent(posts["share"], 0),
        }


def _lines_of_shifts(shifts):
    if shifts is None:
        return
    yield ""
    changed = [shift for shift in shifts if shift["is_change"]]
    if not changed:
        yield _("No segment changed by more than chance explains.")
        return
    yield _("What has changed by more than chance explains")
    for shift in changed[:SHOWN]:
        yield _("  %(origin)s > %(destination)s: %(before)s before, %(after)s since then (p = %(p)s)") % {
            **shift,
            "p": number(shift["p"], 3),
        }


def _sentence(refused):
    return _(SENTENCES[refused.reason]) % refused.details


SENTENCES = {
    "leg_without_end": gettext_noop("Journey %(journey)s, leg %(position)s: write where it begins and where it ends."),
    "position_twice": gettext_noop("Journey %(journey)s has two legs with the order %(position)s. Number them."),
    "not_a_share": gettext_noop("%(name)s is %(value)s: write a share from 0 to 1."),
    "sites_wanted": gettext_noop("%(k)s places are wanted and there are %(sites)s: ask for one or more."),
}


def _as_csv(corridors):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["way", "journeys", "share", "first", "last", "means", "least_certain"])
    for each in corridors:
        writer.writerow(
            [" > ".join(each["nodes"]), each["journeys"], f"{each['share']:.4f}", each["first"], each["last"],
             " ".join(each["means"]), f"{each['least_certain']:g}"]
        )  # fmt: skip
    return out.getvalue()


def _picture(segments):
    from simpul.lib.plot import Plot

    shown = segments[:20]
    most = max((segment["journeys"] for segment in shown), default=1)
    plot = Plot(
        (0, most * 1.1),
        rows=[f"{segment['origin']} > {segment['destination']}" for segment in shown],
        title=_("Journeys by segment"),
        x_label=_("journeys"),
    )
    for row, segment in enumerate(shown):
        plot.bar(0, segment["journeys"], row, told=f"{plot.rows[row]}: {segment['journeys']}")
        plot.text(segment["journeys"], row, number(segment["journeys"]), dx=5)
    return plot.svg()
