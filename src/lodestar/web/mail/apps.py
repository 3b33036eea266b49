from django.apps import AppConfig


class MailDoorConfig(AppConfig):
    name = "lodestar.web.mail"
    label = "mail_door"

    def ready(self) -> None:
        from lodestar.web.mail.registry import load  # noqa: PLC0415  models load before letters

        load()
