"""An audit says what may be said, the same for everybody, and no more."""

import pickle
from collections import defaultdict
from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.fairness.audit import (
    Overall,
    RankCounts,
    audit_fairness,
    group_gap,
)
from lodestar.engine.fairness.group_gaps import AuditSettings
from lodestar.engine.fairness.group_report import GroupAudit, GroupShare
from lodestar.engine.fairness.received import Loads, Received
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.measures.evenness import gini, load_audit
from lodestar.engine.measures.means import GroupMean
from lodestar.engine.measures.rates import Mean, mean_of, share_of, wilson
from lodestar.engine.measures.suppression import Bounds, RowKind
from tests.tried_on import tried_on

QUICK = AuditSettings(draws=199)
LOADS = Loads([2, 1, 1, 1, 0, 3], [2, 2, 1, 1, 1, 3])


def cohort(groups, points=500_000):
    """Mentees by group: numbers with first choice, second or third, later, and no mentor."""
    ranks, labels = [], []
    for label, (first, three, later, none) in groups.items():
        ranks += [1] * first + [3] * three + [7] * later + [None] * none
        labels += [label] * (first + three + later + none)
    served = [rank is not None for rank in ranks]
    score = [points if is_served else None for is_served in served]
    return Received(served, score, ranks), labels


def shown(share):
    return None if share is None else (share.least, share.most)


def verdicts(audit):
    return {gap.measure.value: gap.verdict.value for gap in audit.gaps}


def test_a_whole_audit_by_hand():
    received, groups = cohort({"abroad": (6, 8, 7, 9), "at home": (20, 9, 8, 13)})
    waiting = [10.0] * len(groups)

    audit = audit_fairness(
        Received(received.served, received.score, received.rank, waiting), LOADS, groups, QUICK
    )

    def group(label, counts, median):
        size, served, first, three = counts
        of_those = Bounds(served, served)
        arm = 10_000 / np.sqrt(served)
        return GroupAudit(
            kind=RowKind.GROUP,
            label=label,
            size=size,
            served=GroupShare(served, served, size, *wilson(served, size)),
            score=GroupMean(
                of_those, 500_000, pytest.approx(500_000 - arm), pytest.approx(500_000 + arm)
            ),
            first_choice=GroupShare(first, first, size, *wilson(first, size)),
            top_three=GroupShare(three, three, size, *wilson(three, size)),
            median_rank=median,
            waiting=GroupMean(
                Bounds(size, size),
                10,
                pytest.approx(10 - 1 / np.sqrt(size)),
                pytest.approx(10 + 1 / np.sqrt(size)),
            ),
        )

    assert audit.groups == (
        group("at home", (50, 37, 20, 29), 3),
        group("abroad", (30, 21, 6, 14), 7),
    )
    assert audit.overall == Overall(
        mentees=80,
        served=share_of(58, 80),
        score=Mean(
            58,
            500_000,
            pytest.approx(500_000 - 10_000 / np.sqrt(58)),
            pytest.approx(500_000 + 10_000 / np.sqrt(58)),
        ),
        ranks=RankCounts(26, 17, 15, 0, 0, 22),
        waiting=mean_of([10] * 80, lowest=0, highest=36_500),
        worst_tenth=0.0,
        gini_of_scores=gini([0] * 22 + [1] * 58),
    )
    assert audit.together == ()
    assert audit.load == load_audit(np.array(LOADS.taken), np.array(LOADS.capacity))
    assert audit.settings == QUICK


@pytest.mark.parametrize(
    ("counts", "unserved_elsewhere", "median"),
    [
        ((6, 12, 6, 9), 12, 3),
        ((22, 6, 6, 5), 12, 1),
        ((6, 6, 9, 9), 12, 7),
        ((6, 6, 20, 2), 12, 7),
        ((6, 6, 6, 30), 12, None),
        ((2, 20, 20, 6), 12, None),
        ((6, 6, 6, 16), 2, None),
    ],
)
def test_the_median_rank_is_shown_only_where_nothing_near_it_is_hidden(
    counts, unserved_elsewhere, median
):
    received, groups = cohort({"b": counts, "a": (20, 20, 20, unserved_elsewhere)})

    audit = audit_fairness(received, LOADS, groups, QUICK)

    assert audit.groups[1].label == "b"
    assert audit.groups[1].median_rank == median


def test_a_middle_mentee_whose_mentor_was_not_ranked_has_no_rank():
    received = Received([True] * 30, [1] * 30, [1] * 6 + [2] * 6 + [None] * 18)

    audit = audit_fairness(received, LOADS, ["a"] * 30, QUICK)

    assert audit.groups[0].median_rank is None
    assert audit.overall.ranks == RankCounts(6, 6, 0, 0, 18, 0)


def test_fewer_people_than_the_smallest_group_say_nothing():
    received, groups = cohort({"a": (2, 1, 1, 0)})

    audit = audit_fairness(received, LOADS, groups, QUICK)

    assert (audit.groups, audit.together) == ((), ())
    assert set(verdicts(audit).values()) == {"too_few"}
    assert audit.overall.served.value is None
    assert audit.overall.gini_of_scores is None


def test_nobody_is_an_audit_too():
    audit = audit_fairness(Received([], []), Loads([], []), [], QUICK)

    assert (audit.groups, audit.overall.mentees, audit.load.mentors) == ((), 0, 0)


def test_the_worst_tenth_is_shown_from_five_people_on():
    score = [10 * n for n in range(1, 51)]

    many = audit_fairness(Received([True] * 50, score), LOADS, [None] * 50, QUICK)
    few = audit_fairness(Received([True] * 40, score[:40]), LOADS, [None] * 40, QUICK)

    assert (many.overall.worst_tenth, few.overall.worst_tenth) == (30.0, None)


