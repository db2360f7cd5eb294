"""Where outgoing mail goes, from the environment: a mail server, or files in the home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote, urlsplit

_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


@dataclass(frozen=True, slots=True)
class Mail:
    """Django's settings for mail; without a host, each mail becomes a file."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False

    @property
    def backend(self) -> str:
        """What sends: a mail server where there is one, else files."""
        kind = "smtp" if self.host else "filebased"
        return f"django.core.mail.backends.{kind}.EmailBackend"


def mail(environ: Mapping[str, str]) -> Mail:
    """MAIL_URL, or MAIL_HOST with MAIL_PORT, MAIL_USER, MAIL_PASSWORD and MAIL_SCHEME.

    The scheme is ``smtp`` (STARTTLS), ``smtps`` (TLS from the start) or ``smtp+plain`` (no
    encryption, for a relay on the same machine). Raises ValueError, one sentence, for others.
    """
    parts = urlsplit(environ.get("MAIL_URL") or _from_parts(environ))
    if not parts.geturl():
        return Mail()
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(f"MAIL_URL must read scheme://host:port, the scheme one of {', '.join(_PORTS)}.")
    return _server(parts)


def whole(environ: Mapping[str, str], name: str, otherwise: int) -> int:
    """A whole number from the environment. Raises ValueError, one sentence, for anything else."""
    text = environ.get(name) or str(otherwise)
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ValueError(f"{name} must be a whole number above 0, not “{text}”.")
    return int(text)


def _server(parts: SplitResult) -> Mail:
    return Mail(
        host=parts.hostname or "",
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp",
        tls=parts.scheme == "smtps",
    )


def _from_parts(environ: Mapping[str, str]) -> str:
    host = environ.get("MAIL_HOST")
    if not host:
        return ""
    scheme = environ.get("MAIL_SCHEME") or "smtp"
    port = whole(environ, "MAIL_PORT", _PORTS.get(scheme, 25))
    user, password = (quote(environ.get(name) or "", "") for name in ("MAIL_USER", "MAIL_PASSWORD"))
    return f"{scheme}://{user}:{password}@{host}:{port}"
