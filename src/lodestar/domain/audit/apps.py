from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "lodestar.domain.audit"
    label = "audit"
