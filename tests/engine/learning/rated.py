"""Rated pairs to test with: drawn from known weights."""

import numpy as np

from lodestar.engine.learning.feedback import DesignWeights, RatedPairs

DESIGN = DesignWeights(
    ("topics", "industry", "place", "identity"),
    (4000, 3000, 2000, 1000),
    (False, False, False, True),
)


def rated_pairs(count, truth=(0.4, 0.3, 0.2, 0.1), slope=4.0, noise=0.5, seed=1, mentors=True):
    """Return pairs rated by these weights, two sides, three pairs to a mentor."""
    random = np.random.default_rng(seed)
    closeness = random.integers(0, 101, size=(count, len(truth))).astype(float)
    felt = 3 + slope * (closeness @ np.array(truth) / 100 - 0.5)
    heard = felt[:, None] + noise * random.normal(size=(count, 2))
    return RatedPairs(
        tuple(f"pair{number:04}" for number in range(count)),
        closeness,
        np.clip(np.round(heard), 1, 5),
        tuple(f"mentor{number // 3:04}" for number in range(count)) if mentors else (),
    )


def shuffled(pairs: RatedPairs, seed=0) -> RatedPairs:
    """Return the same pairs in another order of the rows."""
    order = np.random.default_rng(seed).permutation(len(pairs))
    return RatedPairs(
        tuple(pairs.keys[row] for row in order),
        pairs.closeness[order],
        pairs.ratings[order],
        tuple(pairs.mentors[row] for row in order) if pairs.mentors else (),
        tuple(pairs.cohorts[row] for row in order) if pairs.cohorts else (),
    )
