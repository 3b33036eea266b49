from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "lodestar.domain.office"
    label = "office"
