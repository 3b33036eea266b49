from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "lodestar.domain.community"
    label = "community"
