"""The retention room, to Django."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """The data map and the round that keeps to it. It has no tables of its own."""

    name = "goldenthread.ground.retention"
    label = "retention"
