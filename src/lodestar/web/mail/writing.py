"""How does a letter's text become the mail that a reader sees?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils.translation import gettext as _

from lodestar.domain.common.time import now
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.queries import association
from lodestar.domain.people.rules import is_language
from lodestar.web.common.calendar_files import CalendarFile
from lodestar.web.common.languages import language_of, reading
from lodestar.web.mail.links import choose_url, stop_url
from lodestar.web.mail.registry import KINDS, Button, Item, Kind, Written
from lodestar.web.mail.replies import reply_address
from lodestar.web.mail.words import Verbatim, fenced, header_words, plain, safe_facts, subject_line

LAYOUT = "mail/layout/letter"


@dataclass(frozen=True)
class Sheet:
    """What both versions of a letter show."""

    subject: str
    association: str
    postal_address: str
    contact: str
    paragraphs: list[str]
    button: Button | None
    links: list[Button]
    code: str
    why: str
    stop: str
    is_optional: bool
    reply_to: str = ""
    said: Sequence[str] = ()
    items: Sequence[Item] = ()
    choose: str = ""
    how_to_answer: str = ""
    is_preview: bool = False
    calendar: CalendarFile | None = None
    language: str = "en"


def write(letter: Letter, to: str) -> EmailMultiAlternatives:
    """Return the mail for a letter, in the reader's language."""
    sheet = sheet_for(letter)
    text, html = both_versions(sheet)
    mail = EmailMultiAlternatives(
        subject=sheet.subject,
        body=text,
        from_email=sender(sheet.association),
        to=[sanitize_address(to, "utf-8")],
        reply_to=[sheet.reply_to] if sheet.reply_to else None,
        headers=headers(letter, sheet),
    )
    mail.attach_alternative(html, "text/html")
    if sheet.calendar:
        enclose(mail, sheet.calendar)
    return mail


def enclose(mail: EmailMultiAlternatives, calendar: CalendarFile) -> None:
    """Add an invitation twice, as most do: mailboxes act on the alternative, people keep the file."""
    mail.attach_alternative(calendar.text, f"text/calendar; method={calendar.method}")
    mail.attach("invite.ics", calendar.text.encode(), "application/ics")


def sheet_for(letter: Letter) -> Sheet:
    """Return what a letter says, in the reader's language."""
    kind = KINDS[letter.kind]
    language = language_of_letter(letter)
    with reading(language):
        return replace(sheet_of(kind.write(letter), kind, letter), language=language)


def language_of_letter(letter: Letter) -> str:
    """Return what its reader reads; an address without a person, what its page spoke when it asked."""
    said = str(letter.words.get("language", ""))
    return said if letter.person is None and is_language(said) else language_of(letter.person)


def both_versions(sheet: Sheet) -> tuple[str, str]:
    """Return a letter as text and as HTML, in its reader's language."""
    with reading(sheet.language):
        text = plain_text(f"{LAYOUT}.txt", {"sheet": sheet})
        return text, inlined(render_to_string(f"{LAYOUT}.html", {"sheet": sheet}))


def sheet_of(written: Written, kind: Kind, letter: Letter) -> Sheet:
    house = association()
    name, contact = plain(house.name), header_words(house.contact_email)
    told = written.answers
    reply_to = reply_address(letter, told.about) if told else contact
    return Sheet(
        subject=subject_line(written.subject),
        association=name,
        postal_address=plain(house.postal_address),
        contact=contact,
        paragraphs=paragraphs(written, name),
        button=written.button,
        links=list(written.links),
        code=written.code,
        why=written.why or reason(name),
        stop=stop_url(letter, now()) if kind.is_optional else "",
        is_optional=kind.is_optional,
        reply_to=reply_to,
        how_to_answer=how_to_answer(told.whom) if told else "",
        said=[fenced(line) for line in written.said],
        items=[
            replace(item, line=fenced(item.line), said=[fenced(s) for s in item.said])
            for item in written.items
        ],
        choose=choose_url(letter, now()),
        calendar=written.calendar,
    )


def how_to_answer(whom: str) -> str:
    """Say whether an answer to this letter arrives, so that nobody writes into the void."""
    words = (
        _("Or simply answer this letter: your words go to %(whom)s, without what is quoted and without files.")
        if settings.INBOUND_ADDRESS
        else _("Please answer on the page: an answer to this letter does not reach %(whom)s.")
    )  # fmt: skip
    return words % {"whom": fenced(whom)}


def reason(name: str) -> str:
    return _("You get this letter because you take part in what %(name)s offers.") % {"name": name}


def paragraphs(written: Written, name: str) -> list[str]:
    """Return the paragraphs of the text template: whatever an empty line parts."""
    facts = {"association_name": Verbatim(name), **safe_facts(written.facts)}
    parts = plain_text(written.template, facts).replace("\r\n", "\n").split("\n\n")
    return ["\n".join(map(str.strip, part.strip().splitlines())) for part in parts if part.strip()]


def plain_text(template: str, facts: Mapping[str, object]) -> str:
    """Render without escaping, which is for HTML: the HTML layout escapes every paragraph itself."""
    found = get_template(template)
    return str(found.template.render(Context(dict(facts), autoescape=False)))  # type: ignore[attr-defined]


def inlined(html: str) -> str:
    """Return the page with its styles on the elements, as mail programs want it."""
    return css_inline.inline(html, keep_style_tags=True, load_remote_stylesheets=False)


def sender(name: str) -> str:
    """Return our address under the association's name."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return formataddr((header_words(name), address))


def headers(letter: Letter, sheet: Sheet) -> dict[str, str]:
    found = {
        "Message-ID": message_id(letter),
        "Date": format_datetime(now()),
        "Content-Language": sheet.language,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if sheet.stop:
        found["List-Unsubscribe"] = f"<{sheet.stop}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return found


def message_id(letter: Letter) -> str:
    """Return the same name for a letter however often it is sent."""
    return f"<{letter.public_id}.letter@{urlsplit(settings.BASE_URL).hostname}>"
