"""Forms of a breach."""

import pytest

from simpul.desk.forms.breaches import NOTICES, Files, NewBreach, Openings, Telling


@pytest.mark.parametrize(
    "text", ["K-2026-0001, L-2026-000002", "K-2026-0001\nL-2026-000002\n", "K-2026-0001;L-2026-000002"]
)
def test_numbers_are_read_as_people_write_them(text):
    form = Files({"numbers": text})
    assert form.is_valid()
    assert form.cleaned_data["numbers"] == ["K-2026-0001", "L-2026-000002"]


def test_a_breach_names_its_data_and_says_how(db):
    typed = {"discovered_at": "2026-08-03T09:00", "kinds": ["contact"], "how": "Surat salah alamat."}
    assert NewBreach(typed).is_valid()
    assert set(NewBreach({}).errors) == {"discovered_at", "kinds", "how"}
    assert not NewBreach(typed | {"kinds": ["everything"]}).is_valid()


def test_who_was_told_was_told_at_a_moment():
    assert "due" not in dict(NOTICES)
    assert Telling({"notice": "unreachable", "how": "Nomor mati"}).is_valid()
    assert list(Telling({"notice": "told", "how": "Surat"}).errors) == ["told_at"]
    assert not Telling({"notice": "due", "how": "x"}).is_valid()


def test_the_officers_to_choose_from_are_those_within_reach(world):
    head = set(Openings(by=world.yanti).fields["officer"].queryset)
    assert {world.rina, world.yanti} <= head
    assert world.budi not in head
    assert world.budi in set(Openings(by=world.wulan).fields["officer"].queryset)
