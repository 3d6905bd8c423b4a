"""Opening: what only a process with `opening.json` can do."""

from base64 import b64decode
from functools import cache

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from simpul.confidentiality import keys
from simpul.confidentiality.sealing import SealBroken


class NoOpeningKey(ImproperlyConfigured):
    """This process has no key that opens this. The public process never has one."""


def open_data_key(sealed, *, generation, context):
    """The data key that was sealed to one generation of the installation's seal key."""
    seed = _seeds(generation).get(generation)
    if seed is None:
        raise NoOpeningKey(
            f"This process has no opening key of generation {generation}: it can seal and not open. "
            "Bring back opening.json, or restore the key with `simpul keys restore`."
        )
    try:
        return keys.SUITE.decrypt(sealed, _private_key(seed), info=context.encode())
    except InvalidTag:
        raise SealBroken(f"{context}: the seal does not fit.") from None


def _seeds(wanted):
    seeds = settings.KEYS.get("seeds", {})
    if not seeds or wanted in seeds:
        return seeds
    # The keys were rotated while this process ran: what it serves is sealed to the new generation from now on.
    try:
        return keys.read(settings.KEYS_FOLDER / keys.OPENING)["seeds"]
    except keys.KeysError:
        return seeds


@cache
def _private_key(seed):
    return keys.private_key(b64decode(seed))
