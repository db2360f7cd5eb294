"""The survey room, to Django."""

from django.apps import AppConfig


class SurveyConfig(AppConfig):
    """Surveys, waves, crosswalk."""

    name = "goldenthread.thread.survey"
    label = "survey"
    default_auto_field = "django.db.models.BigAutoField"
