"""The operator's command: `simpul COMMAND`.

Behind every command stands a management command of Django; here they get names with hyphens, a list that shows only
what an operator needs, and errors that are sentences.
"""

import argparse
import difflib
import os
import sys

from simpul.console import alone

GROUPS = {
    "Running": ("serve", "work", "jobs", "check"),
    "Beginning": (
        "first-officer",
        "migrate",
        "load-catalogues",
        "load-places",
        "load-boundaries",
        "load-indicators",
        "load-demo",
    ),
    "Finding the same persons": ("match",),
    "Figures": ("estimate", "scan", "index", "flows", "disclose", "release"),
    "Keeping safe": ("keys", "linkage-keys", "journal", "backup"),
}
# Of Django's own commands an operator needs these; the others still run, unlisted.
FROM_DJANGO = {
    "check": "Check the settings; with --deploy, whether they are fit for real reports.",
    "migrate": "Bring the tables of the database to this version.",
}
# What every management command of Django takes and no operator has use for.
CLUTTER = {"version", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks", "verbosity"}


def main(arguments=None):
    """Run one command; returns the exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        return standing_alone(arguments) if arguments[:1] and arguments[0] in alone.COMMANDS else installed(arguments)
    except KeyboardInterrupt:
        return complain("Stopped.", code=130)
    except BrokenPipeError:
        # Whoever read along has read enough, as `simpul ... | head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def standing_alone(arguments):
    """Run a command that needs no installation, and does not wait for one to be read."""
    return alone.main(arguments[0], arguments[1:], out=sys.stdout, err=sys.stderr)


def installed(arguments):
    """Run a command of this installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import CommandError
    from django.db.utils import OperationalError, ProgrammingError

    try:
        return run(arguments)
    except (CommandError, ImproperlyConfigured) as problem:
        return complain(problem, code=getattr(problem, "returncode", 1))
    except (OperationalError, ProgrammingError) as problem:
        return complain(about_the_database(problem), code=1)


def run(arguments):
    import django

    django.setup()
    if not arguments or arguments[0] in {"help", "-h", "--help"}:
        print(overview())
        return 0
    if arguments[0] == "--version":
        from simpul import __version__

        print(f"Simpul {__version__}")
        return 0
    execute(arguments[0], arguments[1:])
    return 0


def execute(name, arguments):
    """Run a command by its name with hyphens."""
    from django.core.management.base import CommandError, handle_default_options
    from django.db import connections

    known = commands()
    if name.replace("-", "_") not in known:
        raise CommandError(unknown(name, known))
    command = command_of(name, known)
    options = parser_of(command, name).parse_args(arguments)
    handle_default_options(options)
    values = vars(options)
    try:
        command.execute(*values.pop("args", ()), **values)
    finally:
        connections.close_all()


def commands():
    """Every command that runs: name with underscores and the app it is in."""
    from django.core.management import get_commands

    return get_commands()


def command_of(name, known):
    from django.core.management import load_command_class

    name = name.replace("-", "_")
    return known[name] if not isinstance(known[name], str) else load_command_class(known[name], name)


def parser_of(command, name):
    """The command's parser, without what only Django's developers need."""
    command._called_from_command_line = True
    parser = command.create_parser("simpul", name)
    for action in parser._actions:
        if action.dest in CLUTTER:
            action.help = argparse.SUPPRESS
    return parser


def listed(known):
    """Commands for the overview, by heading: pairs of name and one line."""
    own = own_commands(known)
    headed = {name for names in GROUPS.values() for name in names}
    groups = GROUPS | {"More": tuple(sorted(own - headed))}
    for heading, names in groups.items():
        present = [name for name in names if name in own or name in FROM_DJANGO]
        yield heading, [(name, line_of(name, known)) for name in present]


def own_commands(known):
    """Names of all commands that are Simpul's own."""
    installed = {name.replace("_", "-") for name, app in known.items() if str(app).startswith("simpul.")}
    return installed | set(alone.COMMANDS)


def line_of(name, known):
    if name in FROM_DJANGO:
        return FROM_DJANGO[name]
    if name in alone.COMMANDS:
        return alone.help_of(name)
    text = str(command_of(name, known).help).strip()
    return text.splitlines()[0] if text else ""


def overview():
    lines = ["Simpul, the operator's command. simpul COMMAND --help tells more of one."]
    for heading, entries in listed(commands()):
        if entries:
            lines += ["", heading, *(f"  {name:<16} {line}" for name, line in entries)]
    return "\n".join(lines)


def unknown(name, known):
    near = difflib.get_close_matches(name.replace("-", "_"), [*known, *alone.COMMANDS], n=1)
    guess = f" Did you mean {near[0].replace('_', '-')}?" if near else ""
    return f"There is no command {name!r}.{guess} simpul --help lists them all."


def about_the_database(problem):
    """A sentence for what a database says of itself; only its first line, which names no value."""
    text = (str(problem).splitlines() or [""])[0]
    if "no such table" in text or "does not exist" in text:
        return f"The database is not of this version ({text}). Run `simpul migrate`, or `simpul serve`, which does it."
    return f"The database does not answer: {text}. Look at DATABASE_URL, and whether its server runs."


def complain(problem, *, code):
    print(str(problem), file=sys.stderr)
    return code
