"""What a command answers when it changes nothing."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - an answer, not a failure of ours
    """The change was not made. The message is one sentence for the person who asked.

    ``field`` names the field of the form it is about, where it is about one.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Conflict(Refused):
    """Somebody else changed the same thing first. Nothing was overwritten; show both and ask again."""
