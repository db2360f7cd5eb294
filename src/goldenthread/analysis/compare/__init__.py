"""Waves side by side: changes, verdicts and findings."""
