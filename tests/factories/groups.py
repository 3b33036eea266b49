"""Groups in every state, made by the real actions from plain participants."""

from lodestar.domain.common.time import now
from lodestar.domain.groups import actions
from lodestar.domain.groups.models import FormingRun, Group, Member
from tests.factories.applications import answers_of, make_mentee, make_mentor
from tests.factories.people import make_address, make_person
from tests.factories.programs import make_cohort, make_coordinator, make_design

GROUP = {
    "format": "group",
    "group_least": 2,
    "group_most": 4,
    "capacity_default": 4,
    "capacity_maximum": 4,
}
PEERS = {"format": "peers", "group_least": 3, "group_most": 4, "led_by": "turns"}
NAMES = ("Amina", "Bao", "Carla", "Dev", "Ella", "Farid", "Grace", "Hana", "Ivo", "June")


def make_group_cohort(*, coordinator=None, **design):
    """Return a cohort whose design makes groups of two to four round a mentor, unless told otherwise."""
    kept = make_design(**(GROUP | design))
    if coordinator:
        make_coordinator(kept.program, coordinator)
    return make_cohort(kept.program, design=kept)


def make_peers_cohort(*, coordinator=None, **design):
    return make_group_cohort(coordinator=coordinator, **(PEERS | design))


def people_for(cohort, mentees=4, mentors=1, **answers):
    """Return so many mentees and mentors of a cohort; `answers` are what each of the mentees says in turn."""
    led = [
        make_mentor(cohort, reachable(f"Mentor{n}", "Okafor"), capacity=4) for n in range(mentors)
    ]
    following = []
    for place in range(mentees):
        said = {field: values[place % len(values)] for field, values in answers.items()}
        person = reachable(NAMES[place % len(NAMES)], f"Odhiambo{place}")
        following.append(make_mentee(cohort, person, answers=answers_of("mentee") | said))
    return following, led


def reachable(given_name, family_name):
    person = make_person(given_name, family_name)
    make_address(person, f"{person.public_id}@example.org")
    return person


def solved_forming(cohort, by=None):
    """Return a forming that the engine really computed, in this process and without a child."""
    from lodestar.domain.groups.queries.solving import engine_arguments, engine_options
    from lodestar.engine.peers.forming import form_groups

    run = actions.request_forming(cohort, by=by, seed=7)
    claimed = actions.claim_forming(now())
    assert claimed == run
    assert actions.store_forming(
        claimed, form_groups(*engine_arguments(claimed), **engine_options(claimed))
    )
    run.refresh_from_db()
    return run


def make_forming(cohort, **fields):
    fields.setdefault("status", FormingRun.Status.SOLVED)
    return FormingRun.objects.create(cohort=cohort, solved_at=now(), **fields)


def drafted_group(cohort=None, *, mentees=3, mentor=True, run=None):
    """Return a group that only the office sees, as plain rows."""
    cohort = cohort or make_group_cohort()
    people, mentors = people_for(cohort, mentees, int(mentor))
    run = run or make_forming(cohort, inputs=frozen(cohort))
    group = Group.objects.create(cohort=cohort, run=run, number=run.groups.count() + 1)
    for participant in [*mentors, *people]:
        Member.objects.create(group=group, participant=participant)
    return group


def frozen(cohort):
    from lodestar.domain.groups.queries import inputs_of

    return inputs_of(cohort)


def proposed_group(cohort=None, *, by=None, mentees=3, mentor=True):
    """Return a group that waits for its people: places taken, letters queued."""
    group = drafted_group(cohort, mentees=mentees, mentor=mentor)
    publish(group.run, by or make_person("Lena", "Berg"))
    group.refresh_from_db()
    return group


def publish(run, by):
    return actions.publish_forming(actions.mark_reviewed(run, by=by), by=by)


def running_group(cohort=None, *, by=None, mentees=3, mentor=True):
    """Return a group in which everybody said yes."""
    group = proposed_group(cohort, by=by, mentees=mentees, mentor=mentor)
    for member in members_of(group):
        actions.accept_group(member, by=member.person)
    group.refresh_from_db()
    return group


def members_of(group):
    """Return everybody of a group, the mentor first."""
    rows = group.members.select_related("participant__person", "group").order_by("pk")
    return sorted(rows, key=lambda member: not member.is_mentor)


def mentor_of(group):
    return next(member for member in members_of(group) if member.is_mentor)


def mentees_of(group):
    return [member for member in members_of(group) if not member.is_mentor]
