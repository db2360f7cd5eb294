"""Mail goes to a real server on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings
from tests.ground.mail.sink import Sink, serve


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    """A mail server that the application under test is told to use."""
    mine = Sink()
    server = serve(mine)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield mine
    server.stop()
