"""What does the answer link of a match do?"""

from django.http import QueryDict
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.common.time import now
from lodestar.domain.matching.models import Match
from lodestar.domain.matching.queries import (
    match_for,
    one_line,
    partner_answers,
    reasons_in_words,
)
from lodestar.domain.matching.rules import (
    answer_of,
    is_agreed,
    is_exploring,
    next_in_words,
    other_side,
    verdict_of,
    why_not_answer,
    why_not_verdict,
)
from lodestar.domain.mentorships.actions import accept_match, decline_match, go_on, part
from lodestar.domain.messaging.models import Link
from lodestar.domain.programs.rules.asked import form_of
from lodestar.web.common.answers import told_in_lines
from lodestar.web.common.shape import shape_in_words
from lodestar.web.mail.registry import AskAgain, LinkPage, purpose, typed

REASONS = "mail/matching/decline.html"


def answer_page(link: Link) -> LinkPage:
    """Show who it is and why; nothing is answered by looking."""
    match = match_for(link.person, link.about_key)
    problem = why_not_answer(match, link.person, now())
    partner = other_side(match, link.person)
    if problem:
        return LinkPage(partner.person.full_name, [problem])
    title = (
        _("%(name)s could be your mentor")
        if partner.role == RoleInCohort.MENTOR
        else _("%(name)s could be your mentee")
    )
    return LinkPage(
        title % {"name": partner.person.full_name},
        [
            *filter(None, [one_line(match, partner)]),
            " ".join(reasons_in_words(match, link.person)),
            *told_in_lines(
                partner.role,
                partner_answers(match, link.person),
                form_of(match.mentor.cohort.design),
            ),
            " ".join(shape_in_words(match.mentor.cohort.design)),
            next_in_words(match, link.person),
        ],
        choices=[
            ("accept", _("Yes, I would like to")),
            ("ask-decline", _("No, thank you")),
        ],
    )


def decline_page(link: Link) -> LinkPage:
    """Ask why, in confidence; leaving it open is fine."""
    partner = other_side(match_for(link.person, link.about_key), link.person)
    return LinkPage(
        _("No to %(name)s?") % {"name": partner.person.first_name},
        [_("Only the coordinators read your reason. %(name)s is not told why.")
         % {"name": partner.person.first_name}],
        choices=[("decline", _("Say no"))],
        template=REASONS,
        facts={"reasons": [r for r in Match.DeclineReason.choices if r[0] != Match.DeclineReason.LATER]},
    )  # fmt: skip


def answer(link: Link, answers: QueryDict) -> LinkPage:
    match = match_for(link.person, link.about_key)
    match answers.get("answer"):
        case "accept":
            return accepted(accept_match(match, by=link.person), link)
        case "decline":
            return declined(match, link, answers)
        case "ask-decline":
            raise AskAgain(decline_page(link))
    raise AskAgain(answer_page(link))


def accepted(match: Match, link: Link) -> LinkPage:
    name = other_side(match, link.person).person.first_name
    if is_exploring(match):
        return LinkPage(
            _("You both said yes to a first meeting"),
            [next_in_words(match, link.person), _("A letter says how you find a time.")],
        )
    if is_agreed(match):
        return LinkPage(
            _("You both said yes"),
            [_("Your mentorship with %(name)s begins now. A letter says how to reach each other.")
             % {"name": name}],
        )  # fmt: skip
    return LinkPage(
        _("Thank you for your yes"),
        [_("As soon as %(name)s says yes too, you hear from us.") % {"name": name}],
    )


def declined(match: Match, link: Link, answers: QueryDict) -> LinkPage:
    decline_match(match, by=link.person, **why(answers))
    return thanks()


def why(answers: QueryDict) -> dict[str, str]:
    """Return the reason and the note of a no; a reason that is none stays private."""
    reason = answers.get("reason", "")
    if reason not in Match.DeclineReason.values:
        reason = Match.DeclineReason.PRIVATE
    return {"reason": str(reason), "note": typed(answers, "note", 500)}


def thanks() -> LinkPage:
    return LinkPage(
        _("Thank you for telling us"),
        [_("Your place is free again, and the coordinators look for somebody else for you.")],
    )


def verdict_page(link: Link) -> LinkPage:
    """Ask how it should go on after one meeting; nothing is said by looking."""
    match = match_for(link.person, link.about_key)
    partner = other_side(match, link.person).person
    if problem := why_not_verdict(match, link.person, now()):
        return LinkPage(partner.full_name, [problem])
    said_yes = verdict_of(match, link.person) == Match.Answer.ACCEPTED
    yes = [("go-on", _("Yes, let us go on"))]
    return LinkPage(
        _("You and %(name)s: shall it go on?") % {"name": partner.first_name},
        [next_in_words(match, link.person)],
        choices=[*([] if said_yes else yes), ("ask-decline", _("No, let us leave it"))],
    )


def say_verdict(link: Link, answers: QueryDict) -> LinkPage:
    match = match_for(link.person, link.about_key)
    match answers.get("answer"):
        case "go-on" | "accept":
            return going_on(go_on(match, by=link.person), link)
        case "decline":
            part(match, by=link.person, **why(answers))
            return thanks()
        case "ask-decline":
            raise AskAgain(decline_page(link))
    raise AskAgain(verdict_page(link))


def going_on(match: Match, link: Link) -> LinkPage:
    if is_agreed(match):
        return accepted(match, link)
    return LinkPage(_("Thank you for your yes"), [next_in_words(match, link.person)])


def told_of(link: Link) -> list[str]:
    """Say what was answered, and how it stands now."""
    match = match_for(link.person, link.about_key)
    said = answer_of(match, link.person)
    yes, no = _("You said yes."), _("You said no.")
    return [yes if said == Match.Answer.ACCEPTED else no, next_in_words(match, link.person)]


purpose("match.answer", page=answer_page, act=answer, told=told_of)
purpose("match.verdict", page=verdict_page, act=say_verdict)
