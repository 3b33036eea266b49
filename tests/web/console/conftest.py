"""Who works in the console."""

import pytest

from tests.factories.people import make_person, make_role, signed_in


@pytest.fixture
def admin():
    return make_role(make_person("Nora", "Wood")).person


@pytest.fixture
def office(admin):
    """Return the browser in which the admin is signed in."""
    return signed_in(admin)
