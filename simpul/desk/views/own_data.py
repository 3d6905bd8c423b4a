"""What somebody sent home, or in the register, asks about the own data without being in a case: done as it is asked.

Who opened it, a copy of what is kept, and that its use be restricted (UU 27/2022 Art. 32 and 41). What is handed to the
person is shown on a page to be printed, and kept nowhere.
"""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import page, said
from simpul.desk.views.cases import one_click
from simpul.desk.views.register import SECTION as REGISTER
from simpul.desk.views.returnees import BOTH, back_to, named, opened
from simpul.desk.views.returnees import SECTION as RETURNEES
from simpul.migrants import access
from simpul.privacy import copies, requests
from simpul.privacy.readings import readings_of


@officers(*BOTH)
def readings_of_returnee(request, number, row):
    """Who opened what is kept of somebody sent home."""
    person = opened(request, number, row)
    return _readings(request, person, section=RETURNEES, number=person.number)


@officers(Right.KEEP_REGISTER)
def readings_of_worker(request, pk):
    """Who opened what is kept of somebody in the register."""
    return _readings(request, access.worker_for(request.user, pk), section=REGISTER)


@officers(*BOTH)
@require_POST
def copy_of_returnee(request, number, row):
    """What is kept of somebody sent home, in words; that it was shown is written down."""
    person = opened(request, number, row)
    return _copy(request, person, section=RETURNEES, number=person.number)


@officers(Right.KEEP_REGISTER)
@require_POST
def copy_of_worker(request, pk):
    """What is kept of somebody in the register, in words; that it was shown is written down."""
    return _copy(request, access.worker_for(request.user, pk), section=REGISTER)


@officers(*BOTH)
@require_POST
def restrict_returnee(request, number, row):
    """Nothing of somebody sent home goes to another agency from now on."""
    person = opened(request, number, row)
    if one_click(request, requests.restrict, person):
        said(request, _restricted())
    return back_to(person, request)


@officers(*BOTH)
@require_POST
def unrestrict_returnee(request, number, row):
    """The data of somebody sent home may be shared again."""
    person = opened(request, number, row)
    if one_click(request, requests.unrestrict, person):
        said(request, _("The restriction is lifted."))
    return back_to(person, request)


@officers(Right.KEEP_REGISTER)
@require_POST
def restrict_worker(request, pk):
    """Nothing of somebody in the register goes to another agency from now on."""
    found = access.worker_for(request.user, pk)
    if one_click(request, requests.restrict, found):
        said(request, _restricted())
    return redirect("desk:worker", found.pk)


@officers(Right.KEEP_REGISTER)
@require_POST
def unrestrict_worker(request, pk):
    """The data of somebody in the register may be shared again."""
    found = access.worker_for(request.user, pk)
    if one_click(request, requests.unrestrict, found):
        said(request, _("The restriction is lifted."))
    return redirect("desk:worker", found.pk)


def _readings(request, thing, *, section, number=""):
    name = named(thing, request, because="access")
    return page(request, "own_data/readings", section=section, thing=thing, number=number, name=name,
                readings=readings_of(thing, by=request.user))  # fmt: skip


def _copy(request, thing, *, section, number=""):
    parts = copies.copy_of(thing, by=request.user, at=request.at)
    return page(request, "own_data/copy", section=section, thing=thing, number=number, parts=parts)


def _restricted():
    return _("Restricted: no referral, notice, table or visit of another agency names this person from now on.")
