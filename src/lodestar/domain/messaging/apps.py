from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "lodestar.domain.messaging"
    label = "messaging"
