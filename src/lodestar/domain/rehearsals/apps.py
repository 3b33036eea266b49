from django.apps import AppConfig


class RehearsalsConfig(AppConfig):
    name = "lodestar.domain.rehearsals"
    label = "rehearsals"
