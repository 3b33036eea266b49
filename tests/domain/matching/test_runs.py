"""A run is asked for once, freezes who is in, and stores what was found, whole or not at all."""

from datetime import timedelta

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.matching import actions, queries
from lodestar.domain.matching.models import Match, MatchRun
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import (
    make_people,
    make_run,
    publish,
    published_match,
    solved_run,
)
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_design

pytestmark = pytest.mark.django_db
Answer, Status = Match.Answer, Match.Status


def test_a_run_freezes_who_is_in_and_is_asked_for_once(lena):
    cohort = make_cohort()
    make_people(cohort, 2, 1)

    first = actions.request_run(cohort, by=lena)
    again = actions.request_run(cohort, by=lena)

    assert again == first
    assert (len(first.inputs["mentees"]), len(first.inputs["mentors"])) == (2, 1)
    assert len(first.inputs_sha256) == 64
    assert Entry.objects.filter(verb="match_run.requested").count() == 1


@pytest.mark.parametrize(
    ("mentees", "mentors", "sentence"),
    [
        (0, 1, "Nobody waits for a mentor here yet: accept applications of mentees first."),
        (1, 0, "No mentor has a free place yet: accept applications of mentors first."),
    ],
)
def test_a_run_with_one_side_missing_is_refused(lena, mentees, mentors, sentence):
    cohort = make_cohort()
    make_people(cohort, mentees, mentors)

    with pytest.raises(RefusedError) as refusal:
        actions.request_run(cohort, by=lena)

    assert str(refusal.value) == sentence


def test_a_run_without_criteria_is_refused(lena):
    cohort = make_cohort(design=make_design(with_criterion=False))
    make_people(cohort, 1, 1)

    with pytest.raises(RefusedError, match="weighs nothing yet"):
        actions.request_run(cohort, by=lena)


def test_who_left_is_blocked_or_has_no_place_is_not_in_a_run(lena):
    cohort = make_cohort()
    make_people(cohort, 1, 1)
    make_mentee(cohort, left_at=now())
    make_mentee(cohort, make_person("Bo", "Blocked", blocked_at=now()))
    make_mentor(cohort, make_person("Full", "House"), capacity=1, places_taken=1)

    run = actions.request_run(cohort, by=lena)

    assert (len(run.inputs["mentees"]), len(run.inputs["mentors"])) == (1, 1)


def test_same_inputs_and_seed_give_the_same_matches(lena):
    cohort = make_cohort()
    make_people(cohort, 5, 4)

    first, second = solved_run(cohort, lena), solved_run(cohort, lena)

    assert (first.seed, first.inputs_sha256) == (second.seed, second.inputs_sha256)
    pairs = [set(run.matches.values_list("mentor", "mentee", "score")) for run in (first, second)]
    assert pairs[0] == pairs[1]
    assert len(pairs[0]) == 4


def test_a_result_stores_matches_that_add_up_and_who_is_left(lena):
    cohort = make_cohort()
    make_people(cohort, 3, 2)

    run = solved_run(cohort, lena)

    assert run.status == MatchRun.Status.SOLVED
    assert (run.certificate["matched"], run.certificate["gap"]) == (2, 0)
    for match in run.matches.all():
        assert sum(points for _name, points in match.contributions) == match.score
    [left] = run.unmatched.all()
    assert (left.reason, left.details["mentees"], left.details["places"]) == ("places_short", 3, 2)


def test_mentors_who_got_nobody_are_listed_too(lena):
    cohort = make_cohort()
    make_people(cohort, 1, 2)

    run = solved_run(cohort, lena)

    assert list(run.unmatched.values_list("reason", "details")) == [("not_needed", {"places": 1})]


def test_a_result_is_dropped_when_the_claim_was_lost(lena):
    cohort = make_cohort()
    make_people(cohort, 1, 1)
    actions.request_run(cohort, by=lena)
    mine = actions.claim_run(now())
    later = now() + timedelta(hours=1)
    theirs = actions.claim_run(later)

    assert (theirs.pk, theirs.attempt_count) == (mine.pk, 2)
    assert actions.fail_run(mine, "too late") is False
    mine.refresh_from_db()
    assert mine.status == MatchRun.Status.CLAIMED


def test_a_run_is_looked_at_once_and_set_aside_once(lena):
    run = make_run()

    actions.mark_reviewed(run, by=lena)
    run = actions.mark_reviewed(run, by=lena)
    discarded = actions.discard_run(run, by=lena)

    assert run.reviewed_by == lena
    assert actions.discard_run(discarded, by=lena).status == MatchRun.Status.DISCARDED
    with pytest.raises(RefusedError, match="fresh result"):
        actions.mark_reviewed(discarded, by=lena)


def test_a_published_run_cannot_be_set_aside(lena):
    match = published_match()

    with pytest.raises(RefusedError, match="no longer be set aside"):
        actions.discard_run(match.run, by=lena)


def test_a_rerun_covers_only_who_is_still_open_and_never_the_declined_pair(lena):
    cohort = make_cohort()
    make_people(cohort, 2, 2)
    first = solved_run(cohort, lena)
    publish(first, by=lena)
    declined, agreed = first.matches.order_by("pk")
    actions.answer_match(declined, by=declined.mentor.person, answer=Answer.DECLINED)

    second = actions.request_run(cohort, by=lena)

    assert [m["key"] for m in second.inputs["mentees"]] == [declined.mentee.public_id]
    assert [m["key"] for m in second.inputs["mentors"]] == [declined.mentor.public_id]
    assert second.inputs["bans"] == [
        [declined.mentee.public_id, declined.mentor.public_id, "declined"]
    ]
    assert agreed.status != Status.DECLINED


def test_what_changed_between_two_runs_is_told_by_mentee(lena):
    cohort = make_cohort()
    mentees, mentors = make_people(cohort, 2, 2)
    first = solved_run(cohort, lena)
    partner = dict(first.matches.values_list("mentee", "mentor"))
    banned = next(m for m in mentors if m.pk == partner[mentees[0].pk])
    actions.ban_pair(banned, mentees[0], by=lena, reason="Same family.")
    second = solved_run(cohort, lena)

    found = queries.difference(second, queries.earlier_run(second))

    assert (found.earlier, found.kept) == (first, 0)
    assert {change.mentee for change in found.changes} == set(mentees)
