"""`simpul serve`: make everything ready, then serve portal and desk and do the background work."""

import os
import socket
import sys
from importlib import import_module

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from simpul.console import first_start
from simpul.console.management.commands.linkage_keys import granted_for_the_demonstration, keeper_arguments

NOBODY_YET = """There is no officer yet, so nobody can sign in to the desk. In another window run:
  simpul first-officer"""


class Command(BaseCommand):
    help = "Make everything ready that is not, then serve portal and desk."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")

    def handle(self, *, host, port, **options):
        check_port(host, port)
        if not first_start.has_keys():
            make_keys(self.say)
        first_start.prepare(self.say)
        if not settings.DEMO and not first_start.has_officers():
            self.ask_for_first_officer()
        for line in welcome(host, port):
            self.say(line)
        sys.stdout.flush()
        # The small process takes the place of this one, and with it the memory that the start needed.
        beside = ["--linkage", *keeper_arguments(make=True)] if keeps_linkage_keys() else []
        if beside and settings.DEMO and not settings.LINKAGE_GRANT:
            os.environ["SIMPUL_LINKAGE_GRANT"] = granted_for_the_demonstration()
        together = [sys.executable, "-m", "simpul.console.together", "--host", host, "--port", str(port), *beside]
        os.execv(sys.executable, together)

    def ask_for_first_officer(self):
        if not sys.stdin.isatty():
            self.say(NOBODY_YET)
            return
        call_command("first_officer")

    def say(self, line, end="\n"):
        self.stdout.write(line, ending=end)
        self.stdout.flush()


def keeps_linkage_keys():
    """Whether the key process is started here: not where a socket of another is named, or none."""
    return "SIMPUL_LINKAGE_SOCKET" not in os.environ and sys.platform == "linux"


def check_port(host, port):
    """Say now that the port is taken, not after a minute of loading."""
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            return
    except PermissionError:
        raise CommandError(f"Port {port} may be used by root only. Choose one above 1023: make run PORT=8000") from None
    except OverflowError:
        raise CommandError(f"{port} is no port. Choose one between 1024 and 65535: make run PORT=8000") from None
    except OSError as problem:
        raise CommandError(
            f"Cannot listen on {host}, port {port}: {problem.strerror}. Choose another: make run PORT=8001"
        ) from None


def make_keys(say):
    """Make the key files, then begin again: settings have been read without them."""
    if os.environ.get("SIMPUL_KEYS_MADE"):
        raise CommandError("The keys were made and still cannot be read. Look at SIMPUL_HOME and SIMPUL_KEYS.")
    say("Making the keys of this installation ...")
    call_command("keys", "make")
    sys.stdout.flush()
    os.execve(
        sys.executable, [sys.executable, "-m", "simpul.console", *sys.argv[1:]], os.environ | {"SIMPUL_KEYS_MADE": "1"}
    )


def welcome(host, port):
    """Where to go and, in a demonstration, as whom."""
    place = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    yield ""
    yield f"Simpul  {settings.REGION_NAME}"
    yield f"  Portal  {place}/"
    yield f"  Desk    {place}/desk/"
    if settings.DEMO:
        yield from demonstration()
    if settings.LINKAGE_SOCKET == "off":
        yield ""
        yield "Records of the same person are not looked for: SIMPUL_LINKAGE_SOCKET is off."
    if host not in {"127.0.0.1", "localhost", "::1"} and "SIMPUL_HOSTS" not in os.environ:
        yield ""
        yield "Only this machine is answered until SIMPUL_HOSTS names the hosts it is reached by, as in"
        yield "  SIMPUL_HOSTS=simpul.example.go.id,127.0.0.1"
    yield ""


def demonstration():
    yield ""
    yield "This is a demonstration: everybody in it is invented. Never enter a real report. Sign in as"
    sign_ins = import_module("simpul.demo.world").SIGN_INS
    widths = [max(len(entry[column]) for entry in sign_ins) for column in (0, 1)]
    for username, password, role in sign_ins:
        yield f"  {username:<{widths[0]}}  {password:<{widths[1]}}  {role}"
