"""Officers: the duty of secrecy, one's own access, and the administrator's list."""

from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from simpul.agencies import people
from simpul.agencies.doors import officers
from simpul.desk.acting import page
from simpul.journal.queries import acts_by


@officers()
def secrecy(request):
    """The duty of secrecy, read and acknowledged before the first identity is shown."""
    onward = request.POST.get("onward") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}):
        onward = ""
    if request.method == "POST":
        people.acknowledge_secrecy(request.user, at=request.at)
        return redirect(onward or "desk:start")
    return page(request, "officers/secrecy", onward=onward)


@officers()
def me(request):
    """What the officer may do here, and what the journal holds about the last acts and readings."""
    return page(request, "officers/me", entries=acts_by(request.user)[:30])
