"""Two programs with like-named people, one thing of every kind in each, and a canary in every secret.

A canary reads `canary-<program>-<class>`; whoever sees one that is not theirs has found a leak.
"""

from dataclasses import dataclass, field

from lodestar.domain.applications.models import Intake, Participant
from lodestar.domain.common.models import Fact
from lodestar.domain.common.time import now
from lodestar.domain.community.models import PostReport
from lodestar.domain.directory.jobs import refresh_listings
from lodestar.domain.feedback.models import Concern
from lodestar.domain.forms.rules import as_data
from lodestar.domain.groups.models import (
    Attendance,
    Group,
    GroupGoal,
    GroupMeeting,
    GroupMessage,
    KeptApart,
    Member,
)
from lodestar.domain.insights.actions import share_roadmap
from lodestar.domain.matching.models import Ask, Match, PairRule
from lodestar.domain.mentorships.models import Goal, Meeting, Message, Note, Task
from lodestar.domain.people.actions.hours import open_feed
from lodestar.domain.people.models import Import, ImportRow, Person, Role
from lodestar.domain.programs.models import Cohort, Design
from lodestar.web.common import access
from tests.faces import make_photo
from tests.factories.applications import (
    MENTOR_ANSWERS,
    make_application,
    make_assessment,
    make_mentee,
    make_mentor,
    make_reading,
)
from tests.factories.community import make_interest_group, make_news, make_post
from tests.factories.feedback import make_concern, make_pulse
from tests.factories.forms import make_question
from tests.factories.groups import drafted_group, make_group_cohort
from tests.factories.matching import (
    asked,
    asking_cohort,
    make_choice,
    make_match,
    make_run,
    published_match,
)
from tests.factories.mentorships import (
    make_agreement,
    make_appointment,
    make_file,
    make_mentorship,
    make_proposal,
    make_reachable,
    make_takeaway,
    the_two,
)
from tests.factories.messaging import make_held_letter, make_waiting_letter
from tests.factories.needs import make_answer, make_goal, make_survey
from tests.factories.office import make_thread
from tests.factories.people import make_person, make_role
from tests.factories.pilots import make_finding
from tests.factories.programs import (
    make_cohort,
    make_coordinator,
    make_program,
    make_reviewer,
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
        access.REVIEWER: make_reachable("Rosa", "Lindt"),
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
    side.facts["reviewer"] = make_reviewer(program, make_reachable("Ida", "Moss"))
    make_reviewer(program, side.people[access.REVIEWER])
    side.facts["reading"] = make_reading(noted[0], side.people[access.REVIEWER])
    add_mentorship(side)
    add_matches(side)
    add_groups(side)
    side.facts["thread"] = make_thread(
        side.people[access.MEMBER], program, text=side.canary("office")
    )
    add_news(side)
    add_interest_group(side)
    side.facts["letter"] = make_held_letter()
    add_forecasts(side)
    add_trial_run(side)
    side.facts["roadmap_link"] = share_roadmap(cohort, by=coordinator, days=7)
    side.facts["plain"] = side.people[access.MEMBER]
    side.facts["feed"] = open_feed(side.facts["plain"], by=side.facts["plain"])
    add_list(side)
    add_needs(side)
    add_directory(side)
    add_asking(side)
    return side


def add_news(side: Side) -> None:
    """Let the office tell the two something, and keep a draft of which nobody knows."""
    told = {"program": side.facts["program"], "by": side.people[access.COORDINATOR]}
    side.facts["news"] = make_news(title=side.canary("news"), **told)
    make_news(title=side.canary("newsdraft"), is_out=False, **told)


def add_interest_group(side: Side) -> None:
    """Let the two meet in a group of their cohort, in which something was reported and something hidden."""
    mentor, mentee = side.people[access.MENTOR], side.people[access.MENTEE]
    group = make_interest_group(
        f"Gardeners of {side.letter}",
        moderator=mentor,
        members=[mentee],
        cohort=side.facts["cohort"],
    )
    second = make_person("Vera", "Lindqvist")
    side.facts |= {
        "interest_group": group,
        "interest_post": make_post(group, second, side.canary("interests")),
        "interest_member": group.memberships.create(person=second),
    }
    PostReport.objects.create(post=side.facts["interest_post"], reporter=mentee)
    hidden = {"hidden_at": now(), "hidden_because": side.canary("moderators")}
    make_post(group, second, side.canary("moderators"), **hidden)


def add_directory(side: Side) -> None:
    """Let a mentor be found who keeps something back."""
    cohort = side.facts["cohort"]
    Design.objects.filter(pk=cohort.design_id).update(ways=["office", "ask"])
    told = MENTOR_ANSWERS | {"about": side.canary("keptback"), "employer": side.canary("keptback")}
    side.facts["listed"] = make_mentor(
        cohort,
        make_reachable("Salma", "Osman"),
        answers=told,
        visibility={"about": "paired", "work": "office"},
    )
    side.facts["participation"] = Participant.objects.get(
        cohort=cohort, person=side.people[access.MENTEE]
    )
    refresh_listings(now())


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


def add_asking(side: Side) -> None:
    """Let one mentee ask a mentor, with a list that goes on; another cohort of the same program does so."""
    program = side.facts["program"]
    cohort = asking_cohort(program=program)
    ruth, noor = (make_mentor(cohort, make_reachable(name, "Okafor")) for name in ("Ruth", "Noor"))
    mentee = make_mentee(cohort, make_reachable("Kofi", "Mensah"))
    request = asked(mentee, ruth, note=side.canary("note"))
    Ask.objects.filter(pk=request.pk).update(question="Which year?", questioned_at=now())
    side.facts |= {
        "asking": cohort,
        "list": mentee,
        "request": request,
        "asked": request.match,
        "choice": make_choice(mentee, noor, 2, note=side.canary("list")),
        "askable": noor,
    }


def add_needs(side: Side) -> None:
    """Ask the mentees what they need, let one tell it, and plan whom to win."""
    cohort = side.facts["cohort"]
    survey = make_survey(cohort)
    cohort.design.surveys = {"needs": as_data([make_question("own", "Why?", "long")])}
    cohort.design.save()
    told = {
        "topics": ["Interviews", side.canary("needs")],
        "languages": ["en"],
        "q_own": side.canary("needs"),
    }
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
    where = {"way": "place", "where": side.canary("pair")}
    appointment = make_appointment(mentorship, **where)
    make_proposal(mentorship, mentor, **where)
    side.facts |= {
        "appointment": appointment,
        "mentorship": mentorship,
        "meeting": meeting,
        "goal": Goal.objects.create(mentorship=mentorship, text="A plan", set_by=mentee),
        "agreement": make_agreement(mentorship, goals=side.canary("pair"), signed_by=[mentor]),
        "task": Task.objects.create(mentorship=mentorship, text=side.canary("pair"), set_by=mentor),
        "note": Note.objects.create(
            mentorship=mentorship, author=mentor, text=side.canary("private")
        ),
        "file": make_file(mentorship, name=f"{side.canary('pair')}.pdf"),
        "takeaways": [make_takeaway(mentorship, person) for person in (mentor, mentee)],
        "photo": make_photo(mentor, words=side.canary("photo")),
        "pulse": make_pulse(mentorship),
        "concern": make_concern(mentorship, text=side.canary("concern")),
        "safety": make_concern(mentorship, kind="safety", text=side.canary("safety")),
    }


def add_groups(side: Side) -> None:
    """Put the two into a group that writes and meets, and give the office a draft that nobody has seen."""
    cohort = make_group_cohort(coordinator=side.people[access.COORDINATOR])
    draft = drafted_group(cohort)
    group = Group.objects.create(
        cohort=cohort, run=draft.run, number=9, status="running", began_at=now()
    )
    mentor, mentee = side.people[access.MENTOR], side.people[access.MENTEE]
    members = [
        Member.objects.create(group=group, participant=participant, answer="accepted")
        for participant in (make_mentor(cohort, mentor, capacity=4), make_mentee(cohort, mentee))
    ]
    said_no = make_mentee(cohort, make_reachable("Ivo", "Horvat"))
    Member.objects.create(
        group=group, participant=said_no, answer="declined", note=side.canary("decline")
    )
    meeting = GroupMeeting.objects.create(
        group=group, held_on=now().date(), minutes=90, note=side.canary("pair"), logged_by=mentor
    )
    Attendance.objects.create(meeting=meeting, member=members[0])
    GroupMessage.objects.create(group=group, author=mentee, text=side.canary("pair"))
    concern = Concern.objects.create(
        program=cohort.program,
        group=group,
        raised_by=mentee,
        kind="advice",
        text=side.canary("concern"),
    )
    side.facts |= {
        "group_cohort": cohort,
        "group": group,
        "group_goal": GroupGoal.objects.create(group=group, text="A plan", set_by=mentee),
        "group_concern": concern,
        "forming": draft.run,
        "drafted_group": draft,
        "apart": KeptApart.objects.create(
            cohort=cohort, one=members[1].participant, other=said_no, reason="Kin"
        ),
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
