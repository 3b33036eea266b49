"""What will a program come to: how many are matched and say yes, how well, how soon, with how much work?

Each draw plays the program once: some drop out, the rest are matched by the program's own match run, both sides
answer or stay silent, whoever is free is matched again, and in the end it shows who really meets.
"""

from dataclasses import dataclass, fields

import numpy as np

from lodestar.engine.matching.pairs import Bools, Ints
from lodestar.engine.simulation.assumptions import Floats, Procedure, StaffHours
from lodestar.engine.simulation.cascade import (
    Outcome,
    Replies,
    State,
    is_set_aside,
    may_not_be_proposed_again,
    next_run_on,
    outcome_of,
    replies_of,
)
from lodestar.engine.simulation.fates import Applicants, PairFates, People, day_of
from lodestar.engine.simulation.matchers import NO_ENDS, Ends, Matcher, Open
from lodestar.engine.simulation.pace import UNHURRIED, Pace
from lodestar.engine.simulation.spreads import Spread, spread_of

STEP = "program"
NOTHING = float("nan")


@dataclass(frozen=True, slots=True)
class Program:
    """What a program comes to over all draws; each number with its spread.

    Mentees: `still_there` when matching begins, `proposed` to somebody in the first run, `accepted`
    by both in any run, and `met`. Matches: `declined`, `expired`, `never_met`, and `rematched`
    (proposed in a later run). `waited_…` are working days from the first proposal to the yes of the
    pair that meets, `first_meeting_…` those to the mentee's first meeting, `score_…` points of the accepted pairs (the tenth part from below, the
    middle one, the mean, the worst), `unused_mentors` the share of mentors still there with a place
    who have no accepted match, `staff_hours` hours. `pulses_asked` and `pulses_answered` count both
    sides of the pairs that meet.
    """

    asked: int
    draws: int
    still_there: Spread
    proposed: Spread
    accepted: Spread
    met: Spread
    declined: Spread
    expired: Spread
    never_met: Spread
    rematched: Spread
    waited_mean: Spread
    waited_half: Spread
    waited_nine_of_ten: Spread
    first_meeting_half: Spread
    first_meeting_nine_of_ten: Spread
    score_worst: Spread
    score_tenth: Spread
    score_half: Spread
    score_mean: Spread
    unused_mentors: Spread
    staff_hours: Spread
    pulses_asked: Spread
    pulses_answered: Spread


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """How one draw went: the pairs both sides accepted, when, and whether and when they met; and what else happened."""

    rows: Ints
    columns: Ints
    day: Ints
    meets: Bools
    meets_on: Ints
    mentees_there: Bools
    mentors_there: Bools
    proposed: int
    declined: int
    expired: int
    rematched: int
    left: int
    asked: int
    answered: int

    @property
    def accepted(self) -> int:
        return len(np.unique(self.rows))

    @property
    def met(self) -> int:
        return len(np.unique(self.rows[self.meets]))

    @property
    def waits(self) -> Ints:
        """Working days until each mentee who meets somebody was accepted."""
        return self._first_by_mentee(self.day)

    @property
    def first_meetings(self) -> Ints:
        """Working days until each mentee who meets somebody first did so."""
        return self._first_by_mentee(self.meets_on)

    def _first_by_mentee(self, day: Ints) -> Ints:
        order = np.lexsort((day, self.rows))
        order = order[self.meets[order]]
        _, first = np.unique(self.rows[order], return_index=True)
        return day[order][first]


