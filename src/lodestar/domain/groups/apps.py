from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "lodestar.domain.groups"
    label = "groups"
