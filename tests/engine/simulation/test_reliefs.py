from dataclasses import replace

import numpy as np
import pytest

from lodestar.engine.matching.cohort import GivenPairs, score_people
from lodestar.engine.matching.problem import (
    Constraint,
    ConstraintKind,
    Criterion,
    CriterionKind,
    Design,
    Mentee,
    Mentor,
)
from lodestar.engine.simulation.assumptions import Procedure, StaffHours
from lodestar.engine.simulation.bottlenecks import bottlenecks
from lodestar.engine.simulation.changes import (
    LOOSEN_RULE,
    LOWER_FLOOR,
    ONE_MORE_PLACE,
    RECRUIT,
    RELAX_RULE,
    Change,
    Setting,
    candidates_of,
)
from lodestar.engine.simulation.costs import cost_of
from lodestar.engine.simulation.fates import applicants_of, people_of
from lodestar.engine.simulation.feasibility import feasibility
from lodestar.engine.simulation.pace import Pace
from lodestar.engine.simulation.reliefs import reliefs
from lodestar.engine.simulation.wind_tunnel import setting_of
from tests.engine.matching.people import DESIGN, cohort
from tests.engine.simulation.trials import SURE, likely

CRITERIA = (
    Criterion("trade", CriterionKind.CATEGORY, "trade", "trade", 6),
    Criterion("clock", CriterionKind.TIMEZONE, "time_zone", "time_zone", 4),
)
RULES = (
    Constraint("same trade", ConstraintKind.MUST_SHARE, "trade"),
    Constraint("clock", ConstraintKind.MAX_HOURS_APART, 2),
    Constraint("blocked", ConstraintKind.BLOCKED),
    Constraint("not them", ConstraintKind.AVOID),
)
BERLIN, LONDON, TOKYO = "Europe/Berlin", "Europe/London", "Asia/Tokyo"
LAW = [Mentee(f"law{n}", {"trade": "Law", "time_zone": BERLIN}) for n in range(2)]
BIO = [Mentee(f"bio{n}", {"trade": "Biotech", "time_zone": BERLIN}) for n in range(5)]
LAWYERS = [Mentor(f"lawyer{n}", {"trade": "Law", "time_zone": LONDON}, 3) for n in range(3)]
BIOLOGIST = [Mentor("biologist", {"trade": "Biotech", "time_zone": BERLIN}, 1)]


def tried(mentees, mentors, design, assumptions=SURE, draws=2, given=None) -> tuple[Setting, list]:
    """Return the setting after feasibility draws, and its bottlenecks."""
    problem = score_people(mentees, mentors, design, given or GivenPairs())
    setting = setting_of(problem, assumptions, Procedure(), seed=1)
    keys = setting.mentee_keys, setting.mentor_keys
    found = feasibility(applicants_of(setting.pairs, keys, assumptions, 1), setting.planned, draws)
    binding = bottlenecks(problem.scorer.mentees, design, found)
    return replace(setting, best=found.counts[:, 2]), list(binding)


def gains(found) -> dict[tuple, float]:
    return {
        (
            r.change.code,
            r.change.label.value,
            r.change.amount,
            r.change.rule,
            r.change.value,
        ): r.gain.mean
        for r in found.found
    }


def test_each_relief_gains_what_solving_again_by_hand_gains():
    design = Design(CRITERIA, RULES, capacity_maximum=3, floor=300_000)
    setting, binding = tried(LAW + BIO, LAWYERS + BIOLOGIST, design)

    found = reliefs(setting, binding)

    assert [(each.label.value, each.short) for each in binding] == [("Biotech", 4.0)]
    like_those_here = (RECRUIT, "", 1, "", None), (RECRUIT, "", 4, "", None)
    by_change = gains(found)
    drawn = [by_change.pop(change) for change in like_those_here]
    assert by_change == {
        (RECRUIT, "Biotech", 4, "", None): 4,
        (RECRUIT, "Biotech", 1, "", None): 1,
        (RELAX_RULE, "", 0, "same trade", None): 4,
        (ONE_MORE_PLACE, "Biotech", 1, "", None): 1,
        (ONE_MORE_PLACE, "", 1, "", None): 1,
        (RELAX_RULE, "", 0, "clock", None): 0,
        (LOOSEN_RULE, "", 0, "clock", 3.0): 0,
        (LOWER_FLOOR, "", 0, "", 0.15): 0,
        (LOWER_FLOOR, "", 0, "", 0.0): 0,
    }
    assert 0 <= drawn[0] <= 1
    assert drawn[0] <= drawn[1] <= 4
    assert found.candidates == len(found.found) == 11


