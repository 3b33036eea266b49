"""Demand against supply: each person once, and who stands behind a cell."""

import pytest

from lodestar.domain.needs import queries
from tests.factories.applications import make_application, make_mentee, make_mentor
from tests.factories.needs import make_answer, make_survey
from tests.factories.people import make_person
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make_cohort()


def wish(cohort, *topics, zone="Africa/Nairobi", **fields):
    answers = {"topics": list(topics), "languages": ["en"], "time_zone": zone}
    return make_application(cohort, make_person(), answers=answers, **fields)


def offer(cohort, places, *topics, zone="Europe/London"):
    answers = {"topics": dict.fromkeys(topics, 2), "capacity": places, "time_zone": zone}
    return make_application(cohort, make_person(), role="mentor", answers=answers)


def named(voices):
    return sorted((voice.role, voice.key) for voice in voices)


def test_without_anybody_there_is_nothing_to_see(cohort):
    found = queries.heat_map(queries.voices_of(cohort), "topics", "clock")

    assert (found.rows, found.columns, found.left_out, found.worst) == ((), (), 0, None)


def test_everybody_counts_once_and_an_application_before_a_survey_answer(cohort):
    amina = make_person()
    applied = make_application(cohort, amina)
    survey = make_survey(cohort)
    make_answer(survey, amina)
    answered, nameless = make_answer(survey, make_person()), make_answer(survey)
    make_answer(survey, make_person(), sent_at=None)
    for status in ("draft", "declined", "withdrawn"):
        gone = make_application(cohort, make_person(), status=status)
        if status != "draft":
            make_answer(survey, gone.person)

    voices = queries.voices_of(cohort)

    assert named(voices) == named_keys("mentee", applied, answered, nameless)
    assert [voice.has_applied for voice in voices] == [True, False, False]


def named_keys(role, *facts):
    return sorted((role, fact.public_id) for fact in facts)


def test_a_draft_does_not_silence_the_survey_answer_of_its_writer(cohort):
    amina = make_person()
    make_application(cohort, amina, status="draft")
    answer = make_answer(make_survey(cohort), amina)

    assert [voice.key for voice in queries.voices_of(cohort)] == [answer.public_id]


def test_whoever_is_paired_has_left_or_is_shut_out_neither_wants_nor_offers(cohort):
    make_mentee(cohort, places_taken=1)
    make_mentor(cohort, capacity=2, places_taken=2)
    left = make_mentee(cohort)
    left.left_at = left.created_at
    left.save()
    make_application(cohort, make_person(blocked_at=left.created_at))
    half = make_mentor(cohort, capacity=3, places_taken=1)

    [voice] = queries.voices_of(cohort)

    assert (voice.key, voice.places) == (half.application.public_id, 2)


def test_a_cell_holds_wishes_and_places_and_opens_to_its_people(cohort):
    near = [wish(cohort, "Interviews", "Law") for _ in range(3)]
    far = wish(cohort, "Interviews", zone="Asia/Tokyo")
    ruth = offer(cohort, 2, "Interviews")
    voices = queries.voices_of(cohort)

    found = queries.heat_map(voices, "topics", "clock")

    assert [name for _, name in found.columns] == ["Europe and Africa", "Asia and the Pacific"]
    interviews, law = found.rows
    assert (interviews.value, law.value) == ("Interviews", "Law")
    cells = [(c.wanted, c.places, c.short, c.shade) for c in (interviews.whole, *interviews.cells)]
    assert cells == [(4, 2, 2, 3), (3, 2, 1, 2), (1, 0, 1, 4)]
    assert [(cell.wanted, cell.shade) for cell in law.cells] == [(3, 4), (0, 0)]
    assert (found.is_ranked, interviews.firsts, law.firsts) == (True, 4, 0)
    assert found.worst.value == "Law"
    behind = queries.people_in(voices, ("topics", "Interviews"), ("clock", "middle"))
    assert {voice.key for voice in behind} == {each.public_id for each in (*near, ruth)}
    alone = queries.people_in(voices, ("topics", "Interviews"), ("clock", "east"))
    assert [voice.key for voice in alone] == [far.public_id]


def test_a_place_for_each_wish_is_calm(cohort):
    wish(cohort, "Law")
    offer(cohort, 1, "Law")

    [row] = queries.heat_map(queries.voices_of(cohort), "topics", "country").rows

    assert (row.whole.short, row.whole.shade, row.cells) == (0, 1, ())


def test_trades_and_countries_are_told_as_people_say_them(cohort):
    answers = {"industry": "Hospital & Health Care", "country": "Kenya", "city": "Nairobi"}
    make_application(cohort, make_person(), answers=answers)
    voices = queries.voices_of(cohort)

    by_work = queries.heat_map(voices, "industry", "country")

    assert [row.name for row in by_work.rows] == ["health care"]
    assert by_work.columns == (("Kenya", "Kenya"),)


def test_one_and_many_cost_the_same(cohort, django_assert_num_queries):
    survey = make_survey(cohort)
    for _ in range(4):
        make_application(cohort, make_person())
        make_answer(survey, make_person())

    with django_assert_num_queries(3):
        assert len(queries.voices_of(cohort)) == 8
