"""`simpul match A.csv [B.csv] -o pairs.csv`: which records of one list, or of two, are likely of one person.

It needs no database, no settings and no installation, so it starts at once and runs wherever the two lists lie.
"""

import argparse
import json
import time
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path

from simpul.console.alone import Trouble, say
from simpul.lib.speech import _, gettext_noop

HELP = "Find the likely same persons in one list or in two (CSV, XLSX, ODS). Needs no database."
EXAMPLE = "simpul match manifest-2025.csv manifest-2026.csv -o pairs.csv --report pairs.html"
STOPPED = gettext_noop("Stopped. The same command with --resume goes on from the last stage that was finished.")
CUT = 0.5
# Where each engine lies: all take a table and give matches, as `simpul.linkage.matching.matcher.match` does.
_ENGINES = {
    "embedded": ("simpul.linkage.matching.matcher", "match"),
    "splink-duckdb": ("simpul.linkage.engines.splink", "match_on_duckdb"),
    "splink-spark": ("simpul.linkage.engines.splink", "match_on_spark"),
}
ENGINES = tuple(_ENGINES)
# What is shown of the steps of reading and matching.
STAGES = {
    "reading": gettext_noop("reading"),
    "encode": gettext_noop("encoding"),
    "candidates": gettext_noop("comparing"),
    "compare": gettext_noop("comparing"),
    "learn": gettext_noop("learning"),
    "cluster": gettext_noop("deciding"),
    "judge": gettext_noop("deciding"),
    "writing": gettext_noop("writing"),
}


def add_arguments(parser):
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="one list, or two: CSV with any separator, XLSX, XLS, ODS"
    )
    parser.add_argument("-o", "--output", required=True, metavar="PAIRS.csv", help="where the pairs are written")
    parser.add_argument("--cut", type=_share, default=CUT, help="write pairs of at least this probability (0.5)")
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=HEADING",
        help="which heading holds a field, as in name=Nama; may be repeated",
    )
    parser.add_argument(
        "--truth",
        metavar="COLUMN",
        help="the column that says who is one person: prints how right the pairs are, as JSON",
    )
    parser.add_argument("--report", metavar="REPORT.html", help="also write a page that shows how pairs were weighed")
    parser.add_argument("--with-names", action="store_true", help="show names in the report")
    parser.add_argument("--within", action="store_true", help="of two lists, also the pairs within each")
    parser.add_argument(
        "--only-between", action="store_true", help="of one list, only the pairs of different agencies in it"
    )
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help="what does the work (embedded)")
    parser.add_argument("--encode", metavar="KEYFILE", help="write encodings of one list instead of matching it")
    parser.add_argument("--encoded", action="store_true", help="the files are encodings")
    parser.add_argument("--resume", action="store_true", help="go on with an interrupted run")


def run(options, *, out, err):
    """Do what the options ask; raises `Trouble`."""
    _check(options)
    if options.encode:
        _encode(options, out=out, err=err)
        return
    _match(options, out=out, err=err)


def _share(text):
    number = float(text)
    if not 0 < number <= 1:
        raise argparse.ArgumentTypeError(f"{text} is no probability: write a number above 0 and up to 1")
    return number


# --- what was asked


_CLASHES = (
    (
        lambda options: len(options.files) > 2,
        gettext_noop("Give one list or two. Three and more are put together first."),
    ),
    (
        lambda options: options.within and len(options.files) == 1,
        gettext_noop("--within is for two lists; of one, all pairs lie within it."),
    ),
    (
        lambda options: options.within and options.only_between,
        gettext_noop("--within and --only-between contradict each other."),
    ),
    (
        lambda options: options.encode and len(options.files) > 1,
        gettext_noop("Encode one list at a time: each agency encodes its own."),
    ),
    (
        lambda options: options.encode and (options.report or options.resume),
        gettext_noop("--encode only writes encodings: --report and --resume are for matching them."),
    ),
    (
        lambda options: options.encode and options.encoded,
        gettext_noop("--encode makes encodings and --encoded reads them: choose one."),
    ),
    (
        lambda options: options.encoded and options.with_names,
        gettext_noop("Encodings hold no names that --with-names could show."),
    ),
    (
        lambda options: options.encoded and options.column,
        gettext_noop("Encodings have no columns to choose. Give --column where the list is encoded."),
    ),
    (
        lambda options: options.encoded and options.engine != ENGINES[0],
        gettext_noop("Only the embedded engine matches encodings: leave --engine out."),
    ),
)


