"""What a cohort may take on while people rely on its design, and who moves it there."""

from datetime import UTC, date, datetime

import pytest

from lodestar.domain.insights.rules.moving import JUDGES, judge
from lodestar.domain.insights.rules.standing import Judged, Standing
from lodestar.domain.programs.models import Cohort, Design, Goal
from lodestar.domain.programs.rules.differences import NOT_COMPARED, Difference

MADE = {
    "created_at": datetime(2026, 1, 1, tzinfo=UTC)
}  # the clock of the demo stands in the database
State = Cohort.State
OPEN = Standing(State.OPEN, answers_move=True)
CLOSED = Standing(State.CLOSED)
RUNNING = Standing(State.RUNNING, on=date(2027, 3, 1))


def verdict(kind, standing, old=None, new=None):
    """Return how one difference is judged: whether it is safe, why, and what it does."""
    (judged,) = judge([Difference(kind, "It differs.", old, new)], standing)
    return judged.is_safe, judged.why, judged.impact


WORDS = "These are words for people who read them from now on."
KEPT = "Every mentor keeps the places they offered."
SAME_RULES = (
    "Pairs were proposed by the earlier rules, and everybody in a cohort is paired by the same. A "
    "single pair can still be set by hand."
)
AHEAD = "It acts on questions that are still ahead; what was asked stays asked."
UNMET = "It acts on pairs that have not met yet."
A_PROOF = "The cohort has begun, and a target that moves after the start proves nothing."


