"""What time does: runs are computed, reminders go out, silence ends a match."""

from datetime import timedelta

import pytest

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.time import now
from lodestar.domain.matching import actions, jobs
from lodestar.domain.matching.models import Match, MatchRun
from lodestar.domain.messaging.models import Letter
from tests.engine.children import die, grow
from tests.factories.matching import make_people, published_match
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db
Status = MatchRun.Status


def waiting_run(lena, mentees=2, mentors=2):
    cohort = make_cohort()
    make_people(cohort, mentees, mentors)
    return actions.request_run(cohort, by=lena)


def test_nothing_due_does_nothing():
    assert (jobs.compute_runs(now()), jobs.expire_matches(now())) == (0, 0)


def test_a_waiting_run_is_computed_in_a_child_and_only_once(lena):
    run = waiting_run(lena)

    counts = [jobs.compute_runs(now()), jobs.compute_runs(now())]

    run.refresh_from_db()
    assert counts == [1, 0]
    assert (run.status, run.attempt_count, run.matches.count()) == (Status.SOLVED, 1, 2)
    assert run.engine_version


def test_a_child_over_its_time_fails_the_run_and_leaves_what_was_published(lena, settings):
    before = published_match(by=lena)
    run = waiting_run(lena)
    settings.MATCHING_SECONDS = 0.01

    jobs.compute_runs(now())

    run.refresh_from_db()
    before.refresh_from_db()
    assert run.status == Status.FAILED
    assert run.problem.startswith("The computation took longer than 0 seconds and was stopped.")
    assert (run.matches.count(), before.status) == (0, Match.Status.PROPOSED)


def test_a_child_over_its_memory_fails_the_run_with_a_sentence(lena, monkeypatch):
    run = waiting_run(lena)
    monkeypatch.setattr("lodestar.domain.matching.queries.solving.run_with_standbys", grow)

    jobs.compute_runs(now())

    run.refresh_from_db()
    assert run.status == Status.FAILED
    assert "more than 2048 MiB of memory" in run.problem


def test_what_the_engine_refuses_is_told_with_names(lena):
    cohort = make_cohort()
    mentees, mentors = make_people(cohort, 2, 1, capacity=2)
    for mentee in mentees:
        actions.pin_pair(mentors[0], mentee, by=lena, reason="They asked for it.")
    Participant.objects.filter(pk=mentors[0].pk).update(capacity=1)
    run = actions.request_run(cohort, by=lena)

    jobs.compute_runs(now())

    run.refresh_from_db()
    assert run.status == Status.FAILED
    assert run.problem == (
        "Mentor Mentor0 Okafor has more pinned mentees than places: remove a pin."
    )


def test_a_broken_child_gives_its_claim_back(lena, monkeypatch):
    run = waiting_run(lena)
    monkeypatch.setattr("lodestar.domain.matching.queries.solving.run_with_standbys", die)

    jobs.compute_runs(now())
    monkeypatch.undo()
    later = now() + timedelta(minutes=1)
    jobs.compute_runs(later)

    run.refresh_from_db()
    assert (run.status, run.attempt_count) == (Status.SOLVED, 2)


def test_reminders_after_two_and_four_fifths_to_whoever_has_not_answered():
    match = published_match()
    whole = match.reply_by - match.proposed_at
    actions.answer_match(match, by=match.mentee.person, answer=Match.Answer.ACCEPTED)

    for share in (0.3, 0.41, 0.5, 0.81, 0.9):
        jobs.expire_matches(match.proposed_at + whole * share)

    letters = Letter.objects.filter(kind="matching.reminder").order_by("pk")
    assert [letter.person.given_name for letter in letters] == ["Ruth", "Ruth"]
    assert [letter.unique_key.split(":")[-1] for letter in letters] == ["first", "last"]


def test_after_a_long_silence_of_ours_one_reminder_goes_out_not_two():
    match = published_match()
    whole = match.reply_by - match.proposed_at

    jobs.expire_matches(match.proposed_at + whole * 0.9)
    jobs.expire_matches(match.proposed_at + whole * 0.95)

    assert Letter.objects.filter(kind="matching.reminder").count() == 2  # one to each side


def test_silence_ends_a_match_and_frees_both_places_once():
    match = published_match()
    over = match.reply_by + timedelta(seconds=1)

    counts = [
        jobs.expire_matches(match.reply_by),
        jobs.expire_matches(over),
        jobs.expire_matches(over),
    ]

    match.refresh_from_db()
    assert counts == [0, 1, 0]
    assert (match.status, match.next_reminder_at) == (Match.Status.EXPIRED, None)
    assert set(Participant.objects.values_list("places_taken", flat=True)) == {0}
    assert Letter.objects.filter(kind="matching.closed").count() == 2


def test_an_agreed_match_never_expires():
    match = published_match()
    for person in (match.mentor.person, match.mentee.person):
        actions.answer_match(match, by=person, answer=Match.Answer.ACCEPTED)

    jobs.expire_matches(match.reply_by + timedelta(days=30))

    match.refresh_from_db()
    assert match.status == Match.Status.ACCEPTED
    assert actions.expire_match(match, match.reply_by + timedelta(days=30)) is False
    assert actions.remind_match(match, match.reply_by) == 0
