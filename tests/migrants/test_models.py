"""The rows: what is sealed, what the database itself refuses, who sees which."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate

from simpul.migrants.models import Manifest, Returnee, Sheet, Worker
from tests.returns import came_home


def test_names_and_remarks_lie_sealed_in_the_table(w):
    person = came_home(w, remarks="Kalimat rahasia")
    with connection.cursor() as cursor:
        cursor.execute("SELECT remarks FROM migrants_returnee WHERE id = %s", [person.pk])
        stored = bytes(cursor.fetchone()[0])
    assert b"rahasia" not in stored
    assert w.anew(person).remarks.opened() == "Kalimat rahasia"


@pytest.mark.parametrize("wrong", [
    {"handed_to": "family"}, {"handed_over_on": "2026-08-03"}, {"outcome": "found"}, {"met_on": "2026-08-03"},
])  # fmt: skip
def test_a_day_and_what_happened_stand_together_or_not_at_all(w, wrong):
    person = came_home(w)
    with pytest.raises(IntegrityError), transaction.atomic():
        Returnee.objects.filter(pk=person.pk).update(**wrong)


def test_a_line_of_a_manifest_stands_once(w):
    first, second = came_home(w), came_home(w)
    with pytest.raises(IntegrityError), transaction.atomic():
        Returnee.objects.filter(pk=second.pk).update(manifest=first.manifest)


def test_unmet_and_within_narrow(w):
    here, there = came_home(w), came_home(w, home="61.01.01")
    Returnee.objects.filter(pk=here.pk).update(met_on=localdate(w.at), outcome="found")
    assert list(Returnee.objects.unmet()) == [there]
    assert list(Returnee.objects.within("61.07")) == [here]
    assert not Returnee.objects.within("").exists()


def test_age_that_is_not_known_is_no_child(w):
    assert not came_home(w, age=None).is_child
    assert came_home(w, age=17).is_child


def test_everybody_sees_the_own_people_only(w):
    here, sambas = came_home(w), came_home(w, home="61.01.01")
    nowhere = came_home(w, home="")
    assert set(Returnee.objects.visible_to(w.hana)) == {here, sambas, nowhere}
    assert set(Returnee.objects.visible_to(w.joko)) == {here}
    assert set(Returnee.objects.visible_to(w.darius)) == {here}
    assert not Returnee.objects.visible_to(w.rina).exists()
    assert set(Manifest.objects.visible_to(w.hana)) == {here.manifest, sambas.manifest, nowhere.manifest}
    assert not Manifest.objects.visible_to(w.joko).exists()
    assert {worker.home_id for worker in Worker.objects.visible_to(w.darius)} == {"61.07.07.2001"}
    assert not Worker.objects.visible_to(w.siti).exists()


def test_the_states_of_a_list_lead_from_one_to_the_next():
    assert set(Sheet.NEXT) == set(Sheet.State)
    assert all(after != state for state, following in Sheet.NEXT.items() for after in following)
    assert set(Sheet.RIGHTS) == set(Sheet.Layout)
