"""How a cohort is lived through, so that everything it says to people is said."""

from datetime import timedelta

from lodestar.domain.applications import actions as applications
from lodestar.domain.applications.jobs import remind_drafts, remind_milestones
from lodestar.domain.common.time import now, set_clock, today
from lodestar.domain.feedback.actions import raise_concern
from lodestar.domain.feedback.jobs import ask_due_pulses
from lodestar.domain.feedback.models import Concern
from lodestar.domain.groups import actions as groups
from lodestar.domain.groups.models import Group
from lodestar.domain.matching import actions as asking
from lodestar.domain.matching.actions import (
    ask_for_answers,
    remind_match,
    tell_unmatched,
    withdraw_match,
    word_unmatched,
)
from lodestar.domain.matching.jobs import remind_of_lists
from lodestar.domain.matching.models import Ask, Unmatched
from lodestar.domain.mentorships import actions as mentorships
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Role
from lodestar.domain.programs.models import Cohort, Design
from tests.factories.applications import make_application, make_mentee, make_mentor
from tests.factories.groups import members_of, mentees_of, proposed_group, reachable
from tests.factories.matching import asked, asking_cohort, make_run, published_match
from tests.factories.mentorships import make_mentorship, make_reachable, the_two
from tests.factories.people import make_account, make_person, make_role
from tests.factories.programs import (
    make_cohort,
    make_reviewer,
    make_selection,
)

Status = Letter.Status
HELD = {
    "applications.accepted", "applications.declined", "applications.milestone", "applications.received",
    "applications.carry_over", "applications.to_read", "applications.unfinished", "applications.vouch",
    "applications.waiting", "applications.waitlisted", "feedback.pulse", "feedback.reminder",
    "matching.closed", "matching.exploring", "matching.exploring_reminder", "matching.incomplete",
    "matching.proposed",
    "matching.unmatched", "matching.reminder", "mentorships.begun",
    "mentorships.midpoint", "mentorships.unmet",
    "groups.proposed", "groups.reminder", "groups.begun", "groups.joined", "groups.closed",
    "groups.unmet", "groups.ended",
    "matching.asked", "matching.ask_reminder", "matching.ask_went_on", "matching.ask_over",
    "matching.list_empty",
}  # fmt: skip
AT_ONCE = {
    "applications.carried",
    "accounts.address", "accounts.code", "accounts.moved", "feedback.concern", "feedback.no_reader",
    "feedback.safety", "mentorships.ended", "mentorships.first_words", "mentorships.message", "mentorships.paused",
    "mentorships.resumed", "mentorships.agreement", "mentorships.agreed",
    "mentorships.task_due",
    "replies.files", "replies.held", "replies.refused",
    "matching.ask_question", "matching.ask_reply",
    "groups.date", "groups.left", "groups.message", "groups.short",
}  # fmt: skip
# What answers a mail that somebody sent us is about that mail, and so of no cohort.
TO_A_MAIL = {"replies.files", "replies.held", "replies.refused"}
# What a daily letter tells was released before it was kept for it.
OF_A_DAY = {"letters.daily"}
# Two who are a pair arrange their meetings between themselves.
OF_TIMES = {
    f"mentorships.{each}"
    for each in ("times", "none_fits", "planned", "moved", "cancelled", "tomorrow", "met")
}
# What somebody does with their own account and data.
OF_ONESELF = {"accounts.passkey", "privacy.copy", "privacy.leaving"}
# What somebody and the office write to each other outlives every cohort.
OF_THE_OFFICE = {"office.written", "office.answered"}
# What the office itself hears is for its own eyes.
TO_THE_OFFICE = {"applications.place_free"}
# News and interest groups stand by themselves; news of a cohort is held with it, which tests/domain/community proves.
OF_NEWS = {"community.news", "community.post"}


def later(**by):
    moment = now() + timedelta(**by)
    set_clock(lambda: moment)
    return moment


def proposal(cohort, lena):
    people = make_reachable("Ruth", "Okafor"), make_reachable("Amina", "Odhiambo")
    mentor, mentee = make_mentor(cohort, people[0]), make_mentee(cohort, people[1])
    return published_match(cohort, mentor=mentor, mentee=mentee, by=lena)


def live_through(cohort, lena):
    """Let everything happen in a cohort that anybody is written to about."""
    make_application(cohort, make_reachable("Jonas", "Keller"), status="draft")
    draft = make_application(cohort, make_reachable("Mei", "Tanaka"), status="draft")
    remind_drafts(now())
    applications.submit_application(draft, by=draft.person)
    make_account(make_person("Ruth", "Lund"), "ruth.lund@example.org")
    applications.ask_for_vouching(draft, by=draft.person, email="ruth.lund@example.org")
    applications.accept_application(draft, by=lena)
    for decide in (applications.waitlist_application, applications.decline_application):
        decide(make_application(cohort, make_reachable("Omar", "Farouk")), by=lena)
    make_mentee(cohort, make_reachable("Ama", "Boateng"), answers={})
    ask_for_answers(cohort, by=lena)
    read_and_carried_over(cohort, lena)
    remind_match(proposal(cohort, lena), now() + timedelta(days=4))
    withdraw_match(proposal(cohort, lena), by=lena)
    agreed = proposal(cohort, lena)
    for side in (agreed.mentor, agreed.mentee):
        mentorships.accept_match(agreed, by=side.person)
    meet_once_first(proposal(cohort, lena))
    tell_who_is_alone(cohort, lena)
    mentorship = make_mentorship(cohort)
    mentorships.remind_unmet(mentorship)
    agree_and_be_asked_again(mentorship)
    cohort.design.milestones.create(
        kind="event",
        name="Kick-off",
        anchor="opens_on",
        offset_days=(today() - cohort.opens_on).days,
    )
    remind_milestones(now())
    live_together(mentorship)
    live_in_groups(cohort, lena)


