"""A rule is written once, as a `check_may_...` that refuses with a sentence; a button asks the same rule."""


class NotAllowed(Exception):
    """An officer may not do this; the sentence says why, for the officer."""


class NotFound(LookupError):
    """There is no such thing for this officer; whether it exists is not told."""


def allows(check, *args, **kwargs):
    """Whether a check would let pass."""
    try:
        check(*args, **kwargs)
    except NotAllowed:
        return False
    return True
