from django.apps import AppConfig


class BackstageDoorConfig(AppConfig):
    name = "lodestar.web.backstage"
    label = "backstage_door"
