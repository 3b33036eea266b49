"""Prints T8: `lodestar match` beside the package mentor-match, by the package's own rule.

python -m bench.mentor_match [--peers FOLDER] [--people 1000] [--seed N]

Both read the same two CSV files in a process of its own. The rule in the package's words: the mentor's grade must be higher,
the organisation another; the same profession is worth 3 points, the same role 2. The package pairs one with
one. Seconds are processor time with reading the files; memory is the peak of the process.
"""

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.peers import peer_python

PEER = "mentor-match==7.0.1"
PROFESSIONS = tuple(f"profession {n}" for n in range(30))
ROLES = tuple(f"role {n}" for n in range(12))
SAME_PROFESSION, SAME_ROLE = 3, 2

PEER_PROGRAM = """
import json, sys
from pathlib import Path
from matching import process
from matching.rules.rule import Disqualify, Equivalent, Generic

rules = [[
    Disqualify(lambda match: match.mentor.grade - match.mentee.grade < 1),
    Disqualify(lambda match: match.mentor.organisation == match.mentee.organisation),
    Equivalent("profession", {True: 3, False: 0}),
    Equivalent("role", {True: 2, False: 0}),
]]
mentors, mentees = process.conduct_matching_from_file(Path(sys.argv[1]), rules)
json.dump([[e.email, m.email] for e in mentees for m in e.mentors], sys.stdout)
"""
DESIGN = """
[[criteria]]
name = "profession"
kind = "category"
mentee_field = "profession"
mentor_field = "profession"
weight = 3
[[criteria]]
name = "role"
kind = "category"
mentee_field = "role"
mentor_field = "role"
weight = 2
[[constraints]]
name = "higher grade"
kind = "min_gap"
mentee_field = "grade"
mentor_field = "grade"
value = 1
[[constraints]]
name = "another organisation"
kind = "not_same"
mentee_field = "organisation"
mentor_field = "organisation"
[objective]
name = "served"
floor = 0
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who is matched with whom, and what it cost."""

    pairs: list[tuple[str, str]]
    cpu: float
    mib: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, help="where the environment of the package is kept")
    parser.add_argument("--people", type=int, default=1_000, help="on each side")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        sides = write_people(folder, options.people, options.seed)
        theirs = peer_match(peer_python(options.peers or folder, PEER), folder)
        print_lines(sides, our_match(folder), theirs)


def write_people(folder: Path, people: int, seed: int) -> dict[str, dict[str, str]]:
    draw = random.Random(seed)
    everybody = {}
    for side, grades in (("mentee", (1, 6)), ("mentor", (2, 9))):
        rows = [
            {
                "email": f"{side}{n}@example.org",
                "first name": f"First{n}",
                "last name": f"Last{n}",
                "role": draw.choice(ROLES),
                "organisation": f"organisation {draw.randrange(20)}",
                "profession": draw.choice(PROFESSIONS),
                "grade": str(draw.randint(*grades)),
            }
            for n in range(people)
        ]
        with (folder / f"{side}s.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        everybody.update({row["email"]: row for row in rows})
    return everybody


def our_match(folder: Path) -> Outcome:
    (folder / "design.toml").write_text(DESIGN, encoding="utf-8")
    out = folder / "out"
    command = [sys.executable, "-m", "lodestar", "match", "--out", str(out)]
    command += [f"--mentees={folder / 'mentees.csv'}", f"--mentors={folder / 'mentors.csv'}"]
    cpu, mib, _ = measured([*command, f"--design={folder / 'design.toml'}"])
    with (out / "matches.csv").open(encoding="utf-8-sig", newline="") as file:
        pairs = [(row["mentee"], row["mentor"]) for row in csv.DictReader(file)]
    proof = json.loads((out / "certificate.json").read_text(encoding="utf-8"))
    if proof["gap"] or proof["violators"] or proof["served_bound"] != proof["matched"]:
        raise SystemExit(f"Not proven: {proof}")
    return Outcome(pairs, cpu, mib)


def peer_match(python: Path, folder: Path) -> Outcome:
    cpu, mib, told = measured([str(python), "-c", PEER_PROGRAM, str(folder)])
    return Outcome([tuple(pair) for pair in json.loads(told)], cpu, mib)


def measured(command: list[str]) -> tuple[float, float, bytes]:
    """Run a command; return its processor seconds, its peak memory in MiB, and what it printed."""
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        told = child.stdout.read() if child.stdout else b""
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command[0]} ended with {child.returncode}.")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, told


def print_lines(people: dict[str, dict[str, str]], ours: Outcome, theirs: Outcome) -> None:
    print(
        f"T8  {len(people) // 2:,} x {len(people) // 2:,} by the rule of {PEER} (demand: ours proven, total at "
        "least equal, <= 2 s, <= 300 MiB)"
    )
    for name, found in (("lodestar match", ours), ("mentor-match", theirs)):
        points = sum(points_of(people[mentee], people[mentor]) for mentee, mentor in found.pairs)
        served = len({mentee for mentee, _ in found.pairs})
        print(
            f"    {name:15} {served:,} served, {points:,} points, {found.cpu:.2f} s, {found.mib:.0f} MiB"
        )


def points_of(mentee: dict[str, str], mentor: dict[str, str]) -> int:
    same_profession = mentee["profession"] == mentor["profession"]
    return SAME_PROFESSION * same_profession + SAME_ROLE * (mentee["role"] == mentor["role"])


if __name__ == "__main__":
    main()
