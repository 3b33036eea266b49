"""Whoever looks through a run finds people however their names are spelled."""

import pytest

from lodestar.domain.matching.queries import filtered, matches_of, matches_to_tell, mentors_in
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import make_match, make_run
from tests.factories.people import make_person
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    cohort = make_cohort()
    run = make_run(cohort)
    for mentor, mentee in (("José Łódź", "Amina Diallo"), ("Josua Lode", "Noémie Müller")):
        make_match(
            run,
            make_mentor(cohort, make_person(*mentor.split())),
            make_mentee(cohort, make_person(*mentee.split())),
        )
    return run


@pytest.mark.parametrize("words", ["jose", "JOSÉ", "lodz", "amina José", "dial"])
def test_a_match_is_found_by_either_name(run, words):
    found = [filtered(matches_of(run), words, "").get(), matches_to_tell(run, words).get()]

    assert [str(match.mentee.person) for match in found] == ["Amina Diallo"] * 2


@pytest.mark.parametrize(
    ("words", "names"),
    [("jose", ["José Łódź"]), ("müller", []), ("", ["Josua Lode", "José Łódź"])],
)
def test_a_mentor_is_found_by_their_own_name(run, words, names):
    assert [str(mentor.person) for mentor in mentors_in(run, words)] == names
