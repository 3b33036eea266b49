"""What does the answer link of a group do?"""

from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.common.time import now
from lodestar.domain.groups import queries, rules
from lodestar.domain.groups.actions import (
    accept_group,
    decline_group,
    leave_group,
    say_coming,
)
from lodestar.domain.groups.models import Group, Member
from lodestar.domain.messaging.models import Link
from lodestar.domain.people.rules import clock_of, zone_of
from lodestar.web.common.group_words import group_line
from lodestar.web.common.shape import shape_in_words
from lodestar.web.mail.registry import AskAgain, LinkPage, purpose, typed

REASONS, LEAVE = "mail/matching/decline.html", "mail/groups/leave.html"


def answer_page(link: Link) -> LinkPage:
    """Show who and why; nothing is answered by looking."""
    member = queries.member_for(link.person, link.about_key)
    group, roll = member.group, queries.roll_of(member.group)
    if problem := rules.why_not_answer(member, now()):
        return LinkPage(str(group), [problem])
    shown = queries.shown_in(group)
    others = [m for m in queries.people_shown(group, roll) if m.pk != member.pk]
    design = group.cohort.design
    return LinkPage(
        _("A group for you in %(program)s") % {"program": group.cohort.program},
        [
            *(line_of(each, group_line(each, shown)) for each in others),
            " ".join(queries.reasons_in_words(group, roll)),
            " ".join([*shape_in_words(design), rules.led_by_in_words(design)]),
            rules.next_in_words(member, roll),
        ],
        choices=[("accept", _("Yes, I would like to")), ("ask-decline", _("No, thank you"))],
    )


def line_of(member: Member, line: str) -> str:
    role = rules.role_in_words(member)
    name = f"{member.person.full_name}, {role}" if role else member.person.full_name
    return f"{name} · {line}" if line else name


def decline_page(_link: Link) -> LinkPage:
    """Ask why, in confidence; leaving it open is fine."""
    return LinkPage(
        _("No to this group?"),
        [_("Only the coordinators read your reason. Nobody of the group is told who said no.")],
        choices=[("decline", _("Say no"))],
        template=REASONS,
        facts={"reasons": Member.Reason.choices},
    )


def answer(link: Link, answers: QueryDict) -> LinkPage:
    member = queries.member_for(link.person, link.about_key)
    match answers.get("answer"):
        case "accept":
            return accepted(accept_group(member, by=link.person))
        case "decline":
            reason, note = answers.get("reason", ""), typed(answers, "note", 500)
            decline_group(member, by=link.person, reason=reason, note=note)
            return LinkPage(
                _("Thank you for telling us"),
                [
                    _(
                        "Your place is free again, and the coordinators look for another group for you."
                    )
                ],
            )
        case "ask-decline":
            raise AskAgain(decline_page(link))
    raise AskAgain(answer_page(link))


def accepted(member: Member) -> LinkPage:
    if member.group.status == Group.Status.RUNNING:
        return LinkPage(
            _("You are in"),
            [_("The group has begun. A letter says who is in it and how it goes on.")],
        )
    return LinkPage(
        _("Thank you for your yes"),
        [_("As soon as enough others say yes too, the group begins and you hear from us.")],
    )


def coming_page(link: Link) -> LinkPage:
    """Say when and where the group meets; nothing is said by looking."""
    group = queries.room_for(link.person, link.about_key).group
    if group.meets_at is None or group.meets_at <= now():
        return LinkPage(str(group), [_("This date is past. Your room says when you meet next.")])
    at = timezone.localtime(group.meets_at, clock_of(link.person))
    when = {"at": date_format(at, "l, j F, H:i"), "zone": zone_of(link.person)}
    return LinkPage(
        _("%(group)s: do you come?") % {"group": group},
        [_("%(at)s, in your time (%(zone)s).") % when, group.meets_where],
        choices=[("yes", _("I come")), ("no", _("I cannot come"))],
    )


def say(link: Link, answers: QueryDict) -> LinkPage:
    if answers.get("answer") not in ("yes", "no"):
        raise AskAgain(coming_page(link))
    member = queries.room_for(link.person, link.about_key)
    said = say_coming(member, comes=answers.get("answer") == "yes")
    told = _("The others see that you come.") if said.comes else _("The others see that you cannot come.")  # fmt: skip
    return LinkPage(_("Thank you"), [told, _("Until then you can change it with the same link.")])


def leave_page(link: Link) -> LinkPage:
    """Ask once, and why in confidence; looking leaves nothing."""
    member = queries.room_for(link.person, link.about_key)
    if not rules.may_write(member):
        return LinkPage(
            str(member.group), [_("This group has ended, or you are not in it any more.")]
        )
    return LinkPage(
        _("Leave %(group)s?") % {"group": member.group},
        [_("The others are told that they are one fewer, and never why.")],
        template=LEAVE,
        facts={"reasons": Member.Reason.choices},
    )


def leave(link: Link, answers: QueryDict) -> LinkPage:
    if answers.get("answer") != "leave":
        raise AskAgain(leave_page(link))
    member = queries.room_for(link.person, link.about_key)
    leave_group(member, reason=str(answers.get("reason", "")))
    return LinkPage(_("You have left"), [_("Thank you for the time you gave the group.")])


purpose("groups.answer", page=answer_page, act=answer)
purpose("groups.coming", page=coming_page, act=say, once=False)
purpose("groups.leave", page=leave_page, act=leave)
