"""`lodestar solve`: people, places and scored pairs in, the proven best matching out."""

import argparse
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from lodestar.engine.matching.certificate import Certificate, Market, as_fields, prove
from lodestar.engine.matching.lottery import draw
from lodestar.engine.matching.objectives import best_listed
from lodestar.engine.matching.pairs import EligiblePairs, Ints, from_edges
from lodestar.engine.matching.problem import PERFECT, Objective
from lodestar.engine.matching.solving import Listed
from lodestar.web.cli.doors import refusing, some_seed
from lodestar.web.cli.packed import arrays_in
from lodestar.web.cli.phrases import summary
from lodestar.web.cli.sheets import (
    FileFault,
    Sheet,
    columns_of,
    csv_text,
    json_text,
    read_sheet,
    write_whole,
)
from lodestar.web.cli.timing import peak_mib, timed

EDGE = ("mentee", "mentor", "score")
MOST_PLACES = 1_000_000


@dataclass(frozen=True, slots=True)
class Instance:
    """A matching instance: names by position, in their order, and the allowed pairs."""

    mentees: list[str]
    mentors: list[str]
    pairs: EligiblePairs
    groups: list[str]

    @property
    def sha256(self) -> str:
        """The fingerprint of names, places and pairs, in the order of the names."""
        pairs = self.pairs
        names = [*self.mentees, "", *self.mentors, "", *self.groups]
        digest = hashlib.sha256("\n".join(names).encode())
        loads = (pairs.capacity, pairs.demands, pairs.minimums)
        for numbers in (*loads, pairs.start, pairs.mentor, pairs.score):
            digest.update(np.ascontiguousarray(numbers, dtype="<i8").tobytes())
        return digest.hexdigest()


@refusing("solve")
def main(arguments: list[str]) -> int:
    """Run the command; return 0, or 2 with one sentence on what to mend."""
    options = parser().parse_args(arguments)
    seconds: dict[str, float] = {}
    with timed(seconds, "read"):
        instance = read_instance(options.folder)
    certificate, rows = solved(instance, Objective(options.objective), options.seed, seconds)
    write_whole(
        {
            options.out / "pairs.csv": csv_text(["mentee", "mentor", "score"], rows),
            options.out / "certificate.json": json_text(as_fields(certificate)),
            options.out / "timings.json": json_text({"seconds": seconds, "peak_mib": peak_mib()}),
        }
    )
    print(summary(certificate, options.out))
    return 0


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser("lodestar solve", description=__doc__)
    found.add_argument("folder", type=Path, help="mentees.csv, mentors.csv, edges.csv or edges.npz")
    found.add_argument("--out", type=Path, required=True, help="folder for the results")
    found.add_argument(
        "--objective", choices=[objective.value for objective in Objective], default="served"
    )
    found.add_argument("--seed", type=some_seed, default=0, help="of the lottery among equals")
    return found


def solved(
    instance: Instance, objective: Objective, seed: int, seconds: dict[str, float]
) -> tuple[Certificate, list[list[object]]]:
    pairs = instance.pairs
    with timed(seconds, "solve"):
        drawn = draw(seed, instance.mentees, instance.mentors)
        listed = Listed(pairs, pairs.score)
        solution, weighed = best_listed(listed, objective, drawn, instance.groups)
    with timed(seconds, "prove"):
        proof = prove(pairs, weighed.weight, solution.claim)
    certificate = Certificate.of(
        proof,
        Market.of(pairs),
        eligible_pairs=len(pairs),
        objective=objective,
        seed=seed,
        inputs_sha256=instance.sha256,
    )
    claim = solution.claim
    score = pairs.score[pairs.positions_of(claim.mentee, claim.mentor)]
    ends = zip(claim.mentee.tolist(), claim.mentor.tolist(), score.tolist(), strict=True)
    rows: list[list[object]] = [
        [instance.mentees[row], instance.mentors[column], points]
        for row, column, points in sorted(ends)
    ]
    return certificate, rows


def read_instance(folder: Path) -> Instance:
    """Read a folder in the format of the matching instances.

    Besides what it must have, mentors.csv may have a column minimum, and mentees.csv a column group.
    """
    mentee_sheet, mentor_sheet = (
        read_sheet(folder / f"{side}s.csv") for side in ("mentee", "mentor")
    )
    mentees = read_counts(mentee_sheet, "mentee", "demand")
    mentors = read_counts(mentor_sheet, "mentor", "capacity")
    minimum = read_counts(mentor_sheet, "mentor", "minimum", otherwise=0)
    written = (list(mentees), list(mentors))
    packed = folder / "edges.npz"
    read_edges = read_packed if packed.exists() else read_listed
    mentee, mentor, score = read_edges(folder, *written)
    groups = dict(zip(written[0], read_words(mentee_sheet, "group"), strict=True))
    keys = sorted(written[0]), sorted(written[1])
    pairs = from_edges(
        places_of(written[0])[mentee],
        places_of(written[1])[mentor],
        score,
        len(mentees),
        numbers_of(mentors, keys[1]),
    )
    pairs = replace(
        pairs, demand=numbers_of(mentees, keys[0]), minimum=numbers_of(minimum, keys[1])
    )
    return Instance(*keys, pairs, [groups[key] for key in keys[0]])


