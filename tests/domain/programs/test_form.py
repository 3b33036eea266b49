"""The application form of a design: changed, kept by versions, told in differences, needed by rules."""

from dataclasses import replace

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.forms.rules import USUAL_FORM, as_data
from lodestar.domain.programs import queries
from lodestar.domain.programs.actions import clone_program, set_form, set_visibility
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.asked import asked_in, form_of, shown_from, shown_names
from lodestar.domain.programs.rules.differences import Version, differences
from tests.factories.forms import SPORTS, ask, form_with, make_question
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_design, make_program

pytestmark = pytest.mark.django_db
SPORT = make_question()


@pytest.fixture
def design(lena):
    return make_design(make_program(coordinator=lena))


def test_a_design_begins_with_the_usual_form(design):
    assert design.form == []
    assert form_of(design) == USUAL_FORM


def test_a_form_is_kept_step_by_step_and_with_who_reads_it(design, lena):
    you = replace(SPORT, step="you")

    kept = set_form(design, by=lena, questions=[*USUAL_FORM, you], shown={"q_sport": "paired"})

    assert [q.key for q in form_of(kept)][:8][-2:] == ["q_sport", "topics"]
    assert shown_from(kept, "q_sport") == "paired"
    assert "q_sport" in shown_names(kept, is_paired=True)
    assert "q_sport" not in shown_names(kept, is_paired=False)
    assert Entry.objects.filter(verb="design.form_set").exists()


def test_the_usual_form_again_is_no_form_of_one_s_own(design, lena):
    ask(design, SPORT)

    assert set_form(design, by=lena, questions=USUAL_FORM).form == []


def test_what_nobody_said_of_an_own_question_only_the_office_reads(design, lena):
    ask(design, SPORT)
    kept = set_visibility(design, by=lena, shown={"q_sport": "proposal"})

    assert shown_from(ask(make_design(), SPORT), "q_sport") == "office"
    assert shown_from(kept, "q_sport") == "proposal"


@pytest.mark.parametrize(
    ("questions", "shown", "words"),
    [
        (form_with(without=["topics"]), {}, "“Topics” stays: “Topics”, which matching weighs needs it"),
        (form_with(without=["languages"]), {}, "the rule “They share a language” needs it"),
        (form_with(without=["about"]), {}, "“Why now”, by which applications are read needs it"),
        (form_with(replace(SPORT, label="")), {}, "needs words"),
        (form_with(SPORT), {"q_sport": "everybody"}, "with the proposal, once both said yes, or never"),
    ],
)  # fmt: skip
def test_what_else_needs_is_not_left_out(design, lena, questions, shown, words):
    design.constraints.create(kind="common_language")
    design.selection.create(role="mentee", name="Why now", answer="about")

    with pytest.raises(RefusedError) as refused:
        set_form(design, by=lena, questions=questions, shown=shown)

    assert words in str(refused.value)
    assert form_of(queries.latest_design(design.program)) == USUAL_FORM


def test_what_nothing_needs_may_go(design, lena):
    kept = set_form(design, by=lena, questions=form_with(without=["style", "work"]))

    assert {asked.name for asked in asked_in(kept)} & {"style", "work"} == set()


def test_a_stranger_changes_no_form(design):
    with pytest.raises(RefusedError):
        set_form(design, by=make_person(), questions=form_with(SPORT))


def test_a_running_cohort_keeps_its_form_and_a_clone_takes_it_along(design, lena):
    ask(design, SPORT)
    cohort = make_cohort(design.program, design=design)

    new = set_form(design, by=lena, questions=USUAL_FORM)
    cohort.refresh_from_db()
    lena_s = clone_program(design.program, by=lena, name="Another")

    assert new.version == design.version + 1
    assert [q.key for q in form_of(cohort.design) if q.is_own] == ["q_sport"]
    assert form_of(queries.latest_design(lena_s)) == USUAL_FORM


def test_a_changed_form_is_noticed(design):
    before = queries.state_of_step(design, "form")

    assert before != queries.state_of_step(ask(design, SPORT), "form")


def test_differences_are_told_in_words():
    other = make_question("dog", "Do you have a dog?", "yes_no")
    plain = Design(form=as_data(form_with(SPORT, other, without=["style"])))
    fewer = replace(SPORT, options=SPORTS[:2], is_required=True)
    worded = replace(other, help="Cats count too.")
    changed = Design(form=as_data(form_with(worded, fewer)))
    asked = Design(form=as_data(form_with(replace(SPORT, role="mentor"), other, without=["style"])))

    told = [
        differences(*map(Version, pair))
        for pair in ((plain, changed), (changed, plain), (plain, asked), (plain, plain))
    ]

    assert told == [
        [
            "“Way of working” is asked now.",
            "“Do you have a dog?” is worded or placed otherwise.",
            "“Which sport do you do?” no longer offers “Sailing”.",
            "“Which sport do you do?” has to be answered now.",
            "The questions stand in another order.",
        ],
        [
            "“Way of working” is no longer asked.",
            "“Which sport do you do?” is worded or placed otherwise.",
            "“Do you have a dog?” is worded or placed otherwise.",
            "The questions stand in another order.",
        ],
        ["“Which sport do you do?” is asked in another way."],
        [],
    ]