def test_the_cheapest_comes_first_and_what_helps_most_is_told_too():
    slow = replace(SURE, hours=StaffHours(rule=4))
    setting, binding = tried(LAW + BIO, LAWYERS + BIOLOGIST, Design(CRITERIA, RULES, floor=0), slow)

    tried_ones = reliefs(setting, binding)

    found = tried_ones.found
    cheapest, strongest = found[0], tried_ones.strongest
    assert (cheapest.change.code, cheapest.gain.mean) == (ONE_MORE_PLACE, 1)
    assert (cheapest.cost.ask, cheapest.cost.hours, cheapest.gain_per_hour) == (1, 0.25, 2)
    assert (strongest.change.code, strongest.gain.mean, strongest.cost.hours) == (RELAX_RULE, 4, 4)
    per_hour = [r.gain_per_hour for r in found]
    assert per_hour == sorted(per_hour, reverse=True)
    played = [r for r in found if r.met_gain is not None]
    assert len(played) == 5
    assert strongest in played
    assert strongest.met_gain == strongest.gain


def test_whoever_types_other_hours_gets_another_order():
    dear = replace(SURE, hours=StaffHours(ask=4, rule=0.5))
    setting, binding = tried(LAW + BIO, LAWYERS + BIOLOGIST, Design(CRITERIA, RULES, floor=0), dear)

    assert reliefs(setting, binding).found[0].change.code == RELAX_RULE


@pytest.mark.parametrize("code", [RECRUIT, ONE_MORE_PLACE])
@pytest.mark.parametrize("amount", [1, 2, 9, 25])
def test_more_people_never_cost_less_and_more_gain_never_makes_dearer(code, amount):
    hours = StaffHours()
    cost, dearer = (cost_of(Change(code, amount=n), hours) for n in (amount, amount + 1))

    assert cost.ask >= amount
    assert dearer.hours > cost.hours
    assert cost.gain_per_hour(2) > cost.gain_per_hour(1) > dearer.gain_per_hour(1)


def test_work_that_costs_nothing_is_cheap_and_not_endless():
    assert cost_of(Change(RELAX_RULE), StaffHours(rule=0)).gain_per_hour(1) == 20


def test_lists_of_blocked_pairs_and_of_whom_to_avoid_are_never_up_for_change():
    mentees = [Mentee("ana", {"avoid": ("mia",)}), Mentee("bo", {})]
    mentors = [Mentor("mia", {}, 2)]
    given = GivenPairs(bans={("bo", "mia"): "blocked"})
    setting, binding = tried(mentees, mentors, Design(CRITERIA, RULES), given=given)

    rules = {c.change.rule for c in candidates_of(setting, binding) if c.change.rule}
    found = reliefs(setting, binding).found

    assert rules == {"same trade", "clock"}
    assert [r.gain.mean for r in found if r.change.code != RECRUIT] == [0] * 6


def test_no_relief_ever_serves_fewer_in_any_draw():
    mentees, mentors = cohort(18, 8)
    setting, binding = tried(mentees, mentors, DESIGN, likely(0.1), draws=12)

    found = reliefs(setting, binding, draws=12)

    assert len(found.found) == found.candidates > 8
    assert min(r.gain.mean for r in found.found) >= 0
    assert all(r.pairs >= 0 for r in found.found)
    assert found.draws == 12


def test_a_mentors_places_are_never_raised_above_the_designs_maximum_nor_from_none():
    mentors = [Mentor("full", {}, 2), Mentor("none", {}, 0), Mentor("one", {}, 1)]
    setting, binding = tried(
        [Mentee("a"), Mentee("b")], mentors, Design(CRITERIA, capacity_maximum=2)
    )

    (found,) = [c for c in candidates_of(setting, binding) if c.change.code == ONE_MORE_PLACE]

    assert found.change.amount == 1
    assert found.widened()[0].capacity.tolist() == [2, 0, 2]


def test_the_same_draws_are_compared_so_that_a_recruit_gains_whenever_they_keep_their_word():
    likely_here, draws = likely(0.05), 60
    setting, binding = tried(
        BIO, BIOLOGIST, Design(CRITERIA, RULES, floor=0), likely_here, draws=draws
    )

    found = gains(reliefs(setting, binding, draws=draws))

    recruit = people_of("mentor", ["recruit 1"], likely_here.mentor, seed=1)
    came = [not recruit.fallen_away(draw)[0] for draw in range(draws)]
    assert found[RECRUIT, "", 1, "", None] == np.mean(came)
    assert 0 < np.mean(came) < 1


def test_when_time_is_up_the_reliefs_so_far_are_told():
    setting, binding = tried(LAW + BIO, LAWYERS + BIOLOGIST, Design(CRITERIA, RULES))

    def after(answers: str):
        left = iter(answers)
        return reliefs(setting, binding, pace=Pace(may_go_on=lambda _: next(left) == "y"))

    some, played = after("yynn"), after("y" * 11 + "yyn")
    assert (len(some.found), some.candidates) == (2, 11)
    assert [r.met_gain for r in some.found] == [None, None]
    assert [r.met_gain is None for r in played.found] == [False] + [True] * 10


@pytest.mark.parametrize(("mentees", "mentors"), [(LAW, []), ([], LAWYERS), ([], [])])
def test_empty_sides_have_reliefs_without_gain_or_recruits(mentees, mentors):
    setting, binding = tried(mentees, mentors, Design(CRITERIA, RULES, floor=0))

    found = reliefs(setting, binding)

    assert np.sum([r.gain.mean for r in found.found if r.change.code != RECRUIT]) == 0
