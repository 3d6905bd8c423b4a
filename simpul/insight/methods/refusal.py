"""Refusal: what a method says instead of a number it could not defend."""


class Refused(ValueError):
    """No figure: `reason` is a code, `details` the values a sentence about it needs (places, indicators, limits).

    The sentence is made by whoever speaks with the person who asked.
    """

    def __init__(self, reason: str, **details: object) -> None:
        super().__init__(reason, details)
        self.reason = reason
        self.details = details

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.details.items())
        return f"{self.reason} ({told})" if told else self.reason
