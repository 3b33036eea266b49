"""Rotations for mixers: T12, the time beside a bare flow solve, late comers, shared tables, real mixers.

python -m bench.rotation [--seed 1]

Every printed number stands beside what it is held against, in the same run: the flow optimum of the same
pairs, the usual round-robin, random seating. Seconds are processor time, the fastest of some runs.
Reads the set `mixer-decisions` where it is; LODESTAR_DATA says where to look. About two minutes.
"""

import argparse
import csv
import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.assignment import heaviest_matching, units_of
from lodestar.engine.matching.pairs import EligiblePairs, from_edges
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.rotation import meeting_flow
from lodestar.engine.rotation.attendance import Attendee, Mixer, Scores
from lodestar.engine.rotation.meeting_flow import free_terms, heaviest_meetings
from lodestar.engine.rotation.meetings import Aim
from lodestar.engine.rotation.planning import Rotation, plan_rotation

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("LODESTAR_DATA", ROOT.parent / "shared" / "data"))
SIZES = (
    (20, 20, 6, 20), (60, 60, 8, 60), (60, 30, 8, 30), (100, 100, 10, 100), (200, 200, 10, 120),
    (500, 500, 10, 500), (500, 250, 10, 250), (500, 500, 10, 400), (1000, 400, 10, 400),
)  # fmt: skip
SHARED = (
    (20, 5, 5, 5, 5), (40, 8, 8, 8, 6), (72, 9, 6, 9, 9), (48, 12, 6, 10, 6), (24, 6, 6, 6, 5),
    (90, 10, 5, 10, 10), (200, 40, 6, 40, 6),
)  # fmt: skip
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """Who came, and points for those who may meet."""

    attendance: list[Attendee]
    scores: Scores

    def table(self) -> NDArray[np.int64]:
        """Return the points of all mentees with all mentors; 0 where they may not meet."""
        pairs = self.scores.pairs
        found = np.zeros((pairs.mentees, pairs.mentors), dtype=np.int64)
        found[pairs.mentee_of_each(), pairs.mentor] = pairs.score
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    seed = parser.parse_args().seed
    print_against_the_flow(seed)
    print_many_small_ones(seed)
    print_aims(seed)
    print_late_comers(seed)
    print_shared_tables(seed)
    print_real_mixers(seed)


def event(mentees: int, mentors: int, seed: int, share: float = 0.9) -> Event:
    """Draw people with leanings of their own, some of them popular; a tenth of the pairs may not meet."""
    rng = np.random.default_rng([seed, mentees, mentors])
    leaning = rng.normal(size=(mentees, 6)) @ rng.normal(size=(6, mentors)) * 70_000
    liked = rng.normal(size=(mentees, 1)) * 40_000 + rng.normal(size=mentors) * 40_000
    table = np.clip(500_000 + leaning + liked, 200_000, 1_000_000).astype(np.int64)
    mentee, mentor = np.nonzero(rng.random(table.shape) < share)
    places = np.ones(mentors, dtype=np.int64)
    pairs = from_edges(mentee, mentor, table[mentee, mentor], mentees, places)
    keys = [f"e{n:04}" for n in range(mentees)], [f"m{n:04}" for n in range(mentors)]
    attendance = [Attendee(key, side == 1) for side in (0, 1) for key in keys[side]]
    return Event(attendance, Scores(*keys, pairs))


def timed(work: Callable[[], Found], least: int = 3) -> tuple[float, Found]:
    """Return the seconds of the fastest run, and what it found."""
    seconds: list[float] = []
    while len(seconds) < least and sum(seconds) < 3:
        began = time.process_time()
        found = work()
        seconds.append(time.process_time() - began)
    return min(seconds), found


def with_loads(pairs: EligiblePairs, rounds: int) -> EligiblePairs:
    return replace(
        pairs,
        demand=np.full(pairs.mentees, rounds, dtype=np.int64),
        capacity=np.full(pairs.mentors, rounds, dtype=np.int64),
    )


def bare_flow(pairs: EligiblePairs, rounds: int, tables: int) -> int:
    """Return the largest total by one solve on all pairs, without rounds, tables or proof."""
    loaded = with_loads(pairs, rounds)
    if tables >= min(pairs.mentees, pairs.mentors):
        taken = heaviest_matching(loaded, loaded.score, units_of(loaded, 0, 0))
    else:
        terms = free_terms(loaded.demands, loaded.capacity, rounds * tables)
        taken = heaviest_meetings(loaded, loaded.score, terms)
    return int(loaded.score[taken].astype(np.int64).sum())


