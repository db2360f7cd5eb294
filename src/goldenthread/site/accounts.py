"""How people come to have an account: they are invited; nobody signs themselves up."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.contrib.sites.shortcuts import get_current_site
from django.db import transaction
from django.http import HttpRequest

from goldenthread.ground.mail.outbox import put
from goldenthread.web.access import now
from goldenthread.web.components.signing_in import ERRORS


class Invited(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by those who may give roles."""

    error_messages: ClassVar = {**DefaultAccountAdapter.error_messages, **ERRORS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: a role is given by name."""
        del request
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a letter such as that for a forgotten password; it leaves with all others.

        The page answers as fast whether or not there is somebody to write to.
        """
        request = current.request
        known = {"request": request, "email": email, "current_site": get_current_site(request)} | context
        message = self.render_mail(template_prefix, email, known)
        with transaction.atomic():
            put(now=now(), area=None, to=email, subject=message.subject, body=str(message.body))
