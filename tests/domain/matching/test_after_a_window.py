"""What follows once lists were put together: a no, a word, a question, a move, and the same again."""

from datetime import timedelta

import pytest

from lodestar.domain.common.time import now, set_clock
from lodestar.domain.matching import actions, jobs, queries, rules
from lodestar.domain.matching.models import Inquiry, Match, MatchRun
from lodestar.domain.matching.queries.inquiries import engine_call, replayed_by_key
from tests.factories.matching import (
    asking_cohort,
    computed_window,
    make_choice,
    make_people,
    publish,
)
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena():
    return make_person("Lena", "Berg")


def solved_window(*ways, lists=((0, 1), (0, 1), (1,)), mentors=3, **design):
    """Return the run of a window in which mentees named mentors by number, each list in its order."""
    cohort = asking_cohort(*ways, in_days=1, **design)
    mentees, found = make_people(cohort, len(lists), mentors)
    for mentee, wishes in zip(mentees, lists, strict=True):
        for rank, wish in enumerate(wishes, start=1):
            make_choice(mentee, found[wish], rank)
    jobs.close_windows(now())
    return computed_window(MatchRun.objects.get()), mentees, found


def published(run, lena):
    """Publish a run, and let the time pass in which it could be taken back."""
    publish(run, by=lena)
    moment = now() + timedelta(hours=1)
    set_clock(lambda: moment)
    return Match.objects.filter(run=run)


def say_no(match):
    actions.answer_match(match, by=match.mentor.person, answer="declined", reason="fit")


@pytest.mark.parametrize("ways", [("rank",), ("rank", "office")], ids="-".join)
def test_after_a_no_the_next_on_ones_own_list_is_proposed(lena, ways):
    run, [amina], mentors = solved_window(*ways, lists=[(2, 0)])
    say_no(published(run, lena).get())

    assert jobs.propose_replacements(now()) == 1

    new = Match.objects.get(status="proposed")
    assert (new.mentee, new.mentor, new.origin) == (amina, mentors[0], "standby")


@pytest.mark.parametrize(("ways", "count"), [(("rank",), 0), (("rank", "office"), 1)])
def test_where_a_list_is_at_its_end_the_office_matches_or_is_told(lena, ways, count):
    run, [amina], _mentors = solved_window(*ways, lists=[(2,)])
    say_no(published(run, lena).get())

    assert jobs.propose_replacements(now()) == count
    waiting = queries.waiting_for_another(run.cohort)
    assert [each.mentee for each in waiting] == [amina] * (1 - count)


def test_whom_the_lists_leave_over_waits_for_a_word(lena):
    run, mentees, _mentors = solved_window("rank", lists=[(0,), (0,), (0,)])
    [match] = published(run, lena)

    left = {row.participant for row in queries.unwritten(run.cohort)}

    assert left >= set(mentees) - {match.mentee}
    assert match.mentee not in left
    groups = queries.groups_to_write_to(run.cohort)
    assert sum(len(group.rows) for group in groups if group.role == "mentee") == 2


def test_a_window_computed_again_is_the_same_to_the_byte(lena):
    run, *_ = solved_window("rank", "office")

    found = replayed_by_key(run.public_id)

    assert (found["same"], found["differs"], found["pairs"]) == (True, [], 0)
    asked = queries.question_about(run, Inquiry.Kind.REPLAY, {})
    function, arguments, options = engine_call(asked)
    assert function(*arguments, **options)["certificate"] == run.certificate


def why(run, mentee, mentor):
    asked = {"mentee": mentee.public_id, "mentor": mentor.public_id}
    reply = queries.reply_to(queries.question_about(run, Inquiry.Kind.WHY_NOT, asked))
    return " ".join(rules.why_not_in_words(reply.answer))


def test_why_not_these_two_is_answered_by_the_lists():
    run, [first, second], mentors = solved_window("rank", lists=[(0, 1), (0, 2)])
    winner, loser = (first, second) if run.matches.get(mentor=mentors[0]).mentee == first else (second, first)  # fmt: skip
    other = mentors[1] if winner == first else mentors[2]

    assert "matched with each other" in why(run, winner, mentors[0])
    assert "had named before this mentor" in why(run, winner, other)
    assert "named this mentor at place 1" in why(run, loser, mentors[0])
    assert "did not name this mentor" in why(run, winner, mentors[3 - mentors.index(other)])


def test_a_move_is_held_against_all_lists_and_kept_by_putting_them_together_again(lena):
    run, [first, second], mentors = solved_window("rank", lists=[(0, 1), (0, 2)])
    held = run.matches.get(mentor=mentors[0]).mentee
    other = second if held == first else first
    actions.draft_move(run, other, mentors[0], by=lena)

    reply = queries.reply_to(queries.draft_question(run, list(queries.changes_in(run))))
    assert reply.answer["after"]["served"] == 2
    assert {moved[0] for moved in reply.answer["moved"]} == {held.public_id, other.public_id}

    again = computed_window(actions.keep_draft(run, by=lena, reason="They met."))
    assert (again.kind, again.matches.get(mentee=other).mentor) == ("window", mentors[0])
    assert {match.mentor for match in again.matches.all()} <= set(mentors)


def test_a_card_says_how_high_each_of_the_two_stands_with_the_other():
    run, [first, second], _mentors = solved_window("rank", lists=[(0, 1), (2, 1)])

    told = {match.mentee: queries.preferences_of(match) for match in Match.objects.filter(run=run)}

    assert {mentee: each.place for mentee, each in told.items()} == {first: 1, second: 1}
    assert {each.above for each in told.values()} == {0}
