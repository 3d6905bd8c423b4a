"""The public process as its own process: it takes in a report and answers its reporter, and cannot open a thing."""

import json
import shutil

import pytest

from tests import installation

PUBLIC = """
import json, re, sys
import django
django.setup()
from django.conf import settings
from django.test import Client
from simpul.confidentiality.data_keys import secret_of
from simpul.intake.models import Report

settings.ALLOWED_HOSTS = ["*"]
client, told = Client(raise_request_exception=False), {}
token = re.search('name="token" value="(.*?)"', client.get("/lapor/").content.decode())[1]
page = client.post("/lapor/", {"token": token, "statement": "Dia dikurung di gudang merah.", "where": "jagoi babang"})
receipt = re.search('name="receipt" value="(.*?)"', page.content.decode())[1]
written = client.post("/lacak/", {"receipt": receipt, "tulis": "1", "text": "Pintunya biru."})
told["receives"] = [page.status_code, written.status_code]
told["answers"] = "Pintunya biru." in client.post("/lacak/", {"receipt": receipt}).content.decode()
report = Report.objects.get()
for name, thing in {"statement": report.statement.opened, "key": lambda: secret_of(report.data_key)}.items():
    try:
        told[name] = repr(thing())
    except Exception as problem:
        told[name] = type(problem).__name__
link, code = sys.argv[1:]
page = client.post(f"/rujukan/{link}/", {"code": code})
told["opens"] = "Melati Kusuma" in page.content.decode()
told["opens again"] = client.post(f"/rujukan/{link}/", {"code": code}).status_code
ticket = re.search('name="ticket" value="(.*?)"', page.content.decode())[1]
answer = {"decision": "accept", "name": "Ani", "telephone": "0562 123456", "words": "Kami jemput di pintu hijau."}
told["replies"] = client.post(f"/rujukan/{link}/", {"ticket": ticket, **answer}).status_code
page = client.post("/keluhan/", {"statement": "Petugas meminta uang di parkiran.", "token": token[::-1]})
receipt = re.search('name="receipt" value="(.*?)"', page.content.decode())[1]
told["complaint"] = [page.status_code, client.post("/lacak/", {"receipt": receipt}).status_code]
told["desk"] = [client.get(address).status_code for address in ("/desk/", "/akun/login/")]
told["data"] = client.get("/data/").status_code
told["apps"] = settings.INSTALLED_APPS
told["keys"] = sorted(settings.KEYS)
told["agency"] = report.agency.kind
print(json.dumps(told))
"""
# The desk's side, in the same installation, with the opening key.
MAKE_LINK = """
from datetime import timedelta
import django
django.setup()
from django.utils import timezone
from simpul.confidentiality import parcels
at = timezone.now()
content = {"title": "Permohonan", "lines": [["Nama", "Melati Kusuma"]]}
print(*parcels.make("cases.referral:1", content, until_at=at + timedelta(days=1), at=at)[1:], sep="|")
"""
DESK = """
import django
django.setup()
from django.utils import timezone
from simpul.confidentiality import parcels
from simpul.intake.models import Complaint, Report
print(Report.objects.select_related("data_key").get().statement.opened())
print(parcels.take(parcels.waiting().get(), at=timezone.now())["words"])
print(Complaint.objects.select_related("data_key").get().statement.opened())
"""


@pytest.mark.slow
@pytest.mark.sqlite
def test_the_public_process_receives_and_answers_and_cannot_open(installed, tmp_path):
    home = installed(tmp_path / "home")
    public_keys = tmp_path / "public"
    public_keys.mkdir()
    shutil.copy(home / "keys" / "portal.json", public_keys)

    link, code = installation.run(MAKE_LINK, home).strip().split("|")
    printed = installation.run(
        PUBLIC, home, link, code, DJANGO_SETTINGS_MODULE="simpul.portal_settings", SIMPUL_KEYS=str(public_keys)
    )
    told = json.loads(printed.splitlines()[-1])

    assert told["receives"] == [200, 200]
    assert told["answers"]
    assert told["agency"] == "uptd_ppa"
    assert told["statement"] == told["key"] == "NoOpeningKey"
    assert (told["opens"], told["opens again"], told["replies"]) == (True, 410, 200)
    assert told["complaint"] == [200, 200]
    assert told["desk"] == [404, 404]
    assert told["data"] == 200
    assert not any(name in " ".join(told["apps"]) for name in ("desk", "console", "allauth"))
    assert "seeds" not in told["keys"]
    assert "blind_key" not in told["keys"]
    assert installation.run(DESK, home).splitlines() == [
        "Dia dikurung di gudang merah.", "Kami jemput di pintu hijau.", "Petugas meminta uang di parkiran."
    ]  # fmt: skip
    files = [path for path in home.rglob("*") if path.is_file()]
    assert home / "simpul.sqlite3" in files
    for words in (b"gudang merah", b"pintu hijau", b"Melati", b"parkiran"):
        assert not [path.name for path in files if words in path.read_bytes()]
