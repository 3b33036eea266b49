"""What the two can do, each refusal, and what is written down."""

from datetime import timedelta

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships import actions
from lodestar.domain.mentorships.models import Meeting, Mentorship, Message, Note
from lodestar.domain.mentorships.queries import may_contact
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Role
from tests.factories.matching import published_match
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person, make_role

pytestmark = pytest.mark.django_db
Reason = Mentorship.EndReason


def letters(kind):
    return sorted(
        Letter.objects.filter(kind=kind).values_list("person__given_name", "about_kind"),
    )


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


@pytest.fixture
def pair():
    mentorship = make_mentorship(mentor=make_person("Ruth"), mentee=make_person("Amina"))
    return (mentorship, *the_two(mentorship))


def test_second_acceptance_begins_the_mentorship():
    match = published_match()
    mentor, mentee = match.mentor.person, match.mentee.person

    actions.accept_match(match, by=mentee)
    begun_after_one = Mentorship.objects.count()
    actions.accept_match(match, by=mentor)

    assert begun_after_one == 0
    assert Mentorship.objects.get().match == match
    assert Letter.objects.filter(kind="mentorships.begun").count() == 2
    assert "mentorship.began" in verbs()


def test_an_agreed_match_begins_one_mentorship_however_often_it_is_asked():
    match = make_mentorship().match
    Mentorship.objects.all().delete()

    first = actions.begin_mentorship(match, by=match.mentor.person)
    again = actions.begin_mentorship(match, by=match.mentee.person)

    assert first == again
    assert Letter.objects.filter(kind="mentorships.begun").count() == 2


def test_a_declined_match_begins_nothing():
    match = published_match()

    declined = actions.decline_match(match, by=match.mentor.person, reason="time")

    assert declined.status == Match.Status.DECLINED
    assert Mentorship.objects.count() == 0


def test_a_meeting_is_logged_with_a_private_note(pair):
    mentorship, mentor, _ = pair

    meeting = actions.log_meeting(
        mentorship, by=mentor, held_on=today(), minutes=45, note=" Bold. "
    )

    assert (meeting.minutes, meeting.logged_by, meeting.held_on) == (45, mentor, today())
    assert list(Note.objects.values_list("text", "is_shared", "author")) == [
        ("Bold.", False, mentor.pk)
    ]
    assert verbs() == ["meeting.logged"]


def test_a_day_counts_once_whoever_tells_it(pair):
    mentorship, mentor, mentee = pair

    actions.log_meeting(mentorship, by=mentor, held_on=today(), minutes=60, note="Mine")
    actions.log_meeting(
        mentorship, by=mentee, held_on=today(), minutes=45, note="Ours", is_shared=True
    )
    actions.log_meeting(
        mentorship, by=mentee, held_on=today(), minutes=45, note="Ours", is_shared=True
    )

    assert list(Meeting.objects.values_list("minutes", flat=True)) == [45]
    assert sorted(Note.objects.values_list("text", flat=True)) == ["Mine", "Ours"]


def test_a_meeting_still_to_come_is_refused(pair):
    mentorship, mentor, _ = pair

    with pytest.raises(RefusedError, match="still to come"):
        actions.log_meeting(mentorship, by=mentor, held_on=today() + timedelta(days=1))

    assert Meeting.objects.count() == 0


def test_the_same_goal_again_gets_one_more_step_and_a_new_day(pair):
    mentorship, mentor, mentee = pair

    actions.set_goal(mentorship, by=mentee, text="A plan", step="Ask two people")
    goal = actions.set_goal(mentorship, by=mentor, text="A plan ", step="Ask three", due_on=today())

    assert list(mentorship.goals.values_list("text", "due_on")) == [("A plan", today())]
    assert list(goal.steps.values_list("text", flat=True)) == ["Ask two people", "Ask three"]
    assert goal.set_by == mentee


def test_an_empty_goal_is_refused(pair):
    mentorship, mentor, _ = pair

    with pytest.raises(RefusedError):
        actions.set_goal(mentorship, by=mentor, text="  ")


