"""Who may do what with lists, people sent home and the register; each rule once, and a refusal says why."""

from django.utils.translation import gettext as _

from simpul.agencies.roles import Right
from simpul.lib.rules import NotAllowed
from simpul.migrants.models import Manifest, Returnee, Sheet
from simpul.places.models import Place
from simpul.places.regions import is_within, level_of


def check_may_take_in(layout, *, by):
    """Whether an officer takes in lists of a layout at all."""
    if not by.may(Sheet.RIGHTS[layout]):
        raise NotAllowed(_("Your role does not take in such lists."))


def check_may_keep_sheet(sheet, *, by):
    """The agency that received a list corrects it, takes it in and takes it back."""
    if not Sheet.objects.visible_to(by).filter(pk=sheet.pk).exists():
        raise NotAllowed(_("Only the agency that received this list may work on it."))


def check_may_keep_manifest(manifest, *, by):
    """The agency that took in a manifest tells the home regions and hands over."""
    if not Manifest.objects.visible_to(by).filter(pk=manifest.pk).exists():
        raise NotAllowed(_("Only the agency that took in this manifest may do this."))


def check_may_see(returnee, *, by):
    """Somebody sent home is known to the agency that took in the manifest and to those who visit in the home region."""
    if not Returnee.objects.visible_to(by).filter(pk=returnee.pk).exists():
        raise NotAllowed(_("Only the agency that took in the manifest or one of the home region may do this."))


def check_may_screen(returnee, *, by):
    """Whoever receives people sent home asks them; an office in the village does not question its neighbours."""
    check_may_see(returnee, by=by)
    if not by.may(Right.KEEP_MANIFESTS):
        raise NotAllowed(_("Your role does not screen people sent home."))


def check_may_hand_over(returnee, *, by):
    """Whoever receives people sent home hands them over, or keeps the statement that they refused to stay."""
    check_may_see(returnee, by=by)
    if not by.may(Right.KEEP_MANIFESTS):
        raise NotAllowed(_("Your role does not hand over people sent home."))


def check_may_keep_out(returnee, *, by):
    """The agency that took in the manifest keeps somebody out: who received the person hears whom there is to fear."""
    check_may_see(returnee, by=by)
    check_may_keep_manifest(returnee.manifest, by=by)


def check_may_visit(returnee, *, by):
    """An officer of the home region visits."""
    check_may_see(returnee, by=by)
    if not by.may(Right.MEET_RETURNEES):
        raise NotAllowed(_("Your role does not visit people sent home."))


def check_may_register(place_code, *, by):
    """The register is kept within the own region: a village secretary writes about the own village only."""
    if not by.may(Right.KEEP_REGISTER):
        raise NotAllowed(_("Your role does not keep the register of migrant workers."))
    if not is_within(place_code, by.jurisdiction):
        raise NotAllowed(_("This place lies outside your region. Choose a village of your own."))


def check_is_a_home(place_code):
    """The register is kept village by village; where the village is not known, the district must be."""
    if place_code is None or level_of(place_code) not in (Place.Level.DISTRICT, Place.Level.VILLAGE):
        raise NotAllowed(
            _("The register needs the village, or at least the district, this person comes from. Write it.")
        )


def check_is_being_corrected(sheet):
    """What was taken in stands; it is taken back before it is corrected."""
    if sheet.state != Sheet.State.READ:
        raise NotAllowed(_("This list is “%(state)s”. Take it back before you correct it.") % {
            "state": sheet.get_state_display()})  # fmt: skip


def sees_exact_figures(officer, prefix):
    """Whether small counts of a region are shown: to those who may see its people one by one."""
    return officer.may(Right.MEET_RETURNEES) and is_within(prefix, officer.jurisdiction)
