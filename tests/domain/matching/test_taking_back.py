"""A publication can be taken back as a whole while no letter has left; a second coordinator may sign it off."""

from datetime import timedelta

import pytest

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, set_clock
from lodestar.domain.matching import actions, jobs, queries, rules
from lodestar.domain.matching.models import Match, MatchRun
from lodestar.domain.messaging.actions import claim_letter
from lodestar.domain.messaging.models import Letter
from tests.domain.matching.outcomes import places
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import make_match, make_people, make_run, publish, solved_run
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_coordinator, make_design, make_program

pytestmark = pytest.mark.django_db
WINDOW = 15


@pytest.fixture
def cohort(lena):
    program = make_program(coordinator=lena)
    return make_cohort(program, design=make_design(program, undo_minutes=WINDOW))


@pytest.fixture
def match(cohort, lena):
    """Return a match that was published a moment ago."""
    match = make_match(make_run(cohort))
    publish(match.run, by=lena)
    match.refresh_from_db()
    return match


def later(minutes):
    moment = now() + timedelta(minutes=minutes)
    set_clock(lambda: moment)
    return moment


def test_within_the_window_nothing_leaves_and_nobody_sees_it(match):
    assert claim_letter(now()) is None
    assert list(queries.own_matches(match.mentee.person)) == []
    assert "not been proposed" in rules.why_not_answer(match, match.mentor.person, now())

    later(WINDOW + 1)

    assert claim_letter(now()) is not None
    assert list(queries.own_matches(match.mentee.person)) == [match]
    assert rules.can_answer(match, match.mentor.person, now())


def test_all_of_it_is_taken_back_and_can_be_published_again(match, lena):
    run = actions.take_run_back(match.run, by=lena)

    match.refresh_from_db()
    assert (run.status, match.status, places(match)) == ("reviewed", "drafted", [0, 0])
    assert set(Letter.objects.values_list("status", flat=True)) == {Letter.Status.DROPPED}
    later(WINDOW + 1)
    assert claim_letter(now()) is None

    actions.publish_run(run, by=lena)

    match.refresh_from_db()
    assert (match.status, places(match)) == ("proposed", [1, 1])
    assert Letter.objects.filter(status=Letter.Status.QUEUED).count() == 2


def test_after_the_window_it_is_refused_and_nothing_changes(match, lena):
    later(WINDOW + 1)

    with pytest.raises(RefusedError, match="letters have left"):
        actions.take_run_back(match.run, by=lena)

    match.refresh_from_db()
    assert (match.status, places(match)) == ("proposed", [1, 1])


def test_one_letter_on_its_way_keeps_the_whole_publication(match, lena):
    Letter.objects.filter(person=match.mentor.person).update(status=Letter.Status.CLAIMED)

    with pytest.raises(RefusedError, match="A letter has left already"):
        actions.take_run_back(match.run, by=lena)

    match.refresh_from_db()
    assert (match.status, places(match)) == ("proposed", [1, 1])
    assert Letter.objects.filter(status=Letter.Status.QUEUED).count() == 1


def test_taking_back_twice_is_told_kindly(match, lena):
    actions.take_run_back(match.run, by=lena)

    with pytest.raises(RefusedError, match="not published any more"):
        actions.take_run_back(match.run, by=lena)


def test_a_mentor_of_two_gets_both_places_back(cohort, lena):
    run = make_run(cohort)
    mentor = make_mentor(cohort, make_person("Ruth", "Okafor"), capacity=2)
    matches = [make_match(run, mentor, make_mentee(cohort, make_person(n, "X"))) for n in "AB"]
    publish(run, by=lena)

    actions.take_run_back(run, by=lena)

    assert [places(match) for match in matches] == [[0, 0], [0, 0]]


def test_a_single_match_taken_back_in_the_window_tells_nobody(match, lena):
    actions.withdraw_match(match, by=lena, note="They work together.")

    assert set(Letter.objects.values_list("status", "kind")) == {
        (Letter.Status.DROPPED, "matching.proposed")
    }
    actions.take_run_back(match.run, by=lena)
    match.refresh_from_db()
    assert (match.status, places(match)) == (Match.Status.WITHDRAWN, [0, 0])


