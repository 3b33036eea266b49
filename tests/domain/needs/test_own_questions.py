"""A program's own questions in a needs survey: asked, kept, held against a changed form, counted."""

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.forms.rules import USUAL_FORM, as_data
from lodestar.domain.insights.rules.moving import judge
from lodestar.domain.insights.rules.standing import Standing
from lodestar.domain.needs import actions, queries, rules
from lodestar.domain.programs.actions import clone_program, set_survey
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import state_of_step, version_of
from lodestar.domain.programs.rules.asked import form_of
from lodestar.domain.programs.rules.differences import differences, differences_by_kind
from tests.factories.forms import make_question
from tests.factories.needs import NEEDS, make_answer, make_survey
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_design, make_program

pytestmark = pytest.mark.django_db
SPORT = make_question(use="report")
WHY = make_question("why", "Why that one?", "long", only_if=("sport", "Chess"))
MUST = make_question("must", "When do you have time?", "short", is_required=True)


@pytest.fixture
def design(lena):
    return make_design(make_program(coordinator=lena))


def asking(*questions):
    """Return a survey of mentees that asks these besides the usual ones."""
    design = make_design(surveys={"needs": as_data(questions)})
    return make_survey(make_cohort(design.program, design=design))


def result_of(survey, key="q_sport"):
    found = queries.results_of(survey.cohort, survey.role)
    return next(each for each in found if each.question.key == key)


def test_own_questions_are_kept_by_versions_and_clones_and_told(design, lena):
    make_cohort(design.program, design=design)
    before = state_of_step(design, "needs")

    kept = set_survey(design, by=lena, survey="needs", questions=[SPORT])
    again = set_survey(kept, by=lena, survey="needs", questions=[SPORT, WHY])
    clone = clone_program(design.program, by=lena, name="Again")

    assert (kept.version, form_of(kept, "needs")) == (2, (SPORT,))
    assert form_of(clone.designs.get(), "needs") == (SPORT, WHY)
    assert form_of(kept) == USUAL_FORM
    assert before != state_of_step(again, "needs")
    assert differences(version_of(design), version_of(again)) == [
        "Needs survey: “Which sport do you do?” is asked now.",
        "Needs survey: “Why that one?” is asked now.",
    ]
    assert Entry.objects.filter(verb="design.survey_set").count() == 2


@pytest.mark.parametrize(
    ("survey", "question"),
    [
        ("needs", USUAL_FORM[0]),
        ("needs", make_question(use="match")),
        ("needs", make_question(use="brief")),
        ("needs", make_question(is_lasting=True)),
        ("needs", make_question(is_for_reviewers=True)),
        ("needs", make_question(options=())),
        ("weather", SPORT),
    ],
)
def test_what_is_no_question_of_a_survey_is_refused(design, lena, survey, question):
    with pytest.raises(RefusedError):
        set_survey(design, by=lena, survey=survey, questions=[question])

    design.refresh_from_db()
    assert design.surveys == {}


def test_a_cohort_takes_on_what_a_survey_asks_otherwise_and_hears_who_answered(design, lena):
    make_cohort(design.program, design=design)
    new = set_survey(design, by=lena, survey="needs", questions=[SPORT])

    (judged,) = judge(
        differences_by_kind(version_of(design), version_of(new)),
        Standing(Cohort.State.OPEN, surveyed=3),
    )

    assert judged.is_safe
    assert judged.impact == "3 people answered the survey; what they said stays, and counts."


def test_what_has_to_be_answered_is_asked_for_before_it_is_sent(lena):
    survey = asking(MUST)
    answer = actions.keep_answer(survey, by=lena, said=NEEDS, has_consent=True)

    with pytest.raises(RefusedError, match="When do you have time"):
        actions.send_answer(answer, by=lena)
    more = NEEDS | {"q_must": "On Sundays"}
    sent = actions.send_answer(
        actions.keep_answer(survey, by=lena, said=more, has_consent=True), by=lena
    )

    assert (sent.answers["q_must"], sent.sent_at is not None) == ("On Sundays", True)


