"""Figures as plain words."""
