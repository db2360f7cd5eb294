"""What the server writes of itself: one JSON object a line on standard error, with nobody in it.

Who asked, from where, and for whom is left out, and so is whatever a person typed or a file held: an
address is written as the pattern it matched, a message as its template, an exception as its kind and
the lines of code it passed. (ICO, Logging and monitoring: log no more than the purpose asks for.)
"""

from __future__ import annotations

import json
import logging
import time
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch

LEVELS = ("debug", "info", "warning", "error", "critical")
OURS = "goldenthread"
OF_TASKS = ("django_tasks", "django_tasks_db")
"""Loggers that fill their messages with the names and numbers of tasks alone."""

MOST_FRAMES = 30
UNLOGGED = "s/"
"""Where answering begins. When somebody answered is for nobody to know, so only what fails is written."""

Asked = Callable[[HttpRequest], HttpResponseBase]
_log = logging.getLogger(f"{OURS}.request")


class Lines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """``at``, ``level``, ``from`` and ``event``, then what the event says of itself."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "from": record.name}
        line["event"] = _event(record)
        line.update(getattr(record, "facts", {}))
        if record.exc_info and record.exc_info[0]:
            line.update(_exception(record.exc_info[0], record.exc_info[2]))
        return json.dumps(line, ensure_ascii=True)


class Requests:
    """Middleware: one line for each answer, with how long it took in milliseconds."""

    def __init__(self, get_response: Asked) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say so."""
        began = time.perf_counter()
        response = self.get_response(request)
        took = round(1000 * (time.perf_counter() - began))
        level = logging.ERROR if response.status_code >= 500 else logging.INFO
        if level == logging.INFO and _route(request.resolver_match).startswith(f"/{UNLOGGED}"):
            return response
        facts = {"method": _method(request), "route": _route(request.resolver_match)}
        _log.log(level, "answered", extra={"facts": {**facts, "status": response.status_code, "ms": took}})
        return response


def settings(level: str) -> Mapping[str, Any]:
    """Django's LOGGING. Raises ValueError, in words, for a level that is none."""
    if level not in LEVELS:
        raise ValueError(f"LOG_LEVEL is “{level}”: it can be {', '.join(LEVELS)}.")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": Lines}},
        "handlers": {"errors": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["errors"], "level": "WARNING"},
        "loggers": {
            OURS: {"level": level.upper()},
            "django": {"handlers": ["errors"], "level": "ERROR", "propagate": False},
            **{name: {"level": level.upper()} for name in OF_TASKS},
        },
    }


def _event(record: logging.LogRecord) -> str:
    """The message: as it reads where its words are ours, its template where others' fill it in."""
    if record.name.split(".")[0] in (OURS, *OF_TASKS):
        return record.getMessage()
    return str(record.msg) if record.args else "said something"


def _exception(kind: type[BaseException], trace: TracebackType | None) -> dict[str, Any]:
    frames = traceback.extract_tb(trace)[-MOST_FRAMES:]
    passed = [f"{_module(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return {"exception": f"{kind.__module__}.{kind.__qualname__}", "passed": passed}


def _module(path: str) -> str:
    """The end of a file's path, without the folders it was installed in."""
    return "/".join(Path(path).parts[-3:])


def _method(request: HttpRequest) -> str:
    known = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
    return request.method if request.method in known else "another"


def _route(match: ResolverMatch | None) -> str:
    return f"/{match.route}" if match else "none of ours"
