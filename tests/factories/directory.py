"""A cohort in which people look around."""

from lodestar.domain.applications.rules.answers import for_matching
from lodestar.domain.common.time import now, today
from lodestar.domain.directory.jobs import refresh_listings
from lodestar.domain.directory.queries import Reader, Wish, found_by
from tests.factories.applications import MENTEE_ANSWERS, MENTOR_ANSWERS, make_mentee, make_mentor
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_program, make_usual_design


def make_looking_cohort(**design):
    """Return a cohort whose design weighs what is usual and lets people ask."""
    program = make_program()
    return make_cohort(
        program, design=make_usual_design(program, **{"ways": ["office", "ask"], **design})
    )


def make_listed(cohort, name="Ruth Okafor", *, capacity=1, **answers):
    """Return a mentor who can be found as soon as the listings are refreshed."""
    given, _space, family = name.partition(" ")
    told = for_matching({**MENTOR_ANSWERS, **answers}, today())
    return make_mentor(cohort, make_person(given, family), capacity=capacity, answers=told)


def make_reader(cohort, person=None, **answers):
    """Return a mentee who looks around."""
    told = for_matching({**MENTEE_ANSWERS, **answers}, today())
    return Reader(make_mentee(cohort, person, answers=told), today())


def refresh():
    return refresh_listings(now())


def names(reader, page=1, **wish):
    """Return whom a reader finds, in order."""
    return [str(seen.person) for seen in found_by(reader, Wish(**wish), page=page).people]
