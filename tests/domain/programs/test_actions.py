from datetime import timedelta
from decimal import Decimal

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.programs.actions import (
    appoint_coordinator,
    change_cohort,
    create_cohort,
    create_program,
    describe_design,
    edit_program,
    freeze_cohort,
    open_cohort,
    release_coordinator,
    set_constraints,
    set_criteria,
    set_goals,
    set_topics,
)
from lodestar.domain.programs.actions.designs import GoalWish
from lodestar.domain.programs.models import Cohort, Coordinator, Design
from lodestar.domain.programs.queries import coordinators_of, latest_design
from lodestar.domain.programs.rules import Phases, phases_of
from lodestar.domain.programs.rules.defaults import ConstraintWish, CriterionWish, TopicGroup
from tests.factories.people import make_person, make_role
from tests.factories.programs import make_cohort, make_coordinator, make_design, make_program

pytestmark = pytest.mark.django_db


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def phases(first=0):
    return Phases(*(today() + timedelta(days=first + n) for n in (0, 21, 28, 42, 200)))


def test_a_program_begins_with_a_design_that_could_open_as_it_is(lena):
    make_role(lena)

    program = create_program(by=lena, name="First Steps", promise="A mentor for you.")
    cohort = create_cohort(program, by=lena, name="Spring", phases=phases())
    opened = open_cohort(cohort, by=lena)

    assert opened.published_at is not None
    assert latest_design(program).goals.count() == 4
    assert verbs() == [
        "program.created",
        "coordinator.appointed",
        "design.begun",
        "cohort.created",
        "cohort.opened",
        "design.published",
        "program.made_public",
    ]


def test_two_programs_of_one_name_get_addresses_of_their_own(lena):
    make_role(lena)

    slugs = [create_program(by=lena, name="First Steps", promise="P").slug for _ in range(3)]
    unspeakable = create_program(by=lena, name="¿?", promise="P").slug

    assert slugs == ["first-steps", "first-steps-2", "first-steps-3"]
    assert unspeakable == "program"


def test_members_begin_no_program(lena):
    with pytest.raises(RefusedError, match="Programs are begun by the admins"):
        create_program(by=lena, name="Mine", promise="P")


def test_who_runs_one_program_may_begin_another(lena, program):
    assert create_program(by=lena, name="Second Wind", promise="P").name == "Second Wind"


def test_editing_keeps_what_is_not_mentioned(lena, program):
    edited = edit_program(program, by=lena, promise="Better.")

    assert (edited.name, edited.promise) == ("First Steps", "Better.")
    assert verbs() == ["program.edited"]


def test_an_admin_appoints_but_does_not_edit(program):
    admin, jo = make_person(), make_person("Jo", "Ode")
    make_role(admin)

    appoint_coordinator(program, person=jo, by=admin)
    appoint_coordinator(program, person=jo, by=admin)
    with pytest.raises(RefusedError, match="Only a coordinator of this program"):
        edit_program(program, by=admin, name="Mine")

    assert coordinators_of(program).count() == 2
    assert verbs() == ["coordinator.appointed"]


def test_a_stranger_appoints_nobody(program):
    eve = make_person("Eve", "Else")

    with pytest.raises(RefusedError, match="Only a coordinator or an admin"):
        appoint_coordinator(program, person=eve, by=eve)


def test_one_coordinator_always_stays(lena, program):
    other = make_coordinator(program, make_person("Jo", "Ode"))

    release_coordinator(other, by=lena)
    with pytest.raises(RefusedError, match="Appoint another coordinator first"):
        release_coordinator(Coordinator.objects.get(), by=lena)

    assert [each.person for each in coordinators_of(program)] == [lena]
    assert verbs() == ["coordinator.released"]


CHANGES = [
    ("described", lambda d, by: describe_design(d, by=by, cadence_days=7)),
    ("goals_set", lambda d, by: set_goals(d, by=by, goals=[GoalWish("met_share", Decimal(70))])),
    (
        "criteria_set",
        lambda d, by: set_criteria(d, by=by, criteria=[CriterionWish("T", "topics", "topics", 9)]),
    ),
    (
        "constraints_set",
        lambda d, by: set_constraints(d, by=by, constraints=[ConstraintWish("min_gap", "3")]),
    ),
    ("topics_set", lambda d, by: set_topics(d, by=by, groups=[TopicGroup("A", ("B",))])),
]


@pytest.mark.parametrize(("verb", "change"), CHANGES)
def test_a_free_design_is_changed_in_place(lena, program, verb, change):
    design = latest_design(program)

    changed = change(design, lena)

    assert (changed.pk, Design.objects.count()) == (design.pk, 1)
    assert verbs() == [f"design.{verb}"]


@pytest.mark.parametrize(("verb", "change"), CHANGES)
def test_a_design_in_use_is_copied_and_planned_cohorts_move_on(lena, program, verb, change):
    running = make_cohort(program)
    planned = make_cohort(program, is_published=False)
    design = latest_design(program)

    changed = change(design, lena)

    running.refresh_from_db()
    planned.refresh_from_db()
    assert (running.design, planned.design, changed.version) == (design, changed, 2)
    assert verbs() == ["design.copied", f"design.{verb}"]
    assert design.criteria.get().weight == 30


