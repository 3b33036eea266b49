from datetime import timedelta

import pytest

from lodestar.domain.applications import jobs
from lodestar.domain.common.time import now
from lodestar.domain.messaging.models import Letter
from tests.factories.applications import make_application
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
