"""A small world for tests: one region, four agencies, and the officers everybody knows.

Rina handles cases at UPTD PPA Bengkayang, Budi receives referrals at Dinsos, Siti works for another regency and has
nothing to do with it. Yanti heads Rina's unit; Agus works for the police; Dewi keeps the secretariat of the task
force; Tono is an administrator; Wulan the data protection officer; Lina takes in reports for the whole province.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from simpul.agencies import offices, people
from simpul.agencies.roles import Role
from simpul.cases import services, victims
from simpul.intake import receipts, reports, triage
from simpul.journal.entries import label
from simpul.obligations.models import Obligation
from simpul.places import loading as places_loading
from simpul.places.models import Place
from simpul.reference import loading as catalogue_loading

AGENCIES = {
    "uptd": ("UPTD PPA Bengkayang", "uptd_ppa", "61.07", {"triages": True}),
    "uptd_province": ("UPTD PPA Kalimantan Barat", "uptd_ppa", "61", {"triages": True, "takes_unplaced": True}),
    "uptd_sambas": ("UPTD PPA Sambas", "uptd_ppa", "61.01", {"triages": True}),
    "dinsos": ("Dinas Sosial Bengkayang", "social", "61.07", {}),
    "hospital": ("RSUD Bengkayang", "health", "61.07", {}),
    "police": ("Polres Bengkayang", "police", "61.07", {}),
    "secretariat": ("Sekretariat Gugus Tugas Bengkayang", "secretariat", "61.07", {}),
    "office": ("Diskominfo Kalimantan Barat", "other_office", "61", {}),
}
OFFICERS = {
    "rina": ("Rina Wati", "uptd", Role.CASE_MANAGER),
    "yanti": ("Yanti Sari", "uptd", Role.SUPERVISOR),
    "budi": ("Budi Hartono", "dinsos", Role.PARTNER),
    "siti": ("Siti Aminah", "uptd_sambas", Role.CASE_MANAGER),
    "lina": ("Lina Marlina", "uptd_province", Role.INTAKE),
    "agus": ("Agus Salim", "police", Role.PARTNER),
    "dewi": ("Dewi Lestari", "secretariat", Role.SECRETARIAT),
    "tono": ("Tono Sutrisno", "office", Role.ADMINISTRATOR),
    "wulan": ("Wulan Dari", "office", Role.AUDITOR),
    "dr_maya": ("Maya Putri", "hospital", Role.PARTNER),
}
PASSWORD = "kata sandi percobaan"
JAGOI = "61.07.07.2001"
# A Monday morning in Pontianak. Tests never ask the clock.
NOW = datetime(2026, 8, 3, 9, 0, tzinfo=ZoneInfo("Asia/Pontianak"))


class World:
    """Agencies and officers by name: `world.rina`, `world.uptd`."""

    def __init__(self, at):
        self.at = at
        for name, (words, kind, place, more) in AGENCIES.items():
            place = Place.objects.get(pk=place)
            setattr(self, name, offices.record(words, kind=kind, place=place, by=None, at=at, **more))
        for name, (words, agency, role) in OFFICERS.items():
            agency = getattr(self, agency)
            officer = people.record(name, full_name=words, agency=agency, role=role, password=PASSWORD, by=None, at=at)
            people.acknowledge_secrecy(officer, at=at)
            setattr(self, name, officer)

    def report(self, statement="Tetangga saya dibawa ke Malaysia dan tidak boleh pulang.", **told):
        """A report about Jagoi, as somebody would send it; with `receipt` noted on it."""
        told = {"place": JAGOI, "danger": "no"} | told
        at = told.pop("at", self.at)
        report, receipt = reports.receive(reports.Told(statement=statement, **told), token=receipts.new_token(), at=at)
        report.receipt = receipt
        return report

    def case(self, *, by=None, at=None, **told):
        """A case grown from a report that Rina accepted."""
        return triage.accept(self.report(**told), by=by or self.rina, at=at or self.at)

    def victim(self, case, *, name="Melati Kusuma", by=None, at=None, **told):
        """A victim in a case."""
        return victims.add(case, part="victim", name=name, by=by or self.rina, at=at or self.at, **told)

    def service(self, victim, *, kind="social_rehabilitation", by=None, at=None, **told):
        """A service requested for a victim."""
        return services.request(victim, kind=kind, by=by or self.rina, at=at or self.at, **told)

    def lead_of_province(self):
        """Lina in the place of the head of her unit."""
        self.lina.role = Role.SUPERVISOR
        self.lina.save(update_fields=["role"])
        return self.lina

    def owed(self, rule, *, on):
        """The obligation of a rule that stands on something now, or None."""
        return Obligation.objects.standing().about(label(on)).filter(rule=rule).first()

    def later(self, **span):
        """A moment after the beginning of the test."""
        return self.at + timedelta(**span)

    def anew(self, thing):
        """The same row, freshly read."""
        return type(thing).objects.get(pk=thing.pk)


def signed_in(officer):
    """A browser in which an officer is signed in, with the second factor given."""
    client = Client(headers={"accept-language": "id"})
    client.force_login(officer)
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Catalogues and the places of West Kalimantan are there in every test, as in every installation."""
    with django_db_blocker.unblock():
        catalogue_loading.load(at=datetime(2026, 8, 1, tzinfo=UTC))
        places_loading.load(on=date(2026, 8, 1), only="61")


@pytest.fixture
def rina(world):
    return world.rina


@pytest.fixture
def budi(world):
    return world.budi


@pytest.fixture
def siti(world):
    return world.siti
