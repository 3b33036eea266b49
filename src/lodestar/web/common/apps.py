from django.apps import AppConfig
from django.forms import Field
from django.utils.translation import gettext_lazy as _

from lodestar.web.common.translations import install


class CommonDoorConfig(AppConfig):
    name = "lodestar.web.common"
    label = "common_door"

    def ready(self) -> None:
        """Ask the way a friend would, in every form, and in every language."""
        install()
        Field.default_error_messages["required"] = _("Please answer this one.")