def every_cohort(sizes, is_ranked):
    """All ways in which groups of these sizes can receive first choice, later, or no mentor."""

    def rows(size):
        if not is_ranked:
            return [(0, 0, served, size - served) for served in range(size + 1)]
        return [
            (first, 0, served - first, size - served)
            for first, served in combinations_with_replacement(range(size + 1), 2)
        ]

    return product(*map(rows, sizes))


@pytest.mark.parametrize(
    ("sizes", "is_ranked"), [((13, 11), False), ((6, 4), True)], ids=["served", "ranked"]
)
def test_no_hidden_count_can_be_told_from_the_whole_audit(sizes, is_ranked):
    options = AuditSettings(smallest=4, draws=99)
    alike, hidden = defaultdict(list), 0
    for counts in every_cohort(sizes, is_ranked):
        received, groups = cohort(dict(zip("ab", counts, strict=True)))
        if not is_ranked:
            received = Received(received.served, received.score)
        alike[audit_fairness(received, LOADS, groups, options)].append(counts)

    for audit, cohorts in alike.items():
        unserved = len(groups) - audit.overall.served.count
        for place, group in enumerate(audit.groups):
            served = {sum(counts[place][:3]) for counts in cohorts}
            if group.served.value is None:
                hidden += 1
                assert len(served) >= min(4, unserved + 1, len(groups) - unserved + 1)
            else:
                assert served == {group.served.least}

    assert hidden > 20


@st.composite
def cohorts(draw):
    people = draw(st.integers(0, 60))
    generator = np.random.default_rng(draw(st.integers(0, 10_000)))
    served = generator.random(people) < draw(st.sampled_from([0.5, 0.9, 1.0]))
    score = np.where(served, generator.integers(0, 1_000_001, people), -1)
    rank = np.where(
        served & (generator.random(people) < 0.9), generator.integers(1, 14, people), -1
    )
    waiting = np.where(served, generator.integers(0, 90, people), -1)
    groups = generator.choice(["a", "b", "c", "d", None], people, p=[0.5, 0.25, 0.1, 0.05, 0.1])
    return Received(served, score, rank, waiting), groups.tolist()


@given(cohorts(), st.integers(0, 99))
@tried_on(40)
def test_the_order_of_people_does_not_matter(drawn, seed):
    received, groups = drawn
    order = np.random.default_rng(seed).permutation(len(groups))
    other = Received(
        *(column[order] for column in (received.served, received.score)),
        received.rank[order],
        received.waiting[order],
    )
    mentors = np.random.default_rng(seed).permutation(6)
    loads = Loads(np.array(LOADS.taken)[mentors], np.array(LOADS.capacity)[mentors])

    audit = audit_fairness(received, LOADS, groups, QUICK)

    assert audit == audit_fairness(other, loads, [groups[one] for one in order], QUICK)


@given(cohorts())
@tried_on(40)
def test_what_is_shown_holds_the_truth(drawn):
    received, groups = drawn
    audit = audit_fairness(received, LOADS, groups, QUICK)

    assert sum(group.size for group in audit.groups) in (0, len(groups))
    for group in audit.groups:
        assert group.size >= 5
        assert group.served.low <= group.served.least / group.size
        assert group.served.most / group.size <= group.served.high
        if group.kind == RowKind.GROUP:
            own = np.array([label == group.label for label in groups])
            for share, reached in (
                (group.served, received.served[own]),
                (group.first_choice, received.rank[own] == 1),
                (group.top_three, (received.rank[own] >= 1) & (received.rank[own] <= 3)),
            ):
                assert share.least <= reached.sum() <= share.most


@given(cohorts())
@tried_on(30)
def test_an_audit_is_plain_and_can_be_kept(drawn):
    audit = audit_fairness(drawn[0], LOADS, drawn[1], QUICK)

    assert pickle.loads(pickle.dumps(audit)) == audit  # noqa: S301
    assert isinstance(hash(audit), int)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"smallest": 3}, "No group smaller than 4 may be shown"),
        ({"draws": 98}, "at least 99 draws"),
        ({"level": 0}, "between 0 and 1"),
        ({"level": 1}, "between 0 and 1"),
        ({"seed": -1}, "seed must be 0 or more"),
    ],
)
def test_settings_that_cannot_be_are_refused(options, message):
    with pytest.raises(MatchingError, match=message):
        audit_fairness(Received([], []), Loads([], []), [], AuditSettings(**options))


@pytest.mark.parametrize(
    ("groups", "message"),
    [(["a"], "There are 2 mentees but 1 groups"), (["a", 7], "A group is a text")],
)
def test_groups_that_do_not_fit_are_refused(groups, message):
    with pytest.raises(MatchingError, match=message):
        audit_fairness(Received([True, True], [1, 1]), LOADS, groups)


@given(
    st.lists(st.tuples(st.integers(0, 100), st.sampled_from(["a", "b", "c", None])), max_size=30)
)
def test_the_gap_inside_the_engine_is_between_plain_means(people):
    amounts = [amount for amount, _ in people]
    labels = [label for _, label in people]
    by_group = defaultdict(list)
    for amount, label in people:
        by_group[label].append(amount)
    means = [np.mean(values) for label, values in by_group.items() if label is not None]
    arrays = np.array(labels, dtype=object)
    codes = np.array([{"a": 5, "b": 0, "c": 2, None: -1}[label] for label in labels], dtype=int)

    expected = pytest.approx(max(means) - min(means) if means else 0.0)

    assert group_gap(amounts, labels) == expected
    assert group_gap(amounts, codes) == expected
    assert group_gap(amounts, arrays) == expected


def test_the_gap_inside_the_engine_needs_one_group_each():
    with pytest.raises(MatchingError, match="one amount and one group"):
        group_gap([1, 2], ["a"])
