from django.apps import AppConfig


class PortalDoorConfig(AppConfig):
    name = "lodestar.web.portal"
    label = "portal_door"
