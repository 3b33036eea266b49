"""`lodestar learn`: rated matches in, what they say about the weights out."""

import argparse
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from lodestar.engine.learning.backtest import BackTest, back_test
from lodestar.engine.learning.feedback import DesignWeights, RatedPairs, joined, weights_of
from lodestar.engine.learning.weights import LearnedWeights, learn_weights
from lodestar.web.cli.design_files import read_design
from lodestar.web.cli.doors import refusing, some_seed
from lodestar.web.cli.learn_phrases import back_test_sentences, learned_sentences
from lodestar.web.cli.sheets import (
    FileFault,
    Sheet,
    columns_of,
    csv_text,
    json_text,
    read_sheet,
    write_whole,
)

RATINGS = (("mentee_rating", "rating"), ("mentor_rating",))
SIDES = ("mentee", "mentor")
BEST_RATING = 5
MOST_CLOSENESS = 100


@refusing("learn")
def main(arguments: list[str]) -> int:
    """Run the command; return 0, or 2 with one sentence on what to mend."""
    options = parser().parse_args(arguments)
    design = weights_of(read_design(options.design).design.criteria)
    sheets = [read_sheet(path) for path in options.rated]
    refuse_same_cohort(options.rated, sheets)
    cohorts = [rated_pairs(sheet, design, f"{place}: ") for place, sheet in enumerate(sheets, 1)]
    learned = learn_weights(design, joined(cohorts), options.seed)
    tested = back_test(design, cohorts, options.seed) if len(cohorts) > 1 else None
    write_whole(files(options.out, learned, tested))
    print(*learned_sentences(learned), sep="\n")
    if tested:
        print(*back_test_sentences(tested), sep="\n")
    return 0


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser("lodestar learn", description=__doc__)
    found.add_argument(
        "--rated",
        type=Path,
        nargs="+",
        required=True,
        metavar="F",
        help="matches.csv of each cohort in order of time, with columns mentee_rating and "
        "mentor_rating (1 to 5, blank for none)",
    )
    found.add_argument("--design", type=Path, help="the design.toml they were matched by")
    found.add_argument(
        "--seed", type=some_seed, default=1, help="of the folds that hold pairs back"
    )
    found.add_argument("--out", type=Path, required=True, help="folder for the results")
    return found


def rated_pairs(sheet: Sheet, design: DesignWeights, prefix: str) -> RatedPairs:
    """Return the matches of a sheet with their closeness by criterion and their ratings.

    `prefix` tells the same two people of two cohorts apart.
    """
    place = columns_of(sheet)
    missing = [name for name in ("mentee", "mentor", *design.names) if name.casefold() not in place]
    if missing:
        raise FileFault(
            f"{sheet.name} has no column {missing[0]}: give the matches.csv of a run by this design."
        )
    if not any(name in place for names in RATINGS for name in names):
        raise FileFault(f"{sheet.name} has no ratings: add the column mentee_rating, 1 to 5.")
    points = np.array(
        [
            [number(sheet, row, cells, place[name.casefold()], name) for name in design.names]
            for row, cells in sheet.rows
        ],
        dtype=float,
    ).reshape(-1, len(design.names))
    closeness = points / np.maximum(np.array(design.basis_points, dtype=float), 1)
    over = np.argwhere(closeness > MOST_CLOSENESS + 1e-9)
    if len(over):
        row, column = sheet.rows[int(over[0][0])][0], design.names[int(over[0][1])]
        raise FileFault(
            f"{sheet.name}, row {row}, {column}: more points than this design's weight can give. "
            "Name the design that these matches were made by."
        )
    pairs = pairs_in(sheet, place)
    return RatedPairs(
        keys=tuple(f"{prefix}{mentee} {mentor}" for mentee, mentor in pairs),
        closeness=closeness,
        ratings=np.array(
            [ratings_in(sheet, row, cells, place) for row, cells in sheet.rows]
        ).reshape(-1, 2),
        mentors=tuple(mentor for _, mentor in pairs),
        cohorts=tuple(prefix for _ in sheet.rows),
    )


def refuse_same_cohort(paths: Sequence[Path], sheets: Sequence[Sheet]) -> None:
    """Refuse a cohort that is given twice: its ratings would count double."""
    seen: dict[object, Path] = {}
    for path, sheet in zip(paths, sheets, strict=True):
        told = (sheet.headings, tuple(sorted(cells for _, cells in sheet.rows)))
        if told in seen:
            raise FileFault(f"{path} holds the same rows as {seen[told]}: name each cohort once.")
        seen[told] = path


def pairs_in(sheet: Sheet, place: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return who was matched with whom, row by row; refuse a blank, and a pair that stands twice."""
    first: dict[tuple[str, str], int] = {}
    for row, cells in sheet.rows:
        mentee, mentor = ("".join(cells[place[side] :][:1]).strip() for side in SIDES)
        for side, name in zip(SIDES, (mentee, mentor), strict=True):
            if not name:
                raise FileFault(f"{sheet.name}, row {row}, {side}: write who it was.")
        if (mentee, mentor) in first:
            raise FileFault(
                f"{sheet.name}, row {row}: {mentee} and {mentor} stand in row {first[mentee, mentor]} too. "
                "Keep one of the two rows."
            )
        first[mentee, mentor] = row
    return list(first)


def number(sheet: Sheet, row: int, cells: Sequence[str], column: int, name: str) -> float:
    cell = cells[column].strip() if column < len(cells) else ""
    if not re.fullmatch(r"\d{1,7}", cell):
        raise FileFault(f"{sheet.name}, row {row}, {name}: “{cell}” is not a number of points.")
    return float(cell)


def ratings_in(sheet: Sheet, row: int, cells: Sequence[str], place: dict[str, int]) -> list[float]:
    """Return the mentee's and the mentor's rating, NaN for none."""
    found = []
    for names in RATINGS:
        name = next((name for name in names if name in place), None)
        cell = "".join(cells[place[name] :][:1]).strip() if name else ""
        if cell and not (re.fullmatch(r"[1-5](\.\d+)?", cell) and float(cell) <= BEST_RATING):
            raise FileFault(
                f"{sheet.name}, row {row}, {name}: “{cell}” is not a rating from 1 to 5."
            )
        found.append(float(cell) if cell else float("nan"))
    return found


def files(out: Path, learned: LearnedWeights, tested: BackTest | None) -> dict[Path, bytes]:
    report = {"weights": asdict(learned), "back_test": asdict(tested) if tested else None}
    headings = ["criterion", "weight_now", "learned", "at_least", "at_most", "standing"]
    return {
        out / "learned.json": json_text(report),
        out / "weights.csv": csv_text(
            headings,
            ([e.name, e.designer, e.learned, e.low, e.high, e.kept] for e in learned.estimates),
        ),
    }
