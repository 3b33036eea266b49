"""Groups are formed on frozen inputs, can be changed by the office, and are replayed to the byte."""

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.groups import actions, queries
from lodestar.domain.groups.models import FormingRun, Group, WithoutGroup
from lodestar.domain.groups.queries.solving import engine_arguments, engine_options
from lodestar.domain.messaging.models import Letter
from lodestar.engine.peers.forming import form_groups
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.groups import (
    drafted_group,
    make_forming,
    make_group_cohort,
    make_peers_cohort,
    members_of,
    mentees_of,
    mentor_of,
    people_for,
    reachable,
    solved_forming,
)
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
Status = FormingRun.Status
AT_MOST_ONE = [{"kind": "at_most", "field": "employer", "count": 1, "value": ""}]


def together(run):
    """Return who is with whom, by first names, a mentor's first."""
    return [
        [member.person.first_name for member in each.roll.present]
        for each in queries.groups_of(run)
    ]


def test_mentees_are_put_round_mentors_and_the_proof_stands_beside(lena):
    cohort = make_group_cohort(coordinator=lena)
    people_for(cohort, mentees=6, mentors=2)

    run = solved_forming(cohort, by=lena)

    assert run.status == Status.SOLVED
    assert sorted(map(len, together(run))) in ([3, 5], [4, 4])
    assert run.certificate["is_proven"]
    assert all(group.reasons for group in Group.objects.all())
    assert not Letter.objects.exists()


def test_the_same_inputs_and_seed_form_the_same_groups(lena):
    cohort = make_peers_cohort(coordinator=lena, group_rules=AT_MOST_ONE)
    people_for(cohort, mentees=7, mentors=0, employer=["Acme", "Blue", "Acme"])
    run = solved_forming(cohort, by=lena)

    again = form_groups(*engine_arguments(run), **engine_options(run))

    found = {frozenset(key for key, _ in group.people) for group in again.groups}
    assert found == {
        frozenset(m.participant.public_id for m in each.others) for each in queries.groups_of(run)
    }
    assert run.certificate == dict(again.certificate)


def test_a_rule_keeps_colleagues_apart_and_says_what_it_costs(lena):
    cohort = make_group_cohort(coordinator=lena, group_rules=AT_MOST_ONE)
    people_for(cohort, mentees=3, mentors=1, employer=["Acme", "Acme", "Blue"])

    run = solved_forming(cohort, by=lena)

    [group] = queries.groups_of(run)
    employers = [member.participant.answers["employer"] for member in group.others]
    [(left, why, mend)] = queries.left_of(run)
    assert sorted(employers) == ["Acme", "Blue"]
    assert left.participant.answers["employer"] == "Acme"
    assert why == "There was room, but it would break “At most 1 of the same employer”."
    assert mend == "A milder rule; its price stands below."
    assert queries.prices_of(run) == [
        ("At most 1 of the same employer", "Without it 1 person more would be in a group.")
    ]


def test_nobody_is_the_only_one_of_a_kind_that_asked_for_it(lena):
    rule = {"kind": "not_alone", "field": "gender", "count": 2, "value": "woman"}
    cohort = make_peers_cohort(coordinator=lena, group_rules=[rule])
    women = {"gender": "woman", "gender_matters": True}
    people, _ = people_for(cohort, mentees=6, mentors=0)
    for place, person in enumerate(people):
        person.answers = person.answers | (women if place < 2 else {"gender": "woman"})
        person.save()

    run = solved_forming(cohort, by=lena)

    asked = {person.pk for person in people[:2]}
    for each in queries.groups_of(run):
        inside = {member.participant_id for member in each.others}
        assert len(inside & asked) in (0, 2)


def test_pairs_of_peers_take_the_odd_one_in_where_three_are_allowed(lena):
    cohort = make_peers_cohort(coordinator=lena, group_least=2, group_most=3)
    people_for(cohort, mentees=5, mentors=0)

    run = solved_forming(cohort, by=lena)

    assert sorted(map(len, together(run))) == [2, 3]


