"""The components, to Django."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """Templates and static files shared by every audience."""

    name = "goldenthread.web.components"
    label = "components"
