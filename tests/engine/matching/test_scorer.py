import numpy as np
import pytest

from lodestar.engine.matching import compiled
from lodestar.engine.matching.kernels import Limits, Loops, exact, has_compiler, loops_for
from lodestar.engine.matching.problem import PERFECT
from lodestar.engine.matching.scorer import NOT_ELIGIBLE, Scorer
from tests.engine.matching.people import CONSTRAINTS, CRITERIA, DESIGN, cohort

BANS = {("e001", "m002"): "blocked", ("e003", "m004"): "past_pair"}
MENTEES, MENTORS = 70, 33


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer(*cohort(MENTEES, MENTORS), DESIGN, bans=BANS)


@pytest.fixture(params=[True, False], ids=["compiled", "numpy"])
def loops(request, monkeypatch) -> Loops:
    """Let a scorer of any size take the compiled loops, or the plain ones."""
    found = Loops(is_compiled=request.param)
    monkeypatch.setattr("lodestar.engine.matching.scorer.loops_for", lambda _cells: found)
    return found


def table_of(scorer: Scorer) -> np.ndarray:
    table = np.empty((MENTEES, MENTORS), dtype=np.float32)
    for rows, columns, block in scorer.blocks():
        table[np.ix_(rows, columns)] = block
    return table


def every_pair() -> tuple[np.ndarray, np.ndarray]:
    return np.divmod(np.arange(MENTEES * MENTORS), MENTORS)


def test_blocks_and_single_pairs_say_the_same(loops):
    scorer = Scorer(*cohort(MENTEES, MENTORS), DESIGN, bans=BANS)
    blocks = table_of(scorer).ravel().astype(np.int64)

    singly = scorer.scores_of(*every_pair())

    assert np.where(blocks < DESIGN.floor, NOT_ELIGIBLE, blocks).tolist() == singly.tolist()
    assert (singly >= 0).sum() > 50


def test_contributions_add_up_to_the_score_of_every_pair(scorer):
    weighed = scorer.weigh(*every_pair())

    assert weighed.contributions.sum(axis=1).tolist() == weighed.score.tolist()
    assert weighed.contributions.min() >= 0
    assert weighed.score.max() <= PERFECT
    most = 100 * np.array(scorer.compiled.share)
    assert (weighed.contributions.max(axis=0) <= most).all()


def test_scores_do_not_depend_on_the_block_they_are_computed_in(scorer, monkeypatch):
    whole = table_of(scorer)

    monkeypatch.setattr("lodestar.engine.matching.scorer.LINES", 7)
    monkeypatch.setattr("lodestar.engine.matching.scorer.TABLE_CELLS", 1)
    monkeypatch.setattr("lodestar.engine.matching.terms.KEPT_CELLS", 0)
    parts = table_of(Scorer(scorer.mentees, scorer.mentors, DESIGN, bans=BANS))

    assert parts.tolist() == whole.tolist()


def test_some_mentees_with_some_mentors_can_be_asked_for(loops):
    scorer = Scorer(*cohort(MENTEES, MENTORS), DESIGN, bans=BANS)
    whole = table_of(scorer)
    rows, columns = np.array([3, 4, 9, 60]), np.array([1, 8, 30])

    ((lines, some, block),) = list(scorer.blocks(rows, columns))

    assert lines.tolist() == rows.tolist()
    assert some.tolist() == columns.tolist()
    assert block.tolist() == whole[np.ix_(rows, columns)].tolist()


def test_the_order_of_people_changes_no_score(scorer):
    backwards = Scorer(scorer.mentees[::-1], scorer.mentors[::-1], DESIGN, bans=BANS)

    assert table_of(backwards)[::-1, ::-1].tolist() == table_of(scorer).tolist()


def test_each_pair_knows_the_first_rule_it_breaks(scorer):
    order = {code: place for place, code in enumerate(scorer.compiled.rules)}
    for row in range(MENTEES):
        codes = scorer.broken_rules(row, np.arange(MENTORS))
        for column, code in enumerate(codes):
            broken = [
                name
                for name, rule in scorer.compiled.rules.items()
                if rule.broken_by(row, np.array([column]))[0]
            ]
            assert code == min(broken, key=order.get, default=None)
    assert scorer.broken_rules(1, np.array([2])) == ["blocked"]
    assert set(order) == {"blocked", "past_pair", *(rule.name for rule in CONSTRAINTS)}


def test_refusals_count_every_mentor_that_is_not_eligible(scorer):
    eligible = scorer.scores_of(*every_pair()).reshape(MENTEES, MENTORS) >= 0

    for row in range(MENTEES):
        assert sum(scorer.refusals(row).values()) == MENTORS - eligible[row].sum()