def test_who_cannot_be_divided_into_circles_is_left_by_lottery_and_told_so(lena):
    cohort = make_peers_cohort(coordinator=lena, group_least=4, group_most=4)
    people_for(cohort, mentees=5, mentors=0)

    run = solved_forming(cohort, by=lena)

    assert list(map(len, together(run))) == [4]
    [(_left, why, _mend)] = queries.left_of(run)
    assert "does not divide into groups of these sizes" in why


@pytest.mark.parametrize(
    ("mentees", "mentors", "sentence"),
    [
        (1, 1, "A group needs 2 people, and 1 waits for one: accept more applications first."),
        (3, 0, "No free mentor has places for a group of 2: accept a mentor, or ask one for more places."),
    ],
)  # fmt: skip
def test_it_says_what_is_missing_before_groups_can_be_formed(lena, mentees, mentors, sentence):
    cohort = make_group_cohort(coordinator=lena)
    people_for(cohort, mentees, mentors)

    with pytest.raises(RefusedError) as refusal:
        actions.request_forming(cohort, by=lena)

    assert str(refusal.value) == sentence


def test_a_program_of_pairs_forms_no_groups(cohort, lena):
    with pytest.raises(RefusedError, match="This program makes pairs"):
        actions.request_forming(cohort, by=lena)


def test_asked_twice_one_forming_waits_and_three_lost_workers_end_it(lena):
    cohort = make_group_cohort(coordinator=lena)
    people_for(cohort)
    first = actions.request_forming(cohort, by=lena)

    assert actions.request_forming(cohort, by=lena) == first
    FormingRun.objects.update(attempt_count=3)
    assert actions.claim_forming(now()) is None
    first.refresh_from_db()
    assert first.status == Status.REQUESTED or first.status == Status.FAILED


def test_two_kept_apart_are_in_different_groups_of_the_next_forming(lena):
    cohort = make_group_cohort(coordinator=lena)
    people, _ = people_for(cohort, mentees=4, mentors=2)
    actions.keep_apart(cohort, people[0], people[1], by=lena, reason="One reports to the other")
    actions.keep_apart(cohort, people[1], people[0], by=lena, reason="Said twice")

    run = solved_forming(cohort, by=lena)

    assert queries.apart_in(cohort).count() == 1
    for each in queries.groups_of(run):
        assert not {people[0].pk, people[1].pk} <= {m.participant_id for m in each.others}


def test_a_group_that_is_kept_stays_and_the_rest_is_formed_again(lena):
    cohort = make_group_cohort(coordinator=lena)
    people_for(cohort, mentees=6, mentors=2)
    first = solved_forming(cohort, by=lena)
    kept = queries.groups_of(first)[0]
    actions.keep_group(kept.group, is_kept=True, by=lena)
    make_mentee(cohort, reachable("Zoe", "Late"))

    second = solved_forming(cohort, by=lena)

    stayed = [each for each in queries.groups_of(second) if each.group.is_kept]
    assert [{m.participant_id for m in each.others} for each in stayed] == [
        {m.participant_id for m in kept.others}
    ]
    assert any("Zoe" in names for names in together(second))
    assert queries.earlier_run(second) == first
    changed = {change.participant.person.first_name for change in queries.difference(second, first).changes}  # fmt: skip
    assert "Zoe" in changed


def test_moving_somebody_costs_what_it_says_and_has_to_be_looked_at_again(lena):
    cohort = make_group_cohort(coordinator=lena, group_least=1)
    _people, mentors = people_for(cohort, mentees=4, mentors=2)
    run = solved_forming(cohort, by=lena)
    groups = queries.groups_of(run)
    if len(groups) == 1:
        actions.open_group(
            run, mentor=next(m for m in mentors if m.pk != groups[0].mentor.participant_id), by=lena
        )
    source, target = sorted(queries.groups_of(run), key=lambda each: -len(each.others))[:2]
    actions.mark_reviewed(run, by=lena)
    moved = source.others[0].participant
    move = queries.move_of(queries.bench_of(run), moved, target.group)
    before = sum(each.points for each in queries.groups_of(run))

    run = actions.move_person(run, moved, into=target.group, by=lena)

    after = sum(each.points for each in queries.groups_of(run))
    assert after - before == move.points
    assert run.status == Status.SOLVED
    assert moved.pk in {m.participant_id for m in queries.seen(queries.with_members(Group.objects.filter(pk=target.group.pk)).get()).others}  # fmt: skip
    assert Entry.objects.filter(verb="forming.moved").count() == 1


