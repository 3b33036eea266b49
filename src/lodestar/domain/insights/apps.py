from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "lodestar.domain.insights"
    label = "insights"
