"""What intake does by itself: contacts become searchable, and every hour a report proves that the door works."""

import logging
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.db import transaction

from simpul.confidentiality import data_keys
from simpul.confidentiality.blind_index import tag
from simpul.intake import receipts, reports, tracking
from simpul.intake.models import NO_TAG, Report
from simpul.journal.acts import Act
from simpul.journal.entries import enter

log = logging.getLogger(__name__)

BATCH = 200
WORDS = "Pemeriksaan otomatis jalur pelaporan."


@transaction.atomic
def index_contacts(*, at):
    """Give new contacts their blind tag. The public process has no blind key, so the desk's side does it."""
    waiting = Report.objects.filter(contact_tag=None, data_key__destroyed_at=None)
    done = 0
    for report in waiting.select_related("data_key")[:BATCH]:
        report.contact_tag = tag("phone", report.contact.opened()) or NO_TAG
        report.save(update_fields=["contact_tag"])
        done += 1
    return done


def synthetic_report(*, at):
    """Send a report through the public door, read it back with its receipt and with the desk's key; True if all worked.

    The address of the door is `settings.OWN_ADDRESS`; without one the report is handed in directly.
    """
    token = receipts.new_check_token()
    try:
        _send(token, at)
        report = tracking.report_of(receipts.of_token(token))
        fine = report.statement.opened() == WORDS == Report.objects.get(pk=report.pk).statement.opened()
    except Exception as problem:
        # Whatever stands in the way of a report is a reason for the alarm, also what nobody has thought of.
        log.error("The hourly check of intake failed: %s", type(problem).__name__)
        fine = False
    with transaction.atomic():
        enter(Act.INTAKE_CHECKED if fine else Act.INTAKE_ALARM, on="intake.check", by=None, at=at)
        if fine:
            data_keys.destroy(report.data_key, of="intake.check", by=None, at=at)
    return fine


def _send(token, at):
    address = getattr(settings, "OWN_ADDRESS", "")
    if not address:
        reports.receive(reports.Told(statement=WORDS), token=token, at=at)
        return
    body = urlencode({"token": token, "statement": WORDS}).encode()
    with urlopen(Request(f"{address}/lapor/", data=body), timeout=30) as answer:
        answer.read()
