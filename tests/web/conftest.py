"""Each test begins with nobody having tried to sign in."""

from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh() -> None:
    """Forget how often anybody has tried: the limits are counted in memory, across tests."""
    cache.clear()
