"""`lodestar rotate`: who is at the mixer in, who sits with whom in which round out."""

import argparse
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from lodestar.engine.matching.cohort import score_people
from lodestar.engine.matching.pairs import from_edges
from lodestar.engine.matching.problem import PERFECT, MatchingError
from lodestar.engine.rotation.attendance import (
    MOST_PAIRS,
    MOST_ROUNDS,
    MOST_TABLES,
    ONE_TO_ONE,
    Attendee,
    Held,
    Mixer,
    Scores,
)
from lodestar.engine.rotation.meetings import Aim
from lodestar.engine.rotation.planning import Rotation, RotationCertificate, plan_rotation
from lodestar.web.cli.attendance_files import (
    Names,
    held_of,
    people_of,
    say_who_is_new,
    say_who_is_nobody,
)
from lodestar.web.cli.cohorts import keys_by_name
from lodestar.web.cli.design_files import read_design
from lodestar.web.cli.doors import refusing, some_seed
from lodestar.web.cli.packed import arrays_in
from lodestar.web.cli.pair_files import HELP_ON_BLOCKED, read_bans
from lodestar.web.cli.people_files import both_sides
from lodestar.web.cli.sheets import (
    FileFault,
    csv_text,
    json_text,
    read_sheet,
    write_whole,
)
from lodestar.web.cli.timing import peak_mib, timed

