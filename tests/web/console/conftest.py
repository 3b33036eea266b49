"""Who works in the console."""

import pytest

from tests.factories.applications import make_mentee, make_mentor
from tests.factories.people import make_person, make_role, signed_in
from tests.factories.programs import make_cohort, make_criterion, make_design, make_program


@pytest.fixture
def admin():
    return make_role(make_person("Nora", "Wood")).person


@pytest.fixture
def office(admin):
    """Return the browser in which the admin is signed in."""
    return signed_in(admin)


@pytest.fixture
def lacking():
    """Two mentees speak Swahili, one English; the mentor only English."""
    lena = make_person("Lena", "Berg")
    program = make_program(coordinator=lena)
    design = make_design(program, with_criterion=False)
    make_criterion(design, "Work", "hierarchy", "industry", 50)
    make_criterion(design, "Language", "language", "languages", 50)
    design.constraints.create(kind="common_language")
    cohort = make_cohort(program)
    for language in ("sw", "sw", "en"):
        make_mentee(cohort, answers={"industry": "Banking", "languages": [language]})
    make_mentor(cohort, capacity=3, answers={"industry": "Banking", "languages": ["en"]})
    return lena, cohort
