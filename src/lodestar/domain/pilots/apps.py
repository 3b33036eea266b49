from django.apps import AppConfig


class PilotsConfig(AppConfig):
    name = "lodestar.domain.pilots"
    label = "pilots"