class Course:
    """One draw of a program while it runs."""

    def __init__(self, applicants: Applicants, procedure: Procedure, draw: int) -> None:
        self.applicants, self.procedure, self.draw = applicants, procedure, draw
        pairs = applicants.pairs
        self.mentees_there = ~applicants.mentees.drop_outs(draw)
        self.mentors_there = ~applicants.mentors.drop_outs(draw)
        self.absent = applicants.mentees.no_shows(draw), applicants.mentors.no_shows(draw)
        self.asked_mentees, self.asked_mentors = (
            self.mentees_there.copy(),
            self.mentors_there.copy(),
        )
        self.wanted, self.first = pairs.demands.copy(), pairs.firsts.copy()
        self.room = pairs.capacity.copy()
        self.refused: Ends = NO_ENDS
        self.accepted: list[tuple[Ints, Ints, Ints]] = []
        self.begun = self.match_run = 0
        self.proposed = self.declined = self.expired = self.rematched = 0

    @property
    def opened(self) -> Open:
        """Who may be matched now."""
        return Open(
            self.match_run,
            wanted=np.where(self.asked_mentees, self.wanted, 0),
            first=np.where(self.asked_mentees, self.first, 0),
            room=np.where(self.asked_mentors, self.room, 0),
            refused=self.refused,
        )

    def run(self, matcher: Matcher) -> bool:
        """Propose, hear the answers, and note who is open next; tell whether anything was proposed."""
        rows, columns = matcher.match(self.opened)
        if not len(rows):
            return False
        outcome, silent = self._answered(rows, columns)
        self._note(rows, columns, outcome, silent)
        if self.match_run:
            self.rematched += len(rows)
        else:
            self.proposed = len(np.unique(rows))
        self.begun = next_run_on(self.begun, outcome, self.procedure)
        self.match_run += 1
        return True

    def _answered(self, rows: Ints, columns: Ints) -> tuple[Outcome, tuple[Bools, Bools]]:
        """Return what became of the matches, and by match whether each side is set aside."""
        fates = self.applicants.of_pairs(self.draw, rows, columns)
        mine = self._replies(self.applicants.mentees, rows, fates[0])
        theirs = self._replies(self.applicants.mentors, columns, fates[1])
        outcome = outcome_of(mine, theirs, self.procedure)
        return outcome, (
            is_set_aside(outcome, mine, self.procedure),
            is_set_aside(outcome, theirs, self.procedure),
        )

    def _replies(self, side: People, who: Ints, fates: PairFates) -> Replies:
        return replies_of(
            side.silent(self.draw, self.match_run)[who],
            fates.no < side.decline[who],
            day_of(fates.answer, self.applicants.answered_by),
            self.procedure,
        )

    def _note(
        self, rows: Ints, columns: Ints, outcome: Outcome, silent: tuple[Bools, Bools]
    ) -> None:
        yes, no = outcome.state == State.ACCEPTED, may_not_be_proposed_again(outcome)
        self.accepted.append((rows[yes], columns[yes], self.begun + outcome.day[yes]))
        self.declined += int((outcome.state == State.DECLINED).sum())
        self.expired += int((outcome.state == State.EXPIRED).sum())
        self.refused = (
            np.concatenate([self.refused[0], rows[no]]),
            np.concatenate([self.refused[1], columns[no]]),
        )
        np.subtract.at(self.wanted, rows[yes], 1)
        np.subtract.at(self.room, columns[yes], 1)
        self.first[rows[yes]] = 0
        self.asked_mentees[rows[silent[0]]] = False
        self.asked_mentors[columns[silent[1]]] = False

    def free_whom_nobody_met(self) -> bool:
        """Notice the pairs that never met, and tell whether there are any.

        Whoever did come is open again, the others are set aside.
        """
        rows, columns, day, meets = self._so_far()
        stood_up = np.setdiff1d(rows[~meets], rows[meets])
        self.first[stood_up] = self.applicants.pairs.firsts[stood_up]
        np.add.at(self.wanted, rows[~meets], 1)
        np.add.at(self.room, columns[~meets], 1)
        self.asked_mentees[rows[self.absent[0][rows]]] = False
        self.asked_mentors[columns[self.absent[1][columns]]] = False
        noticed = int(day[~meets].max(initial=0)) + self.procedure.first_meeting_days
        self.begun = max(self.begun, noticed)
        return not bool(meets.all())

    def _so_far(self) -> tuple[Ints, Ints, Ints, Bools]:
        parts = self.accepted or [(*NO_ENDS, NO_ENDS[0])]
        rows, columns, day = (np.concatenate(part) for part in zip(*parts, strict=True))
        never = self.absent[0][rows] | self.absent[1][columns]
        return rows, columns, day, ~never

    def played(self) -> Played:
        rows, columns, day, meets = self._so_far()
        meets_on = day + self.applicants.first_meetings(self.draw, rows, columns)
        return Played(
            rows, columns, day, meets, meets_on, self.mentees_there, self.mentors_there,
            self.proposed, self.declined, self.expired, self.rematched,
            left=int((self.opened.first > 0).sum()),
            asked=2 * self.procedure.pulses * int(meets.sum()),
            answered=self._answered_pulses(rows[meets], columns[meets]),
        )  # fmt: skip

    def _answered_pulses(self, rows: Ints, columns: Ints) -> int:
        """Count the answers of both sides of the pairs that meet."""
        mentees, mentors = self.applicants.mentees, self.applicants.mentors
        return sum(
            int(mentees.answers(self.draw, pulse)[rows].sum())
            + int(mentors.answers(self.draw, pulse)[columns].sum())
            for pulse in range(self.procedure.pulses)
        )


