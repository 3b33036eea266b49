from django.apps import AppConfig


class ConsoleDoorConfig(AppConfig):
    name = "lodestar.web.console"
    label = "console_door"
