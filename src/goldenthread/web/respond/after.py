"""What becomes of answers, for the page of thanks."""

from __future__ import annotations

from goldenthread.web.components.parts import SpineLink

AFTER = (
    SpineLink("Ask", None, "done", "You answered."),
    SpineLink("Find", None, "todo", "The results are worked out and checked."),
    SpineLink("Need", None, "todo", "What people need most is agreed."),
    SpineLink("Plan", None, "todo", "What will be done about it is decided."),
    SpineLink("Train", None, "todo", "What was planned takes place."),
    SpineLink("Measure", None, "todo", "What changed is looked at."),
    SpineLink("Reply", None, "todo", "What was said gets an answer, even where it is no."),
)
"""The seven links. The same for everybody, and without dates: the page may be opened by anybody."""
