"""The daily letter: everything that was kept for it, each with its own way in."""

from django.utils.translation import gettext as _

from lodestar.domain.messaging.models import Letter
from lodestar.domain.messaging.queries import letters_by_key
from lodestar.web.mail.links import page_url
from lodestar.web.mail.registry import KINDS, Button, Item, Written, letter


@letter("letters.daily")
def daily(letter: Letter) -> Written:
    """What came since the last one, in the order in which it came."""
    if letter.person is None:
        raise ValueError("A daily letter goes to a person.")
    kept = letters_by_key(letter.words.get("letters", []), letter.person)
    return Written(
        subject=_("Your day at a glance"),
        template="mail/daily/daily.txt",
        facts={"first_name": letter.person.first_name, "count": len(kept)},
        items=[item_of(each) for each in kept],
        why=_("You get this letter because you chose to hear once a day."),
    )


def item_of(kept: Letter) -> Item:
    """Return one kept letter in a line; one that can't be written any more still says that something waits."""
    try:
        written = KINDS[kept.kind].write(kept)
    except Exception:  # what it was about may be gone by now; the others must not suffer
        home = Button(_("Open the portal"), page_url("portal:home"))
        return Item(_("Something waited for you, and has changed since."), (), home)
    return Item(written.subject, written.said, written.button)
