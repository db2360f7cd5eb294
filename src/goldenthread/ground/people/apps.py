"""The people room, to Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts and roles; people and posts."""

    name = "goldenthread.ground.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
