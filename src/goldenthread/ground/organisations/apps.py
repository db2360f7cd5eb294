"""The organisations room, to Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations, and uploads from the national register."""

    name = "goldenthread.ground.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"
