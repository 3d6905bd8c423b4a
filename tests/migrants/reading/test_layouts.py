"""What each kind of sheet may hold."""

from simpul.migrants.reading import layouts


def test_a_manifest_and_a_register_are_known_by_name():
    assert layouts.LAYOUTS == {"manifest": layouts.MANIFEST, "register": layouts.REGISTER}
    assert layouts.MANIFEST.most_rows < layouts.REGISTER.most_rows


def test_an_officer_can_choose_every_column_and_none():
    found = dict(layouts.choices(layouts.MANIFEST))
    assert "" in found
    assert {"name", "nik", "reason", *layouts.REGISTER_ONLY} <= set(found)
