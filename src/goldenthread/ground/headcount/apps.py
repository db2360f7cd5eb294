"""The headcount room, to Django."""

from django.apps import AppConfig


class HeadcountConfig(AppConfig):
    """The headcount table."""

    name = "goldenthread.ground.headcount"
    label = "headcount"
    default_auto_field = "django.db.models.BigAutoField"
