import pytest

from simpul.reference import catalogues, checks
from simpul.reference.loading import read


def test_the_files_are_in_order():
    assert checks.faults() == []


def test_every_catalogue_has_its_line_in_the_documents(settings):
    page = (settings.ROOT / "docs" / "catalogues.md").read_text()
    assert [name for name in catalogues.CATALOGUES if f"`{name}`" not in page] == []


def test_every_clock_of_the_law_is_there():
    known = {row["extra"]["dossier_id"] for row in read("obligations")}
    wanted = {"P1", "P2", "P3", "P4", "P5", "H1", "H2", "L1", "L2", "L3", "L4", "R1", "R2", "R3", "R4", "R5"}
    wanted |= {"D1", "D2", "D3", "D4", "D5", "E1", "E2", "E3"}
    assert known - {""} == wanted


@pytest.mark.parametrize(
    ("code", "amount", "unit"),
    [
        ("report_to_police", 24, "hours"),
        ("report_to_police_sexual", 72, "hours"),
        ("first_aid", 7, "calendar_days"),
        ("services_on_request", 7, "calendar_days"),
        ("restitution_paid", 14, "calendar_days"),
        ("restitution_paid_after_copy", 30, "working_days"),
        ("restitution_applied_for", 90, "calendar_days"),
        ("notify_breach", 72, "hours"),
    ],
)
def test_the_limits_are_those_of_the_law(code, amount, unit):
    extra = next(row["extra"] for row in read("obligations") if row["code"] == code)
    assert (extra["limit_amount"], extra["limit_unit"]) == (amount, unit)


def test_our_own_wording_is_not_sold_as_a_fact(files):
    files.replace("dangers.csv", 'own wording",G', 'own wording",V')
    assert checks.marks_without_source() == ["dangers.yes_now is our own wording and has the mark V; its mark is G."]


def test_help_in_one_language_only_is_found(files):
    files.replace("acts.csv", "Taking the person in at the other end.", "")
    assert checks.half_translated_help() == ["acts.receipt has its help in one language only."]


def test_an_invented_exchange_code_is_found(files):
    files.replace("victim_statuses.csv", "ActualVictimOfTrafficking", "RealVictim")
    files.replace("means.csv", "isAbduction", "isKidnapping")
    assert checks.unknown_exchange_codes() == [
        "means.abduction: CTDC has no column isKidnapping.",
        "victim_statuses.victim: HTCDS vic_TraffickingStatus has no code RealVictim.",
    ]


def test_a_code_of_a_list_nobody_has_seen_is_found(files):
    line = next(line for line in files.lines("dangers.csv") if line.startswith("no,"))
    files.replace("dangers.csv", line, line.rstrip("\n") + "42\n")
    assert checks.invented_mappings() == ["dangers.no has a code of a list that was never seen."]


def test_a_number_that_cannot_be_dialled_or_was_never_checked_is_found(files):
    files.replace("hotlines.csv", "general knowledge,G,,", "general knowledge,G,2026-08-03,")
    files.replace("hotlines.csv", "+628111129129", "0811 1129 129")
    assert checks.wrong_hotlines() == [
        "hotlines.sapa_129_whatsapp: 0811 1129 129 cannot be dialled.",
        "hotlines.ambulance has the mark G and a day on which it was checked.",
    ]


def test_a_clock_without_time_unit_or_article_is_found(files):
    files.replace("obligations.csv", "reporter,1,hours,,", "reporter,,,,")
    files.replace("obligations.csv", ",police,12,hours,24,hours", ",police,12,,,")
    assert checks.wrong_clocks() == [
        "obligations.triage_danger has neither a target nor a limit.",
        "obligations.triage_danger tells somebody after a target it does not have.",
        "obligations.report_to_police has a target without its unit, or a unit without its amount.",
        "obligations.report_to_police stands in the law and lacks its limit or its article.",
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("31-12-2026,national,,New Year's Eve,Malam tahun baru,x,G", "“31-12-2026” is not a date"),
        ("2026-12-31,party,,New Year's Eve,Malam tahun baru,x,G", "the kind “party” is unknown"),
        ("2026-12-31,regional,,Feast,Gawai,x,G", "a regional holiday needs the code of its region"),
        ("2026-12-31,national,61,Feast,Gawai,x,G", "only a regional holiday has the code of a region"),
        ("2026-12-31,national,,Feast,,x,G", "a name or the source is missing"),
        ("2026-12-31,national,,Feast,Gawai,x,Q", "the mark “Q” is unknown"),
        ("2026-12-25,national,,Christmas,Natal,x,G", "2026-12-25 stands twice"),
        ("2026-12-31,national", "the columns are not date, kind"),
    ],
)
def test_a_wrong_holiday_is_named_with_its_line(files, row, sentence):
    line = len(files.lines("holidays.csv")) + 1
    files.write("holidays.csv", *files.lines("holidays.csv"), row + "\n")
    (found,) = checks.wrong_holidays()
    assert found.startswith(f"holidays.csv, line {line}: {sentence}")


def test_a_regional_holiday_is_welcome(files):
    row = "2026-06-30,regional,61,Feast of the region,Hari daerah,x,G\n"
    files.write("holidays.csv", *files.lines("holidays.csv"), row)
    assert checks.wrong_holidays() == []
