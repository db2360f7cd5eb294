"""What caches may keep: nothing, unless its view says so."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers


class KeptNowhere:
    """Tells browsers and proxies to keep no answer that does not say itself how long it may be kept.

    On a shared computer the next person could otherwise go back to what the last one read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, with its rule."""
        response = self._answer(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response
