"""Foreign keys point down the declared order of storeys, as imports do."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]


def declared():
    """The rooms of each storey, the highest first, as the contract for imports declares them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (storeys,) = [each for each in contracts if each["name"].startswith("Storeys")]
    return [{room.strip(" ()") for room in layer.replace(":", "|").split("|")} for layer in storeys["layers"]]


def height(room):
    """How high a room lies; Django's own tables lie under the house."""
    storeys = declared()
    return next((len(storeys) - n for n, rooms in enumerate(storeys) if room in rooms), 0)


def links():
    """Every foreign key of the house as (model, field, model it points to)."""
    return [
        (model, field, field.related_model)
        for model in apps.get_models()
        if model.__module__.startswith("simpul.")
        for field in model._meta.local_fields + model._meta.local_many_to_many
        if field.is_relation and field.related_model is not None
    ]


def room_of(model):
    return model.__module__.split(".")[1] if model.__module__.startswith("simpul.") else ""


def test_every_room_has_its_storey():
    rooms = {path.parent.name for path in (ROOT / "simpul").glob("*/__init__.py")}
    assert rooms == set().union(*declared())


def test_there_are_foreign_keys_to_look_at():
    assert len(links()) > 30


@pytest.mark.parametrize("link", links(), ids=lambda link: f"{link[0]._meta.label}.{link[1].name}")
def test_a_foreign_key_points_down_or_stays_in_its_room(link):
    model, _field, target = link
    assert room_of(model) == room_of(target) or height(room_of(model)) > height(room_of(target))


def test_no_foreign_key_deletes_what_hangs_on_it_unless_it_is_part_of_it():
    """Records are kept: a word of a name goes with its person, and so does what the machine made of the person."""
    cascading = {f"{m._meta.label}.{f.name}" for m, f, _t in links() if f.remote_field.on_delete.__name__ == "CASCADE"}
    assert cascading == {
        "persons.NameTag.person", "linkage.Encoding.person", "linkage.Pair.left", "linkage.Pair.right",
        "linkage.Skip.pair", "linkage.Member.person",
    }  # fmt: skip
