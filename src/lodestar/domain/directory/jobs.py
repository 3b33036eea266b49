"""What keeps the directory fresh?"""

from collections import Counter
from datetime import datetime
from time import monotonic

from lodestar.domain.common.pace import let_others_write
from lodestar.domain.common.time import day_of
from lodestar.domain.directory.actions import (
    check_listings,
    drop_listings,
    drop_shelves,
    write_shelf,
)
from lodestar.domain.directory.queries.sweeping import (
    has_shelf,
    living_cohorts,
    longest_unchecked,
    outdated,
    without_listing,
)
from lodestar.domain.programs.models import Cohort

AT_ONCE = 200
SECONDS = 20.0


def refresh_listings(now: datetime) -> int:
    """Write missing listings, drop outdated ones, and look again at those nobody looked at for longest.

    A look ends after a while and goes on at the next, so that a large cohort keeps nothing else waiting.
    """
    began = monotonic()
    cohorts = living_cohorts(day_of(now))
    emptied: Counter[int] = Counter()
    while gone := list(outdated(cohorts, AT_ONCE)):
        drop_listings(gone)
        emptied.update(listing.cohort_id for listing in gone)
        let_others_write()
    drop_shelves(cohorts)
    changed = sum(refresh(cohort, began, emptied[cohort.pk]) for cohort in cohorts)
    return changed + emptied.total()


def refresh(cohort: Cohort, began: float, changed: int) -> int:
    """Look after one cohort for as long as there is time; `changed` counts what was dropped before."""
    dropped = changed
    while monotonic() - began < SECONDS and (missing := without_listing(cohort, AT_ONCE)):
        changed += check_listings(cohort, missing)
        let_others_write()
    if again := longest_unchecked(cohort, AT_ONCE):
        changed += check_listings(cohort, again)
    if changed or not has_shelf(cohort):
        write_shelf(cohort)
    return changed - dropped
