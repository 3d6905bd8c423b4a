"""Who must know when an identity is recorded, changed or forgotten: rooms above say so; this room knows none of them.

They are told within the transaction, of one person at a time; people of a list are recorded by the thousand, and
whoever follows looks for them by itself.
"""

_RECORDED, _FORGOTTEN = [], []


def when_recorded(function):
    """Have a function told of who is recorded or corrected, as `function(person, by=, at=)`."""
    if function not in _RECORDED:
        _RECORDED.append(function)


def when_forgotten(function):
    """Have a function told of who is about to go for good, as `function(persons)` with their keys."""
    if function not in _FORGOTTEN:
        _FORGOTTEN.append(function)


def recorded(person, *, by, at):
    for function in _RECORDED:
        function(person, by=by, at=at)


def forgotten(persons):
    for function in _FORGOTTEN:
        function(persons)
