"""What is likely to mend a file that is no TOML."""

from __future__ import annotations

import re

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_VALUE = ("Invalid value", "Expected newline or end of document")
_CURLY = "“”„‘’"


def remedy(text: str, message: str) -> str:
    """A remedy for what ``tomllib`` says of ``text``, such as "; words need quotation marks", or nothing.

    Only the commonest slips are known: words without quotation marks; curly ones; one, or an
    apostrophe, inside a text; a lone backslash; True with a capital.
    """
    place = _PLACE.search(message)
    if place is None:
        return ""
    line, column = int(place[1]), int(place[2])
    written = text.split("\n")[line - 1]
    before, rest = written[: column - 1], written[column - 1 :]
    if message.startswith("Unescaped '\\'"):
        return r"; a backslash is written twice: \\"
    return _value(before, rest) if message.startswith(_VALUE) else ""


def _value(before: str, rest: str) -> str:
    if rest[:1] and rest[0] in _CURLY:
        return '; use straight quotation marks (") around the text'
    if before.endswith('"') and '"' in rest:
        return r"; a quotation mark inside a text is written \" with a backslash"
    if before.endswith("'") and "'" in rest:
        return '; a text with an apostrophe in it goes between double quotation marks (")'
    if re.match(r"(True|TRUE|False|FALSE)\b", rest):
        return "; write true and false in small letters"
    return '; words need quotation marks: "like this"' if rest[:1].isalpha() else ""
