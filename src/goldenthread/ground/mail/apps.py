"""The mail room, to Django."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Outgoing mail."""

    name = "goldenthread.ground.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"
