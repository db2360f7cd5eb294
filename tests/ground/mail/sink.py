"""A real mail server on this machine, which takes what it is given or is told to misbehave."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """What arrived, in order. ``moods`` says what to do with the next letters: see ``handle_DATA``.

    ``when_asked`` is called with the number of each letter offered, before it is taken.
    """

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.moods: deque[str] = deque()
        self.refused: dict[str, str] = {}
        self.asked = 0
        self.when_asked: Callable[[int], None] = lambda _: None

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the letter; or "drop" the line before taking it, or "lose" the answer after."""
        del session
        self.asked += 1
        self.when_asked(self.asked)
        mood = self.moods.popleft() if self.moods else "take"
        if mood != "drop":
            self.letters.append(message_from_bytes(bytes(envelope.content or b"")))
        if mood in ("drop", "lose"):
            server.transport.abort()
        return mood if mood[:1].isdigit() else "250 OK"

    def counted(self) -> Counter[str]:
        """How often each Message-ID arrived."""
        return Counter(str(each["Message-ID"]) for each in self.letters)


class Server(Controller):  # type: ignore[misc]
    """A mail server on a port of its own choosing."""

    def _trigger_server(self) -> None:
        self.port = int(self.server.sockets[0].getsockname()[1])
        super()._trigger_server()


def serve(sink: Sink) -> Server:
    """A mail server with ``sink`` behind it, running."""
    server = Server(sink, hostname="127.0.0.1", port=0)
    server.start()
    return server
