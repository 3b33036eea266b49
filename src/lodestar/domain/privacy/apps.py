from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "lodestar.domain.privacy"
    label = "privacy"
