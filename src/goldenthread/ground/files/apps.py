"""The files room, to Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Kept files."""

    name = "goldenthread.ground.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