def _check(options):
    for clashes, sentence in _CLASHES:
        if clashes(options):
            raise Trouble(_(sentence))
    taken = {Path(name).resolve() for name in options.files}
    if len(taken) < len(options.files):
        raise Trouble(_("Both lists are the same file. Give it once, to find who is in it twice."))
    if options.encode:
        taken.add(Path(options.encode).resolve())
    for name in filter(None, (options.output, options.report)):
        path = Path(name).resolve()
        if path in taken:
            raise Trouble(_("%(file)s would be overwritten by what is written. Choose another name.") % {"file": name})
        if not path.parent.is_dir():
            raise Trouble(_("The folder of %(file)s is not there. Make it first.") % {"file": name})
        if path.is_dir():
            raise Trouble(_("%(file)s is a folder. Write the name of a file.") % {"file": name})
        taken.add(path)


def _chosen(options):
    """{field: [heading]} of --column."""
    chosen = {}
    for text in options.column:
        field, sign, heading = text.partition("=")
        if not sign or not field.strip() or not heading.strip():
            raise Trouble(_("--column %(text)s: write FIELD=HEADING, as in name=Nama.") % {"text": text})
        chosen.setdefault(field.strip(), []).append(heading.strip())
    return chosen


# --- the way of a run


def _match(options, *, out, err):
    from simpul.console.match_result import Result
    from simpul.linkage.matching.stages import Stages

    watch = _Watch(err)
    _engine(options.engine)
    heads = _opened(options)
    stages = Stages(f"{options.output}.part", _about(options))
    _begin(stages, options, err)
    try:
        gathered, table = _read(options, heads, stages, watch)
        between = _between(options, gathered)
        matches = _compared(options, table, between, stages, watch)
    except Trouble:
        stages.end()
        raise
    watch("writing")
    result = Result(gathered, matches, cut=options.cut, between=between)
    result.write(options.output)
    watch.end()
    telling = err if options.truth else out
    for line in result.summary(options.output):
        say(telling, line)
    if options.report:
        made_at = datetime.now().astimezone().strftime("%d-%m-%Y %H:%M")
        result.report(options.report, made_at=made_at, settings=_settings(options), with_names=options.with_names)
        say(telling, _("%(file)s shows how the pairs were weighed.") % {"file": options.report})
    if options.truth:
        say(out, json.dumps(result.verdict(), ensure_ascii=False, indent=1))
    stages.end()


def _encode(options, *, out, err):
    from simpul.console import match_encoding

    watch = _Watch(err)
    (head,) = _opened(options)
    this_year = datetime.now().year
    with _said_as_trouble():
        told = match_encoding.encode(
            head, keyfile=options.encode, output=options.output, this_year=this_year, watch=watch
        )
    watch.end()
    for line in told:
        say(out, line)


@contextmanager
def _said_as_trouble():
    from simpul.console.match_reading import Unreadable

    try:
        yield
    except Unreadable as problem:
        raise Trouble(problem) from None


def _opened(options):
    """The lists with their columns: what is wrong with them is said before anything is done."""
    from simpul.console import match_reading

    if options.encoded:
        return []
    with _said_as_trouble():
        return match_reading.opened(options.files, chosen=_chosen(options), truth=options.truth)


def _about(options):
    """Everything the stages depend on."""
    from simpul import __version__
    from simpul.linkage.matching.stages import fingerprint
    from simpul.linkage.report import sayings

    files = []
    for name in options.files:
        try:
            files.append(fingerprint(name))
        except OSError as problem:
            reason = "missing" if isinstance(problem, FileNotFoundError) else "closed"
            raise Trouble(sayings.of_file(reason, {"path": Path(name), "why": problem.strerror})) from None
    asked = {f"--{name.replace('_', '-')}": getattr(options, name) for name in _DEPENDING}
    return {"files": files, "version": __version__, **asked}


# Of what is asked, all that the stages depend on.
_DEPENDING = ("column", "truth", "engine", "within", "only_between", "encoded", "language")


def _begin(stages, options, err):
    differing = stages.differing()
    if options.resume and differing == []:
        return
    if not options.resume:
        if differing is not None:
            say(
                err,
                _("An interrupted run of %(file)s was left lying; this one begins anew. --resume would go on with it.")
                % {"file": options.output},
            )
    elif differing is None:
        say(
            err, _("There is no interrupted run of %(file)s to go on with; this one begins.") % {"file": options.output}
        )
    else:
        say(
            err,
            _("The interrupted run had other files or settings (%(what)s); this one begins anew.")
            % {"what": ", ".join(differing)},
        )
    stages.begin()


