"""Match runs and matches, made by the real actions where a state needs more than a row."""

from lodestar.domain.common.time import now
from lodestar.domain.matching import actions
from lodestar.domain.matching.models import Match, MatchRun
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.people import make_person
from tests.factories.programs import make_cohort

REASONS = [
    {
        "criterion": "Topics",
        "field": "topics",
        "kind": "topics",
        "code": "shared",
        "values": ["Finding work"],
    }
]


def make_run(cohort=None, *, status=MatchRun.Status.SOLVED, **fields):
    """Return a run without matches, as a plain row."""
    if status != MatchRun.Status.REQUESTED:
        fields.setdefault("solved_at", now())
    return MatchRun.objects.create(cohort=cohort or make_cohort(), status=status, **fields)


def make_match(run=None, mentor=None, mentee=None, **fields):
    """Return a drafted match of a run, with its two people."""
    run = run or make_run()
    mentor = mentor or make_mentor(run.cohort, make_person("Ruth", "Okafor"))
    mentee = mentee or make_mentee(run.cohort, make_person("Amina", "Odhiambo"))
    fields.setdefault("score", 400_000)
    fields.setdefault("contributions", [["Topics", fields["score"]]])
    fields.setdefault("reasons", REASONS)
    return Match.objects.create(run=run, mentor=mentor, mentee=mentee, **fields)


def published_match(cohort=None, *, mentor=None, mentee=None, by=None):
    """Return a proposed match that waits for both: places taken, letters queued."""
    run = make_run(cohort)
    match = make_match(run, mentor, mentee)
    publish(run, by=by or make_person("Lena", "Berg"))
    match.refresh_from_db()
    return match


def publish(run, by):
    """Look at a solved run and publish it."""
    return actions.publish_run(actions.mark_reviewed(run, by=by), by=by)


def make_people(cohort, mentees=3, mentors=3, capacity=1):
    """Return so many mentees and mentors of a cohort, all with the usual answers."""
    made_mentors = [
        make_mentor(cohort, make_person(f"Mentor{n}", "Okafor"), capacity=capacity)
        for n in range(mentors)
    ]
    made_mentees = [
        make_mentee(cohort, make_person(f"Mentee{n}", "Odhiambo")) for n in range(mentees)
    ]
    return made_mentees, made_mentors


def solved_run(cohort, by=None):
    """Return a run that the engine really computed, in this process and without a child."""
    from lodestar.domain.matching.queries.solving import engine_arguments, engine_options
    from lodestar.engine.matching.run import run_match

    run = actions.request_run(cohort, by=by)
    claimed = actions.claim_run(now())
    assert claimed == run
    result = run_match(*engine_arguments(claimed), **engine_options(claimed))
    assert actions.store_result(claimed, result)
    run.refresh_from_db()
    return run
