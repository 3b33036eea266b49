"""What does the unsubscribe link of a letter do?"""

from django.http import QueryDict
from django.utils.translation import gettext as _

from lodestar.domain.messaging.actions import choose_letters
from lodestar.domain.messaging.models import Link
from lodestar.domain.messaging.queries import letter_by_key
from lodestar.web.mail.registry import LinkPage, purpose


def stop_page(link: Link) -> LinkPage:
    letter = letter_by_key(link.about_key)
    return LinkPage(
        _("No more letters like this one?"),
        [
            _("The letter was: “%(subject)s”.") % {"subject": letter.subject},
            _("Letters that you need to take part still come."),
        ],
        choices=[("stop", _("Send me no more of these"))],
    )


def stop(link: Link, _answers: QueryDict) -> LinkPage:
    letter = letter_by_key(link.about_key)
    choose_letters(link.person, letter.kind, is_wanted=False, by=link.person)
    return LinkPage(
        _("Done: no more of these"),
        [
            _(
                "You will get no more letters of this kind. Letters that you need to take part still come."
            )
        ],
    )


purpose("letters.stop", page=stop_page, act=stop, once=False)
