from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.pairs import EligiblePairs
from lodestar.engine.matching.problem import MatchingError, TooLargeError
from lodestar.engine.rotation import attendance as attendance_file
from lodestar.engine.rotation.attendance import (
    NOTHING_HELD,
    Attendee,
    Held,
    Mixer,
    Scores,
    guests_of,
    points_here,
)
from lodestar.engine.rotation.checking import EvenSpread, Faults, Rules, faults_of
from lodestar.engine.rotation.meetings import Aim
from lodestar.engine.rotation.planning import Encounter, Rotation, Seat, Wait, plan_rotation
from tests.engine.rotation.mixers import mixers, people, points
from tests.tried_on import tried_on

EMPTY = EligiblePairs(
    np.zeros(2, dtype=np.int64),
    np.zeros(0, dtype=np.int32),
    np.zeros(0, dtype=np.int32),
    np.ones(1, dtype=np.int64),
)


def pair(one: str, other: str) -> frozenset[str]:
    return frozenset((one, other))


def met_in(rotation: Rotation) -> set[frozenset[str]]:
    return {pair(meeting.mentee, meeting.mentor) for meeting in rotation.encounters}


def planned_or_none(*given_, **more) -> Rotation | None:
    try:
        return plan_rotation(*given_, **more)
    except MatchingError:
        return None


@given(mixers())
@tried_on(100)
def test_no_plan_breaks_a_rule_and_everybody_here_sits_or_waits(mixer):
    attendance, scores, settings_ = mixer
    rotation = planned_or_none(attendance, scores, settings_)
    if rotation is None:
        return
    found = rotation.certificate

    assert (found.repeats, found.broken_rules) == (0, 0)
    assert found.total <= found.bound
    assert found.is_proven <= (found.gap == 0)
    here = sum((p.last_round or settings_.rounds) + 1 - p.first_round for p in attendance)
    assert len(rotation.seats) + len(rotation.waits) == here
    assert found.idle_seats >= (found.fewest_idle_seats or 0)


@given(mixers(), st.randoms(use_true_random=False), st.integers(0, 3))
@tried_on(50)
def test_the_order_of_the_rows_changes_nothing(mixer, random, seed):
    attendance, scores, settings_ = mixer
    shuffled = list(attendance)
    random.shuffle(shuffled)

    first = planned_or_none(attendance, scores, settings_, seed=seed)

    assert planned_or_none(shuffled, scores, settings_, seed=seed) == first


@pytest.mark.parametrize("aim", list(Aim))
@pytest.mark.parametrize(
    ("mentees", "mentors", "tables"), [(30, 30, 30), (40, 15, 20), (25, 40, 12)]
)
def test_where_everybody_stays_the_plan_is_proven_best(mentees, mentors, tables, aim):
    mixer = Mixer(6, tables, aim=aim)

    found = plan_rotation(people(mentees, mentors), points(mentees, mentors), mixer).certificate

    assert (found.is_proven, found.gap, found.repeats, found.broken_rules) == (True, 0, 0, 0)
    assert found.meetings == 6 * min(mentees, mentors, tables)


def test_a_small_evening_as_it_is_printed():
    scores = points(2, 2)
    table = dict(zip([("e00", "m00"), ("e00", "m01"), ("e01", "m00"), ("e01", "m01")],
                     scores.pairs.score.tolist(), strict=True))  # fmt: skip
    attendance = [
        *people(2, 2)[:1],
        *people(2, 2)[2:],
        Attendee("e01", is_mentor=False, first_round=2),
    ]

    rotation = plan_rotation(attendance, scores, Mixer(2, 2))

    first = max(("m00", "m01"), key=lambda mentor: table["e00", "m01" if mentor == "m00" else "m00"]
                + table["e01", mentor])  # fmt: skip
    assert {(meeting.round, meeting.mentee) for meeting in rotation.encounters} == {
        (1, "e00"), (2, "e00"), (2, "e01"),
    }  # fmt: skip
    assert Encounter(1, 1 if first == "m00" else 2, "e00", first, table["e00", first]) in (
        rotation.encounters
    )
    assert rotation.waits == (Wait(1, "m01" if first == "m00" else "m00"),)
    assert rotation.certificate.moves == 1


def test_the_even_spread_is_offered_with_its_total():
    attendance, scores = people(12, 4), points(12, 4)

    usual = plan_rotation(attendance, scores, Mixer(6, 4))
    even = plan_rotation(attendance, scores, Mixer(6, 4, aim=Aim.EVEN))

    assert usual.certificate.fewest_meetings == 0
    assert usual.certificate.if_even == EvenSpread(2, even.certificate.total)
    assert even.certificate.fewest_meetings == 2
    assert even.certificate.if_even is None
    assert even.certificate.fewest_idle_seats == even.certificate.idle_seats == 48


