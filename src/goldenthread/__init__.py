"""Golden Thread: from what a workforce says to what it learns, and what came of it."""

__version__ = "0.1.0"
