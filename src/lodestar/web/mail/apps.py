from django.apps import AppConfig


class MailDoorConfig(AppConfig):
    name = "lodestar.web.mail"
    label = "mail_door"
