"""Rina and Yanti work at the same file at the same time: neither loses a word, neither overwrites the other."""

import re

import pytest

from simpul.cases.models import Case
from simpul.persons.models import Person
from tests.world import signed_in

ADDRESS = "Jalan Dwikora 7, Seluas"


@pytest.fixture
def desks(world):
    """Two browsers, each with one officer signed in."""
    return signed_in(world.rina), signed_in(world.yanti)


def opened(client, address):
    """The page of a form as a browser would send it back untouched: what stands in it, and its fingerprints."""
    form = client.get(address).context["form"]
    values = {field.html_name: field.value() for field in form if isinstance(field.value(), (str, int))}
    return values | {form.versions.name: form.versions.shown}


def chosen(page, name, side):
    return {f"pilih_{name}": re.search(rf'name="pilih_{name}" value="({side}:\w+)"', page.content.decode())[1]}


def test_the_second_is_shown_both_summaries_and_brings_them_together(world, desks):
    rina, yanti = desks
    case = world.case()
    address = f"/desk/kasus/{case.number}/ringkasan/"
    rinas, yantis = opened(rina, address), opened(yanti, address)

    first = yanti.post(address, yantis | {"summary": "Korban dijemput di Entikong."})
    assert first.status_code == 302

    second = rina.post(address, rinas | {"summary": "Paspor ditahan majikan."})
    assert second.status_code == 409
    for text in ("Korban dijemput di Entikong.", "Paspor ditahan majikan.", "Yanti Sari"):
        assert text in second.content.decode()
    assert Case.objects.get().summary.opened() == "Korban dijemput di Entikong."

    both = "Korban dijemput di Entikong. Paspor ditahan majikan."
    assert rina.post(address, rinas | chosen(second, "summary", "saya") | {"summary": both}).status_code == 302
    assert Case.objects.get().summary.opened() == both


def test_two_who_correct_different_fields_of_one_person_keep_both_corrections(world, desks):
    rina, yanti = desks
    victim = world.victim(world.case(), phone="0812 5555 0101")
    address = f"/desk/kasus/{victim.case.number}/orang/{victim.pk}/ubah/"
    rinas, yantis = opened(rina, address), opened(yanti, address)

    yanti.post(address, yantis | {"address": ADDRESS})
    second = rina.post(address, rinas | {"phone": "0812 5555 0202"})
    assert second.status_code == 409
    assert ADDRESS in second.content.decode()

    rina.post(address, rinas | {"phone": "0812 5555 0202"} | chosen(second, "address", "sekarang"))
    person = Person.objects.get()
    assert (person.phone.opened(), person.address.opened()) == ("0812 5555 0202", ADDRESS)


def test_whoever_only_looks_again_and_keeps_nothing_new_changes_nothing(world, desks):
    rina, yanti = desks
    case = world.case()
    address = f"/desk/kasus/{case.number}/ringkasan/"
    rinas = opened(rina, address)
    yanti.post(address, opened(yanti, address) | {"summary": "Korban dijemput di Entikong."})
    second = rina.post(address, rinas)
    assert second.status_code == 409
    assert rina.post(address, rinas | chosen(second, "summary", "sekarang")).status_code == 302
    assert Case.objects.get().summary.opened() == "Korban dijemput di Entikong."
