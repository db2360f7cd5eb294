"""Outgoing mail: written with the change it tells of, sent afterwards, and forgotten once sent."""
