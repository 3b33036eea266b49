"""How does somebody choose their letters from a letter, without signing in?"""

from django.http import QueryDict
from django.utils.translation import gettext as _

from lodestar.domain.messaging.actions import keep_wishes
from lodestar.domain.messaging.models import Link
from lodestar.domain.messaging.queries import wishes_of
from lodestar.web.common.wishes import WishesForm, wishes_form
from lodestar.web.mail.registry import REMINDERS, AskAgain, LinkPage, kinds_of, purpose

PAGE = "mail/links/form.html"


def choose_page(link: Link) -> LinkPage:
    return page_with(wishes_form(wishes_of(link.person)))


def page_with(form: WishesForm) -> LinkPage:
    return LinkPage(
        _("Your letters"),
        [_("Letters that ask for your decision, and codes to sign in, come either way.")],
        choices=[("keep", _("Keep my choice"))],
        template=PAGE,
        facts={"form": form},
    )


def choose(link: Link, answers: QueryDict) -> LinkPage:
    form = wishes_form(wishes_of(link.person), answers)
    if not form.is_valid():
        raise AskAgain(page_with(form))
    keep_wishes(
        link.person, by=link.person, reminder_kinds=kinds_of(REMINDERS), **form.cleaned_data
    )
    return LinkPage(
        _("Kept"), [_("It counts from the next letter on. The same link lets you change it again.")]
    )


purpose("letters.choose", page=choose_page, act=choose, once=False)
