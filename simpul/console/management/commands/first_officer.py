"""`simpul first-officer`: the administrator of a new installation, who records everybody else."""

import getpass
import sys

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

from simpul.agencies import offices, people
from simpul.agencies.models import Officer
from simpul.agencies.roles import Role
from simpul.places.models import Place
from simpul.places.search import find
from simpul.reference import catalogues


class Command(BaseCommand):
    help = "Record the first officer, an administrator, who then records the others."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--username", help="the name to sign in with")
        parser.add_argument("--full-name", help="the officer's name")
        parser.add_argument("--agency", help="the name of the agency")
        parser.add_argument("--kind", help="the kind of agency, a code of the catalogue agency_kinds")
        parser.add_argument("--place", help="the code of the region the agency serves, as 61.07")
        parser.add_argument("--takes-reports", choices=["yes", "no"], help="whether the agency takes public reports")
        parser.add_argument("--password-from-stdin", action="store_true", help="read the password from standard input")

    def handle(self, *, password_from_stdin, **options):
        if Officer.objects.exists():
            raise CommandError("There are officers already. An administrator records further ones at the desk.")
        self.may_ask = sys.stdin.isatty() and not password_from_stdin
        if self.may_ask:
            self.stdout.write("The first officer is the administrator, who records all others. Ctrl-C leaves.")
        username = self.value("Sign-in name", options["username"], check_username, "--username")
        full_name = self.value("Full name", options["full_name"], check_name, "--full-name")
        password = self.password(Officer(username=username, full_name=full_name), password_from_stdin)
        agency = self.value("Name of the agency", options["agency"], check_name, "--agency")
        kind = self.value("Kind of agency (? lists them)", options["kind"], check_kind, "--kind")
        place = self.value(
            f"Code or name of the region it serves, as {settings.REGION}", options["place"], check_place, "--place"
        )
        takes = self.value(
            "Does it take reports of the public? yes or no", options["takes_reports"], check_yes, "--takes-reports"
        )
        record(username, full_name, password, agency=agency, kind=kind, place=place, takes_reports=takes)
        self.stdout.write(f"{full_name} may sign in at /desk/ as {username}.")

    def value(self, question, given, check, option):
        """The checked value of an option, or of an answer; asks again until an answer holds."""
        if given is not None:
            return check(given)
        if not self.may_ask:
            raise CommandError(
                f"{option} is missing. Run simpul first-officer in a terminal, where it asks for everything."
            )
        while True:
            try:
                return check(input(f"{question}: "))
            except CommandError as problem:
                self.stdout.write(str(problem))
            except EOFError:
                raise CommandError("Nothing was recorded.") from None

    def password(self, officer, from_stdin):
        if from_stdin:
            return check_password(sys.stdin.readline().rstrip("\r\n"), officer)
        if not self.may_ask:
            raise CommandError(
                "The password is missing. Give it with --password-from-stdin, or run this in a terminal."
            )
        while True:
            try:
                first = check_password(getpass.getpass("Password: "), officer)
                if first == getpass.getpass("The same password again: "):
                    return first
                self.stdout.write("These were two different passwords. Once more.")
            except CommandError as problem:
                self.stdout.write(str(problem))


@transaction.atomic
def record(username, full_name, password, *, agency, kind, place, takes_reports):
    """Record agency and administrator; nobody stands above them yet, so the journal names no officer."""
    at = timezone.now()
    office = offices.record(
        agency, kind=kind, place=place, by=None, at=at, triages=takes_reports, takes_unplaced=takes_reports
    )
    people.record(
        username, full_name=full_name, agency=office, role=Role.ADMINISTRATOR, password=password, by=None, at=at
    )


def check_username(text):
    name = text.strip().lower()
    if not name or len(name) > 60 or any(not (c.isalnum() or c in "._-") for c in name):
        raise CommandError("A sign-in name has letters, digits, dots, dashes and underscores, 60 at most.")
    return name


def check_name(text):
    name = " ".join(text.split())
    if not name or len(name) > 120:
        raise CommandError("Write a name of 1 to 120 letters.")
    return name


def check_password(text, officer):
    try:
        with translation.override("en"):
            validate_password(text, officer)
    except ValidationError as problem:
        raise CommandError(" ".join(problem.messages)) from None
    return text


def check_kind(text):
    code = text.strip()
    if catalogues.is_code("agency_kinds", code):
        return code
    with translation.override("en"):
        known = "\n".join(f"  {code:<24} {name}" for code, name in catalogues.choices("agency_kinds"))
    raise CommandError(f"Write one of these codes:\n{known}")


def check_place(text):
    """A place by its code; a name lists the codes it may mean."""
    place = Place.objects.filter(pk=text.strip()).first()
    if place:
        return place
    found = "\n".join(f"  {match.place.pk:<14} {match.label}" for match in find(text, near=settings.REGION))
    if found:
        raise CommandError(f"Write the code of the one you mean:\n{found}")
    raise CommandError(f"There is no place {text!r}. Write a code, as {settings.REGION}, or a name.")


def check_yes(text):
    if text.strip().lower() in {"y", "yes", "ya"}:
        return True
    if text.strip().lower() in {"n", "no", "tidak"}:
        return False
    raise CommandError("Write yes or no.")
