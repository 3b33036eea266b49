"""What the tests of mentorships stand on."""

import pytest

from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person


@pytest.fixture
def pair():
    """Return a mentorship with its mentor and its mentee."""
    mentorship = make_mentorship(mentor=make_person("Ruth"), mentee=make_person("Amina"))
    return (mentorship, *the_two(mentorship))
