"""The projects of Open Seeds, and whom the organisers chose for each from the mentors of its cohort."""

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.answers.values import offset_minutes
from lodestar.engine.matching.problem import REFERENCE_DATE

Numbers = NDArray[np.float64]
Rows = list[dict[str, str]]
Scores = list[Numbers]


@dataclass(frozen=True)
class Project:
    """A project with its mentees, the mentors it could have had, and those it got."""

    row: dict[str, str]
    mentees: tuple[str, ...]
    pool: tuple[str, ...]
    real: NDArray[np.bool_]

    @property
    def cohort(self) -> str:
        return self.row["cohort"]


class Program:
    """The set, read once."""

    def __init__(self, folder: Path) -> None:
        self.people = {row["person_id"]: row for row in rows_of(folder / "people.csv")}
        self.projects = rows_of(folder / "projects.csv")
        self.pairs = rows_of(folder / "pairs.csv")
        self.pool = rows_of(folder / "mentor_pool.csv")

    @cached_property
    def minutes(self) -> dict[str, int | None]:
        zones = {key: row["timezone"] for key, row in self.people.items()}
        return {key: offset_minutes(zone, REFERENCE_DATE) for key, zone in zones.items()}

    def cases(self, also_offered: bool) -> list[Project]:
        """Return every project that got a mentor, cohort by cohort."""
        roles = ("mentored", "offered_to_mentor") if also_offered else ("mentored",)
        found = []
        for project in sorted(self.projects, key=lambda row: row["project_id"]):
            mine = [pair for pair in self.pairs if pair["project_id"] == project["project_id"]]
            pool = tuple(
                sorted(
                    row["person_id"]
                    for row in self.pool
                    if row["cohort"] == project["cohort"] and "1" in [row[role] for role in roles]
                )
            )
            got = {pair["mentor_id"] for pair in mine}
            mentees = tuple(sorted({pair["mentee_id"] for pair in mine}))
            if mine:
                found.append(Project(project, mentees, pool, np.array([m in got for m in pool])))
        return found

    def expertise(self, person: str) -> str:
        return self.people[person]["expertise"]


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
