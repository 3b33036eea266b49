from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "lodestar.domain.applications"
    label = "applications"
