"""The indicators that come with Simpul, for tests of what is made of them."""

from simpul.insight import indicator_reading, indicators


def load_shipped(at):
    return indicators.load_shipped(indicator_reading.read_shipped(at=at).values, at=at)
