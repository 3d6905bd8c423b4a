"""Forms for the end of a case: only agencies that can keep it are offered."""

from simpul.agencies import exclusions
from simpul.agencies.models import Officer
from simpul.desk.forms.endings import HandingOver


def offered(case):
    return set(HandingOver(case=case).fields["to"].queryset)


def test_a_case_is_offered_to_agencies_where_somebody_keeps_cases(world):
    case = world.case()
    assert offered(case) == {world.uptd_sambas, world.uptd_province}
    Officer.objects.filter(agency=world.uptd_sambas).update(is_active=False)
    assert offered(case) == {world.uptd_province}


def test_whoever_is_kept_out_is_not_offered(world):
    case = world.case()
    exclusions.keep_out(case, agency=world.uptd_sambas, by=world.yanti, at=world.at)
    assert offered(case) == {world.uptd_province}
