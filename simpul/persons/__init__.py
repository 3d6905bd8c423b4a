"""Persons: identity, ways to reach them, and what they consented to."""