def live_by_asking(cohort):
    """Let a mentee ask two mentors, in a cohort that holds its letters if the given one does."""
    open_to_asking = asking_cohort(program=cohort.program)
    Cohort.objects.filter(pk=open_to_asking.pk).update(
        is_pilot=True, holds_letters=type(cohort).objects.get(pk=cohort.pk).holds_letters
    )
    first, second = (make_mentor(open_to_asking, reachable(name, "Okafor")) for name in ("Ruth", "Eli"))  # fmt: skip
    mentee = make_mentee(open_to_asking, reachable("Amina", "Odhiambo"))
    ask = asked(mentee, first, second)
    remind_match(ask.match, ask.match.next_reminder_at)
    asking.ask_back(ask, by=first.person, text="Which law school?")
    asking.reply_to_question(ask, by=mentee.person, text="The evening one, in the city.")
    mentorships.decline_match(ask.match, by=first.person)
    asking.settle_ask(ask)
    following = Ask.objects.get(mentee=mentee, closed_at=None)
    asking.take_back_ask(following, by=mentee.person)


def live_by_ranking(cohort):
    """Remind a mentee of an empty list, in a cohort that holds its letters if the given one does."""
    ranking = asking_cohort("rank", program=cohort.program)
    Cohort.objects.filter(pk=ranking.pk).update(
        is_pilot=True, holds_letters=type(cohort).objects.get(pk=cohort.pk).holds_letters
    )
    make_mentee(ranking, reachable("Tariq", "Aziz"))
    remind_of_lists(now())


def live_in_groups(cohort, lena):
    """Let three groups of the cohort go through all that can become of a group."""
    group = proposed_group(cohort, by=lena)
    groups.remind_group(group, group.next_reminder_at)
    mentor, *mentees = members_of(group)
    for member in (mentor, *mentees[:3]):
        groups.accept_group(member, by=member.person)
    late = groups.invite_person(group, make_mentee(cohort, reachable("Zoe", "Late")), by=lena)
    groups.accept_group(late, by=late.person)
    groups.write_to_group(mentees[0], text="Hello")
    groups.set_next_meeting(mentees[0], at=now() + timedelta(days=3))
    groups.remind_unmet(group)
    groups.leave_group(mentees[2])
    groups.end_group(Group.objects.get(pk=group.pk), by=lena)
    small = proposed_group(cohort, by=lena, mentees=2)
    no = mentees_of(small)[0]
    groups.decline_group(no, by=no.person)
    groups.dissolve_group(small, by=lena)


def tell_who_is_alone(cohort, lena):
    """Write to somebody whom a published run left without a partner."""
    alone = make_mentee(cohort, make_reachable("Wanjiru", "Njoroge"))
    run = make_run(cohort, status="published", published_at=now())
    Unmatched.objects.create(run=run, participant=alone, reason="places_short")
    word_unmatched(cohort, "mentee:places_short", by=lena, words="I am sorry.", offers=[])
    tell_unmatched(cohort, "mentee:places_short", by=lena)


def meet_once_first(match):
    """Let two people have a trial meeting, write to each other, and be reminded."""
    Design.objects.filter(pk=match.mentor.cohort.design_id).update(exploring_days=10)
    for side in (match.mentor, match.mentee):
        match = mentorships.accept_match(match, by=side.person)
    Design.objects.filter(pk=match.mentor.cohort.design_id).update(exploring_days=0)
    mentorships.write_first_words(match, by=match.mentor.person, text="Tuesday?")
    remind_match(match, now() + timedelta(days=5))


def read_and_carried_over(cohort, lena):
    make_selection(cohort.design)
    make_reviewer(cohort.program, make_reachable("Rosa", "Lindt"))
    waits = make_application(cohort, make_reachable("Ann", "Lee"))
    applications.give_out(cohort)
    wait = applications.waitlist_application(waits, by=lena).wait
    applications.tell_place(wait, 1)
    applications.offer_carrying(wait)
    make_cohort(cohort.program, opens_in=-1)
    applications.wish_carrying(waits, by=waits.person)


def agree_and_be_asked_again(mentorship):
    """Let both sign what they agree on, and the calendar ask whether it still holds."""
    mentor, mentee = the_two(mentorship)
    words = {
        "goals": "A plan",
        "cadence_days": 21,
        "channel": "",
        "confidentiality": "",
        "ending": "",
    }
    signed = mentorships.draft_agreement(mentorship, by=mentor, words=words, is_signed=True)
    mentorships.reopen_agreement(mentorships.sign_agreement(signed, by=mentee))
    soon = today() + timedelta(days=1)
    mentorships.remind_task(mentorships.set_task(mentorship, by=mentor, text="Read", due_on=soon))


def live_together(mentorship):
    mentor, mentee = the_two(mentorship)
    mentorships.write_message(mentorship, by=mentor, text="Hello")
    mentorships.pause_mentorship(mentorship, by=mentor)
    mentorships.resume_mentorship(mentorship, by=mentor)
    ask_due_pulses(now() + timedelta(days=30))
    Letter.objects.filter(kind="feedback.pulse").update(status=Status.SENT)
    for day in (35, 100):  # a reminder of the first, and the second
        ask_due_pulses(now() + timedelta(days=day))
    raise_concern(mentorship, by=mentee, kind=Concern.Kind.CONTACT)
    raise_concern(mentorship, by=mentee, kind=Concern.Kind.SAFETY)
    make_role(make_reachable("Ingrid", "Solberg"), Role.Kind.SAFEGUARDING)
    raise_concern(mentorship, by=mentor, kind=Concern.Kind.SAFETY)
    mentorships.end_mentorship(mentorship, by=mentor, reason="time")