@pytest.mark.parametrize(
    ("kind", "standing", "sides", "expected"),
    [
        ("expected_of_mentors", OPEN, ("", "Listen."), (True, WORDS, "")),
        (
            "expected_of_mentees",
            Standing(State.RUNNING, sent={"mentee": 12, "mentor": 5}),
            ("", "Be on time."),
            (
                True,
                WORDS,
                "12 people read the earlier words before applying. Tell them yourself what is new.",
            ),
        ),
        (
            "hours_per_month",
            Standing(State.OPEN, sent={"mentor": 1}),
            (2, 4),
            (False, "1 mentor applied for fewer hours and was not asked for more.", ""),
        ),
        (
            "hours_per_month",
            Standing(State.OPEN, sent={"mentor": 1}),
            (4, 2),
            (True, "Nobody is asked for more than they agreed to.", ""),
        ),
        (
            "cadence_days",
            Standing(State.RUNNING, running=24),
            (14, 7),
            (
                True,
                "It acts on when the next talk is due; no talk held so far counts less.",
                "24 pairs are asked from now on to meet every 7 days.",
            ),
        ),
        ("first_meeting_days", RUNNING, (14, 7), (True, UNMET, "")),
        (
            "first_meeting_days",
            Standing(State.RUNNING, unmet_days=(3, 9, 20)),
            (14, 7),
            (
                True,
                UNMET,
                "3 pairs have not met; they are expected to within 7 days of their beginning. 1 of "
                "them is late at once and is written to.",
            ),
        ),
        (
            "way_added",
            CLOSED,
            (None, "ask"),
            (True, "It opens a further way; nobody loses one.", ""),
        ),
        (
            "way_added",
            Standing(State.MATCHING),
            (None, "rank"),
            (False, "Matching has begun, so the days to make a list are past.", ""),
        ),
        ("way_gone", CLOSED, ("ask", None), (True, "Nobody has used it yet.", "")),
        (
            "way_gone",
            Standing(State.MATCHING, requests=2, lists=3),
            ("ask", None),
            (False, "2 requests wait for an answer.", ""),
        ),
        (
            "way_gone",
            Standing(State.CLOSED, lists=1),
            ("rank", None),
            (False, "1 mentee has made a list.", ""),
        ),
        (
            "most_choices",
            Standing(State.CLOSED, longest_list=4),
            (6, 3),
            (False, "Somebody has a list of 4, and nobody is taken off it.", ""),
        ),
        (
            "most_choices",
            Standing(State.CLOSED, longest_list=4),
            (6, 4),
            (True, "No list is longer than that.", ""),
        ),
        (
            "window_days",
            Standing(State.CLOSED, lists=4),
            (7, 3),
            (False, "People who made a list were told a later day.", ""),
        ),
        (
            "window_days",
            Standing(State.CLOSED, lists=4),
            (3, 7),
            (True, "Nobody has less time than they were told.", ""),
        ),
        (
            "window_days",
            Standing(State.RUNNING),
            (3, 7),
            (False, "People were told until when their lists count.", ""),
        ),
        (
            "most_asks",
            Standing(State.RUNNING, requests=4),
            (3, 1),
            (True, "It acts on requests that are made from now on.", ""),
        ),
        (
            "reply_days",
            Standing(State.MATCHING, waiting_matches=12),
            (5, 7),
            (
                True,
                "It acts on matches that are proposed from now on.",
                "12 matches that wait for an answer keep the day they were told.",
            ),
        ),
        ("pulse_first_days", CLOSED, (30, 44), (True, AHEAD, "")),
        (
            "pulse_first_days",
            Standing(State.RUNNING, asked=[(date(2027, 3, 3), date(2027, 3, 17))] * 24),
            (30, 44),
            (
                True,
                AHEAD,
                "The next short question of 24 pairs moves from 3 March to 17 March.",
            ),
        ),
        (
            "pulse_every_days",
            Standing(
                State.RUNNING,
                asked=[
                    (date(2027, 3, 9), date(2027, 3, 20)),
                    (date(2027, 3, 3), date(2027, 3, 17)),
                    (date(2027, 3, 4), date(2027, 3, 4)),
                ],
            ),
            (30, 44),
            (
                True,
                AHEAD,
                "The next short questions of 2 pairs move: the first of them from 3 March to 17 "
                "March, the last from 9 March to 20 March.",
            ),
        ),
        (
            "pulse_every_days",
            Standing(State.RUNNING, asked=[(date(2027, 3, 3), date(2027, 3, 3))]),
            (30, 44),
            (True, AHEAD, "No question that is next moves."),
        ),
        (
            "capacity_maximum",
            Standing(State.OPEN, answers_move=True, most_places=3),
            (3, 2),
            (False, "A mentor offers 3 places already, and none is taken back.", ""),
        ),
        (
            "capacity_maximum",
            Standing(State.OPEN, answers_move=True, most_places=2),
            (3, 2),
            (True, "Mentors can still say how many they take.", ""),
        ),
        ("capacity_maximum", RUNNING, (3, 5), (True, KEPT, "")),
        (
            "capacity_default",
            Standing(State.OPEN, undecided_places=1),
            (1, 2),
            (
                False,
                "1 mentor who waits for an answer named no number and would be given more places "
                "unasked.",
                "",
            ),
        ),
        ("capacity_default", Standing(State.OPEN, undecided_places=1), (2, 1), (True, KEPT, "")),
        (
            "criteria",
            CLOSED,
            (),
            (True, "Nothing was proposed to anybody yet; matching goes by it.", ""),
        ),
        (
            "constraints",
            Standing(State.MATCHING, waiting_runs=2),
            (),
            (
                False,
                "2 match runs were computed by the earlier rules: set them aside first.",
                "",
            ),
        ),
        (
            "objective",
            Standing(State.MATCHING, waiting_runs=1, published_runs=1),
            ("total", "served"),
            (False, SAME_RULES, ""),
        ),
        (
            "audience",
            Standing(State.OPEN, answers_move=True, outside=3),
            (),
            (
                True,
                "Applications are still coming, and it is you who decides on each.",
                "3 people who applied are outside of it; you still decide on each.",
            ),
        ),
        (
            "audience",
            CLOSED,
            (),
            (
                False,
                "Applications are closed; whoever is in was looked at by the earlier rules.",
                "",
            ),
        ),
        (
            "topics_added",
            Standing(State.OPEN, answers_move=True, sent={"mentee": 1}),
            (None, ["Tax"]),
            (
                True,
                "People can still choose it until applications close.",
                "1 person who applied did not see it; they can still change their answers.",
            ),
        ),
        (
            "topics_added",
            CLOSED,
            (None, ["Tax"]),
            (False, "The answers are frozen, so nobody could choose it any more.", ""),
        ),
        (
            "topics_gone",
            Standing(State.OPEN, topics={"Law": 5, "Art": 2}),
            (["Law", "Tax"], None),
            (False, "“Law” was chosen by 5.", ""),
        ),
        ("topics_gone", RUNNING, (["Tax"], None), (True, "Nobody has chosen it.", "")),
        ("topics_arranged", RUNNING, (), (True, "Whatever was chosen stays chosen.", "")),
        (
            "milestones",
            RUNNING,
            (),
            (
                True,
                "People read the new days at once. Whoever was reminded of another day, tell yourself.",
                "",
            ),
        ),
        (
            "goal_changed",
            CLOSED,
            (),
            (True, "The cohort has not begun, so nothing is measured yet.", ""),
        ),
        ("goal_changed", RUNNING, (), (False, A_PROOF, "")),
        ("goal_gone", Standing(State.MATCHING, running=1), (), (False, A_PROOF, "")),
        (
            "goal_added",
            RUNNING,
            (None, Goal(target=3, **MADE)),
            (True, "A further goal takes nothing away from those that were promised.", ""),
        ),
        (
            "goal_added",
            RUNNING,
            (None, Goal(target=3, due_on=date(2027, 2, 28), **MADE)),
            (False, "Its day is past, so it would be set after what happened is known.", ""),
        ),
        (
            "a_thing_added_later",
            OPEN,
            (1, 2),
            (False, "It starts with the next cohort: this one was announced without it.", ""),
        ),
        (
            "cadence_days",
            Standing(State.FINISHED),
            (14, 7),
            (False, "This cohort is finished and keeps the version it ended with.", ""),
        ),
        (
            "a_thing_added_later",
            Standing(State.PLANNED, is_published=False),
            (1, 2),
            (True, "Nobody outside knows this cohort yet.", ""),
        ),
    ],
)
def test_each_difference_is_judged_by_what_rests_on_it(kind, standing, sides, expected):
    assert verdict(kind, standing, *sides) == expected


def test_what_two_differences_do_together_is_told_once():
    standing = Standing(State.RUNNING, asked=[(date(2027, 3, 3), date(2027, 3, 17))])
    first, second = (Difference(f"pulse_{name}_days", "Other days.") for name in ("first", "every"))
    told = "The next short question of 1 pair moves from 3 March to 17 March."

    assert judge([first, second], standing) == [
        Judged(first, True, AHEAD, told),
        Judged(second, True, AHEAD, ""),
    ]


KNOWN_SETTINGS = {field.name for field in Design._meta.concrete_fields} - NOT_COMPARED


def test_a_judge_stands_for_a_kind_that_exists():
    parts = {
        "criteria", "constraints", "audience", "topics_added", "topics_gone", "topics_arranged",
        "milestones", "eligibility", "group_rules", "way_added", "way_gone", "asks_are_read",
        "goal_added", "goal_changed", "goal_gone",
        "question_added", "question_gone", "question_required", "question_changed", "question_worded",
        "options_gone", "form_arranged", "survey_asks",
    }  # fmt: skip

    assert set(JUDGES) - parts <= KNOWN_SETTINGS
