"""Every address of the application."""

from __future__ import annotations

from allauth.account import urls as signing_in
from django.urls import include, path

from goldenthread.site import health
from goldenthread.web.access import ANYONE, NEVER, page

UNUSED = frozenset(
    (
        "account_email",
        "account_email_verification_sent",
        "account_confirm_email",
        "account_confirm_login_code",
    )
)
"""Nobody proves an address: people are invited at it. (The page to sign up says that they are.)"""

urlpatterns = [
    path("account/", include([each for each in signing_in.urlpatterns if each.name not in UNUSED])),
    path("account/2fa/", include("allauth.mfa.urls")),
    page("health/", health.alive, name="health", may=ANYONE, post=NEVER),
    page("ready/", health.ready, name="ready", may=ANYONE, post=NEVER),
    path("", include("goldenthread.web.components.urls")),
    path("", include("goldenthread.web.respond.urls")),
    path("", include("goldenthread.web.workbench.urls")),
]
