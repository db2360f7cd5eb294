"""Questionnaires as other programs keep them: read, written, and what could not be carried, in words.

``take`` and ``give`` are the doors. A format is written in its own terms and at once read back. What that
lost (an item, a net, a code the format has no letters for) goes into a table of the file that only we read
(``private``), each line with what stands in its place for everybody else. Read again, a line counts only
where that still stands there: what somebody changed elsewhere wins.
"""
