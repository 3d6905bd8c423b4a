"""What the clocks do by themselves."""

from simpul.obligations import book


def tick(*, at):
    """Note what time has run out on."""
    return book.let_time_pass(at=at)