def test_a_goal_is_reached_once_and_then_stays(pair):
    mentorship, mentor, mentee = pair
    goal = actions.set_goal(mentorship, by=mentor, text="A plan")

    first = actions.finish_goal(goal, by=mentee).done_at
    again = actions.finish_goal(goal, by=mentor).done_at

    assert first == again
    with pytest.raises(RefusedError):
        actions.drop_goal(goal, by=mentor)
    assert verbs() == ["goal.set", "goal.finished"]


def test_a_goal_set_aside_cannot_be_reached(pair):
    mentorship, mentor, _ = pair
    goal = actions.set_goal(mentorship, by=mentor, text="A plan")

    first = actions.drop_goal(goal, by=mentor).dropped_at
    again = actions.drop_goal(goal, by=mentor).dropped_at

    assert first == again
    with pytest.raises(RefusedError):
        actions.finish_goal(goal, by=mentor)


def test_a_form_sent_twice_is_one_message_and_one_letter(pair):
    mentorship, mentor, _ = pair

    first = actions.write_message(mentorship, by=mentor, text="Thursday?", form_key="k")
    again = actions.write_message(mentorship, by=mentor, text="Thursday?", form_key="k")

    assert first == again
    assert Message.objects.count() == 1
    assert letters("mentorships.message") == [("Amina", "mentorships.mentorship")]


def test_a_notice_never_carries_the_words(pair):
    mentorship, mentor, _ = pair

    actions.write_message(mentorship, by=mentor, text="CANARY-message")

    letter = Letter.objects.get()
    assert "CANARY" not in f"{letter.words}{letter.subject}{letter.unique_key}"


def test_three_messages_in_a_row_make_one_notice(pair):
    mentorship, mentor, _ = pair

    for words in ("One", "Two", "Three"):
        actions.write_message(mentorship, by=mentor, text=words)

    assert Message.objects.count() == 3
    assert Letter.objects.filter(kind="mentorships.message").count() == 1


def test_a_form_of_another_thread_is_refused(pair):
    mentorship, mentor, mentee = pair
    actions.write_message(mentorship, by=mentor, text="Mine", form_key="k")

    with pytest.raises(RefusedError):
        actions.write_message(mentorship, by=mentee, text="Stolen", form_key="k")

    assert Message.objects.get().text == "Mine"


def test_an_empty_message_is_refused(pair):
    mentorship, mentor, _ = pair

    with pytest.raises(RefusedError, match="still empty"):
        actions.write_message(mentorship, by=mentor, text=" \n ")


def changes(mentorship, person):
    """Every way in which one of the two reaches the other."""
    goal = mentorship.goals.first()
    return {
        "message": lambda: actions.write_message(mentorship, by=person, text="Hello"),
        "meeting": lambda: actions.log_meeting(mentorship, by=person, held_on=today(), note="x"),
        "goal": lambda: actions.set_goal(mentorship, by=person, text="New"),
        "finish": lambda: actions.finish_goal(goal, by=person),
        "drop": lambda: actions.drop_goal(goal, by=person),
    }


@pytest.mark.parametrize("state", ["never", "paused", "held", "ended", "completed", "blocked"])
@pytest.mark.parametrize("channel", ["message", "meeting", "goal", "finish", "drop"])
def test_every_channel_is_closed_outside_an_active_mentorship(pair, state, channel):
    mentorship, mentor, mentee = pair
    actions.set_goal(mentorship, by=mentor, text="A plan")
    writer = mentor
    match state:
        case "never":
            writer = make_person("Stranger")
        case "paused":
            actions.pause_mentorship(mentorship, by=mentee)
        case "held":
            lead = make_person("Lead")
            make_role(lead, Role.Kind.SAFEGUARDING)
            actions.hold_mentorship(mentorship, by=lead)
        case "ended":
            actions.end_mentorship(mentorship, by=mentee, reason=Reason.FIT)
        case "completed":
            actions.complete_mentorship(mentorship, by=mentee)
        case "blocked":
            mentee.blocked_at = now()
            mentee.save()

    with pytest.raises(RefusedError):
        changes(mentorship, writer)[channel]()

    assert not may_contact(writer, mentee)


