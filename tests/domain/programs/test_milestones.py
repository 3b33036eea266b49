"""What happens when: the days of a design, and how they are kept."""

from datetime import UTC, date, datetime

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.programs import queries
from lodestar.domain.programs.actions import clone_program, create_program, set_milestones
from lodestar.domain.programs.models import Milestone
from lodestar.domain.programs.rules import Phases
from lodestar.domain.programs.rules.milestones import MilestoneWish, dated, when_in_words
from lodestar.domain.programs.rules.templates import TEMPLATES
from tests.factories.people import make_person, make_role
from tests.factories.programs import make_cohort

PHASES = Phases(
    date(2027, 1, 4), date(2027, 1, 31), date(2027, 2, 8), date(2027, 2, 22), date(2027, 8, 23)
)
MADE = {"created_at": datetime(2027, 1, 1, tzinfo=UTC)}  # the demo's clock stands in the database
KICK_OFF = MilestoneWish("event", "Kick-off", "both", "starts_on", 3, text="We all meet.")
WELCOME = MilestoneWish("onboarding", "Welcome", "mentor", "matching_on", -7, 5)


def milestone(anchor, offset=0, lasting=1, **fields):
    return Milestone(anchor=anchor, offset_days=offset, lasting_days=lasting, **fields, **MADE)


@pytest.mark.parametrize(
    ("anchor", "offset", "lasting", "first", "last"),
    [
        ("opens_on", 0, 1, date(2027, 1, 4), date(2027, 1, 4)),
        ("closes_on", 1, 2, date(2027, 2, 1), date(2027, 2, 2)),
        ("matching_on", -3, 1, date(2027, 2, 5), date(2027, 2, 5)),
        ("starts_on", 3, 7, date(2027, 2, 25), date(2027, 3, 3)),
        ("halfway", 0, 1, date(2027, 5, 24), date(2027, 5, 24)),
        ("ends_on", -7, 7, date(2027, 8, 16), date(2027, 8, 22)),
    ],
)
def test_a_milestone_is_counted_from_its_turn(anchor, offset, lasting, first, last):
    found = dated([milestone(anchor, offset, lasting)], PHASES)

    assert [(each.starts_on, each.ends_on, each.lasts) for each in found] == [
        (first, last, lasting > 1)
    ]


def test_milestones_come_in_the_order_of_their_days():
    late, early = milestone("matching_on", 20), milestone("starts_on")

    assert [each.milestone for each in dated([late, early], PHASES)] == [early, late]


@pytest.mark.parametrize(
    ("anchor", "offset", "words"),
    [
        ("starts_on", -7, "7 days before the mentorships start"),
        ("closes_on", 1, "1 day after applications close"),
        ("halfway", 0, "on the day the mentorships are half over"),
    ],
)
def test_when_a_milestone_is_in_words(anchor, offset, words):
    assert when_in_words(milestone(anchor, offset)) == words


@pytest.fixture
def lena():
    lena = make_person("Lena", "Berg")
    make_role(lena)
    return lena


def told(design):
    return list(design.milestones.values_list("name", "for_whom", "offset_days", "lasting_days"))


@pytest.mark.django_db
def test_milestones_are_kept_as_they_come_about(lena, program):
    design = queries.latest_design(program)
    before = queries.state_of_step(design, "milestones")

    kept = set_milestones(design, by=lena, milestones=[KICK_OFF, WELCOME])

    assert kept == design
    assert told(kept) == [("Welcome", "mentor", -7, 5), ("Kick-off", "both", 3, 1)]
    assert queries.state_of_step(design, "milestones") != before
    assert Entry.objects.filter(verb="design.milestones_set").count() == 1


@pytest.mark.django_db
def test_a_cohort_that_is_open_keeps_its_milestones(lena, program):
    design = set_milestones(queries.latest_design(program), by=lena, milestones=[KICK_OFF])
    cohort = make_cohort(program, design=design)

    changed = set_milestones(design, by=lena, milestones=[WELCOME])

    assert (design.version, changed.version) == (1, 2)
    assert [str(each.milestone) for each in queries.milestones_of(cohort)] == ["Kick-off"]
    assert told(changed) == [("Welcome", "mentor", -7, 5)]


@pytest.mark.django_db
def test_a_role_is_told_only_what_is_meant_for_it(lena, program):
    design = set_milestones(queries.latest_design(program), by=lena, milestones=[KICK_OFF, WELCOME])
    cohort = make_cohort(program, design=design)

    names = {
        role: [str(each.milestone) for each in queries.milestones_of(cohort, role)]
        for role in ("", "mentor", "mentee")
    }
    assert names == {
        "": ["Welcome", "Kick-off"],
        "mentor": ["Welcome", "Kick-off"],
        "mentee": ["Kick-off"],
    }


@pytest.mark.django_db
def test_more_than_anybody_keeps_in_mind_is_refused(lena, program):
    design = queries.latest_design(program)

    with pytest.raises(RefusedError, match="These are 41 milestones"):
        set_milestones(design, by=lena, milestones=[KICK_OFF] * 41)

    assert told(design) == []


@pytest.mark.django_db
def test_only_a_coordinator_says_what_happens_when(program):
    with pytest.raises(RefusedError, match="Only a coordinator"):
        set_milestones(queries.latest_design(program), by=make_person(), milestones=[])


@pytest.mark.django_db
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda each: each.key)
def test_each_template_says_what_happens_when_and_a_clone_too(lena, template):
    program = create_program(by=lena, name="New", promise="New.", template=template.key)
    design = queries.latest_design(program)

    cloned = queries.latest_design(clone_program(program, by=lena, name="Again"))

    assert told(design) == told(cloned) != []
    assert design.milestones.filter(text="").count() == 0
    assert queries.state_of_step(design, "milestones") == queries.state_of_step(
        cloned, "milestones"
    )
