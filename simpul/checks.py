"""Checks of an installation before it meets the public: `simpul check --deploy` refuses what would betray somebody."""

import os
import stat

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

FORGOTTEN = "Set it in the environment and start again; docs/running.md tells how."


@register(Tags.security, deploy=True)
def second_factor_is_on(app_configs, **kwargs):
    """Outside the demonstration every officer has a second factor."""
    if settings.SECOND_FACTOR:
        return []
    why = "This is a demonstration" if settings.DEMO else "SIMPUL_SECOND_FACTOR is off"
    return [Error(f"Officers sign in without a second factor. {why}: never for real reports.", id="simpul.E001",
                  hint="Unset SIMPUL_DEMO and SIMPUL_SECOND_FACTOR.")]  # fmt: skip


@register(Tags.security, deploy=True)
def it_is_no_demonstration(app_configs, **kwargs):
    """A demonstration has officers whose passwords are printed."""
    if not settings.DEMO:
        return []
    return [Error("This installation is a demonstration: its passwords are known to everybody.", id="simpul.E002",
                  hint="Begin an empty one: make run DEMO=0, with another SIMPUL_HOME.")]  # fmt: skip


@register(Tags.security, deploy=True)
def errors_are_not_shown(app_configs, **kwargs):
    """A page of DEBUG shows what nobody may see."""
    return [Error("SIMPUL_DEBUG is on.", id="simpul.E003", hint="Unset it.")] if settings.DEBUG else []


@register(Tags.security, deploy=True)
def keys_are_there_and_private(app_configs, **kwargs):
    """Both key files exist for the desk, and only their owner may read them."""
    found = []
    if "seal_key" not in settings.KEYS:
        missing = "portal.json is missing or cannot be read."
        found.append(Error(missing, id="simpul.E004", hint="Run `simpul keys make`."))
    # The public process runs as a user of its own and reads portal.json through its group.
    for name, forbidden, right in (("portal.json", 0o037, "640"), ("opening.json", 0o077, "600")):
        path = settings.KEYS_FOLDER / name
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & forbidden:
            found.append(Error(f"{path} can be read by others.", id="simpul.E005", hint=f"chmod {right} {path}"))
    return found


@register(Tags.security, deploy=True)
def the_linkage_secret_lies_with_another_user(app_configs, **kwargs):
    """Who takes over the desk must not find the secret beside the tags."""
    if not os.access(settings.LINKAGE_KEYS / "own.key", os.R_OK):
        return []
    return [Warning("The desk's user can read the secret of linkage.", id="simpul.W002",
                    hint="Give the key process a user of its own; docs/linkage-keys.md tells how.")]  # fmt: skip


@register(Tags.security, deploy=True)
def pages_travel_encrypted(app_configs, **kwargs):
    """A report over plain HTTP can be read on the way."""
    if settings.SESSION_COOKIE_SECURE:
        return []
    return [Warning("SIMPUL_HTTPS is off: cookies also travel over plain HTTP.", id="simpul.W001", hint=FORGOTTEN)]