def test_a_move_names_every_rule_that_it_breaks(lena):
    cohort = make_group_cohort(coordinator=lena, group_rules=AT_MOST_ONE, group_most=3)
    people_for(cohort, mentees=6, mentors=2, employer=["A", "B", "C"])
    run = solved_forming(cohort, by=lena)
    one, other = queries.groups_of(run)
    actions.keep_apart(cohort, one.others[0].participant, other.others[0].participant, by=lena, reason="Kin")  # fmt: skip

    move = queries.move_of(queries.bench_of(run), one.others[0].participant, other.group)

    name, kin = one.others[0], other.others[0]
    assert "The group would have 4 people; 3 are the most." in move.breaks
    assert "It breaks “At most 1 of the same employer”." in move.breaks
    assert any(
        sentence in (f"{name} and {kin} are kept apart by hand.", f"{kin} and {name} are kept apart by hand.")
        for sentence in move.breaks
    )  # fmt: skip


def test_somebody_taken_out_waits_among_those_left_and_comes_back_in(lena):
    group = drafted_group(mentees=3)
    person = mentees_of(group)[0].participant

    actions.move_person(group.run, person, into=None, by=lena)
    assert WithoutGroup.objects.get().reason == "taken_out"
    actions.move_person(group.run, person, into=group, by=lena)

    assert not WithoutGroup.objects.exists()
    assert len(mentees_of(group)) == 3


def test_a_mentor_stays_with_the_group(lena):
    group = drafted_group()

    with pytest.raises(RefusedError, match="A mentor stays with the group"):
        actions.move_person(group.run, mentor_of(group).participant, into=None, by=lena)


def test_published_groups_are_changed_no_more(lena):
    group = drafted_group()
    FormingRun.objects.update(status=Status.PUBLISHED)

    with pytest.raises(RefusedError, match="can no longer be changed here"):
        actions.move_person(group.run, mentees_of(group)[0].participant, into=None, by=lena)


def test_groups_set_aside_are_set_aside_once_and_never_when_published(lena):
    run = make_forming(make_group_cohort())
    published = make_forming(make_group_cohort(), status=Status.PUBLISHED)

    assert actions.discard_forming(run, by=lena).status == Status.DISCARDED
    assert actions.discard_forming(run, by=lena).status == Status.DISCARDED
    with pytest.raises(RefusedError):
        actions.discard_forming(published, by=lena)


def test_only_coordinators_of_the_program_find_a_forming(lena):
    from lodestar.domain.common.errors import NotFoundError

    run = make_forming(make_group_cohort(coordinator=lena))

    assert queries.run_for(lena, run.public_id) == run
    with pytest.raises(NotFoundError):
        queries.run_for(make_person(), run.public_id)


def test_a_move_to_where_somebody_is_already_changes_nothing(lena):
    group = drafted_group(mentees=3)
    run = actions.mark_reviewed(group.run, by=lena)

    actions.move_person(run, mentees_of(group)[0].participant, into=group, by=lena)

    run.refresh_from_db()
    assert (run.status, run.moves) == (Status.REVIEWED, 0)


def test_a_mentor_without_a_group_is_moved_into_none(lena):
    group = drafted_group()
    spare = make_mentor(group.cohort, make_person("Noor"))
    WithoutGroup.objects.create(run=group.run, participant=spare, reason="mentor_without")

    with pytest.raises(RefusedError, match="A mentor stays with the group"):
        actions.move_person(group.run, spare, into=group, by=lena)

    assert [member.participant for member in members_of(group) if member.is_mentor] != [spare]
    assert WithoutGroup.objects.filter(participant=spare).exists()
