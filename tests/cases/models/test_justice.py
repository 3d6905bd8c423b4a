"""The report to the police as a row."""

from simpul.cases import rights


def test_the_number_of_a_police_report_is_sealed(world, now):
    report = rights.note_police_report(
        world.case(), number="LP/B/12", unit=world.police, reported_at=now, by=world.rina, at=now
    )
    report = world.anew(report)
    assert report.number.opened() == "LP/B/12"
    assert "LP/B" not in f"{report} {report!r} {report.number}"


def test_a_case_can_have_several(world, now):
    case = world.case()
    for number in ("LP/B/12", "LP/B/13"):
        rights.note_police_report(case, number=number, unit=None, reported_at=now, by=world.rina, at=now)
    assert case.police_reports.count() == 2
