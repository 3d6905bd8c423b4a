"""New wording: reports that gather become an alert without a word of them; the officer alone sees the words."""

from datetime import date, timedelta

import pytest

from simpul.insight import wording
from simpul.insight.methods.refusal import Refused
from simpul.insight.models import Alert
from simpul.intake import triage
from tests.world import JAGOI

OLD = [
    f"Tetangga saya {word} dibawa ke Malaysia untuk bekerja di kebun sawit, gaji tidak dibayar, paspor ditahan mandor."
    for word in ("Ujang", "Asep", "Siska", "Rudi")
]
NEW = [
    "Ditawari jadi admin judi lewat telegram di Kamboja, dijemput mobil hitam ke bandara.",
    "Teman ditawari admin judi di Kamboja lewat telegram, mobil hitam menjemput ke bandara.",
    "Lewat telegram ada lowongan admin judi Kamboja, dijemput mobil hitam menuju bandara.",
]


def text(number, words, place=JAGOI):
    return wording.Text(number, f"L-{number}", place, date(2026, 8, 1), words)


PAST = [text(number, OLD[number % 4]) for number in range(24)]


@pytest.mark.django_db
def test_reports_that_gather_raise_an_alert_that_holds_no_word_of_them(world):
    now = [text(100 + number, words) for number, words in enumerate([*NEW, OLD[0]])]
    (group,) = wording.look(PAST, now, by=world.rina, at=world.at)
    assert group.reports == [100, 101, 102]
    assert {"kamboja", "judi"} <= set(group.words)
    alert = Alert.objects.get()
    assert group.alert == alert
    assert (alert.kind, alert.raised_by) == ("wording", world.rina)
    assert alert.figures["reports"] == [100, 101, 102]
    kept = f"{alert.figures} {alert.settings} {alert.sign}".lower()
    assert "kamboja" in " ".join(NEW).lower()
    assert not [word for word in group.words if word in kept]


@pytest.mark.django_db
def test_the_same_again_is_no_second_alert(world):
    now = [text(100 + number, words) for number, words in enumerate(NEW)]
    for _time in range(2):
        wording.look(PAST, now, by=world.rina, at=world.at)
    assert Alert.objects.count() == 1


@pytest.mark.django_db
def test_without_a_place_it_is_shown_and_no_alert_is_raised(world):
    (group,) = wording.look(PAST, [text(n, words, "") for n, words in enumerate(NEW)], by=world.rina, at=world.at)
    assert group.alert is None
    assert not Alert.objects.exists()


def test_too_little_past_is_refused():
    with pytest.raises(Refused):
        wording.look(PAST[:5], [], by=None, at=None)


@pytest.mark.django_db
def test_only_reports_that_the_officer_may_read_are_compared(world):
    old = world.report(at=world.at - timedelta(days=50))
    new, aside = world.report(at=world.at - timedelta(days=2)), world.report(at=world.at - timedelta(days=2))
    elsewhere = world.report(place="61.01.01", at=world.at - timedelta(days=2))
    triage.set_aside(aside, because="not_trafficking", by=world.rina, at=world.at)
    assert wording.reports_for(world.rina, days=30, at=world.at) == ([old], [new])
    assert wording.reports_for(world.siti, days=30, at=world.at) == ([], [elsewhere])
    assert wording.reports_for(world.dewi, days=30, at=world.at) == ([], [])
