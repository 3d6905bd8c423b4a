"""The way of somebody sent home: what the manifest says by itself, or what was told, leg by leg.

A manifest names the depot and the post, and the line the home: that is a way already, and is read from there. Only
what somebody told beyond it is written down, and then holds in its place.
"""

from simpul.migrants.policy import check_may_see
from simpul.places import legs
from simpul.places.legs import Step
from simpul.reference import catalogues

# Across the posts of this region lies Sarawak.
OPPOSITE = "my"


def keep(returnee, steps, *, by, at, seen=None):
    """Keep the legs that somebody sent home told in place of those on record; without any they are removed."""
    check_may_see(returnee, by=by)
    return legs.replace(returnee, steps, by=by, at=at, seen=seen)


def of_manifest(returnee):
    """The way as the manifest tells it: from the depot, over the post, home. Empty where the home is not known."""
    manifest = returnee.manifest
    if returnee.home is None or (manifest.post is None and not manifest.depot):
        return []
    return [
        Step(
            origin_of(manifest.depot), returnee.home, post=manifest.post, on=returnee.arrived_on, precision="day",
            crossing="" if manifest.post else "unknown", confidence="document",
        )
    ]  # fmt: skip


def origin_of(depot):
    """The town abroad where a depot lies, or the country."""
    term = catalogues.term("depots", depot) if catalogues.is_code("depots", depot) else None
    return (term.extra["abroad"] if term else "") or OPPOSITE