NUMBERS = ("mentee", "mentor", "score")
KEYS = ("mentee_keys", "mentor_keys")


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything read from files, before anything is planned."""

    attendance: list[Attendee]
    scores: Scores | None
    held: Held
    apart: frozenset[frozenset[str]]


@refusing("rotate")
def main(arguments: list[str]) -> int:
    """Run the command; return 0, or 2 with one sentence on what to mend."""
    options = parser().parse_args(arguments)
    seconds: dict[str, float] = {}
    with timed(seconds, "read"):
        inputs = read_inputs(options)
    with timed(seconds, "plan"):
        mixer = Mixer(options.rounds, options.tables, options.size, Aim(options.objective))
        rotation = planned(inputs, mixer, options.seed)
    write_whole(files(options.out, inputs, rotation, seconds))
    print("\n".join(summary(rotation.certificate, options.out)))
    return 0


def planned(inputs: Inputs, mixer: Mixer, seed: int) -> Rotation:
    return plan_rotation(
        inputs.attendance,
        inputs.scores,
        mixer,
        held=inputs.held,
        apart=inputs.apart,
        seed=seed,
    )


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(
        "lodestar rotate",
        description="Plans the rounds of a mixer: who sits with whom, at which table. Nobody meets "
        "anybody twice, and the pairs with the most points meet.",
        epilog="Run it again during the evening with --held, the rounds that took place, and an "
        "attendance of who is here now: only the rounds to come are planned.",
    )
    found.add_argument(
        "--attendance",
        type=Path,
        required=True,
        help="who is here: person (ID or e-mail), role (mentor or mentee), and where needed from_round, "
        "to_round, table (the one they must have); CSV or XLSX",
    )
    found.add_argument("--rounds", type=int, required=True, help="of the whole evening")
    found.add_argument("--tables", type=int, required=True, help="that can be used at once")
    found.add_argument(
        "--size", type=int, default=ONE_TO_ONE, help="people at a table; 2, one to one, without it"
    )
    found.add_argument(
        "--scores", type=Path, help="points of the pairs, as lodestar match --scores writes them"
    )
    found.add_argument("--mentees", type=Path, help="instead of --scores: CSV or XLSX")
    found.add_argument("--mentors", type=Path, help="instead of --scores: CSV or XLSX")
    found.add_argument("--design", type=Path, help="design.toml; the usual design without it")
    found.add_argument("--blocked", type=Path, help=HELP_ON_BLOCKED)
    found.add_argument(
        "--held",
        type=Path,
        help="what took place already: round, table and mentee, mentor (as in rounds.csv) or person (as in "
        "seats.csv); with a column met, a no says that they did not meet",
    )
    found.add_argument(
        "--objective",
        choices=[aim.value for aim in Aim],
        default=Aim.TOTAL.value,
        help="one to one, what counts: the total of points; before it the fewest idle seats; and before it "
        "an even spread of the meetings over the people as well",
    )
    found.add_argument("--seed", type=some_seed, default=0, help="of the lottery among equals")
    found.add_argument("--out", type=Path, required=True, help="folder for the results")
    return found


def refuse_contradictions(options: argparse.Namespace) -> None:
    if (options.mentees is None) != (options.mentors is None):
        raise FileFault("--mentees and --mentors go together: name both files, or neither.")
    if options.scores and options.mentees:
        raise FileFault("Points come from --scores or from --mentees and --mentors: name one.")
    for option, number, most in (
        ("rounds", options.rounds, MOST_ROUNDS),
        ("tables", options.tables, MOST_TABLES),
    ):
        if not 1 <= number <= most:
            raise FileFault(f"--{option} {number}: choose 1 to {most:,}.")
    if options.size > ONE_TO_ONE and options.objective != Aim.TOTAL.value:
        raise FileFault(
            f"--objective {options.objective} is for one to one: leave it out, or leave out --size."
        )


def read_inputs(options: argparse.Namespace) -> Inputs:
    """Read every file before planning anything."""
    refuse_contradictions(options)
    scores, names = read_scores(options)
    sheet = read_sheet(options.attendance)
    attendance = people_of(sheet, names, options.rounds, options.tables)
    if scores:
        say_who_is_new(sheet, names)
    names = names.joined_by(attendance)
    held = read_held(options, names)
    blocked: dict[tuple[str, str], str] = {}
    if options.blocked:
        blocked = read_bans(read_sheet(options.blocked), (names.mentee, names.mentor))
    return Inputs(attendance, scores, held, frozenset(map(frozenset, blocked)))


def read_held(options: argparse.Namespace, names: Names) -> Held:
    """Return what took place already, and say who of it is nobody here."""
    if options.held is None:
        return Held()
    sheet = read_sheet(options.held)
    held = held_of(sheet, names)
    if held.rounds >= options.rounds:
        raise FileFault(
            f"{sheet.name}: round {held.rounds} is held, and --rounds {options.rounds} leaves none to plan. All "
            f"{options.rounds} rounds are held already: ask for more, or correct the rounds."
        )
    say_who_is_nobody(sheet, names)
    return held


def read_scores(options: argparse.Namespace) -> tuple[Scores | None, Names]:
    """Return the points of pairs, and how people may be called."""
    if options.scores:
        scores = packed_scores(options.scores)
        known = [{key: key for key in keys} for keys in (scores.mentee_keys, scores.mentor_keys)]
        return scores, Names(*known)
    if not options.mentees:
        return None, Names()
    stated = read_design(options.design)
    mentee_sheet, mentor_sheet = read_sheet(options.mentees), read_sheet(options.mentors)
    mentees, mentors = both_sides(mentee_sheet, mentor_sheet, stated)
    if len(mentees) * len(mentors) > MOST_PAIRS:
        raise MatchingError(
            f"{len(mentees):,} mentees and {len(mentors):,} mentors are more than one mixer: keep those "
            "who come."
        )
    problem = score_people(mentees, mentors, stated.design)
    pairs = problem.pairs if problem.pairs is not None else problem.scorer.listed()
    keys = [
        [person.key for person in side] for side in (problem.scorer.mentees, problem.scorer.mentors)
    ]
    names = Names(keys_by_name(mentee_sheet, "mentee"), keys_by_name(mentor_sheet, "mentor"))
    return Scores(keys[0], keys[1], pairs), names


def packed_scores(path: Path) -> Scores:
    """Read the points that `lodestar match --scores` wrote."""
    names = (*NUMBERS, *KEYS)
    mend = f"needs the arrays {', '.join(names)}: write it with lodestar match --scores."
    found = arrays_in(path, names, mend)
    keys = [[str(key) for key in found[name].ravel()] for name in KEYS]
    for name, most in zip(NUMBERS, (len(keys[0]) - 1, len(keys[1]) - 1, PERFECT), strict=True):
        numbers = found[name]
        is_list = numbers.ndim == 1 and len(numbers) == found["mentee"].size
        if numbers.dtype.kind not in "iu" or not is_list:
            raise FileFault(f"{path.name}, {name}: whole numbers are needed, one for each pair.")
        wrong = np.flatnonzero((numbers < 0) | (numbers > most))
        if len(wrong):
            raise FileFault(
                f"{path.name}, {name}, position {wrong[0]}: {numbers[wrong[0]]} is not from 0 to {most}."
            )
    mentee, mentor, score = (found[name].ravel().astype(np.int64) for name in NUMBERS)
    places = np.ones(len(keys[1]), dtype=np.int64)
    return Scores(keys[0], keys[1], from_edges(mentee, mentor, score, len(keys[0]), places))


def files(
    out: Path, inputs: Inputs, rotation: Rotation, seconds: Mapping[str, float]
) -> dict[Path, bytes]:
    """Return the files to write by path."""
    certificate = rotation.certificate
    role = {person.key: "mentor" if person.is_mentor else "mentee" for person in inputs.attendance}
    found = {
        out / "rounds.csv": csv_text(
            ["round", "table", "mentee", "mentor", "score"],
            ([e.round, e.table, e.mentee, e.mentor, e.score] for e in rotation.encounters),
        ),
        out / "people.csv": csv_text(*cards(rotation, role)),
        out / "idle.csv": csv_text(
            ["round", "person"], ([wait.round, wait.person] for wait in rotation.waits)
        ),
        out / "certificate.json": json_text(asdict(certificate)),
        out / "timings.json": json_text({"seconds": seconds, "peak_mib": peak_mib()}),
    }
    if certificate.size > ONE_TO_ONE:
        found[out / "seats.csv"] = csv_text(
            ["round", "table", "person", "role"],
            ([seat.round, seat.table, seat.person, role[seat.person]] for seat in rotation.seats),
        )
    return found


def cards(rotation: Rotation, role: Mapping[str, str]) -> tuple[list[str], list[list[object]]]:
    """Return one row a person: their tables round by round; blank where they wait or are not here."""
    certificate = rotation.certificate
    rounds = range(certificate.held_rounds + 1, certificate.rounds + 1)
    table_of = {(seat.person, seat.round): seat.table for seat in rotation.seats}
    here = sorted({*(p for p, _ in table_of), *(wait.person for wait in rotation.waits)})
    rows: list[list[object]] = [
        [person, role[person], *(table_of.get((person, number), "") for number in rounds)]
        for person in sorted(here, key=lambda person: (role[person], person))
    ]
    return ["person", "role", *(f"round_{number}" for number in rounds)], rows


def summary(found: RotationCertificate, out: Path) -> list[str]:
    """Say what the plan is worth, how much better any other could be, and what would be fairer."""
    if found.is_proven:
        best = "proven best"
    else:
        best = f"at most {percent(found.gap, found.bound)} below the best possible"
    lines = [
        f"{found.meetings:,} meetings of {found.mentees:,} mentees with {found.mentors:,} mentors in "
        f"{found.rounds - found.held_rounds} rounds (total {found.total:,}; {best}); "
        f"{found.repeats} repeats, {found.idle_seats:,} idle seats. The results are in {out}."
    ]
    even = found.if_even
    if even and even.fewest_meetings > found.fewest_meetings:
        lines.append(
            f"From {found.fewest_meetings} to {found.most_meetings} meetings each: --objective even gives "
            f"everybody {even.fewest_meetings} or more, for "
            f"{percent(found.total - even.total, found.total)} of the points."
        )
    return lines


def percent(part: int, whole: int) -> str:
    """Return a share in words.

    >>> percent(1, 80), percent(0, 0)
    ('1.25 %', '0.00 %')
    """
    return f"{100 * part / whole if whole else 0:.2f} %"