@pytest.mark.parametrize(("_verb", "change"), CHANGES)
def test_only_a_coordinator_changes_a_design(program, _verb, change):
    with pytest.raises(RefusedError, match="Only a coordinator of this program"):
        change(latest_design(program), make_person("Eve", "Else"))


def test_what_a_copy_holds_is_what_the_first_version_held(lena, program):
    make_cohort(program)
    first = latest_design(program)
    set_constraints(first, by=lena, constraints=[ConstraintWish("min_gap", "3")])

    copy = latest_design(program)

    assert list(copy.goals.values_list("metric", "target")) == [("mentees_served", 30)]
    assert list(copy.criteria.values_list("name", "mentor_field")) == [("Topics", "topics")]
    assert copy.topics == first.topics


def test_refusals_of_a_design_leave_it_as_it_was(lena, program):
    design = latest_design(program)
    many = [TopicGroup("A", tuple(f"Topic {n}" for n in range(61)))]

    with pytest.raises(RefusedError, match="at most 3"):
        describe_design(design, by=lena, capacity_default=9)
    with pytest.raises(RefusedError, match="Nobody reads more than 60"):
        set_topics(design, by=lena, groups=many)
    with pytest.raises(RefusedError, match="Matching has to weigh something"):
        set_criteria(design, by=lena, criteria=[CriterionWish("T", "topics", "topics", 0)])

    design.refresh_from_db()
    assert (design.capacity_default, design.criteria.count()) == (1, 1)


def test_a_cohort_takes_the_latest_design_and_a_name_of_its_own(lena, program):
    cohort = create_cohort(program, by=lena, name=" Spring ", phases=phases(), is_pilot=True)

    with pytest.raises(RefusedError, match="already has a cohort called “Spring”"):
        create_cohort(program, by=lena, name="Spring", phases=phases())
    with pytest.raises(RefusedError, match="but it only starts on"):
        create_cohort(program, by=lena, name="X", phases=Phases(*[today()] * 5))

    assert (cohort.name, cohort.is_pilot, cohort.design) == ("Spring", True, latest_design(program))
    assert Cohort.objects.count() == 1


def test_changing_days_is_noted_by_their_names(lena, program):
    cohort = create_cohort(program, by=lena, name="Spring", phases=phases())

    changed = change_cohort(cohort, by=lena, name="Summer", phases=phases(7))

    assert (changed.name, phases_of(changed)) == ("Summer", phases(7))
    assert Entry.objects.get(verb="cohort.changed").details == {
        "moved": ["opens_on", "closes_on", "matching_on", "starts_on", "ends_on"]
    }


def test_a_name_that_is_taken_is_refused_when_renaming(lena, program):
    make_cohort(program, name="Autumn")
    cohort = make_cohort(program, name="Spring")

    with pytest.raises(RefusedError, match="Choose another name"):
        change_cohort(cohort, by=lena, name="Autumn", phases=phases_of(cohort))


def test_opening_twice_opens_once(lena, program):
    cohort = make_cohort(program, is_published=False)

    first = open_cohort(cohort, by=lena)
    second = open_cohort(cohort, by=lena)

    assert first.published_at == second.published_at
    assert verbs() == ["cohort.opened", "design.published"]


def test_a_cohort_that_contradicts_itself_stays_closed(lena):
    program = make_program(coordinator=lena, is_public=False)
    cohort = make_cohort(program, design=make_design(program, with_goal=False), is_published=False)

    with pytest.raises(RefusedError, match="Set at least one goal with a target"):
        open_cohort(cohort, by=lena)

    program.refresh_from_db()
    cohort.refresh_from_db()
    assert (cohort.published_at, program.is_public) == (None, False)


@pytest.mark.parametrize(
    "act", [open_cohort, lambda c, by: change_cohort(c, by=by, name="X", phases=phases_of(c))]
)
def test_nobody_else_opens_or_moves_a_cohort(program, act):
    cohort = make_cohort(program, is_published=False)

    with pytest.raises(RefusedError, match="Only a coordinator of this program"):
        act(cohort, by=make_person("Lena", "Berg"))


def test_freezing_is_noted_once(program):
    cohort = make_cohort(program)

    first, second = freeze_cohort(cohort), freeze_cohort(cohort)

    assert first.frozen_at == second.frozen_at
    assert verbs() == ["cohort.frozen"]


def test_whoever_is_shut_out_does_not_count_as_somebody_who_stays():
    gone, here = make_person("Lena", "Berg"), make_person("Per", "Lund")
    program = make_program(coordinator=gone)
    stays = make_coordinator(program, here)
    gone.blocked_at = now()
    gone.save()

    with pytest.raises(RefusedError):
        release_coordinator(stays, by=here)

    assert list(coordinators_of(program)) == [stays]