def play(applicants: Applicants, procedure: Procedure, matcher: Matcher, draw: int) -> Played:
    """Play one draw of a program to its end."""
    course = Course(applicants, procedure, draw)
    for _ in range(1 + procedure.rematches):
        if not course.run(matcher):
            break
    if procedure.rematch_after_no_show and course.free_whom_nobody_met():
        course.run(matcher)
    return course.played()


def simulate_program(
    applicants: Applicants,
    matcher: Matcher,
    procedure: Procedure,
    hours: StaffHours,
    draws: int = 100,
    pace: Pace = UNHURRIED,
) -> Program:
    """Return what a program comes to over some draws, each played with exact match runs.

    `Spread.low` to `high` are percentiles over draws, `error` the Monte Carlo standard error.

    >>> from lodestar.engine.matching.pairs import EligiblePairs
    >>> from lodestar.engine.simulation.assumptions import NOBODY_FALLS_AWAY, Assumptions
    >>> from lodestar.engine.simulation.fates import applicants_of
    >>> from lodestar.engine.simulation.matchers import CountingMatcher
    >>> pairs = EligiblePairs(np.array([0, 1]), np.array([0]), np.array([5]), np.array([1]))
    >>> sure = Assumptions(NOBODY_FALLS_AWAY, NOBODY_FALLS_AWAY, reply_time=(1,))
    >>> here = applicants_of(pairs, (["e"], ["m"]), sure, seed=1)
    >>> simulate_program(here, CountingMatcher(pairs, np.array([0])), Procedure(), StaffHours(), 2).met.mean
    1.0
    """
    drawn = [
        figures_of(play(applicants, procedure, matcher, draw), applicants, hours)
        for draw in pace.draws(STEP, draws)
    ]
    names = [found.name for found in fields(Program) if found.name not in ("asked", "draws")]
    spreads = {name: spread_of([figures[name] for figures in drawn]) for name in names}
    return Program(asked=draws, draws=len(drawn), **spreads)


def figures_of(played: Played, applicants: Applicants, hours: StaffHours) -> dict[str, float]:
    """Return the numbers of one draw by the names of `Program`; NaN where there is nothing to measure."""
    never_met = int((~played.meets).sum())
    has_place = played.mentors_there & (applicants.pairs.capacity > 0)
    used = np.isin(np.flatnonzero(has_place), played.columns)
    waits = _quantiles(played.waits, (0.5, 0.9))
    meetings = _quantiles(played.first_meetings, (0.5, 0.9))
    place = applicants.pairs.positions_of(played.rows, played.columns)
    score = applicants.pairs.score[place[place >= 0]].astype(np.float64)
    scores = _quantiles(score, (0.0, 0.1, 0.5))
    counted = applicants.pairs.firsts > 0
    return {
        "still_there": float((played.mentees_there & counted).sum()),
        "proposed": float(played.proposed),
        "accepted": float(played.accepted),
        "met": float(played.met),
        "declined": float(played.declined),
        "expired": float(played.expired),
        "never_met": float(never_met),
        "rematched": float(played.rematched),
        "waited_mean": _mean(played.waits),
        "waited_half": waits[0],
        "waited_nine_of_ten": waits[1],
        "first_meeting_half": meetings[0],
        "first_meeting_nine_of_ten": meetings[1],
        "score_worst": scores[0],
        "score_tenth": scores[1],
        "score_half": scores[2],
        "score_mean": _mean(score),
        "unused_mentors": _mean(~used),
        "staff_hours": hours.manual_case * played.left
        + hours.silence_case * (played.expired + never_met)
        + hours.rematch * played.rematched,
        "pulses_asked": float(played.asked),
        "pulses_answered": float(played.answered),
    }


def _mean(values: Ints | Floats | Bools) -> float:
    return float(values.mean()) if len(values) else NOTHING


def _quantiles(values: Ints | Floats, shares: tuple[float, ...]) -> list[float]:
    if not len(values):
        return [NOTHING] * len(shares)
    found: list[float] = np.quantile(values, shares, method="inverted_cdf").tolist()
    return found
