"""The agencies and officers of the invented region: the fourteen regencies and cities of West Kalimantan.

The regions are real, the people are not. Only the officers of `SIGN_INS` have a password, the same for all of them.
"""

from django.contrib.auth.hashers import make_password

from simpul.agencies import offices, people
from simpul.agencies.models import Officer
from simpul.agencies.roles import Role
from simpul.demo.people import officer_names
from simpul.places.models import Place

PASSWORD = "simpul-contoh-2026"

PROVINCE = "61"
# The offices opened some months before the year of the reports: a proceeding, or a visit after a year, takes longer.
BEGAN = 460
# Code, short name, and how often something is reported there.
REGENCIES = (
    ("61.01", "Sambas", 14),
    ("61.02", "Mempawah", 5),
    ("61.03", "Sanggau", 11),
    ("61.04", "Ketapang", 6),
    ("61.05", "Sintang", 7),
    ("61.06", "Kapuas Hulu", 7),
    ("61.07", "Bengkayang", 17),
    ("61.08", "Landak", 5),
    ("61.09", "Sekadau", 3),
    ("61.10", "Melawi", 3),
    ("61.11", "Kayong Utara", 2),
    ("61.12", "Kubu Raya", 7),
    ("61.71", "Kota Pontianak", 9),
    ("61.72", "Kota Singkawang", 9),
)
HOME = "61.07"

# What every regency has: the kind of agency, how its name begins, and more about it.
IN_EVERY_REGENCY = (
    ("uptd_ppa", "UPTD PPA", {"triages": True}),
    ("police", "Polres", {}),
    ("social", "Dinas Sosial", {}),
    ("health", "RSUD", {}),
)
WITH_SECRETARIAT = ("61.01", "61.03", "61.07", "61.71", "61.72")
# Nobody in these offices has an account: they are asked by letter and by links that open once.
OF_THE_LAW = (("prosecution", "Kejari"), ("court", "PN"))
# Where there is neither, the one next door.
JUDGED_AT = {"61.09": "61.03", "61.10": "61.05", "61.11": "61.04", "61.12": "61.02"}
OF_HOME = (
    ("dukcapil", "Disdukcapil Bengkayang"),
    ("manpower", "Dinas Tenaga Kerja Bengkayang"),
    ("education", "Dinas Pendidikan Bengkayang"),
    ("head_of_region", "Bupati Bengkayang"),
)
OF_THE_PROVINCE = (
    ("uptd_ppa", "UPTD PPA Kalimantan Barat", {"triages": True, "takes_unplaced": True}),
    ("bp3mi", "BP3MI Kalimantan Barat", {}),
    ("legal_aid", "LBH Contoh Khatulistiwa", {}),
    ("social", "Dinas Sosial Kalimantan Barat", {}),
    ("secretariat", "Sekretariat Gugus Tugas Kalimantan Barat", {}),
    ("other_office", "Kantor Contoh Pelindungan Data", {}),
    ("lpsk", "LPSK", {}),
    ("immigration", "Kantor Imigrasi Pontianak", {}),
    ("mission", "KJRI Kuching", {}),
)
# Who meets people when they are home, where somebody has an account: kind, region, name.
AT_HOME = (
    ("manpower", "61.01", "Dinas Tenaga Kerja Sambas"),
    ("manpower", "61.03", "Dinas Tenaga Kerja Sanggau"),
    ("district_office", "61.07.07", "Kantor Camat Jagoi Babang"),
    ("village", "61.07.07.2001", "Desa Jagoi"),
    ("village", "61.07.07.2006", "Desa Sekida"),
    ("village", "61.07.03.2002", "Desa Semangat"),
)

# Sign-in name, full name, kind and region of the agency, role, and who it is in the words of the first start.
KNOWN = (
    ("lina", "Lina Marlina", "uptd_ppa", PROVINCE, Role.INTAKE, "intake officer, UPTD PPA of the province"),
    ("rina", "Rina Wati", "uptd_ppa", HOME, Role.CASE_MANAGER, "case manager, UPTD PPA Bengkayang"),
    ("yanti", "Yanti Sari", "uptd_ppa", HOME, Role.SUPERVISOR, "head of the unit, UPTD PPA Bengkayang"),
    ("budi", "Budi Hartono", "social", HOME, Role.PARTNER, "receives referrals, Dinas Sosial Bengkayang"),
    ("siti", "Siti Aminah", "uptd_ppa", "61.01", Role.CASE_MANAGER, "case manager, UPTD PPA Sambas"),
    ("maria", "Maria Goreti", "uptd_ppa", HOME, Role.COMPANION, "companion, UPTD PPA Bengkayang: her cases alone"),
    ("ratna", "Ratna Juwita", "bp3mi", PROVINCE, Role.RETURNS, "officer for returns, BP3MI at the post of Entikong"),
    ("hendri", "Hendri Gunawan", "manpower", HOME, Role.RETURNS, "officer for returns, Disnaker Bengkayang"),
    ("yosef", "Yosef Lanting", "village", "61.07.07.2001", Role.VILLAGE, "village officer, Jagoi"),
    ("dewi", "Dewi Lestari", "secretariat", HOME, Role.SECRETARIAT, "task force secretariat, Bengkayang"),
    ("gusti", "Gusti Hardiman", "head_of_region", HOME, Role.HEAD_OF_REGION, "head of the region: figures and clocks"),
    ("wulan", "Wulan Dari", "other_office", PROVINCE, Role.AUDITOR, "data protection officer"),
    ("tono", "Tono Sutrisno", "other_office", PROVINCE, Role.ADMINISTRATOR, "administrator"),
)
SIGN_INS = [(username, PASSWORD, who) for username, _name, _kind, _place, _role, who in KNOWN]