@pytest.mark.parametrize("channel", ["message", "meeting", "goal", "finish", "drop"])
def test_every_channel_is_open_inside_one(pair, channel):
    mentorship, mentor, mentee = pair
    actions.set_goal(mentorship, by=mentor, text="A plan")

    assert changes(mentorship, mentor)[channel]() is not None
    assert may_contact(mentor, mentee)


def test_either_can_pause_and_the_other_resume(pair):
    mentorship, mentor, mentee = pair

    actions.pause_mentorship(mentorship, by=mentor)
    actions.pause_mentorship(mentorship, by=mentor)
    resumed = actions.resume_mentorship(mentorship, by=mentee)
    actions.resume_mentorship(mentorship, by=mentee)

    assert resumed.status == Mentorship.Status.ACTIVE
    assert verbs() == ["mentorship.paused", "mentorship.resumed"]
    assert letters("mentorships.paused") == [("Amina", "mentorships.mentorship")]
    assert letters("mentorships.resumed") == [("Ruth", "mentorships.mentorship")]


def test_a_stranger_cannot_pause_resume_or_end(pair):
    mentorship, mentor, _ = pair
    stranger = make_person()

    with pytest.raises(RefusedError):
        actions.pause_mentorship(mentorship, by=stranger)
    with pytest.raises(RefusedError):
        actions.end_mentorship(mentorship, by=stranger, reason=Reason.TIME)
    actions.pause_mentorship(mentorship, by=mentor)
    with pytest.raises(RefusedError):
        actions.resume_mentorship(mentorship, by=stranger)


def test_an_early_end_frees_both_places_and_keeps_its_reason_from_the_partner(pair):
    mentorship, mentor, mentee = pair
    for participant in (mentorship.match.mentor, mentorship.match.mentee):
        participant.places_taken = 1
        participant.save()

    ended = actions.end_mentorship(mentorship, by=mentee, reason=Reason.CONDUCT)
    again = actions.end_mentorship(mentorship, by=mentor, reason=Reason.TIME)

    ended.match.mentor.refresh_from_db()
    ended.match.mentee.refresh_from_db()
    assert (again.status, again.end_reason) == ("ended", "conduct")
    assert (ended.match.mentor.places_taken, ended.match.mentee.places_taken) == (0, 0)
    letter = Letter.objects.get(kind="mentorships.ended")
    assert (letter.person, letter.words) == (mentor, {})
    assert "conduct" not in str(Entry.objects.get(verb="mentorship.ended").details)


def test_reaching_the_goal_completes_it(pair):
    mentorship, mentor, _ = pair

    assert actions.complete_mentorship(mentorship, by=mentor).status == "completed"


def test_only_the_lead_holds_and_releases(pair):
    mentorship, mentor, _ = pair
    lead = make_person("Lead")
    make_role(lead, Role.Kind.SAFEGUARDING)
    admin = make_person("Admin")
    make_role(admin, Role.Kind.ADMIN)

    with pytest.raises(RefusedError):
        actions.hold_mentorship(mentorship, by=admin)
    held = actions.hold_mentorship(mentorship, by=lead)
    actions.hold_mentorship(mentorship, by=lead)
    with pytest.raises(RefusedError):
        actions.resume_mentorship(mentorship, by=mentor)
    released = actions.release_mentorship(mentorship, by=lead)
    actions.release_mentorship(mentorship, by=lead)
    resumed = actions.resume_mentorship(mentorship, by=mentor)

    assert (held.status, released.status, resumed.status) == ("paused", "paused", "active")
    assert verbs() == ["mentorship.held", "mentorship.released", "mentorship.resumed"]


def test_a_lead_cannot_hold_their_own_mentorship(pair):
    mentorship, mentor, _ = pair
    make_role(mentor, Role.Kind.SAFEGUARDING)

    with pytest.raises(RefusedError):
        actions.hold_mentorship(mentorship, by=mentor)


def test_what_has_ended_cannot_be_held(pair):
    mentorship, mentor, _ = pair
    lead = make_person("Lead")
    make_role(lead, Role.Kind.SAFEGUARDING)
    actions.complete_mentorship(mentorship, by=mentor)

    with pytest.raises(RefusedError):
        actions.hold_mentorship(mentorship, by=lead)
