import csv
import gzip

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.learning.ratings import Ratings, foretold_ratings, shrunk_means
from lodestar.engine.matching.problem import MatchingError
from tests.real_data import real_data
from tests.tried_on import tried_on


def drawn(seed, people=12, raters=20, count=90, spread=0.6, strictness=0.5, noise=0.8):
    random = np.random.default_rng(seed)
    level, leniency = spread * random.normal(size=people), strictness * random.normal(size=raters)
    rated, rater = random.integers(0, people, count), random.integers(0, raters, count)
    ratings = 3 + level[rated] + leniency[rater] + noise * random.normal(size=count)
    return (
        Ratings(
            tuple(f"r{number:02}" for number in rater),
            tuple(f"p{number:02}" for number in rated),
            ratings,
        ),
        {f"p{number:02}": 3 + level[number] for number in range(people)},
    )


@given(st.integers(0, 500))
@tried_on(8)
def test_the_means_solve_hendersons_equations(seed):
    ratings, _ = drawn(seed)

    found = shrunk_means(ratings)

    raters = sorted(set(ratings.raters))
    people = sorted(set(ratings.rated))
    by_rater = np.equal.outer(ratings.raters, raters).astype(float)
    by_person = np.equal.outer(ratings.rated, people).astype(float)
    columns = np.column_stack([np.ones(len(ratings)), by_rater, by_person])
    held = [0.0]
    held += [found.noise**2 / found.rater_spread**2] * len(raters)
    held += [found.noise**2 / found.person_spread**2] * len(people)
    equations = columns.T @ columns + np.diag(held)
    solution = np.linalg.solve(equations, columns.T @ ratings.ratings)
    inverse = np.linalg.inv(equations)
    level = np.zeros((len(people), len(held)))
    level[:, 0], level[:, 1 + len(raters) :] = 1, np.eye(len(people))
    error = found.noise * np.sqrt(np.einsum("pi,ij,pj->p", level, inverse, level))
    assert [mean.key for mean in found.people] == people
    assert [mean.shrunk for mean in found.people] == pytest.approx(level @ solution)
    assert [mean.high - mean.shrunk for mean in found.people] == pytest.approx(1.96 * error)
    assert dict(found.leniency) == pytest.approx(
        dict(zip(raters, solution[1 : 1 + len(raters)], strict=True))
    )


def test_the_spreads_are_found_again():
    ratings, _ = drawn(1, people=80, raters=80, count=3000)

    found = shrunk_means(ratings)

    assert found.person_spread == pytest.approx(0.6, abs=0.12)
    assert found.rater_spread == pytest.approx(0.5, abs=0.1)
    assert found.noise == pytest.approx(0.8, abs=0.03)


def test_the_intervals_hold_the_truth_19_times_of_20_and_beat_raw_means():
    inside, shrunk, raw = [], [], []
    for seed in range(16):
        ratings, truth = drawn(seed)
        for mean in shrunk_means(ratings).people:
            inside.append(mean.low <= truth[mean.key] <= mean.high)
            shrunk.append((mean.shrunk - truth[mean.key]) ** 2)
            raw.append((mean.raw - truth[mean.key]) ** 2)

    assert 0.91 < np.mean(inside) < 0.98
    assert np.mean(shrunk) < 0.8 * np.mean(raw)


def test_whoever_has_few_ratings_stays_nearer_the_mean():
    raters = tuple(f"r{number}" for number in range(34))
    ratings = np.array([5.0, 5, *[5.0] * 16, *[2.0] * 16])

    few, many, _ = shrunk_means(
        Ratings(raters, ("a",) * 2 + ("b",) * 16 + ("c",) * 16, ratings)
    ).people

    assert few.raw == many.raw == 5.0
    assert few.shrunk < many.shrunk < 5.0
    assert (few.is_too_few, many.is_too_few) == (True, False)
    assert few.high - few.low > many.high - many.low


def test_strict_raters_do_not_punish_whom_they_rate():
    strict, warm = [f"s{number}" for number in range(6)], [f"w{number}" for number in range(6)]
    rows = [(rater, person, 2.0) for rater in strict for person in ("ana", "ben")]
    rows += [(rater, person, 4.0) for rater in warm for person in ("ben", "eva")]

    ana, _, eva = shrunk_means(
        Ratings(*map(tuple, list(zip(*rows, strict=True))[:2]), np.array([r[2] for r in rows]))
    ).people

    assert eva.raw - ana.raw == 2.0
    assert eva.shrunk - ana.shrunk < 0.5


def test_the_order_of_the_rows_does_not_matter():
    ratings, _ = drawn(3)
    whole = Ratings(ratings.raters, ratings.rated, np.clip(np.round(ratings.ratings), 1, 5))
    order = np.random.default_rng(0).permutation(len(whole))
    mixed = Ratings(
        tuple(whole.raters[row] for row in order),
        tuple(whole.rated[row] for row in order),
        whole.ratings[order],
    )

    assert shrunk_means(mixed) == shrunk_means(whole)


def test_a_stranger_counts_at_the_mean():
    found = shrunk_means(drawn(4)[0])

    foretold = foretold_ratings(found, ["nobody", "r01", "nobody"], ["p01", "nobody", "nobody"])

    assert foretold.tolist() == [
        found.people[1].shrunk,
        found.overall + dict(found.leniency)["r01"],
        found.overall,
    ]


@pytest.mark.parametrize(
    ("ratings", "sentence"),
    [
        (Ratings(("a",) * 9, ("b",) * 9, np.ones(9)), "There are 9 ratings"),
        (Ratings(("a",) * 10, ("b",) * 9, np.ones(10)), "differ in length"),
        (Ratings(("a",) * 10, ("b",) * 10, np.full(10, np.nan)), "A rating is blank"),
        (
            Ratings(("a",) * 3001, tuple(map(str, range(3001))), np.ones(3001)),
            "3001 rated people are more than 3000",
        ),
    ],
)
def test_ratings_that_cannot_be_compared_are_refused(ratings, sentence):
    with pytest.raises(MatchingError, match=sentence):
        shrunk_means(ratings)


def test_shrunk_means_foretell_real_ratings_better_than_raw_ones():
    with gzip.open(real_data("feedback-ratings") / "ratings.csv.gz", "rt") as lines:
        rows = [row for row in csv.DictReader(lines) if row["dept"] in ("1", "5", "7")]
    raters, rated = (np.array([row[name] for row in rows]) for name in ("rater_id", "rated_id"))
    given = np.array([float(row["rating"]) for row in rows])
    unseen = np.random.default_rng(0).random(len(rows)) >= 0.8

    found = shrunk_means(Ratings(tuple(raters[~unseen]), tuple(rated[~unseen]), given[~unseen]))

    foretold = foretold_ratings(found, raters[unseen], rated[unseen])
    raw = {mean.key: mean.raw for mean in found.people}
    plain = np.array([raw.get(person, found.overall) for person in rated[unseen]])
    error, plain_error = (
        np.sqrt(((guess - given[unseen]) ** 2).mean()) for guess in (foretold, plain)
    )
    assert error < plain_error - 0.02
