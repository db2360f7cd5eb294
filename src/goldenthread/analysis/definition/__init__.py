"""Questionnaires and studies: read, checked, frozen."""
