"""Lists of privacy: in which order, for whom."""

import pytest

from simpul.agencies import exclusions
from simpul.privacy import queries, requests, retention


def test_open_requests_come_first(privacy, world):
    answered, waits = privacy.asked(), privacy.asked("correct")
    requests.answer(answered, words="Sudah", by=world.rina, at=world.at)
    assert list(queries.request_list(world.rina, at=world.at)) == [waits, answered]
    assert list(queries.requests_in(privacy.case)) == [waits, answered]
    assert not queries.request_list(world.siti, at=world.at).exists()


@pytest.mark.parametrize("file", ["", "x", "cases.case:", "cases.case:1a", "cases.case:²", "agencies.officer:1"])
def test_what_is_no_label_of_a_file_leads_nowhere(db, file):
    assert queries.thing_of(file) is None


def test_numbers_are_those_officers_know(privacy):
    report = privacy.case.reports.get()
    files = [f"cases.case:{privacy.case.pk}", f"intake.report:{report.pk}", f"persons.person:{privacy.person.pk}"]
    assert queries.numbers_of(files) == {files[0]: privacy.case.number, files[1]: report.number}


def test_holds_and_erasures_of_a_hidden_file_are_not_listed(privacy, world):
    retention.hold(privacy.case, reason="audit", words="", by=world.yanti, at=world.at)
    assert queries.holds_for(world.wulan).exists()
    assert not queries.holds_for(world.rina).exists()
    exclusions.keep_out(privacy.case, officer=world.wulan, by=None, at=world.at)
    assert not queries.holds_for(world.wulan).exists()


def test_who_was_sent_home_is_known_by_the_number_of_the_last_return(homecoming):
    returnee, worker = homecoming.returnee(), homecoming.worker()
    files = [f"persons.person:{one.person_id}" for one in (returnee, worker)]
    assert queries.numbers_of(files) == {files[0]: returnee.number}
