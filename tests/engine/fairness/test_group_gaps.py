"""Groups are compared by what may be shown of them, and a difference is only called one if it is."""

from itertools import product

import numpy as np

from lodestar.engine.fairness.audit import audit_fairness
from lodestar.engine.fairness.group_gaps import AuditSettings, Gap, Verdict
from lodestar.engine.fairness.group_report import Measure
from lodestar.engine.fairness.received import Received
from lodestar.engine.measures.differences import (
    chance_of_counts,
    difference,
    holm,
    share_estimate,
)
from lodestar.engine.measures.suppression import RowKind
from tests.engine.fairness.test_audit import LOADS, QUICK, cohort, shown, verdicts


def test_the_widest_gap_comes_with_interval_chance_and_verdict():
    received, groups = cohort({"a": (30, 0, 6, 14), "b": (9, 0, 6, 35)})

    audit = audit_fairness(received, LOADS, groups, QUICK)

    served = audit.gaps[0]
    chances = [gap.chance for gap in audit.gaps]
    assert served.measure == Measure.SERVED
    assert (served.highest, served.lowest, served.verdict) == ((0,), (1,), Verdict.DIFFERENCE)
    between = difference(share_estimate(36, 50), share_estimate(15, 50))
    assert (served.value, served.low, served.high) == (0.42, between.low, between.high)
    assert served.chance == chance_of_counts([50, 50], [36, 15], draws=199, seed=[0, 0])
    assert [gap.adjusted_chance for gap in audit.gaps] == holm(chances)


def test_groups_that_fare_alike_show_no_clear_difference():
    received, groups = cohort({"a": (10, 9, 8, 7), "b": (11, 8, 8, 7)})

    assert verdicts(audit_fairness(received, LOADS, groups, QUICK)) == {
        "served": "no_clear_difference",
        "score": "no_clear_difference",
        "first_choice": "no_clear_difference",
        "top_three": "no_clear_difference",
    }


def test_a_difference_is_found_though_the_counts_are_hidden():
    received, groups = cohort({"a": (0, 0, 699, 1), "b": (0, 0, 280, 20)})

    audit = audit_fairness(received, LOADS, groups, QUICK)

    gap = audit.gaps[0]
    assert [shown(group.served) for group in audit.groups] == [(696, 700), (279, 283)]
    assert (gap.verdict, gap.highest, gap.lowest) == (Verdict.DIFFERENCE, (0,), (1,))
    assert gap.value is None
    assert gap.low < 699 / 700 - 280 / 300 < gap.high


def test_where_hidden_counts_leave_it_open_there_are_too_few_to_say():
    received, groups = cohort({"a": (0, 0, 52, 8), "b": (0, 0, 60, 0)})

    gap = audit_fairness(received, LOADS, groups, QUICK).gaps[0]

    assert gap.verdict == Verdict.TOO_FEW
    assert gap.low < 0 < gap.high


def test_one_group_alone_cannot_be_compared():
    received, groups = cohort({"a": (9, 9, 9, 9), None: (9, 9, 9, 9)})

    audit = audit_fairness(received, LOADS, groups, QUICK)

    assert audit.gaps == tuple(Gap(m, Verdict.TOO_FEW) for m in Measure if m != Measure.WAITING)
    assert [group.kind for group in audit.groups] == [RowKind.GROUP, RowKind.UNDECLARED]


def test_where_no_hidden_count_would_be_a_difference_there_is_none():
    received, groups = cohort({"a": (0, 0, 56, 4), "b": (0, 0, 60, 0)})

    gap = audit_fairness(received, LOADS, groups, QUICK).gaps[0]

    assert (gap.value, gap.verdict) == (None, Verdict.NO_CLEAR_DIFFERENCE)


def test_hidden_groups_are_shown_and_compared_together():
    counts = {"a": (0, 0, 40, 20), "b": (0, 0, 48, 2), "c": (0, 0, 30, 3), "d": (0, 0, 19, 1)}
    received, groups = cohort(counts)

    audit = audit_fairness(received, LOADS, groups, QUICK)

    served, below = audit.gaps[0], audit.together[0]
    between = difference(share_estimate(97, 103), share_estimate(40, 60))
    assert [shown(group.served) for group in audit.groups][:2] == [(40, 40), (44, 50)]
    assert (below.measure, below.rows) == (Measure.SERVED, (2, 3))
    assert shown(below.share) == (47, 53)
    assert (served.highest, served.lowest) == ((1, 2, 3), (0,))
    assert (served.value, served.low, served.high) == (between.value, between.low, between.high)
    assert served.verdict == Verdict.DIFFERENCE


def test_the_undeclared_are_no_side_of_a_comparison():
    received, groups = cohort({"a": (0, 0, 40, 20), "b": (0, 0, 48, 2), None: (0, 0, 10, 18)})

    served = audit_fairness(received, LOADS, groups, QUICK).gaps[0]

    assert (served.highest, served.lowest) == ((1,), (0,))
    assert served.verdict == Verdict.DIFFERENCE
    assert served.value is None


def test_a_true_difference_is_found_and_a_false_one_is_rare():
    generator = np.random.default_rng(3)
    groups = ["a"] * 60 + ["b"] * 40
    found = {0: 0, 80_000: 0}

    for gap, _ in product(found, range(120)):
        score = generator.normal(600_000, 90_000, 100).clip(0, 1_000_000).round()
        score[:60] += gap
        audit = audit_fairness(
            Received([True] * 100, score.clip(0, 1_000_000)), LOADS, groups, AuditSettings(draws=99)
        )
        found[gap] += audit.gaps[1].verdict == Verdict.DIFFERENCE

    assert found[0] <= 8
    assert found[80_000] >= 108
