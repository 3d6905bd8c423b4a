"""Lists of reports for the desk, each in a fixed number of queries, none of which opens a seal."""

from django.db.models import TextField
from django.db.models.functions import Cast

from simpul.agencies.exclusions import hidden_from
from simpul.confidentiality.blind_index import tag
from simpul.intake.models import Attachment, Report
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.texts import digits
from simpul.places.regions import within

SHOWN = (
    "number", "received_at", "danger", "place", "happened", "people", "children", "kinds", "relation", "urgency",
    "status", "channel", "agency", "unread", "has_contact", "decided_at", "case", "is_check",
)  # fmt: skip


def queue(officer):
    """Reports that wait for a decision, most urgent first."""
    return _shown(Report.objects.visible_to(officer).waiting()).most_urgent_first()


def report_list(officer, *, status="", place="", kind="", text=""):
    """All reports an officer may read, newest first, narrowed by status, place, kind, or a number or telephone."""
    found = Report.objects.visible_to(officer)
    if status:
        found = found.filter(status=status)
    if place:
        found = found.filter(within(place))
    if kind:
        # Both databases write a list as '["sexual", "unpaid_work"]'; they have no other question in common.
        found = found.annotate(kinds_written=Cast("kinds", TextField())).filter(kinds_written__contains=f'"{kind}"')
    if text:
        found = _numbered(found, text)
    return _shown(found).order_by("-received_at", "-pk")


def with_new_messages(officer):
    """Reports whose reporter wrote something nobody has read yet."""
    return _shown(Report.objects.visible_to(officer).with_new_messages()).order_by("received_at")


def of_case(case):
    """The reports that were accepted into a case, the oldest first."""
    return case.reports.select_related("data_key", "agency", "place").order_by("received_at")


def files_of_case(case, officer):
    """Files of the reports of a case, for an officer to whom its file is open; not of a report kept from them."""
    files = Attachment.objects.filter(report__case=case).exclude(report__in=hidden_from(officer, Report))
    return files.select_related("report__data_key", "report__case").order_by("added_at", "pk")


def intake_is_down():
    """Whether the last hourly check of intake failed: the entry of the alarm, or None."""
    last = Entry.objects.filter(act__in=[Act.INTAKE_ALARM, Act.INTAKE_CHECKED], file="intake.check")
    last = last.order_by("-number").first()
    return last if last and last.act == Act.INTAKE_ALARM else None


def _numbered(found, text):
    # All numbers are given in capitals: asked for so, an index answers and not a hundred thousand rows.
    by_number = found.filter(number=text.strip().upper())
    if len(digits(text)) >= 7 and not by_number.exists():
        return found.filter(contact_tag=tag("phone", text))
    return by_number


def _shown(reports):
    return reports.select_related("place", "agency").only(*SHOWN, "place__name", "place__level", "agency__name")