def round_robin(table: NDArray[np.int64], rounds: int, tables: int) -> int:
    """Return the total when the smaller side stays seated and the larger moves on by one each round."""
    if table.shape[0] < table.shape[1]:
        table = table.T
    seats = np.arange(min(table.shape[1], tables))
    return sum(int(table[(seats + n) % len(table), seats].sum()) for n in range(rounds))


def print_against_the_flow(seed: int) -> None:
    print(
        "T12  the whole plan (scores to tables, with proof) against one bare flow solve of its pairs"
    )
    print(
        f"{'people':>13} {'rounds':>6} {'tables':>6} {'= optimum':>9} {'proven':>6} {'repeats':>7} "
        f"{'broken':>6} {'seconds':>8} {'ratio':>6} {'no OR-tools':>11} {'over round-robin':>16}"
    )
    for mentees, mentors, rounds, tables in SIZES:
        made = event(mentees, mentors, seed)
        mixer = Mixer(rounds, tables)
        bare, optimum = timed(partial(bare_flow, made.scores.pairs, rounds, tables))
        ours, plan = timed(partial(planned, made, mixer))
        without = seconds_without_flow(made, mixer)
        found = plan.certificate
        more = found.total / round_robin(made.table(), rounds, tables) - 1
        print(
            f"{mentees:>6,} x {mentors:>4,} {rounds:>6} {tables:>6} "
            f"{'yes' if found.total == optimum else 'NO':>9} {'yes' if found.is_proven else 'NO':>6} "
            f"{found.repeats:>7} {found.broken_rules:>6} {ours:>7.3f}s {ours / bare:>6.2f} "
            f"{without:>10.2f}s {more:>+15.1%}"
        )


def seconds_without_flow(made: Event, mixer: Mixer) -> float:
    usual = meeting_flow.has_flow_solver
    meeting_flow.has_flow_solver = lambda: False
    try:
        return timed(partial(planned, made, mixer), least=1)[0]
    finally:
        meeting_flow.has_flow_solver = usual


def print_many_small_ones(seed: int) -> None:
    rng = np.random.default_rng(seed)
    wrong = repeats = broken = planned = 0
    for number in range(300):
        mentees, mentors, rounds, tables = (int(rng.integers(1, most)) for most in (25, 25, 9, 25))
        made = event(mentees, mentors, seed + number, share=float(rng.choice([0.2, 0.6, 1.0])))
        try:
            found = plan_rotation(made.attendance, made.scores, Mixer(rounds, tables)).certificate
        except MatchingError:
            continue  # nobody may meet anybody
        planned += 1
        wrong += found.total != bare_flow(made.scores.pairs, rounds, tables) or not found.is_proven
        repeats, broken = repeats + found.repeats, broken + found.broken_rules
    print(
        f"\nT12  {planned} small mixers drawn at random: {wrong} off the flow optimum, {repeats} repeats, "
        f"{broken} broken rules"
    )


def print_aims(seed: int) -> None:
    print("\nAims  60 mentees, 30 mentors, 8 rounds: what an even spread costs")
    print(
        f"{'tables':>6} {'aim':>12} {'meetings':>8} {'fewest':>6} {'most':>5} {'of the largest total':>21}"
    )
    made = event(60, 30, seed)
    for tables in (30, 20):
        plans = {aim: planned(made, Mixer(8, tables, aim=aim)).certificate for aim in Aim}
        for aim, found in plans.items():
            print(
                f"{tables:>6} {aim:>12} {found.meetings:>8} {found.fewest_meetings:>6} "
                f"{found.most_meetings:>5} {found.total / plans[Aim.TOTAL].total:>21.4f}"
            )


def planned(made: Event, mixer: Mixer, seed: int = 0) -> Rotation:
    return plan_rotation(made.attendance, made.scores, mixer, seed=seed)


