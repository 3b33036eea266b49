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


TAKE_BACK = """
actions.take_run_back(MatchRun.objects.get(), by=Person.objects.get(given_name="Lena"))
"""


def test_a_publication_taken_back_while_its_letters_begin_to_leave_is_one_story(sandbox):
    sandbox.run(
        STAGE
        + """
from datetime import timedelta
from lodestar.domain.common.time import now
run = make_run(make_cohort())
for _ in range(10):
    make_match(run)
lena = make_person("Lena", "Berg")
actions.publish_run(actions.mark_reviewed(run, by=lena), by=lena)
MatchRun.objects.update(undo_until=now() + timedelta(minutes=5))
"""
    )
    take = TAKE_BACK.strip()
    leave = "Letter.objects.filter(pk=Letter.objects.first().pk, status='queued').update(status='claimed')"

    answers = race(sandbox, STAGE, [take, leave, take])

    [state] = sandbox.run(
        STAGE
        + """
run = MatchRun.objects.get()
left = Letter.objects.filter(status="claimed").count()
print(run.status, *set(run.matches.values_list("status", flat=True)), left,
      sum(Participant.objects.values_list("places_taken", flat=True)))
"""
    )
    assert state in {"reviewed drafted 0 0", "published proposed 1 20"}
    assert answers.count("done") == (2 if state.startswith("reviewed") else 1)


UNDO = (
    STAGE
    + """
from datetime import timedelta
from lodestar.domain.common.time import now
run = make_run(make_cohort(make_program(slug=random_id())))
matches = [make_match(run) for _ in range(25)]
lena = make_person("Lena", "Berg")
run = actions.publish_run(actions.mark_reviewed(run, by=lena), by=lena)
MatchRun.objects.filter(pk=run.pk).update(undo_until=now() + timedelta(minutes=5))
print("ready", flush=True)
actions.take_run_back(run, by=lena)
"""
)
KEPT = (
    STAGE
    + """
for run in MatchRun.objects.all():
    sides = Participant.objects.filter(cohort=run.cohort)
    letters = Letter.objects.filter(about_key__in=run.matches.values("public_id"))
    print(
        run.status,
        *sorted(set(run.matches.values_list("status", flat=True))),
        sum(sides.values_list("places_taken", flat=True)),
        *sorted(set(letters.values_list("status", flat=True))),
    )
"""
)


def test_a_publication_whose_taking_back_is_killed_is_taken_back_wholly_or_not_at_all(sandbox):
    for _ in range(6):
        office = sandbox.start(UNDO)
        assert office.stdout.readline() == "ready\n"
        time.sleep(random.uniform(0, 0.3))
        kill(office)

    states = sandbox.run(KEPT)

    assert len(states) == 6
    assert set(states) <= {"reviewed drafted 0 dropped", "published proposed 50 queued"}


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


EXPLORING = STAGE + "from tests.factories.matching import exploring_match\nexploring_match()\n"
ONE_STORY = (
    STAGE
    + """
from lodestar.domain.mentorships.models import Mentorship
print(Match.objects.get().status, *Participant.objects.values_list("places_taken", flat=True), Mentorship.objects.count())
"""
)


def test_verdicts_and_a_withdrawal_at_once_leave_one_story_and_the_right_places(sandbox):
    sandbox.run(EXPLORING)
    match = "Match.objects.select_related('mentor__person', 'mentee__person').get()"
    use = "from lodestar.domain.mentorships.actions import go_on, part"
    acts = [
        f"{use}; m = {match}; part(m, by=m.mentor.person)",
        f"{use}; m = {match}; part(m, by=m.mentee.person)",
        f"{use}; m = {match}; go_on(m, by=m.mentor.person)",
        f"{use}; m = {match}; go_on(m, by=m.mentee.person)",
        f"m = {match}; actions.withdraw_match(m, by=m.mentor.person)",
    ]

    race(sandbox, STAGE, acts)

    [state] = sandbox.run(ONE_STORY)
    assert state in {"accepted 1 1 1", "declined 0 0 0", "withdrawn 0 0 0"}


DECLINED = (
    STAGE
    + """
from lodestar.domain.common.time import now
from lodestar.domain.matching import jobs
from lodestar.domain.matching.models import Standby
from tests.factories.matching import publish
"""
)
TWO_WAIT_FOR_ONE = (
    DECLINED
    + """
cohort = make_cohort()
mentees, mentors = make_people(cohort, mentees=2, mentors=3)
run = make_run(cohort)
matches = [make_match(run, mentors[n], mentees[n]) for n in range(2)]
for mentee in mentees:
    Standby.objects.create(run=run, mentee=mentee, mentor=mentors[2], turn=1, score=300_000)
publish(run, by=make_person("Lena", "Berg"))
for match in matches:
    actions.answer_match(match, by=match.mentor.person, answer="declined", reason="time")
"""
)
WHO_HAS_WHOM = (
    DECLINED
    + """
found = Match.objects.filter(status="proposed")
print(found.count(), *sorted(Participant.objects.values_list("places_taken", flat=True)))
letters = Letter.objects.filter(kind="matching.proposed", about_key__in=found.values("public_id"))
print(letters.count())
"""
)


def test_the_last_place_of_a_standby_goes_once_however_many_look_at_once(sandbox):
    sandbox.run(TWO_WAIT_FOR_ONE)

    race(sandbox, DECLINED, ["jobs.propose_replacements(now())"] * 4)

    assert sandbox.run(WHO_HAS_WHOM) == ["1 0 0 0 1 1", "2"]


def test_a_look_that_is_killed_leaves_whole_proposals_and_the_next_goes_on(sandbox):
    sandbox.run(TWO_WAIT_FOR_ONE)
    looking = sandbox.start(
        DECLINED + "print('ready', flush=True)\njobs.propose_replacements(now())\n"
    )
    assert looking.stdout.readline() == "ready\n"
    time.sleep(random.uniform(0, 0.2))
    kill(looking)

    sandbox.run(DECLINED + "jobs.propose_replacements(now())\n")

    assert sandbox.run(WHO_HAS_WHOM) == ["1 0 0 0 1 1", "2"]


def test_a_mentor_who_pauses_while_proposed_answers_still_and_is_proposed_to_nobody_else(sandbox):
    sandbox.run(
        DECLINED
        + """
from datetime import timedelta
match = published_match()
later = now().date() + timedelta(days=60)
Participant.objects.filter(pk=match.mentor.pk).update(paused_until=later)
actions.answer_match(match, by=match.mentee.person, answer="declined", reason="fit")
print(jobs.propose_replacements(now()))
"""
    )

    assert sandbox.run(WHO_HAS_WHOM) == ["0 0 0", "0"]
