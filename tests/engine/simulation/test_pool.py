from collections import Counter

import numpy as np
import pytest

from lodestar.engine.answers.profiles import answers_from
from lodestar.engine.matching.problem import MatchingError, Mentee, Mentor
from lodestar.engine.simulation.pool import fresh_keys, pool_from_marginals, synthetic_pool

GIVEN = [
    Mentor(
        f"m{n}", {"industry": "Law" if n % 4 else "Art", "way": "old" if n % 4 else "new"}, n % 3
    )
    for n in range(40)
]


def test_the_same_seed_makes_the_same_people_whatever_the_order_of_rows():
    made = synthetic_pool(GIVEN, 50, 7)

    assert made == synthetic_pool(GIVEN[::-1], 50, 7)
    assert made != synthetic_pool(GIVEN, 50, 8)


def test_keys_are_new_and_nobodys():
    made = synthetic_pool([*GIVEN, Mentor("made up 3", {})], 5, 1)

    keys = [mentor.key for mentor in made]
    assert len(set(keys)) == 5
    assert not set(keys) & {mentor.key for mentor in GIVEN} | {"made up 3"} & set(keys)


def test_shares_of_answers_and_of_places_are_kept_in_expectation():
    made = synthetic_pool(GIVEN, 4_000, 1)

    industry = Counter(mentor.answers["industry"] for mentor in made)
    places = Counter(mentor.capacity for mentor in made)
    assert industry["Art"] / 4_000 == pytest.approx(1 / 4, abs=0.02)
    assert places[0] / 4_000 == pytest.approx(14 / 40, abs=0.02)


def test_answers_go_together_weakened_by_what_is_swapped():
    def together(swapped: float) -> float:
        made = synthetic_pool(GIVEN, 4_000, 1, swapped=swapped)
        pairs = np.array(
            [[m.answers["industry"] == "Art", m.answers["way"] == "new"] for m in made]
        )
        return float(np.corrcoef(pairs.T)[0, 1])

    assert together(0) == pytest.approx(1)
    assert together(0.3) == pytest.approx(0.7**2, abs=0.05)
    assert together(1) == pytest.approx(0, abs=0.05)


def test_what_says_one_place_is_swapped_together():
    towns = [("Japan", "Tokyo"), ("Germany", "Berlin"), ("Kenya", "Nairobi")]
    given = [
        Mentee(f"e{n}", answers_from({"country": country, "city": city, "industry": f"x{n}"}))
        for n, (country, city) in enumerate(towns)
    ]

    made = synthetic_pool(given, 60, 1, swapped=0.8)

    whole = {(p.answers["country"], p.answers["place"], p.answers["time_zone"]) for p in given}
    found = {(p.answers["country"], p.answers["place"], p.answers["time_zone"]) for p in made}
    written = {(p.answers["industry"], p.answers["industry_as_written"]) for p in made}
    assert found == whole
    assert written == {(f"x{n}", f"x{n}") for n in range(3)}


def test_blanks_stay_as_frequent_and_names_are_left_out():
    given = [Mentee("a", {"way": "new", "email": "a@example.org", "name": "Ana"}), Mentee("b", {})]

    made = synthetic_pool(given, 2_000, 1)

    assert {field for mentee in made for field in mentee.answers} == {"way"}
    assert sum("way" in mentee.answers for mentee in made) / 2_000 == pytest.approx(0.5, abs=0.04)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (([], 3, 1), "Nobody is given to make people up from"),
        ((GIVEN, -1, 1), "-1 people: ask for a whole number"),
        ((GIVEN, 2.5, 1), r"2\.5 people: ask for a whole number"),
        ((GIVEN, 3, -1), "The seed -1 is below 0"),
    ],
)
def test_what_cannot_be_made_up_is_refused(arguments, said):
    with pytest.raises(MatchingError, match=said):
        synthetic_pool(*arguments)


def test_a_share_of_swapped_answers_is_a_share():
    with pytest.raises(MatchingError, match=r"swapped: 1\.5 is not a share"):
        synthetic_pool(GIVEN, 3, 1, swapped=1.5)


def test_marginals_alone_give_people_with_those_shares():
    marginals = {"industry": {"Law": 3, "Art": 1}, "languages": {"English; German": 1, "": 1}}

    made = pool_from_marginals(marginals, 4_000, 1)

    industry = Counter(answers["industry"] for answers in made)
    assert industry["Art"] / 4_000 == pytest.approx(0.25, abs=0.02)
    assert {answers.get("languages") for answers in made} == {("English", "German"), None}
    assert made == pool_from_marginals(marginals, 4_000, 1)


@pytest.mark.parametrize("weights", [{}, {"Law": 0}, {"Law": -1}, {"Law": float("nan")}])
def test_marginals_without_weight_are_refused(weights):
    with pytest.raises(MatchingError, match="industry: give each value a weight of 0 or more"):
        pool_from_marginals({"industry": weights}, 3, 1)


def test_fresh_keys_avoid_whatever_is_taken():
    assert fresh_keys(2, {"recruit 2"}, "recruit") == ["recruit recruit 1", "recruit recruit 2"]
