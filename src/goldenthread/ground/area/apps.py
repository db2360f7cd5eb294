"""The area room, to Django."""

from django.apps import AppConfig


class AreaConfig(AppConfig):
    """A local area."""

    name = "goldenthread.ground.area"
    label = "area"
    default_auto_field = "django.db.models.BigAutoField"
