"""How does a letter look to somebody who is not its reader?

Exactly as its reader will see it, but for the links: they let whoever has them act as the reader, so
none is opened and no address is shown.
"""

import logging
from dataclasses import replace

from django.utils.translation import gettext as _

from lodestar.domain.messaging.models import Letter
from lodestar.web.common.letters import Preview
from lodestar.web.mail.links import without_links
from lodestar.web.mail.registry import Button
from lodestar.web.mail.writing import Sheet, both_versions, sheet_for

logger = logging.getLogger("lodestar.mail")


def preview(letter: Letter) -> Preview:
    """Return the letter as it would be written now, with a placeholder for every address."""
    try:
        with without_links():
            sheet = inert(sheet_for(letter))
            text, html = both_versions(sheet)
    except Exception:  # whatever is wrong with one letter must not break the page that lists it
        logger.exception("letter %s cannot be written", letter.public_id)
        return Preview(problem=_("It cannot be written as things stand, so it would not go out."))
    return Preview(sheet.subject, text, html)


def inert(sheet: Sheet) -> Sheet:
    """Return a letter whose buttons have their words and no address."""
    return replace(
        sheet,
        button=unlinked(sheet.button) if sheet.button else None,
        links=[unlinked(link) for link in sheet.links],
        items=[replace(item, button=None) for item in sheet.items],
        is_preview=True,
    )


def unlinked(button: Button) -> Button:
    return Button(button.label, "")