def test_hidden_answers_wait_while_somebody_writes_and_go_when_it_is_sent(lena):
    survey = asking(SPORT, WHY)
    chess = NEEDS | {"q_sport": "Chess", "q_why": "The silence."}
    actions.keep_answer(survey, by=lena, said=chess, has_consent=True)

    waiting = actions.keep_answer(survey, by=lena, said=NEEDS | {"q_sport": "Sailing"})
    assert waiting.answers["q_why"] == "The silence."

    kept = actions.keep_answer(
        survey, by=lena, said={"q_sport": "Sailing"} | NEEDS, has_consent=True
    )
    sent = actions.send_answer(kept, by=lena)

    assert "q_why" not in sent.answers
    assert sent.answers["q_sport"] == "Sailing"


def test_what_is_no_longer_asked_is_kept_and_still_read(lena):
    survey = asking(SPORT)
    chess = NEEDS | {"q_sport": "Chess"}
    sent = actions.send_answer(
        actions.keep_answer(survey, by=lena, said=chess, has_consent=True), by=lena
    )
    old, new = survey.cohort.design, make_design(survey.cohort.program, version=2)
    survey.cohort.design = new
    survey.cohort.save()

    again = actions.keep_answer(survey, by=lena, said=NEEDS, has_consent=True)

    assert old.version < new.version
    assert (again.pk, again.answers["q_sport"]) == (sent.pk, "Chess")
    assert [q.key for q in queries.own_questions_once_asked(survey.cohort.program)] == ["q_sport"]
    assert queries.results_of(survey.cohort, "mentee") == []


def test_choices_are_counted_from_five_on_and_never_found_as_the_rest():
    survey = asking(SPORT)
    for sport, count in (("Running", 18), ("Chess", 2), ("Sailing", 9)):
        for _number in range(count):
            make_answer(survey, answers=NEEDS | {"q_sport": sport})

    result = result_of(survey)

    assert (result.tally.asked, result.tally.answered) == (29, 29)
    assert result.counts == [
        ("Running", 18),
        ("Chess and go", "fewer than 5"),
        ("Sailing", "not told"),
    ]
    assert list(queries.results_to_share({"Mentees": [result]}))[1:] == [
        ["Mentees", "Which sport do you do?", "Running", 18],
        ["Mentees", "Which sport do you do?", "Chess and go", "fewer than 5"],
        ["Mentees", "Which sport do you do?", "Sailing", "not told"],
    ]


def test_too_few_answers_are_not_counted_and_own_words_never_shared():
    survey = asking(SPORT, WHY)
    amina = make_person("Amina", "Okoro")
    make_answer(survey, amina, answers=NEEDS | {"q_sport": "Chess", "q_why": "The silence."})
    make_answer(survey, answers=NEEDS | {"q_sport": "Chess", "q_why": "A friend."})

    found = queries.results_of(survey.cohort, "mentee")

    assert [each.counts for each in found] == [[], []]
    assert [(each.by, each.words) for each in found[1].said] == [
        (None, "A friend."),
        (amina, "The silence."),
    ]
    assert len(list(queries.results_to_share({"Mentees": found}))) == 1


def test_own_questions_never_reach_matching():
    survey = asking(SPORT)
    make_answer(survey, answers=NEEDS | {"q_sport": "Chess"})

    (voice,) = queries.voices_of(survey.cohort)

    assert "q_sport" not in voice.answers
    assert "q_sport" not in voice.read


def test_the_minutes_grow_with_what_is_asked():
    assert rules.minutes_of("mentee") == 2
    assert (
        rules.minutes_of("mentee", [make_question(str(n), "Why?", "long") for n in range(3)]) == 6
    )
    assert rules.minutes_of("mentee", [make_question(kind="long", role="mentor")] * 3) == 2


def test_the_last_cohort_that_was_asked_tells_who_answered(lena):
    survey = asking(SPORT)
    make_answer(survey, answers=NEEDS | {"q_sport": "Chess"})

    cohort, tallies = queries.answered_last("needs", survey.cohort.program)

    assert (cohort, tallies["q_sport"].answered) == (survey.cohort, 1)
    assert queries.answered_last("needs", make_program()) is None
