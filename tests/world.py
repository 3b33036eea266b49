"""Two programs with like-named people, one thing of every kind in each, and a canary in every secret.

A canary reads `canary-<program>-<class>`; whoever sees one that is not theirs has found a leak.
"""

from dataclasses import dataclass, field

from lodestar.domain.applications.models import Intake
from lodestar.domain.common.models import Fact
from lodestar.domain.common.time import now
from lodestar.domain.insights.actions import share_roadmap
from lodestar.domain.matching.models import Match, PairRule
from lodestar.domain.mentorships.models import Goal, Meeting, Message, Note
from lodestar.domain.people.models import Import, ImportRow, Person, Role
from lodestar.domain.programs.models import Cohort
from lodestar.web.common import access
from tests.factories.applications import (
    make_application,
    make_assessment,
    make_mentee,
    make_mentor,
)
from tests.factories.feedback import make_concern, make_pulse
from tests.factories.matching import make_match, make_run, published_match
from tests.factories.mentorships import make_mentorship, make_reachable, the_two
from tests.factories.messaging import make_held_letter, make_waiting_letter
from tests.factories.needs import make_answer, make_goal, make_survey
from tests.factories.people import make_person, make_role
from tests.factories.pilots import make_finding
from tests.factories.programs import (
    make_cohort,
    make_coordinator,
    make_program,
    make_selection,
)
from tests.factories.rehearsals import letter, make_rehearsal
from tests.factories.rehearsals import sample_report as sample_play
from tests.factories.trials import make_forecast, sample_report


@dataclass
class Side:
    """One program: who has which role in it, and one thing of each kind by name."""

    letter: str
    people: dict[str, Person] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)

    def canary(self, kind: str) -> str:
        return f"canary-{self.letter}-{kind}"


@dataclass
class World:
    """Both programs and the people who belong to the whole association."""

    sides: tuple[Side, Side]
    admin: Person
    lead: Person

    def people_of(self, side: Side) -> dict[str, Person]:
        return side.people | {access.ADMIN: self.admin, access.SAFEGUARDING_LEAD: self.lead}


def make_world() -> World:
    admin, lead = make_reachable("Noor", "Haddad"), make_reachable("Ingrid", "Solberg")
    make_role(admin, Role.Kind.ADMIN)
    make_role(lead, Role.Kind.SAFEGUARDING)
    return World((make_side("a"), make_side("b")), admin, lead)


def make_side(letter: str) -> Side:
    side = Side(letter)
    coordinator = make_reachable("Lena", "Berg")
    program = make_program(name=f"First Steps {side.canary('program')}", slug=f"steps-{letter}")
    membership = make_coordinator(program, coordinator)
    second = make_coordinator(program, make_reachable("Per", "Lund"))
    cohort = make_cohort(program)
    side.people = {
        access.MEMBER: make_reachable("Jonas", "Keller"),
        access.APPLICANT: make_reachable("Mei", "Tanaka"),
        access.COORDINATOR: coordinator,
    }
    side.facts = {
        "program": program,
        "membership": membership,
        "coordinator": second,
        "cohort": cohort,
        "design": cohort.design,
        "application": make_application(
            cohort, side.people[access.APPLICANT], decision_note=side.canary("decision")
        ),
    }
    rubric = make_selection(cohort.design)
    noted = side.facts["application"], rubric, second.person
    make_assessment(*noted, sentence=side.canary("assessment"))
    add_mentorship(side)
    add_matches(side)
    side.facts["letter"] = make_held_letter()
    add_forecasts(side)
    add_trial_run(side)
    side.facts["roadmap_link"] = share_roadmap(cohort, by=coordinator, days=7)
    side.facts["plain"] = side.people[access.MEMBER]
    add_list(side)
    add_needs(side)
    return side


def add_forecasts(side: Side) -> None:
    """Give the office a forecast that is kept and one that failed with a telling sentence."""
    cohort = side.facts["cohort"]
    make_forecast(cohort, status="failed", problem=side.canary("forecast"))
    report = sample_report()
    bottleneck = {**report["bottlenecks"][0], "code": "of_value", "field": "topics"}
    told = {**report, "bottlenecks": [bottleneck | {"value": side.canary("forecast")}]}
    side.facts["forecast"] = make_forecast(cohort, report=told, pinned_at=now())


