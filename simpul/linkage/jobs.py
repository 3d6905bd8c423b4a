"""What runs by itself: what is owed is encoded, who is new is compared, and the index of the search is tended."""

from simpul.linkage import encodings, engine, likeness, quality

# Of fewer records nobody can say which words are common.
ENOUGH_TO_COUNT = 1_000


def catch_up(*, at):
    """Make what is owed, then look for likely same persons of whoever is new.

    In the beginning everybody is encoded before anybody is compared: which words are common is learned from them. Once
    everybody is, it is measured for the first time how right the machine is.
    """
    made = encodings.catch_up(at=at)
    if encodings.is_on() and not engine.present().knows_words:
        if made == encodings.AT_ONCE:
            return
        engine.present().count_words(least=ENOUGH_TO_COUNT)
    compared = likeness.catch_up(at=at)
    if 0 < compared < likeness.AT_ONCE and quality.newest() is None:
        quality.measure(at=at)


def keep_warm(*, at):
    """Keep in memory what the search for likely same persons touches."""
    if encodings.is_on():
        engine.present().warm()


def tend(*, at):
    """Tend the index of the search: who is missing is put in, who is gone goes, and new records are packed."""
    if encodings.is_on():
        engine.present().tend()


def weigh_anew(*, at):
    """Put the queue of review in order again by what hangs on each answer today, learn which words are common, and
    measure how right the machine is.
    """
    likeness.weigh_anew(at=at)
    if likeness.has_compared():
        quality.measure(at=at)
    if encodings.is_on():
        engine.present().count_words(least=ENOUGH_TO_COUNT)
