"""Publications killed in the middle, coordinators who publish at once, answers that cross."""

import random
import time

import pytest

from tests.sandbox import kill, race

pytestmark = pytest.mark.faults

STAGE = """
from lodestar.domain.applications.models import Participant
from lodestar.domain.common.models import random_id
from lodestar.domain.matching import actions
from lodestar.domain.matching.models import Match, MatchRun
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person
from tests.factories.matching import make_match, make_people, make_run, published_match
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_program
"""


PUBLISH = (
    STAGE
    + """
run = make_run(make_cohort(make_program(slug=random_id())))
matches = [make_match(run) for _ in range(25)]
lena = make_person("Lena", "Berg")
actions.mark_reviewed(run, by=lena)
print("ready", flush=True)
actions.publish_run(run, by=lena)
"""
)
STATES = (
    STAGE
    + """
for run in MatchRun.objects.all():
    sides = Participant.objects.filter(cohort=run.cohort)
    print(
        run.status,
        *sorted(set(run.matches.values_list("status", flat=True))),
        sum(sides.values_list("places_taken", flat=True)),
        Letter.objects.filter(about_key__in=run.matches.values("public_id")).count(),
    )
"""
)


def test_a_publication_that_is_killed_happened_wholly_or_not_at_all(sandbox):
    for _ in range(6):
        publisher = sandbox.start(PUBLISH)
        assert publisher.stdout.readline() == "ready\n"
        time.sleep(random.uniform(0, 0.3))
        kill(publisher)

    states = sandbox.run(STATES)

    assert len(states) == 6
    assert set(states) <= {"reviewed drafted 0 0", "published proposed 50 50"}


def test_of_five_coordinators_who_publish_at_once_one_does_and_four_are_told(sandbox):
    sandbox.run(
        STAGE
        + """
run = make_run(make_cohort())
matches = [make_match(run) for _ in range(10)]
actions.mark_reviewed(run, by=make_person("Lena", "Berg"))
"""
    )
    act = "actions.publish_run(MatchRun.objects.get(), by=Person.objects.get(given_name='Lena'))"

    answers = race(sandbox, STAGE, [act] * 5)

    told = "Lena Berg published this run already. Nothing was sent twice."
    assert sorted(answers) == sorted(["done", *[told] * 4])
    assert sandbox.run(STATES) == ["published proposed 20 20"]


def test_answers_and_a_withdrawal_at_once_leave_one_story_and_the_right_places(sandbox):
    sandbox.run(STAGE + "published_match()")
    match = "Match.objects.select_related('mentor__person', 'mentee__person').get()"
    acts = [
        f"m = {match}; actions.answer_match(m, by=m.mentor.person, answer='accepted')",
        f"m = {match}; actions.answer_match(m, by=m.mentee.person, answer='accepted')",
        f"m = {match}; actions.answer_match(m, by=m.mentee.person, answer='declined')",
        f"m = {match}; actions.answer_match(m, by=m.mentor.person, answer='declined')",
        f"m = {match}; actions.withdraw_match(m, by=m.mentor.person)",
    ]

    race(sandbox, STAGE, acts)
    [state] = sandbox.run(
        STAGE
        + """
print(Match.objects.get().status, *Participant.objects.values_list("places_taken", flat=True))
"""
    )

    assert state in {"accepted 1 1", "declined 0 0", "withdrawn 0 0"}
