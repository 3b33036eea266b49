from datetime import timedelta

import pytest

from lodestar.domain.applications import jobs
from lodestar.domain.common.time import now
from lodestar.domain.messaging.models import Letter
from lodestar.domain.programs.actions.milestones import write_milestones
from lodestar.domain.programs.rules.milestones import MilestoneWish
from tests.factories.applications import make_application, make_mentee, make_mentor
from tests.factories.people import make_person
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db


def reminded():
    return list(Letter.objects.values_list("kind", "person"))


@pytest.mark.parametrize(
    ("opens_in", "due"), [(-17, False), (-18, True), (-21, True), (-22, False), (2, False)]
)
def test_a_draft_is_remembered_from_three_days_before_closing(opens_in, due):
    draft = make_application(make_cohort(opens_in=opens_in), status="draft")

    jobs.remind_drafts(now())

    expected = [("applications.unfinished", draft.person_id)] if due else []
    assert reminded() == expected


def test_each_draft_is_remembered_once():
    draft = make_application(make_cohort(opens_in=-18), status="draft")

    jobs.remind_drafts(now())
    jobs.remind_drafts(now() + timedelta(days=1))

    assert reminded() == [("applications.unfinished", draft.person_id)]


def test_nobody_is_reminded_who_sent_is_blocked_or_waits_for_an_unpublished_cohort():
    cohort = make_cohort(opens_in=-18)
    make_application(cohort)
    make_application(cohort, make_person(blocked_at=now()), status="draft")
    make_application(make_cohort(opens_in=-18, is_published=False), status="draft")

    jobs.remind_drafts(now())

    assert reminded() == []


def test_answers_freeze_on_the_day_after_closing_and_once():
    closed, still_open = make_cohort(opens_in=-22), make_cohort(opens_in=-21)

    first, again = jobs.freeze_closed_cohorts(now()), jobs.freeze_closed_cohorts(now())

    closed.refresh_from_db()
    still_open.refresh_from_db()
    assert (first, again) == (1, 0)
    assert closed.frozen_at is not None
    assert still_open.frozen_at is None


EVENT = MilestoneWish("event", "Kick-off", "both", "starts_on", 3)


def running(*wishes, starts_in=0, **fields):
    """Return a cohort whose mentorships start in so many days, with these milestones."""
    cohort = make_cohort(opens_in=starts_in - 42, **fields)
    write_milestones(cohort.design, wishes)
    return cohort


@pytest.mark.parametrize(("starts_in", "due"), [(1, False), (0, True), (-3, True), (-4, False)])
def test_an_event_is_remembered_from_three_days_before_until_its_day(starts_in, due):
    mentee = make_mentee(running(EVENT, starts_in=starts_in))

    jobs.remind_milestones(now())

    assert reminded() == ([("applications.milestone", mentee.person_id)] if due else [])


def test_each_is_reminded_once_and_again_when_the_day_moves():
    cohort = running(EVENT)
    make_mentee(cohort)

    counts = [jobs.remind_milestones(now()) for _ in range(2)]
    cohort.starts_on -= timedelta(days=1)
    cohort.save()
    counts.append(jobs.remind_milestones(now()))

    assert counts == [1, 0, 1]
    assert Letter.objects.count() == 2


def test_only_those_are_reminded_who_take_part_and_are_meant():
    preparation = MilestoneWish("preparation", "A talk", "mentor", "starts_on", 1)
    halfway = MilestoneWish("other", "Look back", "both", "starts_on", 1)
    cohort = running(preparation, halfway)
    mentor = make_mentor(cohort)
    make_mentee(cohort)
    make_mentor(cohort, left_at=now())
    make_mentor(cohort, make_person(blocked_at=now()))
    make_application(cohort, status="waitlisted")
    make_mentor(running(preparation, is_published=False))

    jobs.remind_milestones(now())

    assert reminded() == [("applications.milestone", mentor.person_id)]


def test_many_letters_cost_few_questions(django_assert_max_num_queries):
    cohort = running(EVENT)
    for _ in range(12):
        make_mentee(cohort)

    with django_assert_max_num_queries(12):
        assert jobs.remind_milestones(now()) == 12
