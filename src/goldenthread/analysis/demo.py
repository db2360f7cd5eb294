"""The demonstration: Anyshire's report, built and served."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.report.write import write_report
from goldenthread.analysis.run import analyse

_TRIES = 20
_ENDED = 128 + signal.SIGTERM
"""The exit status of whatever SIGTERM ended."""


def demonstrate(
    *, host: str, port: int, home: Path | None, tell: Callable[[str], None], say: Callable[[str], None]
) -> None:
    """Build the report under ``home`` (a temporary folder by default) and serve it until interrupted.

    SIGTERM ends it too, with status 143 and nothing left behind. Raises Refusal
    where the example is missing or no port is free.
    """
    signal.signal(signal.SIGTERM, _end)
    study = read_study(example())
    with tempfile.TemporaryDirectory(prefix="goldenthread-") as temporary:
        folder = (home or Path(temporary)) / "anyshire"
        results = analyse(study, tell=tell)
        tell("Writing the report")
        write_report(results, folder)
        with _server(folder, host, port) as server:
            say(f"Anyshire's report is at http://{host}:{server.server_port}/  (Ctrl+C stops it)")
            _serve(server)


def example() -> Path:
    """Where Anyshire's study file is: with the source, beside ``src``. Raises Refusal without it."""
    path = Path(__file__).parents[3] / "examples" / "anyshire" / "study.toml"
    if not path.is_file():
        raise Refusal("The demonstration needs the examples folder that comes with the source.")
    return path


def _end(number: int, frame: object) -> None:
    """Leave by way of every ``with``, and only once: a second signal must not cut the tidying short."""
    del frame
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(_ENDED)


def _serve(server: ThreadingHTTPServer) -> None:
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return


def _server(folder: Path, host: str, port: int) -> ThreadingHTTPServer:
    handler = partial(_Handler, directory=str(folder))
    for candidate in range(port, port + _TRIES) if port else (0,):
        try:
            return ThreadingHTTPServer((host, candidate), handler)
        except OSError:
            continue
    raise Refusal(f"No port from {port} to {port + _TRIES - 1} is free. Choose another with --port.")


class _Handler(SimpleHTTPRequestHandler):
    """Serves the report's own files, quietly, with the report itself at the top."""

    def translate_path(self, path: str) -> str:
        return super().translate_path("/report.html" if path.partition("?")[0] == "/" else path)

    def list_directory(self, path: object) -> None:
        del path
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        del format, args
