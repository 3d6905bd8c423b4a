"""Papers to print: each is made for this one moment, shown in the browser and kept nowhere."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.cases import access, victims
from simpul.cases.models import Entitlement, Involvement, Restitution, Return
from simpul.desk.acting import tried, typed
from simpul.desk.forms import documents as forms
from simpul.desk.views.cases import FILE, form_page, to_work_on
from simpul.desk.views.returnees import opened
from simpul.documents import records
from simpul.migrants import access as migrant_access
from simpul.privacy import access as privacy_access


def as_pdf(pdf, name):
    """A paper in the browser. Neither the browser nor anything on the way keeps it; its name names nobody."""
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@officers(*FILE)
def refusal_of_service(request, number, pk):
    """The statement that a service is refused."""
    case = to_work_on(request, number)
    service = get_object_or_404(case.services.select_related("victim__person__data_key"), pk=pk)
    service.case = service.victim.case = case
    return _printed(request, records.refusal_statement, service, f"penolakan-{case.number}-L{pk}")


@officers(*FILE)
def refusal_of_right(request, number, pk, right):
    """The statement that a right is refused for now."""
    case = to_work_on(request, number)
    part = _victim_in(case, pk)
    refused = get_object_or_404(Entitlement.objects.filter(involvement=part), right=right)
    refused.involvement = part
    return _printed(request, records.refusal_statement, refused, f"penolakan-{case.number}-H{refused.pk}")


@officers(*FILE)
def handover(request, number, pk):
    """The record of handing somebody over at home."""
    case = to_work_on(request, number)
    homeward = get_object_or_404(
        Return.objects.select_related("service__victim__person__data_key", "home"), service=pk, service__case=case
    )
    homeward.service.case = homeward.service.victim.case = case
    return _printed(request, records.handover_record, homeward, f"serah-terima-{case.number}-L{pk}")


@officers(*FILE)
def claim(request, number, pk):
    """The claim for restitution as it is itemised."""
    case = to_work_on(request, number)
    part = _victim_in(case, pk)
    found = get_object_or_404(
        Restitution.objects.select_related("proceeding__police__place", "proceeding__prosecution__place"), victim=part
    )
    found.case, found.victim = case, part
    if found.proceeding:
        found.proceeding.case = case
    return _printed(request, records.restitution_claim, found, f"restitusi-{case.number}-G{found.pk}")


@officers(*FILE)
def power_of_attorney(request, number, pk):
    """A power of attorney to fill in and sign."""
    case = to_work_on(request, number)
    return _printed(request, records.power_of_attorney, _victim_in(case, pk), f"surat-kuasa-{case.number}-P{pk}")


@officers(*FILE)
def receipt(request, number, pk):
    """A receipt for what goes from one hand into another."""
    case = to_work_on(request, number)
    part = get_object_or_404(case.involvements.select_related("person__data_key"), pk=pk)
    part.case = case
    form = forms.Receipt(typed(request))
    if form.is_valid():
        pdf = tried(form, records.receipt, part, by=request.user, at=request.at, **form.told())
        if pdf:
            return as_pdf(pdf, f"tanda-terima-{case.number}-P{pk}")
    read = victims.read_identity(part, fields=["name"], by=request.user, at=request.at, because="receipt")
    return form_page(
        request, case, form, title=_("Receipt"), button=_("Print the receipt"), of_whom=read["name"],
        about=_("The receipt is printed and kept nowhere: have both sign it, and keep one copy in the paper file."),
    )  # fmt: skip


@officers(*FILE)
def readings(request, number, pk):
    """Who opened the file, as a letter to the person."""
    case = access.case_to_change(request.user, number, at=request.at)
    asked = privacy_access.request_for(request.user, case, pk, at=request.at)
    return _printed(request, records.readings, asked, f"pembaca-{case.number}-D{pk}")


@officers(Right.HANDLE_BREACHES)
def breach(request, number):
    """The notice of a breach: to a person with a line for the name, or with `?untuk=instansi` to the authority."""
    found = privacy_access.breach_for(request.user, number, at=request.at)
    for_authority = request.GET.get("untuk") == "instansi"
    return _printed(request, records.breach_notice, found, f"pemberitahuan-{found.number}", for_authority=for_authority)


@officers(Right.READ_ASSESSMENT)
def assessment(request):
    """The assessment of what comparing records may do to people, to be signed."""
    return _printed(request, records.assessment, "linkage", "penilaian-dampak")


@officers(Right.KEEP_MANIFESTS)
def handover_of_returnee(request, number, row):
    """The record of handing over somebody sent home, to be signed by both sides and a witness."""
    person = opened(request, number, row)
    return _printed(request, records.handover_of_returnee, person, f"serah-terima-{_plain(person)}")


@officers(Right.KEEP_MANIFESTS)
def refusal_of_returnee(request, number, row):
    """The statement that rehabilitation is refused; `?untuk=nanti`: postponed; `?untuk=loket`: without a name."""
    person, asked = opened(request, number, row), request.GET.get("untuk")
    name = person.manifest.number if asked == "loket" else _plain(person)
    return _printed(request, records.refusal_of_rehabilitation, person, f"penolakan-{name}",
                    is_postponed=asked == "nanti", is_blank=asked == "loket")  # fmt: skip


@officers(Right.KEEP_MANIFESTS)
def home_notice(request, pk):
    """The notice to a home region: who comes home."""
    notice = migrant_access.notice_for(request.user, pk)
    name = f"pemberitahuan-{notice.manifest.number}-D{pk}"
    return _printed(request, records.home_notice, notice, name)


def _plain(person):
    """The number of somebody sent home, as a file may be named."""
    return person.number.replace("/", "-")


def _printed(request, make, thing, name, **given):
    return as_pdf(make(thing, by=request.user, at=request.at, **given), name)


def _victim_in(case, pk):
    victim = get_object_or_404(
        case.involvements.select_related("person__data_key"), pk=pk, part=Involvement.Part.VICTIM
    )
    victim.case = case
    return victim
