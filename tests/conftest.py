"""What every test stands on."""

import os

os.environ.setdefault("DEMO", "1")
os.environ.setdefault("RATE_LIMITED", "0")

import pytest
from django.db import connection
from django.utils import timezone

import lodestar.sqlite  # noqa: F401
from lodestar.domain.common.time import set_clock
from tests import migrated
from tests.factories.people import make_person
from tests.factories.pilots import make_pilot
from tests.factories.programs import make_cohort, make_design, make_program

pytest_plugins = ["tests.quick"]


@pytest.fixture(scope="session")
def django_db_use_migrations(django_db_use_migrations):
    """Migrate only where no database of just these migrations is kept."""
    is_kept = connection.vendor == "sqlite" and migrated.kept().exists()
    return django_db_use_migrations and not is_kept


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Let PostgreSQL copy the migrated database; what is left to migrate is then nothing."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated.template_in(
            os.environ["DATABASE_URL"]
        )


@pytest.fixture(scope="session")
def django_db_setup(django_db_use_migrations, django_db_setup, django_db_blocker):
    """Keep the migrated database, or bring it back."""
    if connection.vendor != "sqlite":
        return
    with django_db_blocker.unblock():
        act = migrated.keep if django_db_use_migrations else migrated.bring_back
        connection.ensure_connection()
        act(migrated.kept())


@pytest.fixture(autouse=True)
def real_clock() -> None:
    """Let tests move time themselves; the demo's clock is tested on its own."""
    set_clock(timezone.now)


@pytest.fixture(autouse=True)
def jobs_wait(settings) -> None:
    """Keep what an action wakes from running inside the test; tests call jobs by hand."""
    settings.WAKE = "tests.wakes.note"


@pytest.fixture
def lena():
    """Return the coordinator of what follows."""
    return make_person("Lena", "Berg")


@pytest.fixture
def program(lena):
    """Return a program with a design and no cohort."""
    program = make_program(coordinator=lena)
    make_design(program)
    return program


@pytest.fixture
def cohort(lena):
    return make_cohort(make_program(coordinator=lena))


@pytest.fixture
def pilot(program):
    """Return a trial run that starts in two weeks."""
    return make_pilot(program, opens_in=-28)
