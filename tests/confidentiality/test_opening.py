"""Opening: only a process that has opening.json, and only what is untouched."""

import pytest

from simpul.confidentiality import keys
from simpul.confidentiality.opening import NoOpeningKey, open_data_key
from simpul.confidentiality.sealing import SealBroken, seal_for_installation
from tests.confidentiality.conftest import take_up

SECRET = bytes(range(32))


@pytest.fixture
def sealed(folder):
    return seal_for_installation(SECRET, context="data key 1")


def test_the_desk_opens_what_the_portal_sealed(settings, sealed):
    take_up(settings, "portal.json", "opening.json")
    assert open_data_key(sealed[1], generation=sealed[0], context="data key 1") == SECRET


def test_the_portal_opens_nothing_not_even_what_it_sealed(settings, sealed):
    take_up(settings, "portal.json")
    with pytest.raises(NoOpeningKey, match="can seal and not open"):
        open_data_key(sealed[1], generation=sealed[0], context="data key 1")


def test_a_data_key_moved_to_another_record_is_refused(sealed):
    with pytest.raises(SealBroken):
        open_data_key(sealed[1], generation=sealed[0], context="data key 2")


@pytest.mark.parametrize("place", [0, 700, 1110, 1125, -20, -1])
def test_an_altered_data_key_is_refused(sealed, place):
    altered = bytearray(sealed[1])
    altered[place] ^= 1
    with pytest.raises(SealBroken, match="data key 1"):
        open_data_key(bytes(altered), generation=sealed[0], context="data key 1")


@pytest.mark.parametrize("size", [0, 5, 1100, 1130])
def test_a_data_key_cut_short_is_refused(sealed, size):
    with pytest.raises(SealBroken):
        open_data_key(sealed[1][:size], generation=sealed[0], context="data key 1")


def test_a_desk_that_runs_during_a_rotation_opens_what_is_sealed_to_the_new_key(settings, folder):
    at_start = settings.KEYS
    keys.add_generation(folder)
    take_up(settings)
    name, data = seal_for_installation(SECRET, context="data key 1")
    settings.KEYS = at_start
    assert name not in settings.KEYS["seeds"]
    assert open_data_key(data, generation=name, context="data key 1") == SECRET


def test_the_portal_does_not_look_for_the_opening_file(settings, folder):
    name, data = seal_for_installation(SECRET, context="data key 1")
    take_up(settings, "portal.json")
    assert (folder / "opening.json").exists()
    with pytest.raises(NoOpeningKey):
        open_data_key(data, generation=name, context="data key 1")


def test_a_generation_nobody_has_says_how_to_bring_it_back(settings, folder, sealed):
    (folder / "opening.json").unlink()
    with pytest.raises(NoOpeningKey, match="simpul keys restore"):
        open_data_key(sealed[1], generation="00000000", context="data key 1")