def test_nobody_else_is_proposed_before_the_letters_of_a_publication_left(cohort, lena):
    mentees, mentors = make_people(cohort, 2, 3)
    run = make_run(cohort)
    first, second = (make_match(run, mentors[n], mentees[n]) for n in range(2))
    publish(run, by=lena)
    first.refresh_from_db()
    actions.withdraw_match(first, by=lena)

    jobs.propose_replacements(now())
    run = actions.take_run_back(run, by=lena)
    later(WINDOW + 1)
    jobs.propose_replacements(now())

    assert places(first) + places(second) == [0, 0, 0, 0]
    assert not Match.objects.filter(origin=Match.Origin.STANDBY).exists()
    assert claim_letter(now()) is None

    assert queries.preview(run, now()).letters == 2
    actions.publish_run(run, by=lena)
    later(WINDOW + 1)
    jobs.propose_replacements(now())

    first.refresh_from_db()
    followed = Match.objects.get(origin=Match.Origin.STANDBY)
    assert first.status == Match.Status.WITHDRAWN
    assert (followed.follows, followed.mentee, places(second)) == (first, mentees[0], [1, 1])


def test_held_letters_are_taken_back_too(cohort, lena):
    type(cohort).objects.filter(pk=cohort.pk).update(holds_letters=True)
    match = make_match(make_run(cohort))
    publish(match.run, by=lena)
    assert set(Letter.objects.values_list("status", flat=True)) == {Letter.Status.WAITING}

    actions.take_run_back(match.run, by=lena)

    assert set(Letter.objects.values_list("status", flat=True)) == {Letter.Status.DROPPED}


def test_where_the_design_asks_a_second_coordinator_signs_off_first(lena):
    program = make_program(coordinator=lena)
    cohort = make_cohort(program, design=make_design(program, needs_sign_off=True))
    run = actions.mark_reviewed(make_match(make_run(cohort)).run, by=lena)

    with pytest.raises(RefusedError, match="has no second one"):
        actions.publish_run(run, by=lena)
    per = make_coordinator(program, make_person("Per", "Lund")).person
    with pytest.raises(RefusedError, match="Per Lund can do it"):
        actions.publish_run(run, by=lena)
    with pytest.raises(RefusedError, match="You looked at these matches yourself"):
        actions.sign_run_off(run, by=lena)
    actions.sign_run_off(run, by=per)

    assert actions.publish_run(run, by=lena).status == MatchRun.Status.PUBLISHED


def test_what_changed_since_a_run_is_told_by_name(cohort, lena):
    mentees, mentors = make_people(cohort, 2, 2)
    run = solved_run(cohort, lena)
    assert not queries.changes_since(run).is_any

    make_mentee(cohort, make_person("Late", "Comer"))
    type(mentees[0]).objects.filter(pk=mentees[0].pk).update(left_at=now())
    type(mentees[1]).objects.filter(pk=mentees[1].pk).update(answers={"topics": ["Interviews"]})
    type(mentors[0]).objects.filter(pk=mentors[0].pk).update(capacity=2)
    actions.ban_pair(mentors[1], mentees[1], by=lena, reason="Cousins.")
    found = queries.changes_since(run)

    assert (found.came, found.went) == (("Late Comer",), (str(mentees[0]),))
    assert (found.said_otherwise, found.other_places) == ((str(mentees[1]),), (str(mentors[0]),))
    assert (found.other_pairs, found.other_design) == (True, False)


def test_a_comment_is_kept_and_an_empty_one_is_not(cohort, lena):
    run = make_run(cohort)

    actions.comment_on(run, by=lena, text=" Ask Ruth first. ")
    with pytest.raises(RefusedError):
        actions.comment_on(run, by=lena, text="  ")

    assert [comment.text for comment in queries.comments_of(run)] == ["Ask Ruth first."]


def test_nobody_is_told_that_they_have_nobody_while_it_can_be_taken_back(match, cohort):
    alone = make_mentee(cohort, make_person("Jonas", "Lind"))
    match.run.unmatched.create(participant=alone, reason="places_short")
    assert queries.groups_to_write_to(cohort) == []

    later(WINDOW + 1)

    assert [group.reason for group in queries.groups_to_write_to(cohort)] == ["places_short"]
