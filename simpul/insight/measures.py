"""Measures: what the pages of figures count, each with what one in it is, where it comes from and how it is counted.

A flow is what happened within a month; a stock is what stands at a moment. Agencies are measured by what they did in
time of what they owed, never by how many cases they have: who looks harder finds more.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

FLOW, STOCK = "flow", "stock"
PEOPLE, RECORDS, CLOCKS, RUPIAH = "people", "records", "clocks", "rupiah"
MORE, LESS = "more", "less"

_BY_MONTH = _("Each counts in the month of its day, in the time zone of the office. All are counted again every hour.")
_AS_IT_STANDS = _(
    "As it stood at the last count, made every hour; of a month that is over, as it stood at the end of that month."
)
_REPORTS = _("Reports of the public, as intake recorded them.")
_CASES = _("Case files of all agencies: plain facts, without identities.")
_CLOCKS = _("The book of obligations, which opens, pauses and ends every clock by itself.")
_LISTS = _("Manifests that were taken in, line by line.")
_STEPS = _("Steps of restitution as they were noted in the case files.")
_PRIVACY = _("The files of data protection: breaches and erasures.")
_ALERTS = _("Alerts raised in the night from reports, cases, returns and journeys, and what was found of them.")


@dataclass(frozen=True)
class Measure:
    """One thing that is counted. `of` is what one in it is; `better` whether more or less of it is good, if either."""

    code: str
    words: object
    definition: object
    source: object
    method: object
    kind: str
    of: str
    better: str = ""

    @property
    def is_flow(self):
        return self.kind == FLOW


def _flow(code, words, definition, source, of=RECORDS, better=""):
    return Measure(code, words, definition, source, _BY_MONTH, FLOW, of, better)


def _stock(code, words, definition, source, of=RECORDS, better=""):
    return Measure(code, words, definition, source, _AS_IT_STANDS, STOCK, of, better)


MEASURES = (
    _flow("reports_received", _("Reports received"),
          _("One for each report that came in, without the hourly checks of intake; by the place it tells of."),
          _REPORTS),
    _stock("reports_waiting", _("Reports waiting for a decision"),
           _("One for each report on which nobody has decided yet, also where the reporter was asked something."),
           _REPORTS, better=LESS),
    _flow("triage_in_time", _("New reports answered in time"),
          _("One for each new report that was decided on, or whose reporter was asked, within an hour where somebody "
            "is in danger and within a day otherwise."),
          _CLOCKS, of=CLOCKS, better=MORE),
    _flow("triage_late", _("New reports not answered in time"),
          _("One for each new report whose time ran out before it was decided on or its reporter was asked; in the "
            "month in which it ran out, whether it was answered since or not."),
          _CLOCKS, of=CLOCKS, better=LESS),
    _flow("cases_opened", _("Cases opened"),
          _("One for each case opened, without those opened by mistake; by the place of the case, or of the agency "
            "that keeps it where that is not known."),
          _CASES),
    _stock("cases_open", _("Open cases"),
           _("One for each case that is neither closed nor handed to another region or authority."),
           _CASES),
    _flow("cases_closed", _("Cases ended"),
          _("One for each case that was closed or handed to another region or authority and was not taken up again."),
          _CASES),
    _flow("services_asked", _("Services asked for"),
          _("One for each service asked for a victim: somebody who needs three counts thrice."),
          _CASES),
    _flow("services_done", _("Services given to their end"),
          _("One for each service of a victim that was completed; one that the victim refused or ended is none."),
          _CASES),
    _stock("victims_waiting", _("Victims waiting for a service"),
           _("One for each victim in an open case for whom a service was asked for or agreed and has not begun: "
             "whoever waits for two counts once."),
           _CASES, of=PEOPLE, better=LESS),
    _stock("referrals_waiting", _("Referrals waiting for an answer"),
           _("One for each referral that the receiving agency has neither accepted nor declined."),
           _CASES, better=LESS),
    _flow("duties_in_time", _("Obligations met in time"),
          _("One for each obligation of an agency that was met before its limit, or its target where there is no "
            "limit. Without what somebody outside owes, such as an offender."),
          _CLOCKS, of=CLOCKS, better=MORE),
    _flow("duties_late", _("Obligations not met in time"),
          _("One for each obligation of an agency whose time ran out before it was met; in the month in which it ran "
            "out, whether it was met since or not. What was waived is none."),
          _CLOCKS, of=CLOCKS, better=LESS),
    _stock("duties_overdue", _("Obligations overdue"),
           _("One for each obligation of an agency whose time has run out and which is still owed."),
           _CLOCKS, of=CLOCKS, better=LESS),
    _flow("returns_arrived", _("People sent home"),
          _("One for each line of a manifest that was taken in: somebody sent home twice counts twice; by the home."),
          _LISTS, of=PEOPLE),
    _flow("returns_repeated", _("Sent home again"),
          _("One for each line of a manifest of somebody who had been sent home before; by the home."),
          _LISTS, of=PEOPLE, better=LESS),
    _stock("returns_unscreened", _("People sent home and not asked yet"),
           _("One for each line of a manifest of somebody whom nobody has screened for trafficking yet; by the home."),
           _LISTS, of=PEOPLE, better=LESS),
    _stock("returns_unvisited", _("People sent home whom nobody has visited"),
           _("One for each person sent home whom an office of the home region is to visit and has not; by the home."),
           _CLOCKS, of=PEOPLE, better=LESS),
    _stock("visits_overdue", _("People sent home, not visited in time"),
           _("One for each person sent home whom nobody has visited within the time for it; by the home."),
           _CLOCKS, of=PEOPLE, better=LESS),
    _flow("restitution_claimed", _("Restitution claimed"),
          _("Rupiah claimed for victims, on the day of the claim."),
          _STEPS, of=RUPIAH),
    _flow("restitution_awarded", _("Restitution awarded"),
          _("Rupiah awarded to victims, on the day of the verdict; of each one where courts decided twice."),
          _STEPS, of=RUPIAH),
    _flow("restitution_paid", _("Restitution paid"),
          _("Rupiah that reached victims, on the day of payment."),
          _STEPS, of=RUPIAH, better=MORE),
    _stock("alerts_standing", _("Alerts that stand"),
           _("One for each alert that is not closed, whether somebody looks into it or nobody does yet. One that "
             "touches several regencies counts in each of them, and once in the province."),
           _ALERTS, better=LESS),
    _flow("alerts_false", _("False alarms"),
          _("One for each alert closed as chance or as wrong data, on the day it was closed."),
          _ALERTS, better=LESS),
    _stock("data_waiting", _("Requests about data not answered"),
           _("One for each request of a person about the own data that is not answered yet."),
           _CLOCKS, of=CLOCKS, better=LESS),
    _flow("data_late", _("Requests about data not answered in time"),
          _("One for each request of a person about the own data whose time ran out before it was answered; in the "
            "month in which it ran out, whether it was answered since or not."),
          _CLOCKS, of=CLOCKS, better=LESS),
    _stock("breaches_open", _("Breaches of data not closed"),
           _("One for each breach of personal data that is noted and not closed; by the office that noted it."),
           _PRIVACY, better=LESS),
    _stock("erasures_waiting", _("Erasures waiting for a second person"),
           _("One for each file whose time of keeping has run out and whose erasure was proposed and not confirmed."),
           _PRIVACY, better=LESS),
    _stock("register_entries", _("Entries of the register"),
           _("One for each current entry of the register of migrant workers; by the home."),
           _("The register of migrant workers."), of=PEOPLE),
)  # fmt: skip
# Small numbers of these are for those who may meet the people; whoever sees facts sees every victim in a case anyway.
OF_MIGRANTS = frozenset(
    {"returns_arrived", "returns_repeated", "returns_unscreened", "returns_unvisited", "visits_overdue",
     "register_entries"}
)  # fmt: skip
BY_CODE = {measure.code: measure for measure in MEASURES}


def measure(code):
    """The measure of a code; raises `LookupError` for a code that does not exist."""
    return BY_CODE[code]
