from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "lodestar.domain.people"
    label = "people"
