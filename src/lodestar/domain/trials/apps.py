from django.apps import AppConfig


class TrialsConfig(AppConfig):
    name = "lodestar.domain.trials"
    label = "trials"
