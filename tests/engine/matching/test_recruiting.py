from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.answers.values import values_of
from lodestar.engine.matching.needs import one_who
from lodestar.engine.matching.problem import (
    Constraint,
    ConstraintKind,
    Criterion,
    CriterionKind,
    Design,
    Mentee,
    Mentor,
    Objective,
)
from lodestar.engine.matching.recruiting import Caps, Network, Shortage, shortage_of
from lodestar.engine.matching.run import run_match
from tests.engine.matching.people import DESIGN, cohort
from tests.tried_on import tried_on

FIELDS = [("topics", "topics"), ("trade", "trade"), ("languages", "languages")]
SERVED = replace(DESIGN, objective=Objective.SERVED, floor=200_000)
TOPICS = Design((Criterion("help", CriterionKind.TOPICS, "topics", "topics", 1),), floor=500_000)


def network(mentees: int, mentors: int, others: int, seed: int) -> Network:
    told, offered = cohort(mentees + 1, mentors + others + 1, seed)
    return Network(told[:mentees], offered[:mentors], offered[mentors:-1])


def matched_with(here: Network, won: list[Mentor]) -> int:
    """Match anew, as a run would, with these mentors beside those who are in."""
    return run_match(here.mentees, [*here.mentors, *won], SERVED).certificate.matched


@tried_on(40)
@given(
    mentees=st.integers(0, 24),
    mentors=st.integers(0, 8),
    others=st.integers(0, 14),
    seed=st.integers(0, 10_000),
)
def test_the_mentors_named_raise_the_number_served_as_forecast(mentees, mentors, others, seed):
    here = network(mentees, mentors, others, seed)

    found = shortage_of(here, SERVED, FIELDS, Caps(smallest=1, asked=5, steps=3))

    known = {candidate.key: candidate for candidate in here.directory}
    won: list[Mentor] = []
    assert found.served == matched_with(here, [])
    for step in found.first:
        won.append(replace(known[step.mentor], capacity=1))
        assert step.served == matched_with(here, won)


@tried_on(40)
@given(mentees=st.integers(1, 20), mentors=st.integers(0, 6), seed=st.integers(0, 10_000))
def test_one_more_mentor_of_a_value_serves_as_many_more_as_is_said(mentees, mentors, seed):
    here = network(mentees, mentors, 0, seed)

    found = shortage_of(here, SERVED, FIELDS, Caps(smallest=1, values=3), places=3)

    def weight(short):
        return -short.need.gain.mentees, -short.need.unserved, -short.need.gain.points

    like = dict(found.like)
    if found.anyone.mentees:
        anyone = Mentor("anyone", like, 3)
        assert matched_with(here, [anyone]) == found.served + found.anyone_serves
    for short in sorted(found.values, key=weight)[:3]:
        if short.need.gain.mentees:
            one = Mentor("one", one_who(short.need.field, short.need.value, like), 3)
            assert matched_with(here, [one]) == found.served + short.one_more_serves
        else:
            assert short.one_more_serves == 0


def wanting(*counts: tuple[str, int]) -> list[Mentee]:
    return [Mentee(f"{t} {n}", {"topics": (t,)}) for t, count in counts for n in range(count)]


def test_the_plan_recruits_what_binds_until_everybody_is_served():
    here = Network(wanting(("Law", 4), ("Pay", 3)), [Mentor("p", {"topics": ("Pay",)}, 2)])

    found = shortage_of(here, TOPICS, [("topics", "topics")], Caps(smallest=1))

    assert (found.mentees, found.places, found.served) == (7, 2, 2)
    assert sorted(step.value for step in found.relief) == ["Law"] * 4 + ["Pay"]
    assert [step.served for step in found.relief] == [3, 4, 5, 6, 7]


def test_nobody_looks_for_a_mentor():
    here = Network([], [Mentor("p", {"topics": ("Pay",)}, 2)], [Mentor("l")])

    assert shortage_of(here, TOPICS, [("topics", "topics")]) == Shortage(0, 1, 2, 0)


def test_those_who_offer_what_is_short_are_kept_though_many_others_bring_more():
    mentees = [Mentee(f"m{n}", {"topics": ("Pay",), "way": "a"}) for n in range(6)]
    design = Design(
        (
            Criterion("help", CriterionKind.TOPICS, "topics", "topics", 9),
            Criterion("way", CriterionKind.CATEGORY, "way", "way", 1),
        ),
        floor=0,
    )
    better = [Mentor(f"x{n}", {"topics": ("Pay",)}) for n in range(9)]
    lesser = [Mentor(f"y{n}", {"topics": ("Tax",), "way": "a"}) for n in range(9)]

    fields = [("topics", "topics"), ("way", "way")]
    caps = Caps(smallest=1, listed=2, each=3)
    found = shortage_of(Network(mentees, [], [*better, *lesser]), design, fields, caps)

    by_key = {mentor.key: mentor for mentor in (*better, *lesser)}
    kept = [by_key[gain.mentor] for gain in found.gains]
    assert len([m for m in kept if "Pay" in values_of(m.answers.get("topics"))]) == 3
    assert len([m for m in kept if "a" in values_of(m.answers.get("way"))]) == 3


def test_one_more_is_like_most_where_a_rule_asks():
    design = replace(
        TOPICS,
        constraints=(
            Constraint("tongue", ConstraintKind.COMMON_LANGUAGE, None, "languages", "languages"),
        ),
    )
    mentees = [Mentee("a", {"topics": ("Law",), "languages": ("Swahili",)})]
    mentors = [Mentor(key, {"topics": ("Law",), "languages": ("English",)}) for key in ("m", "n")]
    fields = [("topics", "topics"), ("languages", "languages")]

    found = shortage_of(Network(mentees, mentors), design, fields, Caps(smallest=1))

    assert found.like == (("languages", ("English",)),)
    assert found.anyone.mentees == 0
    serving = [(s.need.value, s.one_more_serves) for s in found.values]
    assert serving == [("Swahili", 1), ("Law", 0)]
