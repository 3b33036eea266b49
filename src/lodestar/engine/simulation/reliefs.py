"""What would help most, and what is cheapest?

Each change is tried by solving again on the same draws (common random numbers), so that a difference is the
change's and not chance's. A change only adds pairs, places or mentors: none serves fewer at best in any draw.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.assignment import Taken
from lodestar.engine.matching.pairs import ends_of
from lodestar.engine.simulation.bottlenecks import Bottleneck
from lodestar.engine.simulation.changes import Candidate, Change, Setting, candidates_of
from lodestar.engine.simulation.costs import Cost, cost_of
from lodestar.engine.simulation.fates import Applicants, applicants_of
from lodestar.engine.simulation.feasibility import Trial
from lodestar.engine.simulation.matchers import CountingMatcher
from lodestar.engine.simulation.pace import UNHURRIED, Pace
from lodestar.engine.simulation.program import play
from lodestar.engine.simulation.spreads import Gain, gain_of

STEP = "reliefs"
PLAYED = 5


@dataclass(frozen=True, slots=True)
class Relief:
    """What one change gains over the same draws without it.

    `gain` is in mentees who can be served at best. `met_gain` is in mentees who meet somebody when the
    whole program is played; None where that was not tried. `pairs` are the eligible pairs it adds, `cost` is what it
    asks of the office.
    """

    change: Change
    gain: Gain
    met_gain: Gain | None
    pairs: int
    cost: Cost

    @property
    def gain_per_hour(self) -> float:
        return self.cost.gain_per_hour(self.gain.mean)


@dataclass(frozen=True, slots=True)
class Reliefs:
    """All changes that were tried: the cheapest first, which gains most for an hour of work.

    Of equals the larger gain comes first, then the one that asks fewest people. Fewer than `candidates` where time was
    up. Each was tried on `draws` draws.
    """

    found: tuple[Relief, ...]
    candidates: int
    draws: int

    @property
    def strongest(self) -> Relief | None:
        """Return what helps most, whatever it costs; of equals the cheapest."""
        return max(self.found, key=lambda relief: relief.gain.mean, default=None)


@dataclass(frozen=True, slots=True, eq=False)
class _Tried:
    relief: Relief
    applicants: Applicants
    planned: Taken


def reliefs(
    setting: Setting, binding: Sequence[Bottleneck], draws: int = 200, pace: Pace = UNHURRIED
) -> Reliefs:
    """Try every change on the first of the draws that `setting.best` counts, and rank them.

    `binding` says for which groups mentors are recruited or asked for one more place. What helps most and the
    cheapest few are also played as whole programs.
    """
    count = min(draws, len(setting.best))
    candidates = list(candidates_of(setting, binding))
    tried: list[_Tried] = []
    for place, candidate in enumerate(candidates):
        if not pace.may_go_on(STEP):
            break
        pace.progress(STEP, place / (len(candidates) + PLAYED))
        tried.append(_tried(setting, candidate, count))
    tried.sort(key=_rank)
    found = _played(setting, tried, count, pace)
    return Reliefs(tuple(found), len(candidates), count)


def _tried(setting: Setting, candidate: Candidate, draws: int) -> _Tried:
    pairs, newcomers = candidate.widened()
    keys = setting.mentee_keys, [*setting.mentor_keys, *newcomers]
    applicants = applicants_of(pairs, keys, setting.assumptions, setting.seed)
    planned = pairs.positions_of(*ends_of(setting.pairs, setting.planned))
    trial = Trial(applicants, planned)
    best = [trial.counts(draw).best for draw in range(draws)]
    gain = gain_of(best, setting.best[:draws])
    more = len(pairs) - len(setting.pairs)
    cost = cost_of(candidate.change, setting.assumptions.hours)
    return _Tried(Relief(candidate.change, gain, None, more, cost), applicants, planned)


def _rank(tried: _Tried) -> tuple[float, float, int, str, str]:
    change, relief = tried.relief.change, tried.relief
    return -relief.gain_per_hour, -relief.gain.mean, change.amount, change.code, repr(change)


def _worth_playing(tried: Sequence[_Tried]) -> list[int]:
    """Return the places of what helps most and of the cheapest, as many as are played."""
    strongest = max(range(len(tried)), key=lambda place: tried[place].relief.gain.mean)
    return list(dict.fromkeys([strongest, *range(len(tried))]))[:PLAYED]


def _played(setting: Setting, tried: Sequence[_Tried], draws: int, pace: Pace) -> list[Relief]:
    """Play the whole program under what helps most and the cheapest changes; as many as time allows."""
    found = [each.relief for each in tried]
    if not found or not pace.may_go_on(STEP):
        return found
    keys = setting.mentee_keys, setting.mentor_keys
    usual = applicants_of(setting.pairs, keys, setting.assumptions, setting.seed)
    before = met_by_draw(usual, setting.planned, setting, draws)
    for done, place in enumerate(_worth_playing(tried)):
        if not pace.may_go_on(STEP):
            break
        pace.progress(STEP, 1 - (PLAYED - done) / (len(tried) + PLAYED))
        each = tried[place]
        after = met_by_draw(each.applicants, each.planned, setting, draws)
        found[place] = replace(each.relief, met_gain=gain_of(after, before))
    return found


def met_by_draw(
    applicants: Applicants, planned: Taken, setting: Setting, draws: int
) -> NDArray[np.int64]:
    """Return by draw how many mentees meet somebody, with match runs that only count."""
    matcher = CountingMatcher(applicants.pairs, planned)
    return np.array(
        [play(applicants, setting.procedure, matcher, draw).met for draw in range(draws)]
    )
