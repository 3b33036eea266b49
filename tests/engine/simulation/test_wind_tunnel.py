import json
from dataclasses import replace

import pytest

from lodestar.engine.matching.cohort import GivenPairs, score_people
from lodestar.engine.matching.problem import (
    Constraint,
    ConstraintKind,
    Criterion,
    CriterionKind,
    Design,
    MatchingError,
    Mentee,
    Mentor,
    TooLargeError,
)
from lodestar.engine.matching.run import run_match
from lodestar.engine.simulation.assumptions import (
    NOBODY_FALLS_AWAY,
    Assumptions,
    Chance,
    Procedure,
    Side,
)
from lodestar.engine.simulation.eligible import eligible_pairs
from lodestar.engine.simulation.pace import Pace
from lodestar.engine.simulation.reporting import fingerprint, plain, report_of
from lodestar.engine.simulation.wind_tunnel import Effort, WindTunnel, wind_tunnel
from tests.engine.matching.people import CRITERIA, DESIGN, cohort
from tests.engine.simulation.trials import SURE

MENTEES, MENTORS = cohort(14, 7)
FEW = Effort(feasibility=40, program=3, reliefs=3, sensitivity=2)


def tunnel(
    mentees=MENTEES, mentors=MENTORS, assumptions=None, seed=2, pace=None, effort=FEW
) -> WindTunnel:
    problem = score_people(mentees, mentors, DESIGN)
    return wind_tunnel(
        problem, assumptions or Assumptions(), Procedure(), effort, seed, pace or Pace()
    )


def written(found: WindTunnel, seed: int = 2) -> str:
    problem = score_people(MENTEES, MENTORS, DESIGN)
    return json.dumps(report_of(problem, Assumptions(), Procedure(), found, seed), allow_nan=False)


def test_the_same_people_and_seed_give_the_same_report_in_any_order_of_rows():
    found = written(tunnel())

    assert found == written(tunnel(MENTEES[::-1], MENTORS[::-1]))
    assert found != written(tunnel(seed=3))


def test_with_everybody_true_to_their_word_all_numbers_are_those_of_one_match_run():
    result = run_match(MENTEES, MENTORS, DESIGN, seed=2)

    found = tunnel(assumptions=SURE)

    matched = float(result.certificate.matched)
    assert {tuple(line) for line in found.feasibility.counts.tolist()} == {(matched,) * 3}
    assert (found.program.met.mean, found.program.met.error) == (matched, 0)
    assert sum(each.short for each in found.bottlenecks) == len(MENTEES) - matched
    assert found.eligible_pairs == result.certificate.eligible_pairs
    assert found.places == result.certificate.places


def test_pins_are_a_part_of_the_plan():
    given = GivenPairs(pins=[("e003", "m001")])
    problem = score_people(MENTEES, MENTORS, DESIGN, given)

    found = wind_tunnel(problem, SURE, Procedure(), FEW)

    assert found.feasibility.planned == found.program.met.mean
    assert (
        found.feasibility.planned == run_match(MENTEES, MENTORS, DESIGN, given).certificate.matched
    )


def test_reliefs_are_held_against_what_can_be_served_at_best():
    way = Criterion("way", CriterionKind.CATEGORY, "way", "way", 1)
    clock = Constraint("clock", ConstraintKind.MAX_HOURS_APART, 12)
    mentees = [Mentee("a", {"way": "x"}), Mentee("b", {"way": "y"})]
    mentors = [Mentor(f"m{n}", {"way": its}, 1) for n, its in enumerate("xzy")]
    problem = score_people(
        mentees,
        mentors,
        Design((way,), (clock,), floor=0),
        GivenPairs(bans={("b", "m1"): "blocked"}),
    )
    gone = replace(NOBODY_FALLS_AWAY, drop_out=Chance(0, by_person={"m2": 1.0}))

    found = wind_tunnel(problem, replace(SURE, mentor=gone), Procedure(), FEW)

    assert found.feasibility.counts[0].tolist() == [1, 1, 2]
    assert {relief.gain.mean for relief in found.reliefs.found} == {0}


def test_time_that_is_up_is_told_in_every_part():
    found = tunnel(pace=Pace(may_go_on=lambda _: False))

    assert len(found.feasibility.counts) == found.program.draws == 1
    assert (found.reliefs.found, found.sensitivity.bars) == ((), ())
    assert found.reliefs.candidates > 0
    assert json.loads(written(found))["feasibility"]["draws_asked"] == 40


@pytest.mark.parametrize(("mentees", "mentors"), [([], []), (MENTEES[:3], []), ([], MENTORS[:3])])
def test_empty_sides_are_told_not_refused(mentees, mentors):
    found = tunnel(mentees, mentors)

    assert found.program.met.mean == 0
    assert found.feasibility.best.mean == 0
    assert json.loads(written(found))["program"]["score_mean"]["mean"] is None


def test_chances_for_people_who_are_not_here_are_refused():
    wrong = Assumptions(mentee=Side(silence=Chance(0.1, by_person={"zoe": 1})))

    with pytest.raises(MatchingError, match="no mentee here is called zoe"):
        tunnel(assumptions=wrong)


def test_more_pairs_than_can_be_listed_are_refused_with_the_mend():
    design = Design(CRITERIA[1:2])
    crowd = score_people([Mentee(f"e{n}") for n in range(4_000)], [Mentor("m")], design)
    many = replace(crowd, pairs=None)
    many.scorer.mentors = many.scorer.mentors * 3_001

    with pytest.raises(TooLargeError, match=r"12,004,000 of them, more than 12,000,000: try the"):
        eligible_pairs(many)


def test_the_report_names_every_assumption_with_its_source_and_no_person():
    own = Assumptions(mentor=Side(silence=Chance(0.1, source="2024", by_person={"m001": 0.9})))
    found = tunnel(assumptions=own)
    problem = score_people(MENTEES, MENTORS, DESIGN)

    report = report_of(problem, own, Procedure(), found, 2)

    assert report["assumptions"]["mentor"]["silence"] == {
        "usual": 0.1,
        "low": 0.1,
        "high": 0.1,
        "source": "2024",
        "persons_with_their_own": 1,
    }
    text = json.dumps(report)
    assert not [key for key in [p.key for p in (*MENTEES, *MENTORS)] if f'"{key}"' in text]
    assert report["inputs"]["inputs_sha256"] == problem.inputs_sha256


def test_the_fingerprint_of_assumptions_changes_with_any_of_them():
    usual = fingerprint(Assumptions(), Procedure())

    assert usual == fingerprint(Assumptions(), Procedure())
    assert usual != fingerprint(Assumptions(reply_time=(1,)), Procedure())
    assert usual != fingerprint(Assumptions(), Procedure(reply_days=6))


def test_numbers_are_rounded_alike_and_minus_nought_is_nought():
    assert plain((1 / 3, -0.0, {"a": [True, None, "x", 7]})) == [
        0.333333,
        0.0,
        {"a": [True, None, "x", 7]},
    ]
    assert str(plain(-1e-9)) == "0.0"
