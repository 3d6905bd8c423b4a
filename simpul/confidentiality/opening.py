"""Opening: what only a process with `opening.json` can do."""

from base64 import b64decode
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from simpul.confidentiality import keys


class NoOpeningKey(ImproperlyConfigured):
    """This process has no key that opens this. The public process never has one."""


def open_data_key(sealed, *, generation, context):
    """The data key that was sealed to one generation of the installation's seal key."""
    seeds = settings.KEYS.get("seeds", {})
    if generation not in seeds:
        raise NoOpeningKey(
            f"This process has no opening key of generation {generation}: it can seal and not open. "
            "Bring back opening.json, or restore the key with `simpul keys restore`."
        )
    return keys.SUITE.decrypt(sealed, _private_key(seeds[generation]), info=context.encode())


@cache
def _private_key(seed):
    return keys.private_key(b64decode(seed))