def places_of(written: Sequence[str]) -> Ints:
    """Return where each of some names stands in their order, so that no order of rows can matter."""
    order = sorted(range(len(written)), key=written.__getitem__)
    places = np.empty(len(written), dtype=np.int64)
    places[order] = np.arange(len(written))
    return places


def numbers_of(counts: Mapping[str, int], keys: Sequence[str]) -> Ints:
    return np.array([counts[key] for key in keys], dtype=np.int64)


def read_words(sheet: Sheet, heading: str) -> list[str]:
    """Return a column as it stands, blank where there is none."""
    column = columns_of(sheet)
    if heading not in column:
        return [""] * len(sheet.rows)
    return ["".join(cells[column[heading] :][:1]).strip() for _, cells in sheet.rows]


def read_counts(
    sheet: Sheet, side: str, count: str, otherwise: int | None = None
) -> dict[str, int]:
    """Return a column of whole numbers by name; `otherwise` where there is no such column."""
    column = columns_of(sheet)
    if side in column and count not in column and otherwise is not None:
        return {cells[column[side]].strip(): otherwise for _, cells in sheet.rows}
    if side not in column or count not in column:
        raise FileFault(f"{sheet.name} needs the headings {side} and {count} in its first row.")
    counts: dict[str, int] = {}
    for row, cells in sheet.rows:
        name, cell = cells[column[side]].strip(), "".join(cells[column[count] :][:1]).strip()
        if not name or name in counts:
            raise FileFault(f"{sheet.name}, row {row}, {side}: give each row its own name.")
        counts[name] = whole(cell, f"{sheet.name}, row {row}, {count}", MOST_PLACES)
    return counts


def whole(cell: str, where: str, most: int) -> int:
    if not re.fullmatch(r"\d{1,9}", cell) or int(cell) > most:
        raise FileFault(f"{where}: “{cell}” is not a whole number from 0 to {most}.")
    return int(cell)


def read_listed(folder: Path, mentees: Sequence[str], mentors: Sequence[str]) -> tuple[Ints, ...]:
    sheet = read_sheet(folder / "edges.csv")
    columns_of(sheet)
    if tuple(heading.casefold() for heading in sheet.headings[:3]) != EDGE:
        raise FileFault("edges.csv needs the headings mentee, mentor, score in its first row.")
    row_of = {name: place for place, name in enumerate(mentees)}
    column_of = {name: place for place, name in enumerate(mentors)}
    found = np.zeros((3, len(sheet.rows)), dtype=np.int64)
    for place, (row, cells) in enumerate(sheet.rows):
        mentee, mentor, score = (*(cell.strip() for cell in cells), "", "", "")[:3]
        found[0, place] = known(mentee, row_of, f"edges.csv, row {row}, mentee")
        found[1, place] = known(mentor, column_of, f"edges.csv, row {row}, mentor")
        found[2, place] = whole(score, f"edges.csv, row {row}, score", PERFECT)
    twice = repeated(found[0], found[1])
    if twice is not None:
        row, (mentee, mentor) = sheet.rows[twice][0], sheet.rows[twice][1][:2]
        raise FileFault(
            f"edges.csv, row {row}: {mentee} and {mentor} stand in an earlier row too. Keep one of the two."
        )
    return found[0], found[1], found[2]


def repeated(mentee: Ints, mentor: Ints) -> int | None:
    """Return where a pair first stands for the second time."""
    order = np.lexsort((mentor, mentee))
    same = (np.diff(mentee[order]) == 0) & (np.diff(mentor[order]) == 0)
    return int(order[1:][same].min()) if same.any() else None


def known(name: str, positions: Mapping[str, int], where: str) -> int:
    if name not in positions:
        raise FileFault(
            f"{where}: “{name}” is not in the list of people. Correct or remove the row."
        )
    return positions[name]


def read_packed(folder: Path, mentees: Sequence[str], mentors: Sequence[str]) -> tuple[Ints, ...]:
    packed = arrays_in(
        folder / "edges.npz", EDGE, "needs whole-number arrays mentee, mentor and score."
    )
    mentee, mentor, score = (packed[name] for name in EDGE)
    limits = {"mentee": len(mentees) - 1, "mentor": len(mentors) - 1, "score": PERFECT}
    for (name, most), numbers in zip(limits.items(), (mentee, mentor, score), strict=True):
        if numbers.dtype.kind not in "iu" or numbers.ndim != 1 or len(numbers) != len(mentee):
            raise FileFault(
                f"edges.npz, {name}: an array of whole numbers of one length is needed."
            )
        wrong = np.flatnonzero((numbers < 0) | (numbers > most))
        if len(wrong):
            raise FileFault(
                f"edges.npz, {name}, position {wrong[0]}: {numbers[wrong[0]]} is not from 0 to {most}."
            )
    twice = repeated(mentee, mentor)
    if twice is not None:
        raise FileFault(
            f"edges.npz, position {twice}: this pair stands at an earlier position too."
        )
    return mentee.astype(np.int64), mentor.astype(np.int64), score.astype(np.int64)
