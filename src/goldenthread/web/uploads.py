"""Files on their way in: never more than the limit, never half, and what is wrong is said on the page."""

from __future__ import annotations

from typing import Any, NoReturn

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from goldenthread.ground.files.disk import FULL, NO_ROOM, too_large
from goldenthread.ground.files.store import plain_name

SAID = "goldenthread.upload"


class Arriving(TemporaryFileUploadHandler):
    """Writes each upload to the home's own disk, and stops at the limit or where the disk is full.

    What stopped it is left with the request, for ``explain`` to say: an exception here would be
    a bare error page. A form therefore puts its file field last.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on as they come
        """Begin a file."""
        try:
            super().new_file(*args, **kwargs)
        except OSError as fault:
            self._stop(fault)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece."""
        if start + len(raw_data) > settings.LARGEST_UPLOAD:
            self._say(too_large(plain_name(self.file_name or "")))
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as fault:
            self._stop(fault)

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """The file, all of it on the disk."""
        try:
            self.file.flush()
            return super().file_complete(file_size)
        except OSError as fault:
            self._stop(fault)

    def _stop(self, fault: OSError) -> NoReturn:
        if fault.errno not in FULL:
            raise fault
        self._say(NO_ROOM)

    def _say(self, words: str) -> NoReturn:
        if self.request is not None:
            self.request.META[SAID] = words
        self.upload_interrupted()
        raise StopUpload(connection_reset=False)


def explain(request: HttpRequest, form: forms.Form) -> None:
    """Say by the file's field what stopped its upload, in place of “this field is required”."""
    said = request.META.get(SAID)
    for name, field in form.fields.items():
        if said and isinstance(field, forms.FileField):
            form.errors.pop(name, None)
            form.add_error(name, said)