def print_late_comers(seed: int) -> None:
    print(
        "\nParts  a fifth come one or two rounds late, a fifth leave as much early; mean of 10 events"
    )
    print(
        f"{'people':>11} {'rounds':>6} {'aim':>12} {'proven':>7} {'mean gap':>9} {'worst gap':>9} {'seconds':>8}"
    )
    for mentees, mentors, rounds in ((20, 20, 6), (60, 60, 8), (60, 30, 8), (200, 200, 10)):
        for aim in Aim:
            gaps, proven, seconds = [], 0, 0.0
            for number in range(10 if mentees < 200 else 3):
                made = with_comings(event(mentees, mentors, seed + number), rounds, seed + number)
                took, plan = timed(partial(planned, made, Mixer(rounds, mentees, aim=aim)), 1)
                gaps.append(plan.certificate.gap / plan.certificate.bound)
                proven, seconds = proven + plan.certificate.is_proven, seconds + took
            print(
                f"{mentees:>5} x {mentors:>3} {rounds:>6} {aim:>12} {proven:>3} / {len(gaps):<2} "
                f"{np.mean(gaps):>8.3%} {max(gaps):>9.3%} {seconds / len(gaps):>7.2f}s"
            )


def with_comings(made: Event, rounds: int, seed: int) -> Event:
    rng = np.random.default_rng(seed)
    attendance = [
        replace(
            person,
            first_round=1 + int(rng.integers(1, 3)) * int(rng.random() < 0.2),
            last_round=rounds - int(rng.integers(1, 3)) * int(rng.random() < 0.2),
        )
        for person in made.attendance
    ]
    return replace(made, attendance=attendance)


def print_shared_tables(seed: int) -> None:
    print("\nShared tables  two people at one table again; points as a share of a proven bound")
    print(
        f"{'people':>10} {'rounds':>6} {'tables':>6} {'size':>4} {'repeats':>7} {'at least':>8} "
        f"{'random':>7} {'points':>7} {'random':>7} {'seconds':>8}"
    )
    for mentees, mentors, rounds, tables, size in SHARED:
        made = event(mentees, mentors, seed, share=1.0)
        took, plan = timed(partial(planned, made, Mixer(rounds, tables, size)), 1)
        found = plan.certificate
        repeats, total = random_seating(made, plan, seed)
        print(
            f"{mentees:>5} + {mentors:<2} {rounds:>6} {tables:>6} {size:>4} {found.repeats:>7} "
            f"{found.fewest_repeats:>8} {repeats:>7} {found.total / found.bound:>7.3f} "
            f"{total / found.bound:>7.3f} {took:>7.2f}s"
        )


def random_seating(made: Event, plan: Rotation, seed: int) -> tuple[int, int]:
    """Return repeats and points when each side is shuffled among its seats in every round."""
    rng = np.random.default_rng(seed)
    table = made.table()
    mentee_at, mentor_at = ({key: n for n, key in enumerate(keys)} for keys in (made.scores.mentee_keys, made.scores.mentor_keys))  # fmt: skip
    met: Counter[tuple[str, ...]] = Counter()
    for number in range(1, plan.certificate.rounds + 1):
        seats = [seat for seat in plan.seats if seat.round == number]
        at: dict[int, list[str]] = {}
        for side in (mentee_at, mentor_at):
            own = [seat for seat in seats if seat.person in side]
            for seat, person in zip(
                own, rng.permutation([s.person for s in own]).tolist(), strict=True
            ):
                at.setdefault(seat.table, []).append(person)
        for people in at.values():
            met.update(combinations(sorted(people), 2))
    total = sum(
        int(table[mentee_at[one], mentor_at[other]])
        for one, other in met
        if one in mentee_at and other in mentor_at
    )
    return sum(times - 1 for times in met.values()), total


