"""The workbench, to Django."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """Pages for the workforce lead and their colleagues."""

    name = "goldenthread.web.workbench"
    label = "workbench"
