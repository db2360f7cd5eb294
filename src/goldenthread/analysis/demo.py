"""The demonstration: Anyshire's report, built and served."""

from __future__ import annotations

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


def demonstrate(
    *, host: str, port: int, home: Path | None, tell: Callable[[str], None], say: Callable[[str], None]
) -> None:
    """Build the report under ``home`` (a temporary folder by default) and serve it until interrupted.

    KeyboardInterrupt is the end of serving, and only while building an interruption. Raises Refusal
    where the example is missing or no port is free.
    """
    study = read_study(example())
    with tempfile.TemporaryDirectory(prefix="goldenthread-") as temporary:
        folder = (home or Path(temporary)) / "anyshire"
        results = analyse(study, tell=tell)
        tell("Writing the report")
        write_report(results, folder)
        with _server(folder, host, port) as server:
            _serve(server, host, say)


def example() -> Path:
    """Where Anyshire's study file is: with the source, beside ``src``. Raises Refusal without it."""
    path = Path(__file__).parents[3] / "examples" / "anyshire" / "study.toml"
    if not path.is_file():
        raise Refusal("The demonstration needs the examples folder that comes with the source.")
    return path


def _serve(server: ThreadingHTTPServer, host: str, say: Callable[[str], None]) -> None:
    try:
        say(f"Anyshire's report is at http://{host}:{server.server_port}/  (Ctrl+C stops it)")
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