def test_the_list_of_pairs_is_what_single_pairs_say(scorer):
    pairs = scorer.listed()

    table = np.full((MENTEES, MENTORS), NOT_ELIGIBLE)
    table[pairs.mentee_of_each(), pairs.mentor] = pairs.score

    assert table.ravel().tolist() == scorer.scores_of(*every_pair()).tolist()


def test_what_is_settled_is_not_open_any_more(scorer):
    settled = [(0, 5), (3, 5)]

    left = scorer.less(settled)

    assert left.scores_of(np.array([0, 3]), np.array([5, 5])).tolist() == [NOT_ELIGIBLE] * 2
    assert table_of(left)[0, 5] < 0
    assert left.market.demand[[0, 3, 4]].tolist() == [0, 0, 1]
    assert left.market.first[[0, 3, 4]].tolist() == [0, 0, 1]
    assert scorer.market.capacity[5] - left.market.capacity[5] == 2


def test_coverage_is_the_share_of_the_weight_that_both_answered(scorer):
    part_of = dict(zip((c.name for c in CRITERIA), scorer.compiled.parts, strict=True))
    share_of = dict(zip((c.name for c in CRITERIA), scorer.compiled.share, strict=True))
    for row, column in ((0, 0), (7, 20), (33, 11)):
        both = {
            name
            for name, part in part_of.items()
            if part.mentee_answered[row] and part.mentor_answered[column]
        }
        counted = set(share_of) - ({"self"} - both)
        known = sum(share_of[name] for name in both)
        assert scorer.coverage(row, column) == 100 * known // sum(share_of[c] for c in counted)


def random_block(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    block = rng.integers(-3, 12, (9, 40)).astype(np.float32)
    return (
        block,
        rng.integers(0, 4, 40).astype(np.float32),
        rng.integers(0, 6, 9).astype(np.float32),
    )


@pytest.mark.parametrize("seed", range(8))
def test_the_best_few_are_kept_in_order_and_equals_by_arrival(seed, loops):
    block, price, limit = random_block(seed)
    best = loops.best(limit, 3)
    for first in range(0, 40, 15):
        some = np.arange(first, min(first + 15, 40))
        best.add_rows(block[:, some].copy(), np.arange(9), some, price[some], floor=1)

    for row in range(9):
        worth = [(-(block[row, c] - price[c]), c) for c in range(40) if block[row, c] >= 1]
        expected = sorted((w, c) for w, c in worth if -w > limit[row])[:3]
        assert best.partner[row][: len(expected)].tolist() == [c for _, c in expected]
        assert (best.partner[row] >= 0).sum() == len(expected)


@pytest.mark.parametrize("seed", range(8))
def test_the_best_few_of_each_mentor_are_kept(seed, loops):
    block, _, _ = random_block(seed)
    best = loops.best(np.full(40, 2, dtype=np.float32), 2)
    for first in range(0, 9, 4):
        rows = np.arange(first, min(first + 4, 9))
        best.add_columns(block[rows].copy(), rows, np.arange(40), floor=1)

    for column in range(40):
        expected = sorted((-block[r, column], r) for r in range(9) if block[r, column] > 2)[:2]
        assert best.partner[column][: len(expected)].tolist() == [r for _, r in expected]
        assert (best.partner[column] >= 0).sum() == len(expected)


@pytest.mark.parametrize("seed", range(5))
def test_every_loop_counts_alike_compiled_and_plain(seed):
    block, price, limit = random_block(seed)
    rng = np.random.default_rng(seed)
    low, other = rng.integers(0, 9, 9).astype(np.float32), rng.integers(0, 9, 40).astype(np.float32)
    inside, outside = rng.random(9) < 0.5, rng.random(40) < 0.5
    found = []
    for loops in (Loops(is_compiled=True), Loops()):
        response = np.full(9, -np.inf, dtype=np.float32)
        counts = loops.audit(block, 1, Limits(price, limit, low, other, 3), response)
        leaks = loops.count_leaks(block, 2, inside, outside)
        equal = [list(map(int, ends)) for ends in loops.equal_cells(block, price, 1, limit)]
        found.append(
            (counts, response.tolist(), leaks, equal, loops.count_above(block, low).tolist())
        )

    assert found[0] == found[1]


def test_numbers_are_given_in_a_type_in_which_differences_are_exact():
    small, large = exact(np.array([5, -(2**60)])), exact(np.array([2**23, 2**60]))

    assert (small[0].dtype, small[0].tolist()) == (np.float32, [5.0, -np.inf])
    assert (large[0].dtype, large[0].tolist()) == (np.float64, [2.0**23, np.inf])


def test_the_compiled_loops_are_there_and_taken_where_they_pay():
    assert has_compiler()
    assert compiled.sum_rows
    assert loops_for(10**9) == Loops(is_compiled=True)
    assert loops_for(1_000) == Loops(is_compiled=False)
