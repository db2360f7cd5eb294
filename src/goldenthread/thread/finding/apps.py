"""The finding room, to Django."""

from django.apps import AppConfig


class FindingConfig(AppConfig):
    """Builds and what they found."""

    name = "goldenthread.thread.finding"
    label = "finding"
    default_auto_field = "django.db.models.BigAutoField"
