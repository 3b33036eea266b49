"""The letter that carries news: its words, and where they stand."""

from django.utils.translation import gettext as _

from lodestar.domain.community.actions.interests import WRITTEN
from lodestar.domain.community.queries import interests
from lodestar.domain.community.queries import news as queries
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.queries import association
from lodestar.web.mail.links import page_url
from lodestar.web.mail.registry import MESSAGES, Button, Written, letter
from lodestar.web.mail.words import plain


@letter(queries.NEWS, optional=True)
def news(letter: Letter) -> Written:
    """What the association or a program tells, as it reads now."""
    if letter.person is None:
        raise ValueError("News goes to a person.")
    piece = queries.piece_by_key(letter.about_key)
    return Written(
        subject=piece.title,
        template="mail/community/news.txt",
        facts={
            "first_name": letter.person.first_name,
            "program": piece.program.called if piece.program else "",
            "paragraphs": [each for each in piece.text.splitlines() if each.strip()],
        },
        why="" if piece.program else _why(),
        button=Button(_("Read it in the portal"), page_url("portal:news-piece", piece.public_id)),
    )


def _why() -> str:
    """Say why somebody gets news for everybody: not all of them take part in a program."""
    name = plain(association().name)
    return _("You get this letter because %(name)s knows you as one of its alumni.") % {
        "name": name
    }


@letter(WRITTEN, optional=True, topic=MESSAGES)
def post(letter: Letter) -> Written:
    """Something was written in an interest group; its words stay there."""
    if letter.person is None:
        raise ValueError("A letter about an interest group goes to a person.")
    group = interests.interest_group_for(letter.person, letter.about_key)
    return Written(
        subject=_("Somebody wrote in %(group)s") % {"group": group},
        template="mail/community/post.txt",
        facts={"first_name": letter.person.first_name, "group": str(group)},
        button=Button(_("Read and answer"), page_url("portal:interest-group", group.public_id)),
    )
