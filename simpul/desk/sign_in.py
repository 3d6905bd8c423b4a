"""Signing in: officers are recorded by an administrator; nobody can sign up."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    """No sign-up."""

    def is_open_for_signup(self, request):
        return False
