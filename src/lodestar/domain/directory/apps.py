from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "lodestar.domain.directory"
    label = "directory"
