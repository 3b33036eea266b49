from django.apps import AppConfig


class CommonDoorConfig(AppConfig):
    name = "lodestar.web.common"
    label = "common_door"
