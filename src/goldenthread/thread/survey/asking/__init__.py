"""Asking a wave here: opening and closing it, its channels, and the way an answer takes from a person's
page into a heap in which nobody can find it again (README.md)."""
