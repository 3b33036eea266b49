import pickle

import numpy as np
import pytest

from lodestar.engine.matching.cohort import GivenPairs, score_people
from lodestar.engine.matching.explanation import Reason
from lodestar.engine.matching.left_out import Unmatched
from lodestar.engine.matching.problem import (
    Constraint,
    ConstraintKind,
    Criterion,
    CriterionKind,
    Design,
    MatchingError,
    Mentee,
    Mentor,
)
from lodestar.engine.matching.run import run_match, weigh_pair

TOPICS = Criterion("topics", CriterionKind.TOPICS, "topics", "topics", 3)
YEARS = Criterion("years", CriterionKind.GAP, "years", "years", 1)
LANGUAGE = Constraint("language", ConstraintKind.COMMON_LANGUAGE)
CLOCK = Constraint("clock", ConstraintKind.MAX_HOURS_APART, 3)
EMPLOYER = Constraint("employer", ConstraintKind.NOT_SAME, "employer")
SENIOR = Constraint("senior", ConstraintKind.MIN_GAP, 3)
DESIGN = Design(criteria=(TOPICS, YEARS), floor=0)


def mentee(key: str, **answers) -> Mentee:
    return Mentee(key, answers)


def mentor(key: str, capacity: int | None = None, **answers) -> Mentor:
    return Mentor(key, answers, capacity)


ANA = mentee("ana", topics=("Salary", "Law"), years=2)
BO = mentee("bo", topics=("Python",), years=1)
MIA = mentor("mia", topics=("Salary", "Law"), years=10)
NOOR = mentor("noor", topics=("Python",), years=30)


def test_a_match_is_explained_to_the_last_point():
    result = run_match([ANA, BO], [MIA, NOOR], DESIGN)

    pair = result.pairs[0]
    assert (pair.mentee, pair.mentor, pair.score, pair.rank, pair.coverage) == (
        "ana",
        "mia",
        1_000_000,
        1,
        100,
    )
    assert pair.contributions == {"topics": 750_000, "years": 250_000}
    assert pair.reasons == (
        Reason("topics", "topics", "shared", ("Salary", "Law"), 750_000),
        Reason("years", "gap", "years_ahead", ("8",), 250_000),
    )
    assert pair.alternatives == (("noor", 40 * 2_500),)


def test_a_blank_answer_counts_at_the_mentees_own_mean_and_lowers_coverage():
    blank = mentor("zoe", years=10)

    problem = score_people([ANA], [MIA, NOOR, blank], DESIGN)
    result = run_match([ANA], [blank], DESIGN)

    mean_of_100_and_0 = 50
    assert problem.pairs.score.tolist()[2] == mean_of_100_and_0 * 7_500 + 250_000
    assert result.pairs[0].coverage == 25


def test_a_silent_mentee_counts_at_the_mean_of_those_who_spoke():
    silent = mentee("zed", years=2)

    problem = score_people([ANA, silent], [MIA, NOOR], DESIGN)

    weighed = problem.scorer.weigh(np.array([1, 1]), np.array([0, 1]))
    assert weighed.contributions[:, 0].tolist() == [50 * 7_500, 50 * 7_500]


def test_same_inputs_in_any_order_give_the_same_result():
    first = run_match([ANA, BO], [MIA, NOOR], DESIGN, seed=4)
    second = run_match([BO, ANA], [NOOR, MIA], DESIGN, seed=4)

    assert first == second
    assert pickle.loads(pickle.dumps(first)) == first  # noqa: S301


GIVEN = (
    GivenPairs(pins=[("ana", "noor")]),
    GivenPairs(bans={("ana", "noor"): "blocked"}),
    GivenPairs(kept=[("ana", "noor")]),
)


def test_the_fingerprint_changes_with_every_kind_of_input():
    plain = run_match([ANA, BO], [MIA, NOOR], DESIGN)
    others = [
        run_match([ANA], [MIA, NOOR], DESIGN),
        run_match([ANA, BO], [MIA, NOOR], Design(criteria=(TOPICS,))),
        *(run_match([ANA, BO], [MIA, NOOR], DESIGN, given) for given in GIVEN),
    ]

    prints = {run.certificate.inputs_sha256 for run in [plain, *others]}

    assert len(prints) == 6


@pytest.mark.parametrize(
    ("rule", "mine", "theirs"),
    [
        (LANGUAGE, {"languages": ("Arabic",)}, {"languages": ("French",)}),
        (CLOCK, {"time_zone": "Asia/Tokyo"}, {"time_zone": "Europe/Paris"}),
        (EMPLOYER, {"employer": "Acme"}, {"employer": "ACME"}),
        (SENIOR, {"years": 5}, {"years": 7}),
    ],
)
def test_each_rule_forbids_and_is_named(rule, mine, theirs):
    design = Design(criteria=(TOPICS,), constraints=(rule,), floor=0)

    result = run_match([mentee("a", **mine)], [mentor("m", **theirs)], design)

    assert result.pairs == ()
    assert result.unmatched == (
        Unmatched("a", "no_eligible_mentor", "relax_rule", rules={rule.name: 1}),
    )


