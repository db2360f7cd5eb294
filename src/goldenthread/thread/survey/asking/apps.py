"""The room of waves that are asked here, to Django."""

from django.apps import AppConfig


class AskingConfig(AppConfig):
    """Askings, channels, ballots and answers."""

    name = "goldenthread.thread.survey.asking"
    label = "asking"
    default_auto_field = "django.db.models.BigAutoField"
