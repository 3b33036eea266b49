"""Whoever is asked gives a place with their yes, and holds none before it."""

import pytest

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.matching.actions import answer_match, withdraw_match
from lodestar.domain.matching.models import Match
from tests.domain.matching.outcomes import places
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import asked_match, asking_cohort
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
Answer, Status = Match.Answer, Match.Status


@pytest.fixture
def cohort():
    return asking_cohort()


@pytest.fixture
def ruth(cohort):
    return make_mentor(cohort, make_person("Ruth"), capacity=1)


def test_a_place_is_given_with_the_yes_and_not_before(ruth):
    asked = asked_match(ruth)
    before = places(asked)

    agreed = answer_match(asked, by=ruth.person, answer=Answer.ACCEPTED)

    assert (before, places(agreed), agreed.status) == ([0, 1], [1, 1], Status.ACCEPTED)


def test_a_no_frees_the_mentee_alone(cohort):
    busy = make_mentor(cohort, make_person("Noor"), capacity=2, places_taken=1)
    asked = asked_match(busy)

    answer_match(asked, by=busy.person, answer=Answer.DECLINED)

    assert places(asked) == [1, 0]


def test_what_is_taken_back_frees_the_mentee_alone(cohort):
    busy = make_mentor(cohort, make_person("Noor"), capacity=2, places_taken=1)
    asked = asked_match(busy)

    withdraw_match(asked, by=make_person("Lena"))

    assert places(asked) == [1, 0]


def test_a_yes_after_the_last_place_went_is_refused_and_changes_nothing(ruth, cohort):
    first, second = (
        asked_match(ruth, make_mentee(cohort, make_person(n))) for n in ("Amina", "Bo")
    )

    answer_match(first, by=ruth.person, answer=Answer.ACCEPTED)
    with pytest.raises(RefusedError, match="has no place left"):
        answer_match(second, by=ruth.person, answer=Answer.ACCEPTED)

    second.refresh_from_db()
    assert (second.status, places(second)) == (Status.HALF_ACCEPTED, [1, 1])
