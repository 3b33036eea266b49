"""What does a relief cost the office: people to ask, rules to give up, hours of work?

Nobody publishes how many of those who are asked say yes, nor how long it takes: both are guesses, and the hours can be
replaced by one's own. What is the same guess for all still ranks them: a relief that needs one yes comes before one
that needs nine, unless it gains far less.
"""

from dataclasses import dataclass
from math import ceil

from lodestar.engine.simulation.assumptions import StaffHours
from lodestar.engine.simulation.changes import ONE_MORE_PLACE, RECRUIT, Change

SAYS_YES = {RECRUIT: 0.2, ONE_MORE_PLACE: 0.5}
LEAST_HOURS = 0.05


@dataclass(frozen=True, slots=True)
class Cost:
    """What one change asks of an office.

    `ask` people are asked, of whom the share `says_yes` does so; `rules` are given up or loosened. Recruits can be
    looked for until there are enough; who may take one more is asked once, so only that share of the gain is `counted`.
    """

    ask: int
    says_yes: float | None
    rules: int
    hours: float
    counted: float = 1.0

    def gain_per_hour(self, gain: float) -> float:
        """Return how many more mentees are served for an hour of work.

        >>> Cost(4, 0.5, 0, 1.0, 0.5).gain_per_hour(2)
        1.0
        """
        return gain * self.counted / max(LEAST_HOURS, self.hours)


def cost_of(change: Change, hours: StaffHours) -> Cost:
    """Return what a change costs.

    >>> cost_of(Change("recruit", amount=2), StaffHours()).ask
    10
    >>> cost_of(Change("relax_rule", rule="clock"), StaffHours()).hours
    2.0
    """
    says_yes = SAYS_YES.get(change.code)
    if says_yes is None:
        return Cost(0, None, 1, hours.rule)
    if change.code == RECRUIT:
        ask = ceil(change.amount / says_yes)
        return Cost(ask, says_yes, 0, ask * hours.ask)
    return Cost(change.amount, says_yes, 0, change.amount * hours.ask, counted=says_yes)
