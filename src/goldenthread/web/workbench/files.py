"""Kept files, handed out by id to those who may, and only to be saved."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from goldenthread.ground.files.queries import file_for
from goldenthread.ground.files.store import open_kept
from goldenthread.ground.people.actor import NotAllowed
from goldenthread.ground.refused import Refused
from goldenthread.web.access import AreaRequest


def fetch(request: AreaRequest, kept: str) -> HttpResponseBase:
    """The bytes of a kept file, as an attachment.

    To those who may not have it, it is not there: “not for you” would say that it is.
    """
    here = request.here
    try:
        facts = file_for(here.actor, here.area.id, kept)
        if facts is None:
            raise Http404
        stream = open_kept(here.area.id, kept)
    except (NotAllowed, Refused) as refused:
        raise Http404(str(refused)) from refused
    response = FileResponse(stream, as_attachment=True, filename=facts.name, content_type=facts.media_type)
    add_never_cache_headers(response)
    return response
