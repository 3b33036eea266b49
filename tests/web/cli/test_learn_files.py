import csv
import json
from pathlib import Path

import numpy as np
import pytest

from lodestar.web.cli import match_files
from lodestar.web.cli.learn_files import main
from tests.web.cli.written import COHORT

DESIGN = """
[[criteria]]
name = "help"
kind = "topics"
mentee_field = "Topics wanted"
mentor_field = "Topics offered"
weight = 7
[[criteria]]
name = "clock"
kind = "timezone"
mentee_field = "Time zone"
mentor_field = "Time zone"
weight = 3
"""


@pytest.fixture
def design(tmp_path: Path) -> Path:
    path = tmp_path / "design.toml"
    path.write_text(DESIGN)
    return path


def rated(path: Path, pairs: int, *, seed: int, slope: float = 3.0) -> Path:
    """Write matches whose ratings follow the clock alone, which the design weighs little."""
    rng = np.random.default_rng(seed)
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            ["mentee", "mentor", "score", "help", "clock", "mentee_rating", "mentor_rating"]
        )
        for n in range(pairs):
            help_, clock = rng.integers(0, 101, 2)
            rating = np.clip(np.rint(2 + slope * clock / 100 + rng.normal(0, 0.5, 2)), 1, 5)
            points = [7_000 * help_, 3_000 * clock]
            writer.writerow(
                [f"e{n}", f"m{n % 60}", sum(points), *points, int(rating[0]), int(rating[1])]
            )
    return path


def run(out: Path, design: Path, *files: Path) -> int:
    return main(["--rated", *map(str, files), "--design", str(design), "--out", str(out)])


def test_clear_ratings_propose_weights_and_say_so(tmp_path, design, capsys):
    assert run(tmp_path / "out", design, rated(tmp_path / "one.csv", 300, seed=1)) == 0

    said = capsys.readouterr().out
    report = json.loads((tmp_path / "out" / "learned.json").read_text())
    proposal = dict(zip(("help", "clock"), report["weights"]["proposal"], strict=True))
    assert report["weights"]["standing"] == "proposed"
    assert proposal["clock"] > proposal["help"]
    assert "300 of 300 pairs were rated" in said
    assert "clock: 3,000 now, the ratings suggest" in said
    assert "nothing is known of pairs that were never made" in said


def test_two_cohorts_are_also_tested_forward_in_time(tmp_path, design, capsys):
    cohorts = [rated(tmp_path / f"{n}.csv", 200, seed=n) for n in (1, 2)]

    assert run(tmp_path / "out", design, *cohorts) == 0

    assert "on 200 pairs that were not learned from" in capsys.readouterr().out
    assert (
        json.loads((tmp_path / "out" / "learned.json").read_text())["back_test"]["tested_on"] == 200
    )


def test_a_cohort_that_is_given_twice_is_refused_whatever_its_order(tmp_path, design, capsys):
    one = rated(tmp_path / "one.csv", 40, seed=1)
    head, *rows = one.read_text().splitlines()
    again = tmp_path / "again.csv"
    again.write_text("\n".join([head, *reversed(rows)]), encoding="utf-8-sig")

    for files in ((one, one), (one, again)):
        assert run(tmp_path / "out", design, *files) == 2
        assert capsys.readouterr().err == (
            f"lodestar learn: {files[1]} holds the same rows as {one}: name each cohort once.\n"
        )

    assert not (tmp_path / "out").exists()


def test_few_ratings_say_how_many_are_missing_and_nothing_else(tmp_path, design, capsys):
    assert run(tmp_path / "out", design, rated(tmp_path / "one.csv", 12, seed=1)) == 0

    assert capsys.readouterr().out.startswith(
        "12 of 12 pairs were rated: too few to say anything. 18 more are needed.\n"
    )
    assert (tmp_path / "out" / "weights.csv").read_text().count("\n") == 1


def test_the_matches_of_a_run_can_be_rated_as_they_are(tmp_path, capsys):
    out = tmp_path / "run"
    tables = [
        "--mentees",
        str(COHORT / "mentees-60.csv"),
        "--mentors",
        str(COHORT / "mentors-40.csv"),
    ]
    match_files.main([*tables, "--out", str(out)])
    rows = (out / "matches.csv").read_text().splitlines()
    (out / "rated.csv").write_text(
        "\n".join(
            [rows[0] + ",mentee_rating", *(f"{row},{1 + n % 5}" for n, row in enumerate(rows[1:]))]
        )
    )
    capsys.readouterr()

    assert main(["--rated", str(out / "rated.csv"), "--out", str(out)]) == 0

    said = capsys.readouterr().out
    assert "51 of 51 pairs were rated: enough for estimates, too few for a proposal." in said
    assert "shared_identity: 400 now, never learned" in said


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("mentee,mentor,help,mentee_rating\na,b,5,5\n", "has no column clock"),
        ("mentee,mentor,help,clock\na,b,5,5\n", "has no ratings: add the column mentee_rating"),
        (
            "mentee,mentor,help,clock,rating\na,b,x,5,5\n",
            "row 2, help: “x” is not a number of points",
        ),
        (
            "mentee,mentor,help,clock,rating\na,b,5,5,9\n",
            "row 2, rating: “9” is not a rating from 1 to 5",
        ),
        ("mentee,mentor,help,clock,rating\na,b,5,900000,3\n", "row 2, clock: more points than"),
        (
            "mentee,mentor,help,clock,rating\na,b,5,5,5.5\n",
            "row 2, rating: “5.5” is not a rating from 1 to 5",
        ),
        (
            "mentee,mentor,help,clock,rating\na,b,5,5,5\na,c,5,5,5\na,b,5,5,4\n",
            ", row 4: a and b stand in row 2 too.",
        ),
        ("mentee,mentor,help,clock,rating\na,,5,5,5\n", "row 2, mentor: write who it was"),
        ("mentee,mentor,help,clock,rating\n,b,5,5,5\n", "row 2, mentee: write who it was"),
        (
            "mentee,mentor,help,clock,rating,Rating\na,b,5,5,5,1\n",
            ": “Rating” is the heading of column 5 and of column 6",
        ),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(tmp_path, design, capsys, table, said):
    (tmp_path / "one.csv").write_text(table)

    assert run(tmp_path / "out", design, tmp_path / "one.csv") == 2

    error = capsys.readouterr().err
    assert error.startswith("lodestar learn: one.csv")
    assert said in error
    assert not (tmp_path / "out").exists()
