"""What happened when, and what one takes along."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile

from lodestar.domain.common.time import now, today
from lodestar.domain.mentorships import actions, jobs, queries
from lodestar.domain.mentorships.models import Message, Takeaway
from tests.factories.mentorships import make_agreement, make_file, make_mentorship, the_two
from tests.factories.people import make_person
from tests.factories.programs import make_cohort
from tests.races import at_once, on_postgresql


@pytest.fixture
def pair(db):
    mentorship = make_mentorship()
    return (mentorship, *the_two(mentorship))


def full(mentorship):
    """Let all that can stand in a room stand in it, with words that tell whose they are."""
    mentor, mentee = the_two(mentorship)
    actions.write_message(mentorship, by=mentor, text="message")
    actions.write_message(mentorship, by=mentor, text="message again")
    actions.log_meeting(mentorship, by=mentor, held_on=today(), note="SECRET-meeting")
    actions.log_meeting(mentorship, by=mentor, held_on=today(), note="shared", is_shared=True)
    actions.write_note(mentorship, by=mentor, text="SECRET-note")
    actions.write_note(mentorship, by=mentee, text="own")
    goal = actions.set_goal(mentorship, by=mentee, text="A plan", step="one")
    actions.finish_task(goal.steps.get(), by=mentor)
    actions.finish_goal(goal, by=mentee)
    make_agreement(mentorship, signed_by=[mentor, mentee])
    make_file(mentorship)
    actions.pause_mentorship(mentorship, by=mentor)
    actions.resume_mentorship(mentorship, by=mentee)


def test_all_that_happened_is_told_once_and_messages_are_counted(pair):
    mentorship, mentor, mentee = pair
    full(mentorship)

    seen = {p: queries.touches(mentorship, p) for p in (mentor, mentee)}

    kinds = sorted(touch.kind for touch in seen[mentee])
    told = "began met written note goal_set goal_done task_done drafted agreed file paused resumed"
    assert kinds == sorted(told.split())
    assert [t.count for t in seen[mentee] if t.kind == "written"] == [2]
    assert "SECRET" not in str(seen[mentee])
    assert [t.by for t in seen[mentor] if t.kind == "note"] == [mentor]


def test_days_are_the_readers_own_and_the_newest_stands_first(pair):
    mentorship, mentor, mentee = pair
    actions.write_message(mentorship, by=mentor, text="late")
    Message.objects.update(created_at=datetime(2030, 9, 2, 22, 30, tzinfo=UTC))
    mentee.time_zone = "Asia/Tokyo"

    newest = [queries.touches(mentorship, p)[0] for p in (mentor, mentee)]

    assert [touch.on.day for touch in newest] == [2, 3]
    assert {touch.kind for touch in newest} == {"written"}


def test_what_one_takes_along_has_all_but_the_partners_own_notes(pair):
    mentorship, mentor, mentee = pair
    full(mentorship)

    own, partners = (str(queries.room_record(mentorship, p)) for p in (mentor, mentee))

    assert "SECRET-meeting" in own
    assert "SECRET-note" in own
    assert "SECRET" not in partners
    for words in (
        "message again",
        "shared",
        "own",
        "A plan",
        "one",
        "A plan for the first",
        "cv.pdf",
    ):
        assert words in partners


def test_asking_twice_is_one_request_and_a_stranger_asks_in_vain(pair):
    mentorship, mentor, mentee = pair

    first, again = (actions.request_takeaway(mentorship, by=mentor) for _ in range(2))

    assert first == again
    assert actions.request_takeaway(mentorship, by=mentee) != first
    with pytest.raises(Exception, match="not yours"):
        actions.request_takeaway(mentorship, by=make_person("Other"))


def test_what_was_put_together_is_deleted_after_days(pair):
    mentorship, mentor, _ = pair
    actions.request_takeaway(mentorship, by=mentor)
    claimed = actions.claim_takeaway(now())
    actions.store_takeaway(claimed, ContentFile(b"PK"), now=now())
    row = queries.latest_takeaway(mentor, mentorship)
    name = row.stored.name

    counts = [jobs.forget_room_files(now() + timedelta(days=days)) for days in (1, 4)]

    assert (row.status, row.size, counts) == ("ready", 2, [0, 1])
    assert not row.stored.storage.exists(name)
    assert Takeaway.objects.count() == 0


def test_a_worker_that_lost_its_claim_leaves_nothing_behind(pair):
    mentorship, mentor, _ = pair
    actions.request_takeaway(mentorship, by=mentor)
    lost = actions.claim_takeaway(now())
    actions.claim_takeaway(now() + timedelta(hours=1))

    assert not actions.store_takeaway(lost, ContentFile(b"PK"), now=now())
    assert Takeaway.objects.get().stored == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("opened", "has_met", "stage"),
    [
        (50, False, "first-meeting"),
        (60, True, "goals"),
        (130, True, "midpoint"),
        (130, False, "first-meeting"),
        (200, True, "closing"),
    ],
)
def test_the_stage_follows_meetings_and_the_calendar(opened, has_met, stage):
    mentorship = make_mentorship(make_cohort(opens_in=-opened))
    if has_met:
        actions.log_meeting(mentorship, by=the_two(mentorship)[0], held_on=today())

    assert queries.stage_of(mentorship, today()) == stage


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_asked_for_at_once_it_is_put_together_once():
    mentorship = make_mentorship()
    mentor, _ = the_two(mentorship)

    told = at_once(*(lambda: actions.request_takeaway(mentorship, by=mentor) for _ in range(2)))

    assert (told, Takeaway.objects.count()) == ([], 1)
