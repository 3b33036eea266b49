"""The letters of groups. They hold no scores, and of the others only what they let each other see."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.common.time import now
from lodestar.domain.groups import queries, rules
from lodestar.domain.groups.models import Group, Member
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person
from lodestar.domain.people.rules import clock_of, zone_of
from lodestar.web.common.group_words import group_line
from lodestar.web.common.shape import shape_in_words
from lodestar.web.mail.links import answer_url, page_url
from lodestar.web.mail.registry import MESSAGES, REMINDERS, Answers, Button, Written, letter
from lodestar.web.mail.words import Verbatim, plain

CAN_BE_ANSWERED = ("begun", "joined", "message")
CAN_BE_LEFT = ("begun", "joined", "left", "message", "unmet")
LEAVES_WITHIN = timedelta(days=60)


def about(letter: Letter) -> tuple[Group, Person]:
    if letter.person is None:
        raise ValueError("A letter about a group goes to one person.")
    return queries.group_by_key(letter.about_key), letter.person


def facts_of(group: Group, reader: Person) -> dict[str, object]:
    """Return who is together and why, as far as this reader may know it now."""
    roll, shown = queries.roll_of(group), queries.shown_in(group)
    own = next((m for m in roll.members if m.participant.person_id == reader.pk), None)
    is_drafted = group.status == Group.Status.DRAFTED
    may_see = own is not None and own.is_present and (is_drafted or rules.is_living(group))
    people = roll.present if is_drafted else queries.people_shown(group, roll)
    others = [m for m in people if m.participant.person_id != reader.pk] if may_see else []
    design = group.cohort.design
    return {
        "first_name": reader.first_name,
        "group": str(group),
        "program": group.cohort.program.called,
        "cohort": group.cohort.name,
        "is_mentor": own is not None and own.is_mentor,
        "people": [line_of(each, group_line(each, shown)) for each in others],
        "reasons": queries.reasons_in_words(group, roll) if may_see else [],
        "shape": [*shape_in_words(design), rules.led_by_in_words(design)],
        "agenda": rules.first_agenda(design, queries.topics_of(group) if may_see else []),
        "day": day_of(own, group),
    }


def line_of(member: Member, line: str) -> str:
    role = rules.role_in_words(member)
    name = f"{member.person.full_name}, {role}" if role else member.person.full_name
    return f"{name} ({line})" if line else name


def day_of(own: Member | None, group: Group) -> str:
    until = (own.reply_by if own else None) or group.reply_by
    until = until or rules.deadline(now(), group.cohort.design.reply_days)
    return date_format(until, "l, j F")


def written(letter: Letter, subject: str, name: str, label: str) -> Written:
    group, reader = about(letter)
    told = dict(letter.words)
    return Written(
        subject=subject % {"group": group, "name": told.get("name", "")},
        template=f"mail/groups/{name}.txt",
        facts={**facts_of(group, reader), "name": Verbatim(plain(str(told.get("name", ""))))},
        button=Button(label, page_url("portal:group", group.public_id)),
        links=[leaving(letter, group)] if name in CAN_BE_LEFT else [],
        answers=Answers(group, str(group)) if name in CAN_BE_ANSWERED else None,
    )


def leaving(letter: Letter, group: Group) -> Button:
    """Return the way out of a group without signing in."""
    address = answer_url(letter, "groups.leave", group, now() + LEAVES_WITHIN)
    return Button(_("Leave the group, kindly"), address)


def asking(letter: Letter, subject: str, name: str) -> Written:
    """Return a letter that can be answered without signing in; whoever was asked later has longer."""
    group, reader = about(letter)
    own = group.members.filter(participant__person=reader).order_by("-pk").first()
    until = (own.reply_by if own else None) or group.reply_by or now()
    return Written(
        subject=subject % {"program": group.cohort.program.called, "day": day_of(own, group)},
        template=f"mail/groups/{name}.txt",
        facts=facts_of(group, reader),
        button=Button(
            _("Read and answer"),
            answer_url(letter, "groups.answer", group, until),
        ),
        links=[Button(_("See it in the portal"), page_url("portal:group", group.public_id))],
    )


@letter("groups.proposed")
def proposed(letter: Letter) -> Written:
    """Who would be together, why, and a way to answer without signing in."""
    return asking(letter, _("A group for you in %(program)s"), "proposed")


@letter("groups.reminder")
def reminder(letter: Letter) -> Written:
    """A friendly word to whoever has not answered yet."""
    return asking(letter, _("Your group waits for your answer until %(day)s"), "reminder")


@letter("groups.begun")
def begun(letter: Letter) -> Written:
    """Enough said yes: who is in it, and a first agenda."""
    return written(letter, _("%(group)s has begun"), "begun", _("Open your group"))


@letter("groups.joined")
def joined(letter: Letter) -> Written:
    """Somebody came in later."""
    return written(letter, _("%(name)s joins your group"), "joined", _("Say hello"))


@letter("groups.left")
def left(letter: Letter) -> Written:
    """Somebody left; why stays with them."""
    return written(letter, _("%(name)s has left your group"), "left", _("Open your group"))


@letter("groups.message", topic=MESSAGES)
def message(letter: Letter) -> Written:
    """Something waits to be read; its words stay in the room."""
    return written(letter, _("Somebody wrote in %(group)s"), "message", _("Read and answer"))


@letter("groups.unmet", optional=True, topic=REMINDERS)
def unmet(letter: Letter) -> Written:
    """The first date is overdue."""
    return written(letter, _("%(group)s: a first date?"), "unmet", _("Propose a date"))


@letter("groups.ended")
def ended(letter: Letter) -> Written:
    """It is over; everybody is thanked."""
    return written(letter, _("%(group)s: thank you"), "ended", _("Read what you have"))


@letter("groups.date")
def date(letter: Letter) -> Written:
    """When and where the group meets next, in the reader's own time."""
    group, reader = about(letter)
    at = timezone.localtime(group.meets_at, clock_of(reader)) if group.meets_at else None
    facts = facts_of(group, reader) | {
        "at": date_format(at, "l, j F, H:i") if at else "",
        "zone": zone_of(reader),
        "where": Verbatim(plain(group.meets_where)),
    }
    return Written(
        subject=_("%(group)s meets on %(day)s")
        % {"group": group, "day": date_format(at, "l, j F") if at else ""},
        template="mail/groups/date.txt",
        facts=facts,
        button=Button(
            _("I come, or I cannot"),
            answer_url(letter, "groups.coming", group, group.meets_at or now()),
        ),
        links=[Button(_("Open your group"), page_url("portal:group", group.public_id))],
    )


