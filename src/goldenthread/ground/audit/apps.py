"""The audit room, to Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit trail."""

    name = "goldenthread.ground.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
