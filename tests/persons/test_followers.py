"""Rooms above are told when an identity is recorded, changed or forgotten."""

from simpul.persons import followers, identities


def test_who_follows_is_told_once_of_who_is_recorded_and_corrected(world, monkeypatch):
    told = []

    def follower(person, *, by, at):
        told.append((person.pk, by, at))

    monkeypatch.setattr(followers, "_RECORDED", [])
    followers.when_recorded(follower)
    followers.when_recorded(follower)
    person = identities.record(name="Melati", by=world.rina, at=world.at)
    identities.correct(person, name="Mawar", by=world.yanti, at=world.at)
    assert told == [(person.pk, world.rina, world.at), (person.pk, world.yanti, world.at)]


def test_who_follows_is_told_of_who_goes_for_good(world, monkeypatch):
    told = []
    monkeypatch.setattr(followers, "_FORGOTTEN", [])
    followers.when_forgotten(told.extend)
    people = [identities.record(name=name, by=world.rina, at=world.at) for name in ("Melati", "Mawar")]
    identities.forget_many([person.pk for person in people])
    assert told == [person.pk for person in people]
