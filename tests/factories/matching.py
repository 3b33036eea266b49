"""Match runs, matches, choices and requests, made by the real actions where a state needs more than a row."""

from datetime import timedelta

from lodestar.domain.common.time import now, today
from lodestar.domain.matching import actions
from lodestar.domain.matching.models import Choice, Match, MatchRun
from lodestar.domain.programs.models import Design
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_design, make_program

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


def exploring_match(cohort=None, *, days=14, **sides):
    """Return a match in which both are willing and meet once first."""
    match = published_match(cohort, **sides)
    Design.objects.filter(pk=match.mentor.cohort.design_id).update(exploring_days=days)
    for side in (match.mentor, match.mentee):
        match = actions.answer_match(match, by=side.person, answer=Match.Answer.ACCEPTED)
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


def computed_window(run):
    """Compute a window's run in this process, and store it as a worker would."""
    from lodestar.domain.matching.actions.runs import store_found
    from lodestar.domain.matching.queries.solving import engine_arguments, engine_options
    from lodestar.engine.matching.windows import run_window

    claimed = actions.claim_run(now())
    assert claimed == run
    assert store_found(claimed, run_window(*engine_arguments(claimed), **engine_options(claimed)))
    run.refresh_from_db()
    return run


def asking_cohort(*ways, in_days=0, program=None, **design):
    """Return a cohort whose people ask, or find each other in these ways, with asking begun so many days ago."""
    program = program or make_program()
    design = make_design(program, ways=list(ways) or ["ask"], **design)
    matching_on = today() - timedelta(days=in_days)
    return make_cohort(
        program,
        design=design,
        opens_in=-40 - in_days,
        closes_on=matching_on - timedelta(days=7),
        matching_on=matching_on,
        starts_on=matching_on + timedelta(days=21),
        ends_on=matching_on + timedelta(days=200),
    )


def make_choice(mentee, mentor, rank=1, note="", **fields):
    return Choice.objects.create(mentee=mentee, mentor=mentor, rank=rank, note=note, **fields)


def asked(mentee, mentor, *others, note="I would like to learn how you left law."):
    """Return the request of a mentee whose list begins with this mentor and goes on with the others."""
    first = make_choice(mentee, mentor, note=note)
    for rank, other in enumerate(others, start=2):
        make_choice(mentee, other, rank)
    return actions.ask_mentor(first, by=mentee.person)


def asked_match(mentor, mentee=None):
    """Return what a mentee asked this mentor: a match that waits for the mentor alone."""
    mentee = mentee or make_mentee(mentor.cohort, make_person("Amina", "Odhiambo"))
    return asked(mentee, mentor).match
