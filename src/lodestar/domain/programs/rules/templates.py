"""From which finished designs can a program begin? Each is a whole proposal that a coordinator changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from lodestar.domain.programs.models import Audience, Constraint, Criterion, Design, Goal
from lodestar.domain.programs.rules import Phases, defaults, rubric, usual_milestones
from lodestar.domain.programs.rules.defaults import ConstraintWish
from lodestar.domain.programs.rules.groups import AT_MOST
from lodestar.domain.programs.rules.milestones import MilestoneWish
from lodestar.domain.programs.rules.rubric import USUAL, SelectionWish

Kind, Metric, Rule = Criterion.Kind, Goal.Metric, Constraint.Kind
Text = object
WeightedField = tuple[Text, str, str, int]


@dataclass(frozen=True, slots=True)
class Weeks:
    """The calendar of a cohort in weeks: to apply, to look and match, to answer, together."""

    applying: int = 4
    matching: int = 1
    answering: int = 2
    together: int = 26


TRIAL_RUN = Weeks(applying=2, matching=1, answering=1, together=7)


@dataclass(frozen=True, slots=True)
class Template:
    """A design that usually works, with its texts and its calendar."""

    key: str
    name: Text
    for_whom: Text
    promise: Text
    description: Text
    expected_of_mentors: tuple[Text, ...]
    expected_of_mentees: tuple[Text, ...]
    numbers: Mapping[str, object] = field(default_factory=dict)
    criteria: tuple[WeightedField, ...] = defaults.CRITERIA
    constraints: tuple[ConstraintWish, ...] = defaults.CONSTRAINTS
    goals: tuple[tuple[str, Decimal], ...] = defaults.GOALS
    topics: tuple[tuple[Text, tuple[Text, ...]], ...] = defaults.TOPICS
    weeks: Weeks = Weeks()
    milestones: tuple[MilestoneWish, ...] = usual_milestones.USUAL
    format: str = Design.Format.ONE_TO_ONE
    mode: str = Design.Mode.EITHER
    ways: tuple[str, ...] = (Design.Way.OFFICE.value,)
    selection: tuple[SelectionWish, ...] = USUAL
    classes_ago: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)

    def phases(self, first: date) -> Phases:
        """Return the days of a cohort that opens on a day."""
        weeks = self.weeks
        closes = first + timedelta(weeks=weeks.applying, days=-1)
        matching = first + timedelta(weeks=weeks.applying + weeks.matching)
        starts = matching + timedelta(weeks=weeks.answering)
        return Phases(first, closes, matching, starts, starts + timedelta(weeks=weeks.together))

    def phases_of_a_trial_run(self, first: date) -> Phases:
        """Return the days of a trial run: about seven weeks show most troubles, and the launch waits for them."""
        together = min(self.weeks.together, TRIAL_RUN.together)
        return replace(self, weeks=replace(TRIAL_RUN, together=together)).phases(first)

    def classes(self, role: str, on: date) -> tuple[int | None, int | None]:
        """Return the first and the last class year of an audience, counted back from today."""
        first, last = self.classes_ago.get(role, (None, None))
        years = (on.year - ago if ago is not None else None for ago in (first, last))
        earliest, latest = years
        return earliest, latest


LISTENS = _("Listen more than you advise; ask what they have tried already.")
CONFIDES = _("Keep what you hear to yourself, unless somebody is in danger.")
COMES_PREPARED = _("Bring one question to each talk, and say afterwards what came of it.")
MAKES_THE_DATES = _("You propose the dates; your mentor is the busy one.")
SAYS_NO_IN_TIME = _("If you cannot come, say so a day before.")

FIRST_JOB = Template(
    key="first-job",
    name=_("First years at work"),
    for_whom=_(
        "Young alumni who look for a first job, or have just begun one: one mentor for half a year."
    ),
    promise=_("A mentor for your first years after college."),
    description=_(
        "For alumni in their first years at work. You are matched with somebody who has walked the road before you, "
        "and talk every two weeks for half a year: about finding work, settling in, and what comes next."
    ),
    expected_of_mentors=(_("An hour every two weeks for half a year."), LISTENS, CONFIDES),
    expected_of_mentees=(MAKES_THE_DATES, COMES_PREPARED, SAYS_NO_IN_TIME),
    classes_ago={Audience.Role.MENTOR: (None, 6), Audience.Role.MENTEE: (5, None)},
)

CAREER_CHANGE = Template(
    key="career-change",
    name=_("Changing careers"),
    for_whom=_("Alumni in mid-career who want into another field: somebody from inside it, for three months."),
    promise=_("Somebody from inside the field you want to enter."),
    description=_(
        "For alumni who have worked for some years and want to do something else. You are matched with somebody who "
        "works where you want to go, and talk every two weeks for three months: what the work is really like, what "
        "carries over, and whom to meet next."
    ),
    expected_of_mentors=(
        _("An hour every two weeks for three months."),
        _("Tell how it really is, the dull parts too, and introduce two people."),
        CONFIDES,
    ),
    expected_of_mentees=(MAKES_THE_DATES, COMES_PREPARED, SAYS_NO_IN_TIME),
    criteria=defaults.weighing(
        topics=40, industry=5, about=15, years_of_experience=5, field_of_study=10, function=10, place=5, time_zone=6, languages=4,
    ),
    constraints=(*defaults.CONSTRAINTS, ConstraintWish(Rule.NOT_SAME, "employer")),
    topics=(
        (_("Fields to enter"), (
            _("Technology and data"), _("Health and care"), _("Education"), _("Public service and nonprofits"),
            _("Law and policy"), _("Finance"), _("Arts and media"), _("Science and research"), _("My own business"),
        )),
        (_("Changing"), (
            _("Finding out what I want"), _("What carries over from what I did"), _("Going back to study"),
            _("Explaining a change in a résumé"), _("Interviews in a new field"), _("Earning less for a while"),
            _("Doing it beside a job or a family"),
        )),
    ),
    weeks=Weeks(together=13),
    ways=(Design.Way.OFFICE.value, Design.Way.RANK.value),
    milestones=usual_milestones.OF_THREE_MONTHS,
    classes_ago={Audience.Role.MENTEE: (None, 5)},
)  # fmt: skip

RETURNING = Template(
    key="returning",
    name=_("Returning to work"),
    for_whom=_("Alumni who come back after years for a family, an illness or a move: a patient mentor, for half a year."),
    promise=_("You have not forgotten what you can. Somebody helps you show it."),
    description=_(
        "For alumni who have been away from paid work and want to return. You are matched with somebody who did the same, or "
        "who hires people who do, and talk every two weeks for half a year."
    ),
    expected_of_mentors=(_("An hour every two weeks for half a year, at a time that suits a family."), LISTENS, CONFIDES),
    expected_of_mentees=(COMES_PREPARED, SAYS_NO_IN_TIME),
    criteria=defaults.weighing(
        topics=35, industry=12, about=15, field_of_study=8, function=8, place=8, time_zone=6, languages=4, gender=4,
    ),
    milestones=usual_milestones.OF_SMALL_STEPS,
    topics=(
        (_("Coming back"), (
            _("Coming back after a break"), _("Explaining a gap"), _("Catching up on skills"), _("Part-time and flexible work"),
            _("Work and family"), _("Confidence after years away"), _("Health and work"),
        )),
        (_("Finding work"), (
            _("A résumé that opens doors"), _("Interviews without panic"), _("Talking about pay"), _("Meeting people in my field"),
            _("Working for myself"),
        )),
    ),
)  # fmt: skip

FLASH = Template(
    key="flash",
    name=_("One good conversation"),
    for_whom=_("Anybody with one question: one talk of an hour, within six weeks. A mentor may give up to five."),
    promise=_("One question, one hour, somebody who knows."),
    description=_(
        "For alumni with one question that somebody in the network can answer. You are matched with one person and talk once, for an "
        "hour. Whoever wants to go on afterwards is free to."
    ),
    expected_of_mentors=(_("One hour with each mentee, within three weeks."), LISTENS),
    expected_of_mentees=(
        _("Write your question down beforehand, in three sentences."),
        MAKES_THE_DATES,
        _("Thank them, and tell them later what became of it."),
    ),
    numbers={
        "cadence_days": 42, "hours_per_month": 1, "capacity_default": 1, "capacity_maximum": 5, "reply_days": 3,
        "first_meeting_days": 14, "pulse_first_days": 21, "pulse_every_days": 21,
    },
    goals=(
        (Metric.MENTEES_SERVED, Decimal(40)), (Metric.MET_SHARE, Decimal(85)), (Metric.USEFULNESS, Decimal(4)),
    ),
    weeks=Weeks(applying=3, matching=1, answering=1, together=6),
    milestones=usual_milestones.OF_ONE_TALK,
    format=Design.Format.FLASH,
    ways=(Design.Way.ASK.value,),
    mode=Design.Mode.ONLINE,
)  # fmt: skip

REVERSE = Template(
    key="reverse",
    name=_("The young teach"),
    for_whom=_("Experienced alumni who want to learn from recent graduates: new tools, new habits, how it looks from below."),
    promise=_("Learn from somebody who has just arrived."),
    description=_(
        "For experienced alumni who want to learn from recent graduates. The mentor is the younger one: about tools, about "
        "how people of that age look for work and news, and about what a first job feels like today. Once a month, for half a year."
    ),
    expected_of_mentors=(
        _("An hour a month for half a year."),
        _("Show, do not lecture: bring the thing itself."),
        CONFIDES,
    ),
    expected_of_mentees=(
        _("Ask as a beginner does. Rank stays outside."), COMES_PREPARED, MAKES_THE_DATES,
    ),
    numbers={"cadence_days": 30, "hours_per_month": 1, "capacity_maximum": 2},
    criteria=defaults.weighing(
        topics=50, about=15, industry=10, place=10, time_zone=10, languages=5,
    ),
    topics=(
        (_("Tools"), (
            _("Working with language models"), _("Data and spreadsheets"), _("Video and sound"), _("Being found online"),
        )),
        (_("Habits"), (
            _("How young people look for work"), _("News and social media"), _("Working from anywhere"), _("Climate and consumption"),
        )),
        (_("From below"), (
            _("What a first job feels like"), _("Being the first in the family"), _("Feedback to people above"), _("Language that includes"),
        )),
    ),
    classes_ago={Audience.Role.MENTOR: (8, None), Audience.Role.MENTEE: (None, 15)},
    format=Design.Format.REVERSE,
)  # fmt: skip

STAYS_AMONG_US = _("What is said in the group stays in the group.")
ONE_OF_AN_EMPLOYER = {"kind": AT_MOST, "field": "employer", "count": 1, "value": ""}

GROUP_CIRCLES = Template(
    key="group-circles",
    name=_("Group circles"),
    for_whom=_("Young alumni who would rather not sit alone across from a mentor: one mentor with three to six of them, for half a year."),
    promise=_("One mentor, a handful of people like you, an evening every three weeks."),
    description=_(
        "For alumni who learn from each other’s questions as much as from an answer. You are put into a group of three to six with one "
        "mentor, chosen by what you want to talk about, and meet every three weeks for half a year. Nobody of your own company sits beside you."
    ),
    expected_of_mentors=(
        _("An hour and a half every three weeks for half a year."),
        _("Everybody speaks in each meeting; you speak least."),
        CONFIDES,
    ),
    expected_of_mentees=(
        _("You come to each meeting, or say so a day before."),
        _("Bring one question, and give one answer."),
        STAYS_AMONG_US,
    ),
    numbers={
        "cadence_days": 21, "hours_per_month": 3, "capacity_default": 5, "capacity_maximum": 6, "first_meeting_days": 21,
        "group_least": 3, "group_most": 6, "led_by": Design.Leads.MENTOR, "group_rules": [ONE_OF_AN_EMPLOYER],
    },
    criteria=defaults.weighing(
        topics=45, industry=12, about=10, function=8, field_of_study=5, time_zone=10, place=5, languages=5,
    ),
    goals=(
        (Metric.MENTEES_SERVED, Decimal(40)), (Metric.SERVED_SHARE, Decimal(85)), (Metric.MET_SHARE, Decimal(90)),
    ),
    milestones=usual_milestones.OF_GROUPS,
    format=Design.Format.GROUP,
    selection=rubric.OF_GROUPS,
    classes_ago={Audience.Role.MENTOR: (None, 8), Audience.Role.MENTEE: (6, None)},
)  # fmt: skip

PEERS = Template(
    key="peers",
    name=_("Peers"),
    for_whom=_("People at the same turn of their lives, who help each other: circles of four to six, nobody is the mentor, three months."),
    promise=_("A few people at the same point as you, who keep each other at it."),
    description=_(
        "For alumni who do not look for somebody ahead of them, but for others on the same stretch of the road: a new job, a first team, "
        "a change. You are put into a circle of four to six by what you want to work on, meet every two weeks for three months, "
        "and lead in turn."
    ),
    expected_of_mentors=(),
    expected_of_mentees=(
        _("You come to each meeting, or say so a day before."),
        _("One of you leads, in turn: a round, one case, one promise each."),
        STAYS_AMONG_US,
    ),
    numbers={
        "cadence_days": 14, "hours_per_month": 2, "group_least": 4, "group_most": 6, "led_by": Design.Leads.TURNS,
        "group_rules": [ONE_OF_AN_EMPLOYER],
    },
    criteria=defaults.weighing(
        topics=50, about=15, time_zone=12, industry=8, function=5, languages=5, place=5,
    ),
    goals=(
        (Metric.MENTEES_SERVED, Decimal(40)), (Metric.SERVED_SHARE, Decimal(90)), (Metric.MET_SHARE, Decimal(90)),
    ),
    topics=(
        (_("Work"), (
            _("Settling into a new job"), _("Leading people for the first time"), _("Looking for the next step"), _("Working for myself"),
            _("Writing a thesis or a book"), _("Learning something hard"),
        )),
        (_("Life around work"), (
            _("Coming back after a break"), _("Work and family"), _("Moving to a new city"), _("Being the first in my family"),
        )),
        (_("Keeping at it"), (
            _("Starting what I put off"), _("Saying no"), _("Deciding between two ways"), _("Confidence in what I can"),
        )),
    ),
    weeks=Weeks(together=13),
    milestones=usual_milestones.OF_PEERS,
    format=Design.Format.PEERS,
    selection=rubric.OF_PEERS,
    classes_ago={Audience.Role.MENTEE: (25, None)},
)  # fmt: skip

TEMPLATES = (FIRST_JOB, CAREER_CHANGE, RETURNING, FLASH, REVERSE, GROUP_CIRCLES, PEERS)


def template_named(key: str) -> Template:
    """Return a template; the first for a name that is none."""
    return next((each for each in TEMPLATES if each.key == key), FIRST_JOB)