def test_the_rounds_to_come_are_planned_around_what_was_held():
    attendance, scores, mixer = people(10, 10), points(10, 10), Mixer(6, 10)
    before = plan_rotation(attendance, scores, mixer)
    seats = [seat for seat in before.seats if seat.round <= 2]
    met = {
        pair(m.mentee, m.mentor) for m in before.encounters if m.round <= 2 and m.mentee != "e03"
    }
    last = {seat.person: seat.table for seat in seats}
    held = Held(2, frozenset(met), last)
    came = [person for person in attendance if person.key not in ("e04", "m07")]
    came.append(Attendee("new", is_mentor=False))

    after = plan_rotation(came, scores, mixer, held=held)

    assert {meeting.round for meeting in after.encounters} == {3, 4, 5, 6}
    assert met_in(after) & met == set()
    assert {"e04", "m07"} & {seat.person for seat in after.seats} == set()
    assert Counter(m.mentee for m in after.encounters)["new"] > 0
    assert (after.certificate.repeats, after.certificate.broken_rules) == (0, 0)
    assert after.certificate.is_proven
    stays = {s.person: s.table for s in after.seats if s.person.startswith("m")}
    assert stays == {key: table for key, table in last.items() if key in stays}


def test_whoever_met_fewer_before_goes_first_under_an_even_spread():
    attendance, scores = people(3, 1), points(3, 1)
    held = Held(1, frozenset({pair("e00", "x"), pair("e01", "y")}))

    rotation = plan_rotation(attendance, scores, Mixer(2, 1, aim=Aim.EVEN), held=held)

    assert [meeting.mentee for meeting in rotation.encounters] == ["e02"]


def test_people_kept_apart_never_meet():
    attendance = people(2, 2)
    apart = frozenset({pair("e00", "m00"), pair("e01", "nobody")})

    rotation = plan_rotation(attendance, None, Mixer(4, 2), apart=apart)

    assert met_in(rotation) == {pair("e00", "m01"), pair("e01", "m00"), pair("e01", "m01")}


def test_two_people_who_need_different_tables_cannot_meet():
    attendance = people(2, 2)
    attendance[0] = replace(attendance[0], table=1)
    attendance[2] = replace(attendance[2], table=2)

    rotation = plan_rotation(attendance, None, Mixer(4, 2))

    assert pair("e00", "m00") not in met_in(rotation)
    assert {seat.table for seat in rotation.seats if seat.person == "e00"} == {1}
    assert {seat.table for seat in rotation.seats if seat.person == "m00"} == {2}