def add_trial_run(side: Side) -> None:
    """Give the program a trial run in which something went wrong."""
    trial_run = make_cohort(side.facts["program"], opens_in=-300, is_pilot=True)
    side.facts["trial_run"] = trial_run
    accepted = make_application(trial_run, make_reachable("Aiko", "Sato"), status="accepted")
    side.facts["waiting_letter"] = make_waiting_letter(
        accepted, to=accepted.person, kind="applications.accepted"
    )
    side.facts["finding"] = make_finding(trial_run, what=side.canary("finding"))
    add_rehearsals(side, trial_run)


def add_rehearsals(side: Side, trial_run: Cohort) -> None:
    """Give the office a rehearsal with a telling letter, and one that failed with a telling sentence."""
    told = letter("mentee-1", subject=side.canary("rehearsal"), text=side.canary("rehearsal"))
    report = sample_play(letters=[told])
    side.facts["rehearsal"] = make_rehearsal(trial_run, report=report)
    make_rehearsal(side.facts["cohort"], status="failed", problem=side.canary("rehearsal"))


def add_needs(side: Side) -> None:
    """Ask the mentees what they need, let one tell it, and plan whom to win."""
    cohort = side.facts["cohort"]
    survey = make_survey(cohort)
    told = {"topics": ["Interviews", side.canary("needs")], "languages": ["en"]}
    make_answer(survey, make_person("Amina", "Wanjiru"), answers=told)
    side.facts["recruitment_goal"] = make_goal(
        cohort, owner=side.people[access.COORDINATOR], channel=side.canary("needs")
    )


def add_list(side: Side) -> None:
    """Give the coordinator a list of mentees that waits for a look."""
    source = Import.objects.create(
        file_name=f"{side.canary('import')}.csv",
        status=Import.Status.STAGED,
        uploaded_by=side.people[access.COORDINATOR],
    )
    ImportRow.objects.create(
        source=source, number=2, outcome="created", values={"given_name": side.canary("import")}
    )
    Intake.objects.create(source=source, cohort=side.facts["cohort"], role="mentee")
    side.facts["import"] = source


def add_mentorship(side: Side) -> None:
    """Give the mentor and the mentee a mentorship with all that belongs to it."""
    mentorship = make_mentorship(side.facts["cohort"])
    mentor, mentee = the_two(mentorship)
    side.people |= {access.MENTOR: mentor, access.MENTEE: mentee}
    meeting = Meeting.objects.create(
        mentorship=mentorship, held_on=mentorship.began_at.date(), minutes=45, logged_by=mentor
    )
    Note.objects.create(
        meeting=meeting, author=mentor, text=side.canary("private"), is_shared=False
    )
    Note.objects.create(meeting=meeting, author=mentor, text=side.canary("pair"), is_shared=True)
    Message.objects.create(
        mentorship=mentorship, author=mentee, text=side.canary("pair"), form_key=side.letter
    )
    side.facts |= {
        "mentorship": mentorship,
        "meeting": meeting,
        "goal": Goal.objects.create(mentorship=mentorship, text="A plan", set_by=mentee),
        "pulse": make_pulse(mentorship),
        "concern": make_concern(mentorship, text=side.canary("concern")),
        "safety": make_concern(mentorship, kind="safety", text=side.canary("safety")),
    }


def add_matches(side: Side) -> None:
    """Give the same two a proposal that waits, and the office a run that nobody has published."""
    cohort = side.facts["cohort"]
    taken = make_mentor(cohort, make_reachable("Omar", "Farouk"), capacity=2)
    waiting = make_mentee(cohort, make_reachable("Yui", "Nakamura"))
    proposal = published_match(cohort, mentor=taken, mentee=waiting)
    Match.objects.filter(pk=proposal.pk).update(decline_note=side.canary("decline"))
    run = make_run(cohort)
    side.facts |= {
        "proposal": proposal,
        "run": run,
        "draft": make_match(run),
        "pair_rule": PairRule.objects.create(
            cohort=cohort, mentor=taken, mentee=waiting, kind=PairRule.Kind.BAN
        ),
    }
