"""Trial runs and what is found in them."""

from lodestar.domain.pilots.models import Finding
from tests.factories.people import make_person
from tests.factories.programs import make_cohort


def make_pilot(program=None, **fields):
    """Return a trial run; `opens_in` days moves all its dates together."""
    return make_cohort(program, is_pilot=True, **fields)


def make_finding(cohort=None, *, found_by=None, **fields):
    fields.setdefault("what", "The letter about the first talk came twice.")
    fields.setdefault("stage", "matching")
    return Finding.objects.create(
        cohort=cohort or make_pilot(), found_by=found_by or make_person("Lena", "Berg"), **fields
    )
