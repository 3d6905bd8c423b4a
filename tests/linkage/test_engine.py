"""The machine behind the room is there or is not."""

import pytest

from simpul.linkage import engine
from simpul.linkage.finder import Finder


def test_there_is_no_machine_until_one_is_taken_into_use(machine):
    assert engine.present() is machine
    engine.use(None)
    assert engine.present() is None


@pytest.mark.parametrize(("socket", "kind"), [("off", type(None)), ("", type(None)), ("/nowhere/socket", Finder)])
def test_an_installation_has_the_machine_of_its_settings(settings, monkeypatch, socket, kind):
    settings.LINKAGE_SOCKET = socket
    monkeypatch.setattr(engine, "_machine", engine._BY_SETTINGS)
    assert isinstance(engine.present(), kind)
