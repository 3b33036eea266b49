"""What will become of this design with these people? All of it, in order.

`wind_tunnel` is what the rest of Lodestar calls: the real rules and the real matcher on the applicants so far or on
made-up ones, with drop-outs, noes, silence and no-shows drawn at random.
"""

from dataclasses import dataclass, replace

from lodestar.engine.matching.cohort import Problem
from lodestar.engine.matching.run import solve
from lodestar.engine.simulation.assumptions import Assumptions, Procedure
from lodestar.engine.simulation.bottlenecks import Bottleneck, bottlenecks
from lodestar.engine.simulation.changes import Setting
from lodestar.engine.simulation.eligible import eligible_pairs, planned_pairs
from lodestar.engine.simulation.fates import applicants_of
from lodestar.engine.simulation.feasibility import Feasibility, feasibility
from lodestar.engine.simulation.matchers import BestMatcher
from lodestar.engine.simulation.pace import UNHURRIED, Pace
from lodestar.engine.simulation.program import Program, simulate_program
from lodestar.engine.simulation.reliefs import Reliefs, reliefs
from lodestar.engine.simulation.sensitivity import Sensitivity, sensitivity


@dataclass(frozen=True, slots=True)
class Effort:
    """How many draws each step takes: counting is fast, playing with exact match runs is not."""

    feasibility: int = 1_000
    program: int = 100
    reliefs: int = 200
    sensitivity: int = 100


@dataclass(frozen=True, slots=True, eq=False)
class WindTunnel:
    """What a trial found. Sizes count everybody who applied, and their places and eligible pairs."""

    mentees: int
    mentors: int
    places: int
    eligible_pairs: int
    feasibility: Feasibility
    program: Program
    bottlenecks: tuple[Bottleneck, ...]
    reliefs: Reliefs
    sensitivity: Sensitivity


def wind_tunnel(
    problem: Problem,
    assumptions: Assumptions,
    procedure: Procedure,
    effort: Effort,
    seed: int = 0,
    pace: Pace = UNHURRIED,
) -> WindTunnel:
    """Try a design on people.

    Same inputs and seed, same result, in any order of rows. When `pace` says that time is up, a step
    ends with the draws so far (one at least) and says how many. Raises MatchingError with one sentence for
    assumptions about somebody who is not here, TooLargeError where the pairs are too many to list.

    >>> from lodestar.engine.matching.cohort import score_people
    >>> from lodestar.engine.matching.defaults import default_design
    >>> from lodestar.engine.matching.problem import Mentee, Mentor
    >>> problem = score_people([Mentee("ana"), Mentee("bo")], [Mentor("mia")], default_design())
    >>> found = wind_tunnel(problem, Assumptions(), Procedure(), Effort(50, 2, 2, 2))
    >>> found.feasibility.planned, found.bottlenecks[0].label.code
    (1, 'everyone')
    """
    setting = setting_of(problem, assumptions, procedure, seed)
    keys = setting.mentee_keys, setting.mentor_keys
    applicants = applicants_of(setting.pairs, keys, assumptions, seed)
    feasible = feasibility(applicants, setting.planned, effort.feasibility, pace)
    matcher = BestMatcher(problem, setting.pairs, seed)
    program = simulate_program(
        applicants, matcher, procedure, assumptions.hours, effort.program, pace
    )
    binding = bottlenecks(problem.scorer.mentees, problem.design, feasible)
    setting = replace(setting, best=feasible.counts[:, 2])
    return WindTunnel(
        mentees=len(setting.mentee_keys),
        mentors=len(setting.mentor_keys),
        places=int(setting.pairs.capacity.sum()),
        eligible_pairs=len(setting.pairs),
        feasibility=feasible,
        program=program,
        bottlenecks=binding,
        reliefs=reliefs(setting, binding, effort.reliefs, pace),
        sensitivity=sensitivity(setting, effort.sensitivity, pace),
    )


def setting_of(
    problem: Problem, assumptions: Assumptions, procedure: Procedure, seed: int
) -> Setting:
    """Solve once with everybody there: that is the plan which the draws then disturb."""
    pairs = eligible_pairs(problem)
    planned = planned_pairs(problem, solve(problem, seed), pairs)
    best = planned[:0].copy()
    return Setting(problem, pairs, planned, assumptions, procedure, seed, best)
