"""Doors: every address says who may enter. An address that says nothing refuses everybody."""


def public(view):
    """Open to everybody, without signing in."""
    view.door = "public"
    return view


def officers(*rights):
    """Open to signed-in officers; with rights, only to roles that carry one of them."""

    def mark(view):
        view.door = tuple(rights)
        return view

    return mark


def lets_in(door, officer):
    """Whether a door as declared on a view lets an officer (None: nobody signed in) pass."""
    if door == "public":
        return True
    if door is None or officer is None or not officer.is_active:
        return False
    return not door or any(officer.may(right) for right in door)
