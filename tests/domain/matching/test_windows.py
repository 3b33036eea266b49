"""Lists that are collected in a window and put together at once."""

import random
from datetime import timedelta

import pytest

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.matching import actions, queries
from lodestar.domain.matching.jobs import close_windows, compute_runs, remind_of_lists
from lodestar.domain.matching.models import Choice, MatchRun
from lodestar.domain.matching.rules import proof_in_words
from lodestar.domain.messaging.models import Letter
from lodestar.domain.programs.models import Cohort
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import (
    asked,
    asking_cohort,
    computed_window,
    make_choice,
    make_people,
    publish,
)
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def listed(cohort, dice):
    """Let four mentees rank three mentors with a place each, in an order of arrival that the dice make."""
    mentees, mentors = make_people(cohort, 4, 3)
    wishes = [(mentee, mentors[(n + k) % 3], k + 1) for n, mentee in enumerate(mentees) for k in range(3)]  # fmt: skip
    dice.shuffle(wishes)
    for mentee, mentor, rank in wishes:
        make_choice(mentee, mentor, rank)
    return mentees, mentors


def test_after_the_last_day_all_lists_are_put_together_once():
    cohort = asking_cohort("rank", "office", in_days=1)
    mentees, mentors = listed(cohort, random.Random(1))

    assert (close_windows(now()), close_windows(now())) == (1, 0)
    run = computed_window(MatchRun.objects.get())
    publish(run, by=make_person("Lena"))

    assert (run.kind, run.certificate["blocking_pairs"]) == ("window", 0)
    assert "3 pairs come from the lists, 0 were matched by the criteria" in proof_in_words(run.certificate)  # fmt: skip
    assert {match.origin for match in run.matches.all()} == {"window"}
    assert [mentor.places_taken for mentor in Participant.objects.filter(role="mentor")] == [1, 1, 1]  # fmt: skip
    assert len(mentees) > len(mentors)


def test_a_worker_computes_a_window_as_it_computes_every_run():
    cohort = asking_cohort("rank", in_days=1)
    listed(cohort, random.Random(1))
    close_windows(now())

    assert compute_runs(now()) == 1
    assert MatchRun.objects.get().status == "solved"


def test_the_lists_are_frozen_without_any_trace_of_who_came_first():
    cohort = asking_cohort("rank", in_days=1)
    listed(cohort, random.Random(2))
    before = queries.window_inputs_of(cohort)

    rows = list(Choice.objects.all())
    random.Random(3).shuffle(rows)
    Choice.objects.all().delete()
    for row in rows:
        make_choice(row.mentee, row.mentor, row.rank)

    assert queries.window_inputs_of(cohort) == before


def test_while_lists_can_change_nothing_is_put_together_and_the_office_waits():
    cohort = asking_cohort("rank", "office")
    listed(cohort, random.Random(1))

    assert close_windows(now()) == 0
    with pytest.raises(RefusedError, match="can still be changed"):
        actions.put_lists_together(cohort)
    with pytest.raises(RefusedError, match="People can change their lists until"):
        actions.request_run(cohort, by=None)


def test_without_lists_there_is_no_run():
    cohort = asking_cohort("rank", in_days=1)
    make_people(cohort)

    assert close_windows(now()) == 0
    with pytest.raises(RefusedError, match="Nobody has a list"):
        actions.put_lists_together(cohort)


def test_a_window_set_aside_is_put_together_again_only_by_hand():
    cohort = asking_cohort("rank", in_days=1)
    listed(cohort, random.Random(1))
    lena = make_person("Lena")
    close_windows(now())
    run = MatchRun.objects.get()

    assert actions.put_lists_together(cohort, by=lena) == run
    actions.discard_run(run, by=lena)
    assert close_windows(now()) == 0
    assert actions.put_lists_together(cohort, by=lena) != run


def test_lists_close_with_the_window_unless_people_may_ask_afterwards():
    closed, asking = asking_cohort("rank", in_days=1), asking_cohort("rank", "ask", in_days=1)

    for cohort in (closed, asking):
        mentee, mentor = make_mentee(cohort, make_person("Bo")), make_mentor(cohort)
        if cohort is closed:
            with pytest.raises(RefusedError, match="lists are closed"):
                actions.choose_mentor(mentee, mentor, by=mentee.person)
        else:
            assert asked(mentee, mentor).match


def test_who_asks_or_is_paired_is_left_out_of_a_window():
    cohort = asking_cohort("rank", "ask", in_days=1)
    waits, looks = (make_mentee(cohort, make_person(name)) for name in ("Amina", "Bo"))
    ruth, noor = (make_mentor(cohort, make_person(name)) for name in ("Ruth", "Noor"))
    make_choice(waits, noor, 2)
    make_choice(looks, noor)
    asked(waits, ruth)

    assert queries.window_inputs_of(cohort)["choices"] == [[looks.public_id, noor.public_id, 1]]


def reminded():
    found = Letter.objects.filter(kind="matching.list_empty").order_by("pk")
    return list(found.values_list("person__given_name", flat=True))


@pytest.mark.parametrize(
    ("in_days", "count"), [(-4, 0), (-3, 1), (0, 1), (1, 0)], ids=["early", "first", "last", "over"]
)
def test_an_empty_list_is_reminded_of_once_in_the_last_three_days(in_days, count):
    make_mentee(asking_cohort("rank", in_days=in_days), make_person("Amina"))

    assert (remind_of_lists(now()), remind_of_lists(now())) == (count, 0)
    assert reminded() == ["Amina"] * count


def test_only_who_looks_for_somebody_and_named_nobody_is_reminded():
    cohort = asking_cohort("rank", in_days=-2)
    ruth, gone = make_mentor(cohort, make_person("Ruth")), make_mentor(cohort, left_at=now())
    make_choice(make_mentee(cohort, make_person("Bo")), ruth)
    make_choice(make_mentee(cohort, make_person("Cy")), gone)
    make_mentee(cohort, make_person("Di"), paused_until=today() + timedelta(days=9))
    make_mentee(cohort, make_person("Ed"), left_at=now())
    make_mentee(cohort, make_person("Fa", blocked_at=now()))
    make_mentee(cohort, make_person("Gi"), places_taken=1)
    make_mentee(asking_cohort("ask", in_days=-2), make_person("Ha"))

    remind_of_lists(now())

    assert reminded() == ["Cy"]


def test_whoever_makes_a_list_while_the_reminder_is_held_never_gets_it():
    cohort = asking_cohort("rank", in_days=-2)
    Cohort.objects.update(is_pilot=True, holds_letters=True)
    amina, ruth = make_mentee(cohort), make_mentor(cohort)
    remind_of_lists(now())

    actions.choose_mentor(amina, ruth, by=amina.person)

    assert Letter.objects.get().status == "dropped"
