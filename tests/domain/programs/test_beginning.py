"""Programs begun from a template, or like another one."""

from datetime import timedelta

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import today
from lodestar.domain.people.models import Role
from lodestar.domain.programs import queries
from lodestar.domain.programs.actions import (
    clone_program,
    create_cohort,
    create_program,
    open_cohort,
)
from lodestar.domain.programs.models import Goal
from lodestar.domain.programs.rules.templates import FIRST_JOB, TEMPLATES, template_named
from tests.factories.people import make_person, make_role
from tests.factories.programs import make_coordinator, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor():
    person = make_person("Noor", "Haddad")
    make_role(person, Role.Kind.ADMIN)
    return person


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda each: each.key)
def test_each_template_is_whole_and_its_proposed_cohort_can_open(noor, template):
    program = create_program(
        by=noor, name=str(template.name), promise=str(template.promise), template=template.key
    )
    phases = queries.proposed_phases(program, today())
    cohort = create_cohort(program, by=noor, name="First", phases=phases)

    found = queries.contradictions_of(cohort, today())
    opened = open_cohort(cohort, by=noor)

    design = queries.latest_design(program)
    assert [each.sentence for each in found if each.blocks] == []
    assert opened.published_at
    assert sum(criterion.weight for criterion in design.criteria.all()) == 100
    has_mentors = design.format != "peers"
    assert bool(design.expected_of("mentor")) is has_mentors
    assert design.expected_of("mentee")
    assert set(design.audiences.values_list("role", flat=True)) == {"mentor", "mentee"}
    assert (design.format, design.mode) == (template.format, template.mode)
    assert [each.role for each in design.selection.all()] == [
        *(["mentee"] * 3),
        *(["mentor"] * 3 * has_mentors),
    ]
    assert all(all(each.levels) for each in design.selection.all())
    # What a new program still has to think about is who else looks after it, its text, the days of its goals
    # and where its events take place.
    assert {each.code for each in found} <= {
        "only_one_looks_after_it",
        "nothing_is_said_about_it",
        "goal_without_a_day",
        "largest_load_needs_more_hours",
        "event_without_a_place",
    }


def test_a_name_that_is_no_template_begins_with_the_usual_one():
    assert template_named("no-such-thing") is FIRST_JOB
    assert len({each.key for each in TEMPLATES}) == len(TEMPLATES)


def test_a_clone_has_the_rules_and_days_a_year_on(noor):
    first = create_program(by=noor, name="Flash", promise="One hour.", template="flash")
    goal = Goal.objects.filter(design__program=first).first()
    goal.due_on = today() - timedelta(days=10)
    goal.save()
    design = queries.latest_design(first)

    copy = clone_program(first, by=noor, name=" Flash, again ")

    cloned = queries.latest_design(copy)
    assert (copy.name, copy.like, copy.template, copy.is_public) == (
        "Flash, again",
        first,
        "flash",
        False,
    )
    assert (cloned.version, cloned.topics) == (1, design.topics)
    assert cloned.expected_of_mentors == design.expected_of_mentors
    assert (cloned.format, cloned.mode) == ("flash", "online")
    for name in ("criteria", "constraints", "audiences", "milestones", "selection", "eligibility"):
        assert getattr(cloned, name).count() == getattr(design, name).count()
    moved = cloned.goals.get(metric=goal.metric).due_on
    assert (moved - goal.due_on).days == 364
    assert Entry.objects.filter(verb="design.cloned").exists()


def test_only_its_coordinators_clone_a_program(noor):
    with pytest.raises(RefusedError, match="Only a coordinator"):
        clone_program(make_program(), by=noor, name="Mine")


def test_cloning_twice_gives_two_addresses(noor):
    program = make_program(name="Flash", slug="flash")
    make_coordinator(program, noor)
    program.designs.create(version=1)

    slugs = [clone_program(program, by=noor, name="Flash").slug for _ in range(2)]

    assert slugs == ["flash-2", "flash-3"]