@pytest.mark.parametrize("rule", [LANGUAGE, CLOCK, EMPLOYER, SENIOR])
def test_nobody_is_shut_out_for_a_missing_answer(rule):
    design = Design(criteria=(TOPICS,), constraints=(rule,), floor=0)

    result = run_match([mentee("a")], [mentor("m")], design)

    assert len(result.pairs) == 1


def test_nobody_is_matched_with_themselves():
    result = run_match([ANA], [mentor("ana")], DESIGN)

    assert result.unmatched[0].rules == {"same_person": 1}


def test_pairs_below_the_floor_are_not_proposed():
    design = Design(criteria=(TOPICS,), floor=200_000)

    result = run_match([ANA], [NOOR], design)

    assert result.unmatched[0].rules == {"below_floor": 1}


def test_a_group_that_competes_for_too_few_places_is_named():
    design = Design(criteria=(TOPICS,), constraints=(LANGUAGE,), floor=0)
    arabic = [mentee(f"a{n}", languages=("Arabic",)) for n in range(3)]
    french = [mentee("f", languages=("French",))]
    mentors = [mentor("m", 2, languages=("Arabic",)), mentor("n", 5, languages=("French",))]

    result = run_match(arabic + french, mentors, design)

    assert len(result.pairs) == 3
    short = result.unmatched[0]
    assert (short.reason, short.mentees, short.mentors, short.places, short.everyone) == (
        "places_short",
        3,
        1,
        2,
        False,
    )


def test_pins_stay_count_and_may_break_a_rule():
    design = Design(criteria=(TOPICS,), constraints=(SENIOR,), floor=0)
    junior = mentor("jo", topics=("Law",), years=1)

    result = run_match([ANA, BO], [junior, NOOR], design, GivenPairs(pins=[("ana", "jo")]))

    pinned = result.pairs[0]
    assert (pinned.mentor, pinned.pinned, pinned.broken_rule) == ("jo", True, "senior")
    assert result.certificate.matched == 2
    assert result.certificate.total == sum(pair.score for pair in result.pairs)
    assert (result.certificate.gap, result.certificate.violators) == (0, 0)


@pytest.mark.parametrize(
    ("pins", "bans", "said"),
    [
        ([("ana", "mia"), ("bo", "mia")], {}, "more pinned mentees than places"),
        ([("ana", "mia"), ("ana", "noor")], {}, "pinned to more mentors than the 1 asked for"),
        ([("ana", "zoe")], {}, "not both in this cohort"),
        ([("ana", "mia")], {("ana", "mia"): "blocked"}, "kept apart"),
    ],
)
def test_pins_that_contradict_are_refused(pins, bans, said):
    with pytest.raises(MatchingError, match=said):
        run_match([ANA, BO], [MIA, NOOR], DESIGN, GivenPairs(pins, bans))


@pytest.mark.parametrize(
    ("mentees", "design", "said"),
    [
        ([ANA, ANA], DESIGN, "ana is listed twice"),
        ([Mentee("ana", {}, demand=99)], DESIGN, "write a number from 0 to 20"),
        ([ANA], Design(criteria=()), "no criterion with a weight"),
    ],
)
def test_inputs_that_cannot_be_matched_are_refused(mentees, design, said):
    with pytest.raises(MatchingError, match=said):
        run_match(mentees, [MIA], design)


@pytest.mark.parametrize(("mentees", "mentors"), [([], []), ([ANA], []), ([], [MIA])])
def test_an_empty_side_is_no_fault(mentees, mentors):
    result = run_match(mentees, mentors, DESIGN)

    assert (result.certificate.matched, result.certificate.gap) == (0, 0)
    assert len(result.unmatched) == len(mentees)


def test_any_pair_can_be_weighed_and_its_rule_named():
    design = Design(criteria=(TOPICS,), constraints=(SENIOR,), floor=0)
    junior = mentor("jo", topics=("Law",), years=1)
    problem = score_people([ANA, BO], [junior, NOOR], design)

    weighed = weigh_pair(problem, "ana", "jo")

    assert (weighed.score, weighed.broken_rule) == (500_000, "senior")
    assert weigh_pair(problem, "bo", "noor").broken_rule is None


def test_a_rule_named_like_a_list_of_pairs_never_takes_its_place():
    rule = Constraint("blocked", ConstraintKind.COMMON_LANGUAGE)
    design = Design(criteria=(TOPICS,), constraints=(rule,), floor=0)

    with pytest.raises(MatchingError, match="give it a name of its own"):
        run_match([ANA], [MIA], design, GivenPairs(bans={("ana", "mia"): "blocked"}))


def test_ranked_choices_alone_make_a_design():
    design = Design((Criterion("choice", CriterionKind.RANKED, "choices", "key", 1),), floor=0)
    mentees = [mentee("ana", choices=("noor", "mia")), mentee("bo", choices=("noor",))]

    result = run_match(mentees, [mentor("mia"), mentor("noor")], design)

    assert [(p.mentee, p.mentor, p.score) for p in result.pairs] == [
        ("ana", "mia", 500_000),
        ("bo", "noor", 1_000_000),
    ]
