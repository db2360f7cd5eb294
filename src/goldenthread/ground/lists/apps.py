"""The lists room, to Django."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Lists and their entries."""

    name = "goldenthread.ground.lists"
    label = "lists"
    default_auto_field = "django.db.models.BigAutoField"
