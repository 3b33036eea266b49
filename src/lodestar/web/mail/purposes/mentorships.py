"""How is a mentorship ended, or rested, from a letter? In two clicks, and without a fault."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from lodestar.domain.common.time import today
from lodestar.domain.mentorships.actions import (
    end_mentorship,
    pause_mentorship,
    resume_mentorship,
)
from lodestar.domain.mentorships.models import Mentorship, Wish
from lodestar.domain.mentorships.queries import mentorship_for
from lodestar.domain.mentorships.rules import (
    can_end,
    can_pause,
    can_resume,
    finds_themselves,
    partner_of,
    why_not_read_only,
)
from lodestar.domain.messaging.models import Link
from lodestar.domain.programs.rules.ways import only_ask
from lodestar.web.mail.registry import AskAgain, LinkPage, purpose

HOW = "mail/mentorships/end.html"


def end_page(link: Link) -> LinkPage:
    """Ask how it shall end; looking ends nothing, and nothing of what was said in it is shown."""
    mentorship = mentorship_for(link.person, link.about_key)
    partner = partner_of(mentorship, link.person)
    if not can_end(mentorship, link.person):
        return LinkPage(partner.first_name, [why_not_read_only(mentorship)])
    return LinkPage(
        _("You and %(name)s: how shall this end?") % {"name": partner.first_name},
        [
            _("No one is at fault when it ends. %(name)s gets a friendly letter without a reason.")
            % {"name": partner.first_name}
        ],
        template=HOW,
        facts={
            "reasons": Mentorship.EndReason.choices,
            "can_have_new": is_listed(mentorship),
            "can_pause": can_pause(mentorship, link.person),
        },
    )


def is_listed(mentorship: Mentorship) -> bool:
    """Tell if there is a list for somebody new; where people ask, they ask again."""
    cohort = mentorship.match.mentor.cohort
    return today() <= cohort.ends_on and not only_ask(cohort.design)


def end(link: Link, answers: QueryDict) -> LinkPage:
    mentorship = mentorship_for(link.person, link.about_key)
    if answers.get("answer") == "pause":
        pause_mentorship(mentorship, by=link.person)
        return LinkPage(
            _("It rests now"),
            [_("Nothing is lost. Either of you can take it up again in your room.")],
        )
    if answers.get("answer") != "end" or answers.get("reason") not in Mentorship.EndReason.values:
        raise AskAgain(end_page(link))
    reason = Mentorship.EndReason(str(answers.get("reason")))
    wishes = [Wish.Kind.NEW] if answers.get("then") == Wish.Kind.NEW else []
    end_mentorship(mentorship, by=link.person, reason=reason, wishes=wishes)
    said = [_("Thank you for the time you gave each other.")]
    if wishes:
        said.append(_("You are on the list for somebody new; the coordinators look with you."))
    elif finds_themselves(mentorship_for(link.person, link.about_key), link.person, today()):
        said.append(
            _("There is still time in this cohort to find somebody new. Your page says how.")
        )
    return LinkPage(_("It has ended"), said)


def pause_page(link: Link) -> LinkPage:
    """Ask once before it rests; looking changes nothing."""
    mentorship = mentorship_for(link.person, link.about_key)
    name = partner_of(mentorship, link.person).first_name
    if not can_pause(mentorship, link.person):
        return LinkPage(name, [why_not_read_only(mentorship)])
    return LinkPage(
        _("You and %(name)s: pause for a while?") % {"name": name},
        [
            _(
                "Nothing is lost, nobody is asked anything meanwhile, and either of you takes it up again."
            )
        ],
        choices=[("pause", _("Pause"))],
    )


def pause(link: Link, _answers: QueryDict) -> LinkPage:
    pause_mentorship(mentorship_for(link.person, link.about_key), by=link.person)
    return LinkPage(
        _("It rests now"), [_("A letter tells the other; in it is a link to take it up again.")]
    )


def resume_page(link: Link) -> LinkPage:
    """Ask once before it goes on; looking changes nothing."""
    mentorship = mentorship_for(link.person, link.about_key)
    name = partner_of(mentorship, link.person).first_name
    if not can_resume(mentorship, link.person):
        said = why_not_read_only(mentorship) or _("It goes on already.")
        return LinkPage(name, [said])
    return LinkPage(
        _("You and %(name)s: take it up again?") % {"name": name},
        [_("Your room opens again for both of you, and %(name)s gets a letter.") % {"name": name}],
        choices=[("resume", _("Take it up again"))],
    )


def resume(link: Link, _answers: QueryDict) -> LinkPage:
    resume_mentorship(mentorship_for(link.person, link.about_key), by=link.person)
    return LinkPage(_("It goes on"), [_("Offer two or three times for your next meeting.")])


purpose("mentorship.end", page=end_page, act=end)
purpose("mentorship.pause", page=pause_page, act=pause)
purpose("mentorship.resume", page=resume_page, act=resume)
