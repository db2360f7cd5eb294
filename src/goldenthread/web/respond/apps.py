"""The pages on which people answer, to Django."""

from django.apps import AppConfig


class RespondConfig(AppConfig):
    """Templates and addresses."""

    name = "goldenthread.web.respond"
    label = "respond"
