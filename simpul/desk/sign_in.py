"""Signing in: officers are recorded by an administrator; nobody can sign up. Every sign-in is written down."""

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.utils import timezone

from simpul.journal.acts import Act
from simpul.journal.entries import enter


class Adapter(DefaultAccountAdapter):
    """No sign-up; and the journal knows who came in."""

    def is_open_for_signup(self, request):
        return False

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Coming and going need no word; what was changed does."""
        if message_template not in {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}:
            super().add_message(request, level, message_template, message_context, extra_tags, message)

    def login(self, request, user):
        """The last step, after the password and the second factor."""
        super().login(request, user)
        with transaction.atomic():
            enter(Act.SIGNED_IN, on=user, by=user, at=timezone.now())