def _read(options, heads, stages, watch):
    """(the records, the table of them), from the lists or from where an interrupted run left them."""
    from simpul.console import match_reading
    from simpul.linkage.matching.table import Table, Words

    kept = stages.kept("read", match_reading.Gathered, Table, Words, *_blind(options))
    if kept:
        return kept
    watch("reading")
    if options.encoded:
        gathered, table = _encodings(options)
    else:
        this_year = datetime.now().year
        gathered, table = match_reading.read(heads, output=options.output, this_year=this_year, watch=watch)
    if not gathered.n:
        raise Trouble(
            _("No row of these files can be used. The rows, and why not, are in %(file)s.")
            % {"file": f"{options.output}.aside.csv"}
        )
    stages.keep("read", (gathered, table))
    return gathered, table


def _blind(options):
    """What a table of encodings holds beside."""
    if not options.encoded:
        return []
    from simpul.linkage.matching import encode

    return [encode.Blind]


def _encodings(options):
    from simpul.console import match_encoding

    with _said_as_trouble():
        return match_encoding.read(options.files, truth=bool(options.truth))


def _compared(options, table, between, stages, watch):
    from simpul.linkage.matching import matcher, score

    kept = stages.kept("compared", matcher.Matches, score.Model)
    if kept:
        return kept
    with _missing_told(options.engine), _refusals_told(options.engine):
        matches = _engine(options.engine)(table, source=between, cut=options.cut, progress=watch)
    stages.keep("compared", matches)
    return matches


def _engine(name):
    """The function that matches; raises `Trouble` where what it needs is not installed."""
    module, function = _ENGINES[name]
    with _missing_told(name):
        return getattr(import_module(module), function)


@contextmanager
def _missing_told(name):
    try:
        yield
    except ImportError as problem:
        sentence = _("The engine %(engine)s needs %(package)s, which is not installed here.")
        raise Trouble(sentence % {"engine": name, "package": problem.name}) from None


@contextmanager
def _refusals_told(name):
    """What an engine cannot do with such records, and a second opinion that does not fit this program."""
    from simpul.linkage.engines import OnlyPlainRecords
    from simpul.linkage.matching.judge import NoTrees

    try:
        yield
    except OnlyPlainRecords:
        sentence = _("The engine %(engine)s cannot match encodings. Leave --engine out: the embedded engine can.")
        raise Trouble(sentence % {"engine": name}) from None
    except NoTrees:
        raise Trouble(
            _(
                "The file judge.npz of this installation belongs to another version of Simpul, so nothing was matched. "
                "Install Simpul anew, or match with --engine splink-duckdb, which does without it."
            )
        ) from None


def _between(options, gathered):
    """(n,) numbers of which the two of a pair must have different ones, or None where any two will do."""
    if len(options.files) == 2:
        return None if options.within else gathered.lists
    return gathered.sources if options.only_between else None


def _settings(options):
    """[(what, how)] for the report."""
    told = [(_("engine"), options.engine), (_("cut"), f"{options.cut:g}")]
    if len(options.files) == 2:
        told.append(
            (
                _("pairs"),
                _("between the two lists and within each") if options.within else _("between the two lists only"),
            )
        )
    else:
        told.append((_("pairs"), _("of different agencies only") if options.only_between else _("of the whole list")))
    if options.column:
        told.append((_("columns chosen"), ", ".join(options.column)))
    return told


class _Watch:
    """Says on a terminal what goes on and how far it is; elsewhere it is silent."""

    def __init__(self, err):
        self.err = err
        self.is_watched = err.isatty()
        self.stage, self.told_at, self.width = "", 0.0, 0

    def __call__(self, stage, done=None, total=None, what=""):
        now = time.monotonic()
        stage = _(STAGES.get(stage, stage))
        if not self.is_watched or (stage == self.stage and now - self.told_at < 0.2):
            return
        if self.stage and stage != self.stage:
            self.err.write("\n")
            self.width = 0
        self.stage, self.told_at, line = stage, now, stage
        if done is not None:
            line += f"  {min(done / total, 1):4.0%}" if total else f"  {done:,}"
        line += f"  {what}" if what else ""
        self.err.write(f"\r{line:<{self.width}}")
        self.err.flush()
        self.width = len(line)

    def end(self):
        if self.is_watched and self.stage:
            self.err.write("\n")