# Who else works where: kind of agency, role, and the word of the sign-in name.
ALSO = (
    ("uptd_ppa", Role.CASE_MANAGER, "kasus"),
    ("uptd_ppa", Role.SUPERVISOR, "kepala"),
    ("police", Role.PARTNER, "polisi"),
    ("social", Role.PARTNER, "sosial"),
    ("health", Role.PARTNER, "medis"),
    ("bp3mi", Role.PARTNER, "bp3mi"),
    ("manpower", Role.RETURNS, "naker"),
    ("district_office", Role.VILLAGE, "camat"),
    ("village", Role.VILLAGE, "desa"),
    ("legal_aid", Role.PARTNER, "hukum"),
    ("secretariat", Role.SECRETARIAT, "sekretariat"),
)


class World:
    """Agencies by kind and region, officers by agency and role: `world.agency("social", "61.07")`."""

    def __init__(self):
        self.agencies = {}
        self.officers = {}
        self.by_name = {}

    def agency(self, kind, place_code):
        """The agency of a kind for a region: its own, or the province's; None where there is neither."""
        return self.agencies.get((kind, place_code)) or self.agencies.get((kind, PROVINCE))

    def judged_at(self, place_code):
        """Prosecution and court of a regency, as proceedings name them; the next door's where it has none."""
        code = JUDGED_AT.get(place_code, place_code)
        return {kind: self.agencies.get((kind, code)) for kind, _begins in OF_THE_LAW}

    def officer(self, agency, *roles):
        """Somebody at an agency in the first of the roles that is filled there."""
        return next(self.officers[agency.pk, role] for role in roles if (agency.pk, role) in self.officers)

    def reader(self, agency):
        """Who reads the reports of an agency and keeps its cases."""
        return self.officer(agency, Role.CASE_MANAGER, Role.INTAKE)

    def head(self, agency):
        return self.officer(agency, Role.SUPERVISOR, Role.CASE_MANAGER)

    def partner(self, agency):
        """Who answers the referrals of an agency."""
        return self.officer(agency, Role.PARTNER, Role.CASE_MANAGER, Role.INTAKE)

    def __getattr__(self, username):
        try:
            return self.__dict__["by_name"][username]
        except KeyError:
            raise AttributeError(username) from None


def found(*, at, regencies=REGENCIES):
    """Record all agencies and officers, as an administrator would on the first day."""
    world = World()
    _record_agencies(world, regencies, at)
    for username, full_name, kind, place_code, role, _who in KNOWN:
        if (kind, place_code) in world.agencies:
            _record_officer(world, username, full_name, world.agencies[kind, place_code], role, at)
    # One password for all of them, so it is hashed once: the hash is slow on purpose.
    Officer.objects.filter(username__in=world.by_name).update(password=make_password(PASSWORD))
    names = iter(officer_names())
    for (kind, place_code), agency in world.agencies.items():
        for of_kind, role, word in ALSO:
            if kind == of_kind and (agency.pk, role) not in world.officers:
                username = f"{word}.{place_code.replace('.', '')}"
                _record_officer(world, username, next(names), agency, role, at)
    return world


def _record_agencies(world, regencies, at):
    known = {code for code, _name, _weight in regencies}
    at_home = [row for row in AT_HOME if row[1][:5] in known]
    places = Place.objects.in_bulk([PROVINCE, *known, *(code for _kind, code, _name in at_home)])
    wanted = [(kind, name, PROVINCE, more) for kind, name, more in OF_THE_PROVINCE]
    for code, name, _weight in regencies:
        wanted += [(kind, f"{begins} {name}", code, more) for kind, begins, more in IN_EVERY_REGENCY]
        if code in WITH_SECRETARIAT:
            wanted.append(("secretariat", f"Sekretariat Gugus Tugas {name}", code, {}))
        if code not in JUDGED_AT:
            wanted += [(kind, f"{begins} {name}", code, {}) for kind, begins in OF_THE_LAW]
        if code == HOME:
            wanted += [(kind, of_home, code, {}) for kind, of_home in OF_HOME]
    wanted += [(kind, name, code, {}) for kind, code, name in at_home]
    for kind, name, code, more in wanted:
        world.agencies[kind, code] = offices.record(name, kind=kind, place=places[code], by=None, at=at, **more)


def _record_officer(world, username, full_name, agency, role, at):
    officer = people.record(username, full_name=full_name, agency=agency, role=role, password="", by=None, at=at)
    people.acknowledge_secrecy(officer, at=at)
    world.officers.setdefault((agency.pk, role), officer)
    world.by_name[username] = officer
