"""Two at once, and everything at once: nobody gets a place that is not there."""

import pytest

from tests.sandbox import race

pytestmark = pytest.mark.faults

STAGE = """
from datetime import timedelta
from lodestar.domain.applications.actions import pause_participant
from lodestar.domain.applications.models import Participant
from lodestar.domain.common.time import now, today
from lodestar.domain.matching import actions
from lodestar.domain.matching.jobs import go_on_asking
from lodestar.domain.matching.models import Ask, Choice, Match, MatchRun
from lodestar.domain.mentorships.actions import accept_match, decline_match
from lodestar.domain.people.models import Person
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import asked, asking_cohort, make_choice, make_match, make_run
from tests.factories.people import make_person
cohort_of = lambda: Participant.objects.order_by("pk").first().cohort
"""
# Everybody's places are those of their open commitments, and never more than they have.
HOLDS = """
def held(who):
    rows = Match.objects.filter(status__in=Match.OPEN)
    if who.role == "mentee":
        return rows.filter(mentee=who).count()
    taken = rows.filter(mentor=who)
    return taken.exclude(origin="asked").count() + taken.filter(origin="asked", mentor_answer="accepted").count()
for who in Participant.objects.order_by("pk"):
    assert who.places_taken == held(who) <= who.capacity, (str(who), who.places_taken, held(who))
print("holds")
"""
ONE_PLACE = (
    STAGE
    + """
cohort = asking_cohort()
ruth, noor = (make_mentor(cohort, make_person(name), capacity=1) for name in ("Ruth", "Noor"))
for name in ("Amina", "Bo"):
    asked(make_mentee(cohort, make_person(name)), ruth, noor)
"""
)
YES = "m = Match.objects.order_by('pk')[{n}]; accept_match(m, by=m.mentor.person)"


def settled(sandbox):
    return sandbox.run(
        STAGE
        + "go_on_asking(now()); go_on_asking(now())\n"
        + HOLDS
        + "print(*Ask.objects.order_by('pk').values_list('closing', flat=True), sep=',')"
    )


def test_of_two_yeses_for_the_last_place_one_counts_and_the_other_goes_on(sandbox):
    sandbox.run(ONE_PLACE)

    answers = race(sandbox, STAGE, [YES.format(n=0), YES.format(n=1)])

    assert sorted(answers) == ["Ruth Odhiambo has no place left. Nothing was changed.", "done"]
    holds, fates = settled(sandbox)
    assert (holds, sorted(fates.split(","))) == ("holds", ["", "not_free", "yes"])


def test_a_yes_and_a_publication_at_once_give_the_last_place_once(sandbox):
    sandbox.run(
        ONE_PLACE
        + """
run = make_run(cohort)
make_match(run, ruth, make_mentee(cohort, make_person("Chidi")))
actions.mark_reviewed(run, by=make_person("Lena", "Berg"))
"""
    )
    publish = (
        "actions.publish_run(MatchRun.objects.get(), by=Person.objects.get(given_name='Lena'))"
    )

    answers = race(sandbox, STAGE, [YES.format(n=1), publish])

    assert sum(answer == "done" for answer in answers) == 1
    assert settled(sandbox)[0] == "holds"


def test_a_mentor_who_pauses_while_saying_yes_and_a_sweep_at_once_leave_one_story(sandbox):
    sandbox.run(ONE_PLACE)
    pause = "r = Participant.objects.get(person__given_name='Ruth'); pause_participant(r, by=r.person, until=today() + timedelta(days=30))"
    sweep = "go_on_asking(now())"

    race(sandbox, STAGE, [YES.format(n=0), pause, sweep, sweep])

    holds, fates = settled(sandbox)
    assert holds == "holds"
    assert sorted(fates.split(","))[-1] in ("not_free", "yes")
    assert fates.split(",").count("yes") <= 1


def test_a_mentee_who_asks_two_at_once_asks_one(sandbox):
    sandbox.run(
        STAGE
        + """
cohort = asking_cohort()
amina = make_mentee(cohort, make_person("Amina"))
for rank, name in enumerate(("Ruth", "Noor"), start=1):
    make_choice(amina, make_mentor(cohort, make_person(name)), rank)
"""
    )
    act = "c = Choice.objects.select_related('mentee__person', 'mentee__cohort__design', 'mentor__person')[{n}]; actions.ask_mentor(c, by=c.mentee.person)"

    answers = race(sandbox, STAGE, [act.format(n=0), act.format(n=1), act.format(n=0)])

    assert "done" in answers
    assert all(each == "done" or "One at a time" in each for each in answers)
    assert settled(sandbox) == ["holds", ""]


def test_sweeps_answers_and_take_backs_at_once_keep_the_books(sandbox):
    sandbox.run(
        STAGE
        + """
cohort = asking_cohort()
mentors = [make_mentor(cohort, make_person(f"Mentor{n}"), capacity=1 + n % 2) for n in range(3)]
for n in range(5):
    asked(make_mentee(cohort, make_person(f"Mentee{n}")), mentors[n % 3], mentors[(n + 1) % 3], mentors[(n + 2) % 3])
"""
    )
    no = "m = Match.objects.order_by('pk')[{n}]; decline_match(m, by=m.mentor.person)"
    back = "a = Ask.objects.order_by('pk')[{n}]; actions.take_back_ask(a, by=a.mentee.person)"
    acts = [
        YES.format(n=0), YES.format(n=3), no.format(n=1), no.format(n=4), back.format(n=2),
        "go_on_asking(now())", "go_on_asking(now())",
    ]  # fmt: skip

    answers = race(sandbox, STAGE, acts)

    assert not [each for each in answers if "deadlock" in each.lower()]
    assert settled(sandbox)[0] == "holds"