@letter("groups.closed")
def closed(letter: Letter) -> Written:
    """A group that does not come about, or goes on without this reader; nobody is blamed."""
    group, reader = about(letter)
    return Written(
        subject=_("Your group in %(program)s") % {"program": group.cohort.program.called},
        template="mail/groups/closed.txt",
        facts={
            "first_name": reader.first_name,
            "program": group.cohort.program.called,
            "is_expired": is_expired(group, reader),
        },
        links=[Button(_("Your page in the portal"), page_url("portal:home"))],
    )


def is_expired(group: Group, reader: Person) -> bool:
    return group.members.filter(participant__person=reader, answer=Member.Answer.EXPIRED).exists()


@letter("groups.short")
def short(letter: Letter) -> Written:
    """The office is called to a group that cannot begin, or has lost its mentor."""
    group, reader = about(letter)
    roll = queries.roll_of(group)
    return Written(
        subject=_("%(group)s in %(program)s needs you")
        % {"group": group, "program": group.cohort.program.called},
        template="mail/groups/short.txt",
        facts={
            "first_name": reader.first_name,
            "group": str(group),
            "program": group.cohort.program.called,
            "state": rules.state_in_words(group, roll),
        },
        button=Button(_("See what helps"), page_url("console:group", group.public_id)),
    )
