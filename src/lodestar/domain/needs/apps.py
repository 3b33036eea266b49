from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "lodestar.domain.needs"
    label = "needs"
