"""What may be done with a calculation of any kind that the office looks at before it is sent?"""

from lodestar.domain.matching.models import CohortRun

Status = CohortRun.Status


def is_computing(run: CohortRun) -> bool:
    return run.status in (Status.REQUESTED, Status.CLAIMED)


def can_review(run: CohortRun) -> bool:
    return run.status == Status.SOLVED


def can_publish(run: CohortRun) -> bool:
    return run.status == Status.REVIEWED


def waits_for_office(run: CohortRun) -> bool:
    """Whether a result is there that nobody has sent yet."""
    return run.status in (Status.SOLVED, Status.REVIEWED)


def can_discard(run: CohortRun) -> bool:
    """Whatever was not sent out can be set aside."""
    return run.status in (Status.REQUESTED, Status.SOLVED, Status.REVIEWED, Status.FAILED)
