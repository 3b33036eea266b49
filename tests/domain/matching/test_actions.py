"""Runs, publication and answers: each change, each refusal, each thing that must happen once."""

from datetime import timedelta

import pytest

from lodestar.domain.applications.models import Participant
from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.matching import actions, queries
from lodestar.domain.matching.models import Match, MatchRun, PairRule
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import (
    make_match,
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


def letters(kind, match):
    found = Letter.objects.filter(kind=kind, about_key=match.public_id)
    return sorted(found.values_list("person__given_name", flat=True))


def places(match):
    sides = Participant.objects.filter(pk__in=[match.mentor_id, match.mentee_id])
    return list(sides.values_list("places_taken", flat=True))


# Runs


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


# Publishing


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


# Answers


def test_two_yeses_agree_and_the_reminders_stop():
    match = published_match()

    half = actions.answer_match(match, by=match.mentee.person, answer=Answer.ACCEPTED)
    both = actions.answer_match(match, by=match.mentor.person, answer=Answer.ACCEPTED)

    assert (half.status, both.status) == (Status.HALF_ACCEPTED, Status.ACCEPTED)
    assert (both.next_reminder_at, places(both)) == (None, [1, 1])


def test_the_same_answer_twice_is_one_answer():
    match = published_match()

    actions.answer_match(match, by=match.mentee.person, answer=Answer.ACCEPTED)
    actions.answer_match(match, by=match.mentee.person, answer=Answer.ACCEPTED)

    assert Entry.objects.filter(verb="match.answered").count() == 1


def test_a_no_frees_both_places_and_tells_the_other_side_without_the_reason():
    match = published_match()

    match = actions.answer_match(
        match, by=match.mentor.person, answer=Answer.DECLINED, reason="time", note=" A new baby. "
    )
    actions.answer_match(match, by=match.mentor.person, answer=Answer.DECLINED)

    assert (match.status, match.decline_reason) == (Status.DECLINED, "time")
    assert match.decline_note == "A new baby."
    assert places(match) == [0, 0]
    assert letters("matching.closed", match) == ["Amina"]
    [letter] = Letter.objects.filter(kind="matching.closed")
    assert letter.words == {}


def test_after_a_no_the_other_side_is_refused_politely():
    match = published_match()
    actions.answer_match(match, by=match.mentor.person, answer=Answer.DECLINED)

    with pytest.raises(RefusedError) as refusal:
        actions.answer_match(match, by=match.mentee.person, answer=Answer.ACCEPTED)

    assert str(refusal.value) == "This match will not go ahead; there is nothing left to answer."
    assert places(match) == [0, 0]


def test_a_yes_to_somebody_who_was_shut_out_begins_nothing():
    match = published_match()
    actions.answer_match(match, by=match.mentor.person, answer=Match.Answer.ACCEPTED)
    Person.objects.filter(pk=match.mentor.person_id).update(blocked_at=now())

    with pytest.raises(RefusedError, match="will not go ahead"):
        actions.answer_match(match, by=match.mentee.person, answer=Match.Answer.ACCEPTED)

    match.refresh_from_db()
    reminded = actions.remind_match(match, match.next_reminder_at)
    assert (match.status, reminded) == (Match.Status.HALF_ACCEPTED, 0)
    assert not Letter.objects.filter(kind="matching.reminder").exists()


def test_a_yes_is_not_turned_into_a_no():
    match = published_match()
    actions.answer_match(match, by=match.mentee.person, answer=Answer.ACCEPTED)

    with pytest.raises(RefusedError, match="answered this already"):
        actions.answer_match(match, by=match.mentee.person, answer=Answer.DECLINED)


def test_nobody_else_answers_and_nothing_is_no_answer():
    match = published_match()

    with pytest.raises(RefusedError, match="between two other people"):
        actions.answer_match(match, by=make_person("Eve", "Else"), answer=Answer.ACCEPTED)
    with pytest.raises(RefusedError, match="yes or no"):
        actions.answer_match(match, by=match.mentee.person, answer=Answer.WAITING)


def test_a_drafted_match_cannot_be_answered():
    match = make_match()

    with pytest.raises(RefusedError, match="has not been proposed"):
        actions.answer_match(match, by=match.mentee.person, answer=Answer.ACCEPTED)


def test_after_the_deadline_no_answer_counts_even_before_the_job_came_by():
    match = published_match()
    Match.objects.update(reply_by=now() - timedelta(seconds=1))

    with pytest.raises(RefusedError, match="The time to answer has run out"):
        actions.answer_match(match, by=match.mentee.person, answer=Answer.ACCEPTED)


def test_a_coordinator_takes_a_match_back_once(lena):
    match = published_match()

    actions.withdraw_match(match, by=lena, note="Ruth moved abroad.")
    match = actions.withdraw_match(match, by=lena)

    assert (match.status, match.withdrawal_note) == (Status.WITHDRAWN, "Ruth moved abroad.")
    assert places(match) == [0, 0]
    assert letters("matching.closed", match) == ["Amina", "Ruth"]


def test_an_agreed_or_closed_match_is_not_taken_back(lena):
    agreed, closed = published_match(), published_match()
    for person in (agreed.mentor.person, agreed.mentee.person):
        actions.answer_match(agreed, by=person, answer=Answer.ACCEPTED)
    actions.answer_match(closed, by=closed.mentor.person, answer=Answer.DECLINED)

    with pytest.raises(RefusedError, match="this is a mentorship now"):
        actions.withdraw_match(agreed, by=lena)
    with pytest.raises(RefusedError, match="closed already"):
        actions.withdraw_match(closed, by=lena)


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


# Pins and bans


def test_a_pin_and_a_ban_hold_for_every_later_run(lena):
    cohort = make_cohort()
    mentees, mentors = make_people(cohort, 2, 2)
    actions.ban_pair(mentors[0], mentees[0], by=lena, reason="Same family.")
    actions.pin_pair(mentors[0], mentees[1], by=lena, reason="They asked for it.")

    runs = [solved_run(cohort, lena), solved_run(cohort, lena)]

    for run in runs:
        assert set(run.matches.values_list("mentor", "mentee", "is_pinned")) == {
            (mentors[0].pk, mentees[1].pk, True),
            (mentors[1].pk, mentees[0].pk, False),
        }


def test_a_ban_takes_the_place_of_a_pin_and_lifting_twice_is_lifting_once(lena):
    cohort = make_cohort()
    [mentee], [mentor] = make_people(cohort, 1, 1)

    actions.pin_pair(mentor, mentee, by=lena, reason="They asked for it.")
    rule = actions.ban_pair(mentor, mentee, by=lena, reason="They changed their minds.")
    actions.lift_pair_rule(rule, by=lena)
    actions.lift_pair_rule(rule, by=lena)

    assert PairRule.objects.count() == 0
    assert Entry.objects.filter(verb="pair_rule.lifted").count() == 1


def test_pins_that_cannot_be_kept_are_refused(lena):
    cohort, other = make_cohort(), make_cohort()
    mentees, mentors = make_people(cohort, 2, 2)
    actions.pin_pair(mentors[0], mentees[0], by=lena, reason="They asked for it.")
    herself = make_mentor(cohort, mentees[1].person)
    refused = [
        (mentors[1], mentees[0], "another mentor", "Why not."),
        (mentors[0], mentees[1], "it is pinned already", "Why not."),
        (mentors[1], make_mentee(other), "same cohort", "Why not."),
        (mentors[1], mentors[0], "same cohort", "Why not."),
        (mentees[1], mentees[0], "same cohort", "Why not."),
        (herself, mentees[1], "their own mentor", "Why not."),
        (mentors[1], mentees[1], "short reason", "  "),
    ]

    for mentor, mentee, sentence, reason in refused:
        with pytest.raises(RefusedError, match=sentence):
            actions.pin_pair(mentor, mentee, by=lena, reason=reason)


def test_a_pair_that_one_side_declined_is_not_pinned(lena):
    match = published_match()
    actions.answer_match(match, by=match.mentor.person, answer=Answer.DECLINED)

    with pytest.raises(RefusedError, match="their answer stands"):
        actions.pin_pair(match.mentor, match.mentee, by=lena, reason="Try again.")


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
