"""Two coordinators move a cohort at once, or one moves it while the other edits the design."""

import pytest

from tests.sandbox import Sandbox, finish

pytestmark = pytest.mark.faults

STAGE = """
import time
from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.insights.actions import move_cohort_to
from lodestar.domain.insights.queries import move_of
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions import describe_design
from lodestar.domain.programs.models import Cohort, Design
"""
MAKE = """
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_program
lena = make_person("Lena", "Berg")
cohort = make_cohort(make_program(coordinator=lena))
describe_design(cohort.design, by=lena, cadence_days=21)
"""
FIND = """
cohort, lena = Cohort.objects.get(), Person.objects.get()
design = Design.objects.get(version=2)
seen = move_of(cohort, design).seen
print("ready", flush=True)
input()
"""
MOVE = """
try:
    print(move_cohort_to(cohort, design, by=lena, seen=seen).design.version)
except RefusedError as refused:
    print(refused)
"""
EDIT = "print(describe_design(design, by=lena, cadence_days=28).version)"


@pytest.fixture
def sandbox(tmp_path):
    made = Sandbox(tmp_path)
    made.run(STAGE + MAKE)
    yield made
    made.remove()


def race(sandbox, *pieces):
    """Let each piece find what it works on, then start all at once; return what each printed."""
    racing = [sandbox.start(STAGE + FIND + piece) for piece in pieces]
    for process in racing:
        assert process.stdout.readline() == "ready\n", process.stderr.read()
    for process in racing:
        process.stdin.write("\n")
        process.stdin.flush()
    return [finish(process)[-1] for process in racing]


def test_two_who_move_at_once_move_it_once(sandbox):
    assert race(sandbox, MOVE, MOVE) == ["2", "2"]
    verbs = "print(Entry.objects.filter(verb='cohort.design_changed').count())"
    assert sandbox.run(STAGE + verbs) == ["1"]


def test_a_cohort_never_goes_by_what_its_mover_did_not_see(sandbox):
    moved, edited = race(sandbox, MOVE, EDIT)

    told = "cohort = Cohort.objects.get(); print(cohort.design.version, cohort.design.cadence_days)"
    kept = sandbox.run(STAGE + told)
    was_first = (["2 21"], "2", "3")
    came_late = (
        ["1 14"],
        "Somebody changed version 2 while you read. Nothing was moved; look again.",
        "2",
    )
    assert (kept, moved, edited) in (was_first, came_late)
