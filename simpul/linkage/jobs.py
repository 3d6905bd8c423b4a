"""What runs by itself: encodings that are owed are made, and who was not compared yet is compared."""

from simpul.linkage import encodings, engine, likeness


def catch_up(*, at):
    """Make what is owed, then look for likely same persons of whoever is new."""
    encodings.catch_up(at=at)
    likeness.catch_up(at=at)


def weigh_anew(*, at):
    """Put the queue of review in order again by what hangs on each answer today, and learn which words are common."""
    likeness.weigh_anew(at=at)
    if encodings.is_on():
        engine.present().count_words()
