"""Recording officers, changing their role, ending their access, and their duty of secrecy."""

from django.db import transaction

from simpul.agencies.models import Officer
from simpul.agencies.policy import check_may_change, check_may_keep_agency
from simpul.journal.acts import Act
from simpul.journal.entries import enter


@transaction.atomic
def record(username, *, full_name, agency, role, password, by, at, language="id"):
    """Record an officer who may sign in; without a password one must be set before."""
    check_may_keep_agency(agency.place_id, by=by)
    officer = Officer(
        username=username, full_name=full_name, agency=agency, role=role, language=language, recorded_at=at
    )
    if password:
        officer.set_password(password)
    else:
        officer.set_unusable_password()
    officer.save()
    enter(Act.OFFICER_RECORDED, on=officer, by=by, at=at, role=role, agency=agency.pk)
    return officer


@transaction.atomic
def change(officer, *, role, agency, by, at):
    """Give an officer another role or agency. What was open to the old role closes at the next page."""
    check_may_change(officer, by=by)
    check_may_keep_agency(agency.place_id, by=by)
    before = {"role": officer.role, "agency": officer.agency_id}
    officer.role, officer.agency = role, agency
    officer.save(update_fields=["role", "agency"])
    enter(Act.OFFICER_CHANGED, on=officer, by=by, at=at, before=before, role=role, agency=agency.pk)


@transaction.atomic
def begin_anew(officer, *, password, by, at):
    """Give an officer who lost password or second factor a new password; the second factor is set up once more."""
    check_may_change(officer, by=by)
    officer.set_password(password)
    officer.save(update_fields=["password"])
    officer.authenticator_set.all().delete()
    enter(Act.OFFICER_CHANGED, on=officer, by=by, at=at, new_password=True)


@transaction.atomic
def choose_language(officer, *, language, at):
    """The language of the officer's own pages."""
    officer.language = language
    officer.save(update_fields=["language"])
    enter(Act.OFFICER_CHANGED, on=officer, by=officer, at=at, language=language)


@transaction.atomic
def end(officer, *, by, at):
    """End an officer's access, at once and in every open browser."""
    check_may_change(officer, by=by)
    officer.is_active, officer.left_at = False, at
    officer.save(update_fields=["is_active", "left_at"])
    enter(Act.OFFICER_LEFT, on=officer, by=by, at=at)


@transaction.atomic
def acknowledge_secrecy(officer, *, at):
    """The officer has read the duty of secrecy (UU 21/2007 Art. 24 and 44), before the first identity is shown."""
    officer.acknowledged_at = at
    officer.save(update_fields=["acknowledged_at"])
    enter(Act.NOTICE_ACKNOWLEDGED, on=officer, by=officer, at=at)
