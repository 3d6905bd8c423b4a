"""What an administrator may do with agencies and officers, each rule once.

`by` is None where the operator of the machine acts: on the command line, and when a demonstration is made.
"""

from django.utils.translation import gettext as _

from simpul.agencies.roles import Right
from simpul.lib.rules import NotAllowed
from simpul.places.regions import is_within


def check_may_keep_officers(officer):
    if officer is not None and not officer.may(Right.KEEP_OFFICERS):
        raise NotAllowed(_("Only an administrator records agencies and officers."))


def check_may_keep_agency(place_code, *, by):
    """An administrator keeps the agencies of the own region, and the officers of those."""
    check_may_keep_officers(by)
    if by is not None and not is_within(place_code, by.jurisdiction):
        raise NotAllowed(_("This place lies outside your region. Ask the administrator there."))


def check_may_change(officer, *, by):
    check_may_keep_agency(officer.jurisdiction, by=by)
    if officer == by:
        raise NotAllowed(_("Your own role and access are changed by another administrator."))
