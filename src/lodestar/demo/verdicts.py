"""What was found in the college's trial run, and what was decided?"""

from datetime import timedelta

from lodestar.demo.travel import go_to
from lodestar.domain.people.models import Person
from lodestar.domain.pilots.actions import (
    check_finding,
    log_finding,
    mend_finding,
    set_gates,
    sign_verdict,
)
from lodestar.domain.pilots.rules import USUAL
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules import Phases

FOUND = (
    (3, "portal", "Two people did not see that the time zone had been guessed for them.", "The form now asks them to look at it."),
    (12, "matching", "One mentor thought that the match was already agreed.", "The letter says first that we ask for an answer."),
    (25, "feedback", "The question on usefulness came in the same week as the alumni survey.", "We agreed on weeks with the survey team."),
)  # fmt: skip


def judge(cohort: Cohort, by: Person, plan: Phases) -> None:
    """Fix what the trial run has to reach, write down what went wrong, mend it, and decide."""
    go_to(plan.closes_on + timedelta(days=1))
    set_gates(cohort, by=by, thresholds=dict(USUAL))
    for days, stage, what, mend in FOUND:
        go_to(plan.starts_on + timedelta(days=days))
        finding = log_finding(cohort, by=by, stage=stage, what=what)
        go_to(plan.starts_on + timedelta(days=days + 2))
        finding = mend_finding(finding, by=by, mend=mend)
        go_to(plan.starts_on + timedelta(days=days + 9))
        check_finding(finding, by=by)
    go_to(plan.ends_on + timedelta(days=3))
    sign_verdict(
        cohort,
        by=by,
        outcome="go",
        all_the_same=True,
        reasons=(
            "Everybody found somebody and most met soon. Usefulness is a hair under our line, and two pairs lost touch, one "
            "more than we allowed: the launch watches for silence from the third week. With a dozen pairs we cannot know more "
            "than that the steps work; we go, against two of our own numbers, with twice as many."
        ),
    )
