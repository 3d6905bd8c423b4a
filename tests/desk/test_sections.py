"""Sections of the file: how the rights of each victim stand, and what a case with children asks for."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from simpul.cases import entitlements
from simpul.cases.board import State, board, boards, counts


def file_of(client, case):
    return client.get(f"/desk/kasus/{case.number}/").content.decode()


def test_the_file_counts_the_rights_of_each_victim(today_world, desk):
    case = today_world.case()
    first, second = today_world.victim(case), today_world.victim(case, name="Kenanga Putri")
    entitlements.refuse(second, "legal_aid", by=today_world.rina, at=today_world.at)
    page = file_of(desk(today_world.rina), case)
    for victim in (first, second):
        assert f"/desk/kasus/{case.number}/orang/{victim.pk}/hak/" in page
        day = localdate(today_world.at)
        untold = counts(board(victim, at=today_world.at, on=day))[State.OPEN]
        assert f"{untold} " in page


def test_the_boards_of_several_victims_are_the_boards_of_each(today_world):
    case, day = today_world.case(), localdate(today_world.at)
    parts = [today_world.victim(case, name=name) for name in ("Melati", "Kenanga")]
    today_world.service(parts[0], kind="shelter")
    entitlements.inform(parts[1], "shelter", by=today_world.rina, at=today_world.at)
    found = boards(parts, at=today_world.at, on=day)
    for part in parts:
        alone = board(part, at=today_world.at, on=day)
        assert [(line.right, line.state) for line in found[part.pk]] == [(line.right, line.state) for line in alone]
    assert boards([], at=today_world.at, on=day) == {}


def test_a_file_without_victims_has_no_such_section(today_world, desk):
    case = today_world.case()
    rina = desk(today_world.rina)
    assert 'id="hak"' not in file_of(rina, case)
    today_world.victim(case)
    assert 'id="hak"' in file_of(rina, case)


def test_the_boards_cost_the_same_for_one_victim_and_for_ten(today_world):
    case, day = today_world.case(), localdate(today_world.at)
    parts = [today_world.victim(case, name=f"Korban {i}") for i in range(10)]
    for part in parts:
        today_world.service(part, kind="shelter")
    boards(parts, at=today_world.at, on=day)
    with CaptureQueriesContext(connection) as one:
        boards(parts[:1], at=today_world.at, on=day)
    with CaptureQueriesContext(connection) as ten:
        boards(parts, at=today_world.at, on=day)
    assert len(ten) == len(one)
