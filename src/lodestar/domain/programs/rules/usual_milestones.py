"""Which days does a program usually have? Each template takes what suits it, to be changed."""

from django.utils.translation import gettext_lazy as _

from lodestar.domain.programs.models import Milestone
from lodestar.domain.programs.rules.milestones import MilestoneWish

Anchor, ForWhom, Kind = Milestone.Anchor, Milestone.ForWhom, Milestone.Kind

MENTORS_BEGIN = MilestoneWish(
    Kind.ONBOARDING, _("First steps for mentors"), ForWhom.MENTOR, Anchor.MATCHING, -7, 5,
    _(
        "Read once more what we expect, say how many mentees you take, and keep the hours for it free in your "
        "calendar. Ten minutes."
    ),
)  # fmt: skip
MENTORS_PREPARE = MilestoneWish(
    Kind.PREPARATION, _("A talk before you begin"), ForWhom.MENTOR, Anchor.MATCHING, -3, 1,
    _(
        "An hour with us and the other mentors: how to listen, what helps and what does not, and whom to turn to. "
        "Bring your questions."
    ),
)  # fmt: skip
MENTEES_BEGIN = MilestoneWish(
    Kind.ONBOARDING, _("First steps for mentees"), ForWhom.MENTEE, Anchor.STARTS, -7, 7,
    _("Write down what you want to be different in the end, and three questions for your first talk."),
)  # fmt: skip
KICK_OFF = MilestoneWish(
    Kind.EVENT, _("Kick-off"), ForWhom.BOTH, Anchor.STARTS, 3, 1,
    _("We all meet for an hour. You see your partner, and leave with a date for your first talk."),
)  # fmt: skip
HALF_TIME = MilestoneWish(
    Kind.OTHER, _("Half-time"), ForWhom.BOTH, Anchor.HALFWAY, 0, 7,
    _("Look back together for half an hour this week: what has changed, and what do you want from the second half?"),
)  # fmt: skip
HALF_TIME_MEETING = MilestoneWish(
    Kind.EVENT, _("Half-time evening"), ForWhom.BOTH, Anchor.HALFWAY, 0, 1,
    _("We meet for an hour and hear what others do in their talks. Come with one thing that worked."),
)  # fmt: skip
CLOSING_SURVEY = MilestoneWish(
    Kind.SURVEY, _("Closing questions"), ForWhom.BOTH, Anchor.ENDS, -7, 7,
    _("Two minutes: what you take with you, and what we should do better."),
)  # fmt: skip
CLOSING = MilestoneWish(
    Kind.EVENT, _("Closing evening"), ForWhom.BOTH, Anchor.ENDS, 0, 1,
    _("We say thank you, hear three stories, and talk about how to stay in touch."),
)  # fmt: skip
QUESTION = MilestoneWish(
    Kind.ONBOARDING, _("Your question in three sentences"), ForWhom.MENTEE, Anchor.STARTS, -5, 5,
    _("Write it down so that somebody who does not know you understands it, and send it to your mentor."),
)  # fmt: skip
WHAT_BECAME_OF_IT = MilestoneWish(
    Kind.OTHER, _("Tell what became of it"), ForWhom.MENTEE, Anchor.ENDS, -7, 7,
    _("A line to your mentor is enough. They would like to know."),
)  # fmt: skip

USUAL = (
    MENTORS_BEGIN,
    MENTORS_PREPARE,
    MENTEES_BEGIN,
    KICK_OFF,
    HALF_TIME,
    CLOSING_SURVEY,
    CLOSING,
)
OF_THREE_MONTHS = (MENTORS_BEGIN, MENTORS_PREPARE, MENTEES_BEGIN, KICK_OFF, HALF_TIME, CLOSING)
OF_SMALL_STEPS = (
    MENTORS_BEGIN, MENTORS_PREPARE, MENTEES_BEGIN, KICK_OFF, HALF_TIME_MEETING, CLOSING_SURVEY, CLOSING,
)  # fmt: skip
OF_ONE_TALK = (MENTORS_BEGIN, QUESTION, WHAT_BECAME_OF_IT)
GROUPS_KICK_OFF = MilestoneWish(
    Kind.EVENT, _("Kick-off"), ForWhom.BOTH, Anchor.STARTS, 3, 1,
    _("We all meet for an hour. You sit with your group, agree what stays among you, and leave with a first date."),
)  # fmt: skip
AGREEMENT = MilestoneWish(
    Kind.OTHER, _("What stays among us"), ForWhom.BOTH, Anchor.STARTS, 10, 10,
    _("In your first meeting, agree on four things: how often, how long, what is told outside, and what if somebody is missing."),
)  # fmt: skip
GROUPS_HALF_TIME = MilestoneWish(
    Kind.OTHER, _("Half-time"), ForWhom.BOTH, Anchor.HALFWAY, 0, 7,
    _("Take ten minutes of this week's meeting: what does the group give each of you, and what should change?"),
)  # fmt: skip
PEERS_BEGIN = MilestoneWish(
    Kind.ONBOARDING, _("First steps"), ForWhom.BOTH, Anchor.STARTS, -7, 6,
    _("Write down what you want to have done when this ends, and what you can give to others."),
)  # fmt: skip
OF_GROUPS = (
    MENTORS_BEGIN, MENTORS_PREPARE, MENTEES_BEGIN, GROUPS_KICK_OFF, AGREEMENT, GROUPS_HALF_TIME, CLOSING_SURVEY, CLOSING,
)  # fmt: skip
OF_PEERS = (PEERS_BEGIN, GROUPS_KICK_OFF, AGREEMENT, GROUPS_HALF_TIME, CLOSING)
