"""What the proof of canaries looks with sees a text that does run, and a file that does hold a formula."""

from __future__ import annotations

import io
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "proofs"))
import canaries_fields
import canaries_files
import canaries_seen
from payloads import HTML, PAYLOADS

PAGE = "<!doctype html><title>Page</title><body>{}</body>"


class _Unescaped(BaseHTTPRequestHandler):
    """A page that shows what its address asks as it stands, and says how: plainly wrong."""

    def do_GET(self) -> None:
        name = self.path.partition("?")[2]
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if name == "policy":
            self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(PAGE.format(PAYLOADS.get(name, HTML["script"])).encode())

    def log_message(self, *args: object) -> None:
        """Nothing is said."""


@pytest.fixture
def unescaped() -> Iterator[str]:
    """The address of a server whose pages escape nothing."""
    server = HTTPServer(("127.0.0.1", 0), _Unescaped)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.browser
def test_what_runs_in_a_page_is_seen(unescaped: str) -> None:
    with canaries_seen.browser(unescaped, {}) as watched:
        assert any("window.canary is 1" in each for each in watched.open("/?script")[0])
        assert any("window.canary is 2" in each for each in watched.open("/?image")[0])
        assert any("a request to" in each for each in watched.open("/?elsewhere")[0])
        assert any("content policy" in each for each in watched.open("/?policy")[0])


@pytest.mark.browser
def test_a_page_that_does_nothing_is_left_alone(unescaped: str) -> None:
    with canaries_seen.browser(unescaped, {}) as watched:
        assert watched.open("/?equals") == ([], "=canary+7*7\nPage")


@pytest.mark.parametrize("name", [*HTML, "tag", "comment"])
def test_what_a_text_makes_in_a_page_is_read(name: str) -> None:
    assert canaries_files.faults("text/html; charset=utf-8", PAGE.format(PAYLOADS[name]).encode())


def test_an_attribute_left_by_its_quotes_is_read() -> None:
    page = PAGE.format(f'<input value="{PAYLOADS["double"]}">')
    assert canaries_files.faults("text/html", page.encode())


def test_a_template_that_was_carried_out_is_read() -> None:
    assert canaries_files.faults("text/html", PAGE.format("canary49q49q").encode())


def test_cells_that_a_spreadsheet_runs_are_read() -> None:
    for text in ("=1+1,x", '"  =1",x', 'x,"a;=1"', 'x,"a\t=1"'):
        assert canaries_files.faults("text/csv", text.encode()), text
    assert not canaries_files.faults("text/csv", b"Schools,'=1,\xe2\x88\x925")


def test_a_formula_in_a_workbook_is_read() -> None:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0]["A1"] = "=1+1"
    book.save(file)
    assert canaries_files.faults(canaries_files.SPREADSHEET, file.getvalue())


def test_what_a_drawing_or_a_document_fetches_is_read() -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
    assert canaries_files.faults("image/svg+xml", drawing.encode())
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/_rels/x.rels", '<r><a TargetMode="External" Target="http://x"/></r>')
    assert canaries_files.faults(canaries_files.DOCUMENT, file.getvalue())


def test_a_header_that_a_text_added_to_a_letter_is_read() -> None:
    plain = "To: a@x.example\nFrom: b@x.example\nSubject: Hello\nMessage-ID: <1@x>\n{}\nWords\n"
    assert not list(canaries_files.in_letter(plain.format("").encode()))
    assert list(canaries_files.in_letter(plain.format("Bcc: c@canary.example\n").encode()))


def test_a_field_that_nobody_accounts_for_is_told() -> None:
    held = dict.fromkeys(canaries_fields.OURS, False)
    assert not list(canaries_fields.unaccounted(held))
    assert list(canaries_fields.unaccounted({**held, "survey.Survey.new": False}))
