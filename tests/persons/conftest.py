"""A person as an officer records one."""

from datetime import date

import pytest

from simpul.persons import identities

MELATI = {
    "name": "Melati Kusuma", "aliases": "Mel", "nik": "9900000101090001", "birth_date": date(2009, 5, 17),
    "phone": "0812 0000 4444", "passport": "C 1234567", "address": "Dusun Jagoi", "safe_contact": "lewat kakaknya",
    "sex": "P",
}  # fmt: skip


@pytest.fixture
def melati(world, now):
    return identities.record(by=world.rina, at=now, **MELATI)
