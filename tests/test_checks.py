"""Whether an installation is fit for real reports."""

import pytest
from django.core.checks import run_checks


@pytest.fixture
def found(settings):
    """The ids of what a deployment check finds with some settings changed."""

    def ids(**changed):
        fit = {"DEMO": False, "SECOND_FACTOR": True, "DEBUG": False, "SESSION_COOKIE_SECURE": True} | changed
        for name, value in fit.items():
            setattr(settings, name, value)
        return {one.id for one in run_checks(include_deployment_checks=True) if one.id.startswith("simpul.")}

    return ids


def test_nothing_else_of_django_has_to_be_said_of_a_well_kept_installation(settings, monkeypatch):
    # The browser stories set it for their own process, and they may have run in this one before.
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)
    settings.DEBUG, settings.DEMO, settings.SECOND_FACTOR = False, False, True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECRET_KEY, settings.ALLOWED_HOSTS = settings.KEYS["signing_key"], ["simpul.example"]
    found = run_checks(include_deployment_checks=True)
    assert [str(one) for one in found if not one.is_silenced()] == []


def test_a_well_kept_installation_passes(found):
    assert found() == set()


@pytest.mark.parametrize(
    ("setting", "value", "fault"),
    [
        ("SECOND_FACTOR", False, "simpul.E001"),
        ("DEMO", True, "simpul.E002"),
        ("DEBUG", True, "simpul.E003"),
        ("KEYS", {}, "simpul.E004"),
        ("SESSION_COOKIE_SECURE", False, "simpul.W001"),
    ],
)
def test_what_would_betray_somebody_is_refused(found, setting, value, fault):
    assert fault in found(**{setting: value})


def test_an_opening_key_that_others_can_read_is_refused(found, settings):
    path = settings.KEYS_FOLDER / "opening.json"
    assert "simpul.E005" not in found()
    path.chmod(0o640)
    try:
        assert "simpul.E005" in found()
    finally:
        path.chmod(0o600)


def test_the_portal_file_may_be_read_by_the_group_of_the_public_process_and_nobody_else(found, settings):
    path = settings.KEYS_FOLDER / "portal.json"
    path.chmod(0o640)
    try:
        assert "simpul.E005" not in found()
        path.chmod(0o644)
        assert "simpul.E005" in found()
    finally:
        path.chmod(0o600)


def test_a_linkage_secret_that_the_desk_can_read_is_said(found, tmp_path):
    (tmp_path / "own.key").write_bytes(b"secret")
    assert "simpul.W002" not in found(LINKAGE_KEYS=tmp_path / "elsewhere")
    assert "simpul.W002" in found(LINKAGE_KEYS=tmp_path)
