from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "lodestar.domain.matching"
    label = "matching"