def print_real_mixers(seed: int) -> None:
    """Say how many mutual yeses a plan of few rounds keeps, at events where everybody met everybody."""
    home = HOME / "mixer-decisions"
    if not home.is_dir():
        print("\nReal mixers  the set mixer-decisions is not on this machine")
        return
    events = read_events(home / "meetings.csv")
    print(
        "\nReal mixers  mutual yeses kept of all, with fewer rounds than people (11 events, 2,668 meetings)"
    )
    print(
        f"{'rounds':>6} {'meetings':>8} {'random':>14} {'known before':>13} {'from ratings':>13} {'the most':>9}"
    )
    for rounds in (3, 5, 8):
        kept, held = np.zeros(4), 0
        spread = 0.0
        for number, here in enumerate(events):
            foretold = foretold_yes(events, number)
            truth = here["mutual"]
            chance = random_yes(truth, rounds, seed)
            plans = [plan_of(points, rounds) for points in (foretold, here["rated"], truth)]
            kept += [chance.mean(), *(int(truth[plan].sum()) for plan in plans)]
            spread += float(chance.var())
            held += int(plans[0].sum())
        every = sum(int(here["mutual"].sum()) for here in events)
        shares = kept / every
        print(
            f"{rounds:>6} {held:>8} {shares[0]:>7.1%} ± {np.sqrt(spread) / every:>4.1%} {shares[1]:>13.1%} "
            f"{shares[2]:>13.1%} {shares[3]:>9.1%}"
        )


def read_events(path: Path) -> list[dict[str, NDArray[np.float64]]]:
    """Return for each event, by side A and side B: the mutual yes, what was known before, both ratings."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    found = []
    for name in sorted({row["event"] for row in rows}):
        own = [row for row in rows if row["event"] == name]
        sides = [sorted({row["person_id"] for row in own if row["side"] == side}) for side in "AB"]
        place = {key: number for side in sides for number, key in enumerate(side)}
        shape = len(sides[0]), len(sides[1])
        here = {field: np.zeros(shape) for field in ("mutual", "age", "group", "rated", "met")}
        for row in own:
            one, other = row["person_id"], row["met_id"]
            at = (place[one], place[other]) if row["side"] == "A" else (place[other], place[one])
            here["met"][at] = 1
            here["mutual"][at] = float(row["mutual_yes"])
            here["age"][at] = abs(float(row["age_difference"] or 0))
            here["group"][at] = float(row["same_group"] or 0)
            here["rated"][at] += float(row["rating_appeal"] or 5)
        found.append(here)
    return found


def foretold_yes(
    events: list[dict[str, NDArray[np.float64]]], left_out: int
) -> NDArray[np.float64]:
    """Return the probability of a mutual yes from age and group, learnt at the other events only."""
    others = [here for number, here in enumerate(events) if number != left_out]
    known = np.concatenate([features(here)[here["met"] > 0] for here in others])
    yes = np.concatenate([here["mutual"][here["met"] > 0] for here in others])
    weights = np.zeros(known.shape[1])
    for _ in range(20):
        expected = 1 / (1 + np.exp(-known @ weights))
        spread = known * (expected * (1 - expected))[:, None]
        weights += np.linalg.solve(
            known.T @ spread + 1e-6 * np.eye(len(weights)), known.T @ (yes - expected)
        )
    return np.asarray(1 / (1 + np.exp(-features(events[left_out]) @ weights)))


def features(here: dict[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    age = here["age"] / 10
    return np.stack([np.ones_like(age), age, age**2, here["group"]], axis=-1)


def plan_of(points: NDArray[np.float64], rounds: int) -> NDArray[np.bool_]:
    """Return who meets in a plan of as many meetings as possible, evenly spread, by these points."""
    score = np.round(points / max(points.max(), 1e-9) * 1_000_000).astype(np.int64)
    mentee, mentor = np.divmod(np.arange(score.size), score.shape[1])
    places = np.ones(score.shape[1], dtype=np.int64)
    pairs = from_edges(mentee, mentor, score.ravel(), len(score), places)
    keys = [f"a{n}" for n in range(len(score))], [f"b{n}" for n in range(score.shape[1])]
    attendance = [Attendee(key, side == 1) for side in (0, 1) for key in keys[side]]
    mixer = Mixer(rounds, min(score.shape), aim=Aim.EVEN)
    met = np.zeros(score.shape, dtype=bool)
    for meeting in plan_rotation(attendance, Scores(*keys, pairs), mixer).encounters:
        met[int(meeting.mentee[1:]), int(meeting.mentor[1:])] = True
    return met


def random_yes(truth: NDArray[np.float64], rounds: int, seed: int) -> NDArray[np.int64]:
    """Return the mutual yeses of 200 round-robins with everybody in a random order."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(200):
        mixed = truth[rng.permutation(len(truth))][:, rng.permutation(truth.shape[1])]
        found.append(round_robin(mixed.astype(np.int64), rounds, min(truth.shape)))
    return np.array(found)


if __name__ == "__main__":
    main()
