"""The letters about a proposed match. They hold no scores, and nobody's name but the partner's."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.applications.queries import own_application_for, participant_of
from lodestar.domain.common.time import now, today
from lodestar.domain.matching.models import Match, Unmatched
from lodestar.domain.matching.queries import (
    Way,
    match_by_key,
    missing_for,
    one_line,
    partner_answers,
    reasons_in_words,
    unmatched_by_key,
    ways_chosen,
)
from lodestar.domain.matching.rules import (
    ASK,
    NEXT,
    facts_to,
    has_trial_meeting,
    is_mentor,
    other_side,
)
from lodestar.domain.mentorships.queries import words_behind
from lodestar.domain.messaging.models import Letter
from lodestar.domain.messaging.queries import wishes_of
from lodestar.domain.people.models import Person
from lodestar.domain.programs.rules.asked import form_of
from lodestar.web.common.answers import told_in_lines
from lodestar.web.common.shape import shape_in_words
from lodestar.web.common.ways import way_in_words
from lodestar.web.mail.links import answer_url, page_url
from lodestar.web.mail.registry import MESSAGES, Answers, Button, Written, letter
from lodestar.web.mail.words import in_lines


@letter("matching.proposed")
def proposed(letter: Letter) -> Written:
    """Who was found, why, and a way to answer without signing in."""
    match, person = about(letter)
    partner = other_side(match, person).person
    subject = (
        _("We found a mentee for you: %(name)s")
        if is_mentor(match, person)
        else _("We found a mentor for you: %(name)s")
    )
    return Written(
        subject=subject % {"name": partner.full_name},
        template="mail/matching/proposed.txt",
        facts=facts_of(match, person),
        button=answer_button(letter, match),
        links=[page_link(match)],
    )


@letter("matching.reminder")
def reminder(letter: Letter) -> Written:
    """A friendly word to whoever has not answered yet."""
    match, person = about(letter)
    partner = other_side(match, person).person
    return Written(
        subject=_("%(name)s waits for your answer until %(day)s")
        % {"name": partner.first_name, "day": day_of(match)},
        template="mail/matching/reminder.txt",
        facts=facts_of(match, person),
        button=answer_button(letter, match),
        links=[page_link(match)],
    )


@letter("matching.exploring")
def exploring(letter: Letter) -> Written:
    """Both are willing: one meeting first, and then each says alone whether to go on."""
    return in_trial(letter, _("You and %(name)s: one meeting first"), "exploring")


@letter("matching.exploring_reminder")
def exploring_reminder(letter: Letter) -> Written:
    """A friendly word to whoever has not said yet how it should go on."""
    return in_trial(letter, _("You and %(name)s: shall it go on?"), "exploring_reminder")


@letter("mentorships.first_words", topic=MESSAGES)
def first_words(letter: Letter) -> Written:
    """Something waits to be read before the first meeting; its words stay in the portal."""
    match, person = about(letter)
    partner = other_side(match, person).person
    return Written(
        subject=_("%(name)s wrote to you") % {"name": partner.first_name},
        template="mail/matching/first_words.txt",
        facts=facts_of(match, person) | {"has_words": wishes_of(person).has_words},
        button=Button(_("Read and answer"), page_url("portal:match", match.public_id)),
        links=[
            Button(
                _("Write an answer without signing in"),
                answer_url(letter, "message.answer", match, match.reply_by or now()),
            )
        ],
        said=in_lines(words_behind(match, person, letter.words.get("message", ""))),
        answers=Answers(match, partner.first_name),
    )


def in_trial(letter: Letter, subject: str, name: str) -> Written:
    match, person = about(letter)
    partner = other_side(match, person).person
    until = match.reply_by or now()
    return Written(
        subject=subject % {"name": partner.first_name},
        template=f"mail/matching/{name}.txt",
        facts=facts_of(match, person),
        button=Button(_("Find a time"), page_url("portal:match", match.public_id)),
        links=[
            Button(_("Say how it should go on"), answer_url(letter, "match.verdict", match, until))
        ],
        answers=Answers(match, partner.first_name),
    )


@letter("matching.incomplete")
def incomplete(letter: Letter) -> Written:
    """Which answers are missing, so that a good partner can be found."""
    if letter.person is None:
        raise ValueError("Only a person can be asked for answers.")
    application = own_application_for(letter.person, letter.about_key)
    participant = participant_of(application)
    cohort = application.cohort
    return Written(
        subject=_("A few answers are missing for your match in %(program)s")
        % {"program": cohort.program.called},
        template="mail/matching/incomplete.txt",
        facts={
            "first_name": letter.person.first_name,
            "program": cohort.program.called,
            "missing": list(missing_for(participant)) if participant else [],
            "closes_on": date_format(cohort.closes_on, "j F Y"),
        },
        button=Button(_("Answer them now"), page_url("portal:application", application.public_id)),
    )


@letter("matching.closed")
def closed(letter: Letter) -> Written:
    """A match that does not go ahead; why is nobody's business but the office's."""
    match, person = about(letter)
    return Written(
        subject=_("Your match in %(program)s does not go ahead")
        % {"program": match.cohort.program.called},
        template="mail/matching/closed.txt",
        facts=facts_of(match, person),
        links=[Button(_("Your page in the portal"), page_url("portal:home"))],
    )


def about(letter: Letter) -> tuple[Match, Person]:
    if letter.person is None:
        raise ValueError("A letter about a match goes to one of its two people.")
    match = match_by_key(letter.about_key)
    match.reply_by = match.reply_by or letter.expires_at  # before it is published, as it will be
    return match, letter.person


def facts_of(match: Match, person: Person) -> dict[str, object]:
    partner = other_side(match, person)
    return {
        "first_name": person.first_name,
        "partner": partner.person.full_name,
        "partner_first_name": partner.person.first_name,
        "partner_line": one_line(match, partner),
        "shape": shape_in_words(match.mentor.cohort.design),
        "partner_told": told_in_lines(
            partner.role, partner_answers(match, person), form_of(match.mentor.cohort.design)
        ),
        "is_mentor": is_mentor(match, person),
        "program": match.cohort.program.called,
        "reasons": reasons_in_words(match, person),
        "day": day_of(match),
        "is_expired": match.status == Match.Status.EXPIRED,
        "follows": follows_a_match(match) and not is_mentor(match, person),
        "had_trial": match.exploring_since is not None,
        "has_trial_meeting": has_trial_meeting(match.mentor.cohort.design),
    }


def follows_a_match(match: Match) -> bool:
    """Whether an earlier match that its people knew of did not go ahead."""
    before = match.follows
    known_at, closed_at = (before.proposed_at, before.closed_at) if before else (None, None)
    return bool(known_at and closed_at and known_at <= closed_at)


def day_of(match: Match) -> str:
    return date_format(match.reply_by, "l, j F") if match.reply_by else ""


def answer_button(letter: Letter, match: Match) -> Button:
    until = match.reply_by or now()
    return Button(_("Read and answer"), answer_url(letter, "match.answer", match, until))


def page_link(match: Match) -> Button:
    return Button(_("See it in the portal"), page_url("portal:match", match.public_id))


def button_to(way: Way, left: Unmatched, letter: Letter) -> Button | None:
    """Return where one way on is gone, or nothing where there is nothing to do."""
    if way.key == NEXT and way.cohort:
        until = now() + timedelta(days=max(1, (way.cohort.closes_on - today()).days))
        address = answer_url(letter, "application.along", left.participant.application, until)
        return Button(_("Take my application along"), address)
    if way.key == ASK:
        return Button(_("Look who is there"), page_url("portal:directory"))
    if way.program:
        return Button(way.program.called, page_url("portal:program", way.program.slug))
    return None


@letter("matching.unmatched")
def unmatched(letter: Letter) -> Written:
    """Nobody was found this time: a person's own words, the facts of the case, and what to do next."""
    left = unmatched_by_key(letter.about_key)
    ways = ways_chosen(left, today())
    by = left.told_by.full_name if left.told_by else letter.words.get("by", "")
    return Written(
        subject=_("About your place in %(program)s")
        % {"program": left.participant.cohort.program.called},
        template="mail/matching/unmatched.txt",
        facts={
            "first_name": left.participant.person.first_name,
            "paragraphs": [each for each in left.words.split("\n") if each.strip()],
            "case": facts_to(left),
            "ways": [way_in_words(way) for way in ways],
            "by": by,
        },
        links=[button for way in ways if (button := button_to(way, left, letter))]
        or [Button(_("Your page in the portal"), page_url("portal:home"))],
    )
