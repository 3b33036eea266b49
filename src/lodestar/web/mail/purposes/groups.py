"""What does the answer link of a group do?"""

from django.http import QueryDict
from django.utils.translation import gettext as _

from lodestar.domain.common.time import now
from lodestar.domain.groups import queries, rules
from lodestar.domain.groups.actions import accept_group, decline_group
from lodestar.domain.groups.models import Group, Member
from lodestar.domain.messaging.models import Link
from lodestar.web.common.group_words import group_line
from lodestar.web.common.shape import shape_in_words
from lodestar.web.mail.registry import AskAgain, LinkPage, purpose, typed

REASONS = "mail/matching/decline.html"


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


purpose("groups.answer", page=answer_page, act=answer)
