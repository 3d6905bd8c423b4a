"""Crossings: the known posts on the land border, each with how sure we are of it.

Trails are not kept here. Nobody is helped by a public list of them.
"""

from simpul.places.models import BorderPost, Place
from simpul.places.regions import within


def posts(*, prefix):
    """Every post of a region, with its place: official ones first, then local, then planned."""
    kinds = list(BorderPost.Kind)
    found = BorderPost.objects.filter(within(prefix), retired_on=None).select_related("place")
    return sorted(found, key=lambda post: (kinds.index(post.kind), post.name))


def open_posts(*, prefix):
    """Posts of a region where people cross today: without those planned or in doubt."""
    return [post for post in posts(prefix=prefix) if post.kind != BorderPost.Kind.PLANNED]


def located_posts(*, prefix):
    """Posts of a region that can be drawn on a map; `precision_km` says how large the sign must be."""
    return [post for post in posts(prefix=prefix) if post.latitude is not None]


def border_places(*, prefix, level=Place.Level.VILLAGE):
    """Places of one level that touch the land border, or hold a village that does; by code."""
    return Place.objects.filter(within(prefix, "code"), is_border=True, level=level, retired_on=None).order_by("code")
