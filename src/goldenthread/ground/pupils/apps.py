"""The pupils room, to Django."""

from django.apps import AppConfig


class PupilsConfig(AppConfig):
    """How many pupils have each type of need."""

    name = "goldenthread.ground.pupils"
    label = "pupils"
    default_auto_field = "django.db.models.BigAutoField"
