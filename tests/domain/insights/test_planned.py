"""What the design plans is told on the roadmap with its day, and never as if it had taken place."""

from datetime import timedelta

import pytest
from django.utils.formats import date_format

from lodestar.domain.common.time import today
from lodestar.domain.insights import queries
from lodestar.domain.programs.actions.milestones import write_milestones
from lodestar.domain.programs.rules.milestones import MilestoneWish
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db

KINDS = {"training": "preparation", "campus": "event"}


def wish(kind, name, on, cohort, lasting=1):
    offset = (on - cohort.starts_on).days
    return MilestoneWish(kind, name, "mentor", "starts_on", offset, lasting)


def stage(cohort, key):
    found = queries.roadmap_of(cohort, reader=None).stages
    return next(stage for stage in found if stage.key == key)


@pytest.mark.parametrize("key", KINDS)
@pytest.mark.parametrize(
    ("days", "lasting", "state", "words"),
    [
        ([3, 9], 1, "ahead", "Planned: “Day 3” on {3}; “Day 9” on {9}."),
        ([-3, 9], 1, "going", "Planned: “Day 9” on {9}."),
        ([-1], 2, "going", "Planned: “Day -1” on {-1}."),
        ([-3], 1, "none", "“Day -3” on {-3}; who came is not on record."),
        ([1, 2, 3, 4], 1, "ahead", "Planned: “Day 1” on {1}; “Day 2” on {2}; “Day 3” on {3}."),
    ],
)
def test_what_is_planned_is_told_with_its_day(key, days, lasting, state, words):
    cohort = make_cohort()
    on = {day: today() + timedelta(days=day) for day in days}
    wishes = [wish(KINDS[key], f"Day {day}", on[day], cohort, lasting) for day in days]
    write_milestones(cohort.design, wishes)

    found = stage(cohort, key)

    for day in days:
        words = words.replace(f"{{{day}}}", date_format(on[day], "j F Y"))
    assert (str(found.state), found.sentence, found.shared) == (state, words, words)
    assert found.leads_to == "design"


@pytest.mark.parametrize("key", KINDS)
def test_another_kind_of_day_is_no_training_and_no_gathering(key):
    cohort = make_cohort()
    write_milestones(cohort.design, [wish("other", "Half-time", today(), cohort)])

    found = stage(cohort, key)

    assert (str(found.state), found.leads_to) == ("none", "")
