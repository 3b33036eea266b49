"""What a design is, by what people are chosen, and what partners read of each other."""

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.programs import queries
from lodestar.domain.programs.actions import set_selection, set_shape, set_visibility
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.asked import (
    ASKED,
    BY_FIELD,
    asked_in,
    is_field_shown,
    shown_from,
    shown_names,
)
from lodestar.domain.programs.rules.readiness import ASKED_FIELDS
from lodestar.domain.programs.rules.rubric import SelectionWish
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_design, make_program

pytestmark = pytest.mark.django_db
WHY_NOW = SelectionWish("mentee", "Why now", "At stake.", "about", "Nothing.", "A step.", "Two.")


@pytest.fixture
def design(lena):
    return make_design(make_program(coordinator=lena))


def rubric(design):
    return [(c.role, c.name, c.meaning, c.answer, *c.levels) for c in design.selection.all()]


def test_format_and_mode_are_kept_and_the_trail_says_so(lena, design):
    kept = set_shape(design, by=lena, format="reverse", mode="in-person")

    assert (kept.pk, kept.format, kept.mode) == (design.pk, "reverse", "in-person")
    assert Entry.objects.filter(verb="design.shape_set").count() == 1


def test_a_rubric_is_kept_in_its_order_and_replaced_whole(lena, design):
    need = SelectionWish("mentee", "Need")

    set_selection(design, by=lena, selection=[need, WHY_NOW])
    first = rubric(design)
    set_selection(design, by=lena, selection=[WHY_NOW])

    assert [row[1] for row in first] == ["Need", "Why now"]
    assert rubric(design) == [
        ("mentee", "Why now", "At stake.", "about", "Nothing.", "A step.", "Two.")
    ]


def test_nobody_is_asked_to_score_nine_things(lena, design):
    nine = [SelectionWish("mentor", f"Thing {n}") for n in range(9)]

    with pytest.raises(RefusedError, match="These are 9 criteria for mentors"):
        set_selection(design, by=lena, selection=nine)
    set_selection(design, by=lena, selection=[*nine[:8], WHY_NOW])

    assert design.selection.count() == 9


def test_who_sees_what_is_kept_for_every_answer_whole(lena, design):
    set_visibility(design, by=lena, shown={"about": "paired"})
    kept = set_visibility(design, by=lena, shown={"style": "proposal"})

    assert kept.visibility.keys() == {asked.name for asked in ASKED}
    assert [kept.visibility[name] for name in ("about", "style", "gender")] == [
        "paired", "proposal", "office",
    ]  # fmt: skip


def test_a_level_that_is_none_is_refused(lena, design):
    with pytest.raises(RefusedError, match="with the proposal, once both said yes, or never"):
        set_visibility(design, by=lena, shown={"about": "everybody"})


@pytest.mark.parametrize("act", [
    lambda design, by: set_shape(design, by=by, format="flash", mode="online"),
    lambda design, by: set_selection(design, by=by, selection=[]),
    lambda design, by: set_visibility(design, by=by, shown={}),
])  # fmt: skip
def test_only_a_coordinator_changes_them(design, act):
    with pytest.raises(RefusedError, match="Only a coordinator"):
        act(design, make_person("Eve"))


def test_a_cohort_that_began_keeps_what_it_was_told(lena, design):
    set_selection(design, by=lena, selection=[WHY_NOW])
    set_visibility(design, by=lena, shown={"about": "paired"})
    cohort = make_cohort(design.program, design=design)

    copy = set_shape(design, by=lena, format="flash", mode="online")
    set_selection(copy, by=lena, selection=[])

    cohort.refresh_from_db()
    assert (copy.version, copy.format, copy.visibility["about"]) == (2, "flash", "paired")
    assert (cohort.design.format, cohort.design.mode) == ("one-to-one", "either")
    assert [row[1] for row in rubric(cohort.design)] == ["Why now"]
    assert rubric(copy) == []


def test_a_step_notices_that_somebody_else_changed_it(lena, design):
    def states():
        steps = ("shape", "selection", "visibility")
        return [queries.state_of_step(design, step) for step in steps]

    before = states()
    set_shape(design, by=lena, format="flash", mode="online")
    set_selection(design, by=lena, selection=[WHY_NOW])
    set_visibility(design, by=lena, shown={"about": "office"})
    design.refresh_from_db()

    assert all(was != now for was, now in zip(before, states(), strict=True))


def test_what_a_design_does_not_say_is_shown_as_usual():
    plain = Design(visibility={"style": "nonsense"})

    assert {asked.name for asked in ASKED if shown_from(plain, asked.name) == "proposal"} == {
        "topics", "about", "work", "field_of_study", "class_year", "place", "time_zone", "languages",
    }  # fmt: skip
    assert shown_names(plain, is_paired=True) == shown_names(plain, is_paired=False)
    assert shown_from(plain, "style") == "office"


def test_what_is_shown_once_paired_is_kept_back_before():
    design = Design(visibility={"about": "paired"})

    before, after = (shown_names(design, is_paired=paired) for paired in (False, True))

    assert after - before == {"about"}
    assert not is_field_shown("about", before)
    assert is_field_shown("city", before)
    assert is_field_shown("shoe_size", frozenset())


def test_every_answer_that_matching_may_weigh_is_in_the_list_and_only_mentors_have_places():
    assert set(BY_FIELD) >= ASKED_FIELDS
    mentors, mentees = ({a.name for a in asked_in(Design(), role)} for role in ("mentor", "mentee"))
    assert mentors - mentees == {"capacity"}
