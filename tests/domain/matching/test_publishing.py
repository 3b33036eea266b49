"""A run is published wholly and once, or not at all and with the reason."""

import pytest

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.matching import actions
from lodestar.domain.matching.models import Match, MatchRun
from lodestar.domain.messaging.models import Letter
from tests.domain.matching.outcomes import letters, places
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import (
    make_match,
    make_run,
    publish,
    published_match,
)
from tests.factories.people import make_person
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db
Answer, Status = Match.Answer, Match.Status


def test_publishing_proposes_to_both_sides_and_takes_both_places(lena):
    match = published_match(by=lena)

    assert match.status == Status.PROPOSED
    assert places(match) == [1, 1]
    assert letters("matching.proposed", match) == ["Amina", "Ruth"]
    assert match.proposed_at < match.next_reminder_at < match.reply_by
    assert match.run.published_by == lena


def test_publishing_twice_tells_the_second_kindly_and_sends_nothing_more(lena):
    match = published_match(by=lena)

    with pytest.raises(RefusedError) as refusal:
        actions.publish_run(match.run, by=make_person("Ola", "Nord"))

    assert str(refusal.value) == "Lena Berg published this run already. Nothing was sent twice."
    assert Letter.objects.count() == 2


def test_what_nobody_looked_at_is_not_published(lena):
    run = make_run()
    match = make_match(run)

    with pytest.raises(RefusedError, match="Look at these matches first"):
        actions.publish_run(run, by=lena)

    match.refresh_from_db()
    assert (match.status, Letter.objects.count()) == (Status.DRAFTED, 0)


@pytest.mark.parametrize("status", ["discarded", "failed", "requested"])
def test_only_a_result_is_published(lena, status):
    run = make_run(status=status)

    with pytest.raises(RefusedError):
        actions.publish_run(run, by=lena)


def test_one_full_mentor_keeps_the_whole_run_unpublished(lena):
    cohort = make_cohort()
    run = make_run(cohort)
    free = make_match(run)
    full = make_match(
        run,
        make_mentor(cohort, make_person("Full", "House"), places_taken=1),
        make_mentee(cohort, make_person("Jonas", "Lind")),
    )

    with pytest.raises(RefusedError, match="Full House has no place left"):
        publish(run, by=lena)

    run.refresh_from_db()
    assert run.status == MatchRun.Status.REVIEWED
    assert (places(free), places(full)) == ([0, 0], [1, 0])
    assert Letter.objects.count() == 0


def test_a_run_is_stale_when_someone_left_or_was_set_apart(lena):
    left = make_match(mentee=None)
    Participant.objects.filter(pk=left.mentee_id).update(left_at=now())
    apart = make_match()
    actions.ban_pair(apart.mentor, apart.mentee, by=lena, reason="They are cousins.")

    with pytest.raises(RefusedError, match="Amina Odhiambo left since"):
        publish(left.run, by=lena)
    with pytest.raises(RefusedError, match="were set apart since"):
        publish(apart.run, by=lena)