def test_whoever_has_no_scores_counts_at_the_mean():
    scores = points(3, 2, share=0.8)
    table = np.full((3, 2), -1)
    table[scores.pairs.mentee_of_each(), scores.pairs.mentor] = scores.pairs.score
    listed = [table[:, column][table[:, column] >= 0] for column in range(2)]
    rows = [row[row >= 0] for row in table]
    attendance = [
        *people(3, 2), Attendee("a new one", is_mentor=True), Attendee("walk-in", is_mentor=False)
    ]  # fmt: skip

    found = points_here(guests_of(attendance, Mixer(1, 1), NOTHING_HELD), scores)

    whole = int(scores.pairs.score.sum()) // len(scores.pairs)
    means = [int(column.sum()) // len(column) for column in listed]
    assert found[3].tolist() == [whole, *means]
    assert found[:3, 0].tolist() == [
        int(row.sum()) // len(row) if len(row) else whole for row in rows
    ]
    assert found[:3, 1:].tolist() == table.tolist()


def test_scores_may_hold_people_who_did_not_come():
    scores = points(4, 3)

    rotation = plan_rotation(people(2, 2), scores, Mixer(2, 2))

    assert rotation.certificate.eligible_pairs == 4
    kept = scores.pairs.score.reshape(4, 3)[:2, :2]
    assert rotation.certificate.total == int(kept.sum())


@pytest.mark.parametrize(
    ("attendance", "mixer", "said"),
    [
        (people(1, 0), Mixer(1, 1), "No mentor is here for a round to come"),
        (people(0, 1), Mixer(1, 1), "No mentee is here for a round to come"),
        ([], Mixer(1, 1, 4), "Nobody is here for a round to come"),
        (people(1, 1), Mixer(0, 1), "There cannot be 0 rounds: choose 1 to 100"),
        (people(1, 1), Mixer(1, 0), "There cannot be 0 tables"),
        (people(1, 1), Mixer(1, 1, 1), "A table for 1 brings nobody together"),
        ([*people(1, 1), *people(1, 0)], Mixer(1, 1), "e00 is in the attendance twice"),
        (people(1, 1, first_round=2), Mixer(1, 1), "e00 is here from round 2 to round 1"),
        (people(1, 1, last_round=3), Mixer(2, 1), "e00 is here from round 1 to round 3"),
        (people(1, 1, table=3), Mixer(2, 2), "e00 needs table 3: choose one from 1 to 2"),
        (people(1, 1, table=2), Mixer(2, 2), "e00 and m00 both need table 2"),
    ],
)
def test_what_cannot_be_planned_is_said_in_one_sentence(attendance, mixer, said):
    with pytest.raises(MatchingError) as refused:
        plan_rotation(attendance, None, mixer)

    assert said in str(refused.value)
    assert str(refused.value).endswith(".")


def test_nothing_left_to_plan_is_said():
    with pytest.raises(MatchingError, match="All 2 rounds are held already"):
        plan_rotation(people(1, 1), None, Mixer(2, 1), held=Held(2))


@pytest.mark.parametrize(
    ("scores", "held"),
    [
        (Scores(["e00"], ["m00"], EMPTY), NOTHING_HELD),
        (None, Held(1, frozenset({pair("e00", "m00")}))),
    ],
)
def test_nobody_left_to_meet_is_said(scores, held):
    with pytest.raises(MatchingError, match="Nobody who is here may meet anybody"):
        plan_rotation(people(1, 1), scores, Mixer(2, 1), held=held)


def test_a_crowd_beyond_one_rotation_is_refused(monkeypatch):
    monkeypatch.setattr(attendance_file, "MOST_PAIRS", 3)

    with pytest.raises(TooLargeError, match="plan the event in two halves"):
        plan_rotation(people(2, 2), None, Mixer(1, 1))


@pytest.mark.parametrize(
    ("seats", "faults"),
    [
        ([Seat(2, 1, "e00"), Seat(2, 1, "m00")], Faults(0, 0)),
        (
            [Seat(2, 1, "e00"), Seat(2, 1, "m00"), Seat(3, 1, "e00"), Seat(3, 1, "m00")],
            Faults(1, 0),
        ),
        ([Seat(2, 1, "e01"), Seat(2, 1, "m01")], Faults(1, 0)),
        ([Seat(2, 1, "e00"), Seat(2, 1, "m01")], Faults(0, 1)),
        ([Seat(2, 2, "e01"), Seat(2, 2, "e02")], Faults(0, 1)),
        ([Seat(2, 1, "e00"), Seat(2, 1, "e00")], Faults(0, 1)),
        ([Seat(1, 1, "e00")], Faults(0, 1)),
        ([Seat(2, 1, "e02")], Faults(0, 1)),
        ([Seat(2, 3, "e00")], Faults(0, 1)),
        ([Seat(3, 1, "e02")], Faults(0, 1)),
        ([Seat(2, 1, "nobody")], Faults(0, 1)),
        ([Seat(3, 2, "e00"), Seat(3, 2, "e01"), Seat(3, 2, "m00")], Faults(0, 1)),
    ],
)
def test_every_fault_of_a_plan_is_counted(seats, faults):
    attendance = [
        *people(2, 2),
        Attendee("e02", is_mentor=False, first_round=2, last_round=3, table=2),
    ]
    held = Held(1, frozenset({pair("e01", "m01")}))
    apart = frozenset({pair("e01", "e02"), pair("e00", "m01")})
    guests = guests_of(attendance, Mixer(3, 2), held)
    rules = Rules(guests, Mixer(3, 2), held, points_here(guests, None, apart), apart)

    assert faults_of(seats, rules) == faults


def test_the_fingerprint_is_of_what_counts():
    attendance, scores = people(3, 3), points(3, 3)

    found = [
        plan_rotation(attendance, scores, Mixer(2, 3), seed=1),
        plan_rotation(attendance[::-1], scores, Mixer(2, 3), seed=2),
        plan_rotation(attendance, scores, Mixer(2, 3, aim=Aim.EVEN)),
        plan_rotation(attendance, points(3, 3, seed=2), Mixer(2, 3)),
    ]

    prints = [rotation.certificate.inputs_sha256 for rotation in found]
    assert prints[0] == prints[1]
    assert len(set(prints)) == 3
