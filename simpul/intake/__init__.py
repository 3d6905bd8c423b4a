"""Intake: what somebody reports, how it is read, and what is decided on it."""
