"""The form of an agency."""

from simpul.desk.forms.agencies import NewAgency

CHOSEN = {"place": "bengkayang", "place_kode": "61.07", "place_untuk": "bengkayang"}


def test_an_agency_has_a_name_a_kind_and_a_jurisdiction(db):
    assert set(NewAgency({}).errors) == {"name", "kind", "place"}
    assert NewAgency({"name": "LBH", "kind": "legal_aid"} | CHOSEN).is_valid()


def test_an_agency_is_recorded_once_in_a_place(world):
    form = NewAgency({"name": world.dinsos.name.upper(), "kind": "social"} | CHOSEN)
    assert "name" in form.errors
