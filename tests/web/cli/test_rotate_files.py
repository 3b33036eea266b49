from pathlib import Path

import numpy as np
import pytest

from lodestar.web.cli.match_files import main as match
from lodestar.web.cli.rotate_files import main
from tests.web.cli.written import COHORT, certificate_of, rows_of

WRITTEN = ["certificate.json", "idle.csv", "people.csv", "rounds.csv", "timings.json"]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Write who is here, and points of three mentees with two mentors."""
    (tmp_path / "attendance.csv").write_text(
        "Person;Role;From round;To round;Table\n"
        "ana@example.org;mentee;;;\nBO;Mentee;;;\n=cy;mentee;2;;\nmia;mentor;;;2\nnoor;mentors;;2;\n"
    )
    np.savez(
        tmp_path / "scores.npz",
        mentee=np.array([0, 0, 1, 1, 2]),
        mentor=np.array([0, 1, 0, 1, 1]),
        score=np.array([900_000, 500_000, 800_000, 700_000, 600_000]),
        mentee_keys=np.array(["ana@example.org", "BO", "=cy"]),
        mentor_keys=np.array(["mia", "noor"]),
        capacity=np.array([1, 1]),
    )
    return tmp_path


def run(folder: Path, *more: str, out: str = "out") -> int:
    return main(
        [
            *("--attendance", str(folder / "attendance.csv"), "--out", str(folder / out)),
            *("--rounds", "3", "--tables", "2", *more),
        ]
    )


def with_scores(folder: Path, *more: str, out: str = "out") -> int:
    return run(folder, "--scores", str(folder / "scores.npz"), *more, out=out)


def test_an_office_gets_rounds_cards_and_a_proof(office, capsys):
    assert with_scores(office) == 0

    meetings = rows_of(office / "out" / "rounds.csv")
    assert sorted((row["mentee"], row["mentor"], row["score"]) for row in meetings) == [
        ("'=cy", "noor", "600000"),
        ("BO", "mia", "800000"),
        ("BO", "noor", "700000"),
        ("ana@example.org", "mia", "900000"),
    ]
    assert [row["round"] for row in meetings] == ["1", "1", "2", "2"]
    assert {row["table"] for row in meetings if row["mentor"] == "mia"} == {"2"}
    found = certificate_of(office / "out")
    assert [found[name] for name in ("meetings", "total", "bound", "gap", "is_proven")] == [
        4,
        3_000_000,
        3_000_000,
        0,
        True,
    ]
    assert [found[name] for name in ("repeats", "broken_rules", "idle_seats")] == [0, 0, 5]
    assert sorted(path.name for path in (office / "out").iterdir()) == WRITTEN
    assert "4 meetings of 3 mentees with 2 mentors in 3 rounds" in capsys.readouterr().out


def test_each_person_has_a_card_and_waits_are_listed(office):
    with_scores(office)

    cards = rows_of(office / "out" / "people.csv")
    waits = rows_of(office / "out" / "idle.csv")

    assert [(card["person"], card["role"]) for card in cards] == [
        ("'=cy", "mentee"),
        ("BO", "mentee"),
        ("ana@example.org", "mentee"),
        ("mia", "mentor"),
        ("noor", "mentor"),
    ]
    assert list(cards[0]) == ["person", "role", "round_1", "round_2", "round_3"]
    assert cards[3]["round_1"] == cards[3]["round_2"] == "2"
    assert sorted(wait["person"] for wait in waits if wait["round"] == "3") == [
        "'=cy",
        "BO",
        "ana@example.org",
        "mia",
    ]


def test_the_rounds_to_come_are_planned_from_what_was_held(office):
    with_scores(office)
    held = [row for row in rows_of(office / "out" / "rounds.csv") if row["round"] == "1"]
    lines = [f"{row['round']},{row['table']},{row['mentee']},{row['mentor']},yes" for row in held]
    lines[0] = lines[0].removesuffix("yes") + "No"
    (office / "held.csv").write_text("\n".join(["round,table,mentee,mentor,met", *lines]) + "\n")

    assert with_scores(office, "--held", str(office / "held.csv"), out="later") == 0

    later = rows_of(office / "later" / "rounds.csv")
    before = {(row["mentee"], row["mentor"]) for row in held[1:]}
    assert {row["round"] for row in later} == {"2", "3"}
    assert before & {(row["mentee"], row["mentor"]) for row in later} == set()
    found = certificate_of(office / "later")
    assert (found["held_rounds"], found["repeats"]) == (1, 0)
    assert list(rows_of(office / "later" / "people.csv")[0]) == [
        "person",
        "role",
        "round_2",
        "round_3",
    ]


def test_the_same_input_and_seed_give_the_same_bytes(office):
    for out in ("a", "b"):
        with_scores(office, "--seed", "3", out=out)

    for name in set(WRITTEN) - {"timings.json"}:
        assert (office / "a" / name).read_bytes() == (office / "b" / name).read_bytes()


def test_a_cohort_from_its_tables_is_the_one_from_its_scores(tmp_path, capsys):
    mentees, mentors = COHORT / "mentees-60.csv", COHORT / "mentors-40.csv"
    tables = ["--mentees", str(mentees), "--mentors", str(mentors)]
    people = [(row["Email"], row["ID"], "mentee") for row in rows_of(mentees)]
    people += [(row["Email"], row["ID"], "mentor") for row in rows_of(mentors)]
    for name, place in (("mail", 0), ("key", 1)):
        lines = [f"{person[place].upper()},{person[2]}" for person in people]
        (tmp_path / f"{name}.csv").write_text("\n".join(["person,role", *lines]))
    scores = tmp_path / "scores.npz"
    match([*tables, "--out", str(tmp_path / "match"), "--scores", str(scores)])
    size = ["--rounds", "6", "--tables", "40"]

    for name, source in (("mail", tables), ("key", ["--scores", str(scores)])):
        attendance = ["--attendance", str(tmp_path / f"{name}.csv")]
        assert main([*attendance, *size, *source, "--out", str(tmp_path / name / "out")]) == 0

    first, second = (tmp_path / name / "out" for name in ("mail", "key"))
    for name in set(WRITTEN) - {"timings.json"}:
        assert (first / name).read_bytes() == (second / name).read_bytes()
    found = certificate_of(first)
    assert (found["is_proven"], found["meetings"], found["broken_rules"]) == (True, 240, 0)
    assert found["if_even"]["fewest_meetings"] == 4
    assert "--objective even gives everybody 4 or more" in capsys.readouterr().out


def test_tables_that_seat_more_come_with_a_list_of_seats(tmp_path):
    lines = [f"e{n},mentee" for n in range(12)] + [f"m{n},mentor" for n in range(4)]
    (tmp_path / "attendance.csv").write_text("\n".join(["person,role", *lines]))
    size = ["--rounds", "3", "--tables", "4", "--size", "4"]
    attendance = ["--attendance", str(tmp_path / "attendance.csv")]

    assert main([*attendance, *size, "--out", str(tmp_path / "out")]) == 0

    seats = rows_of(tmp_path / "out" / "seats.csv")
    assert len(seats) == 48
    found = certificate_of(tmp_path / "out")
    assert [found[n] for n in ("size", "repeats", "broken_rules", "idle_seats")] == [4, 0, 0, 0]
    held = [seat for seat in seats if seat["round"] == "1"]
    (tmp_path / "held.csv").write_text(
        "\n".join(["round,table,person", *(f"1,{s['table']},{s['person']}" for s in held)])
    )
    again = [*attendance, *size, "--held", str(tmp_path / "held.csv")]
    assert main([*again, "--out", str(tmp_path / "later")]) == 0
    assert certificate_of(tmp_path / "later")["repeats"] == 0


def test_a_block_holds_for_somebody_who_has_no_scores(office):
    (office / "attendance.csv").write_text(
        "ID,role\nana@example.org,mentee\nnew,mentee\nmia,mentor\nnoor,mentor\n"
    )
    (office / "blocked.csv").write_text("mentee,mentor,reason\nnew,mia,blocked\n")

    assert with_scores(office, "--blocked", str(office / "blocked.csv")) == 0

    met = {(row["mentee"], row["mentor"]) for row in rows_of(office / "out" / "rounds.csv")}
    assert met == {("ana@example.org", "mia"), ("ana@example.org", "noor"), ("new", "noor")}


def test_whoever_has_no_points_or_is_nobody_here_is_said(office, capsys):
    with (office / "attendance.csv").open("a") as stream:
        stream.write("mis@example.org;mentee;;;\nann;mentor;;;\n")
    (office / "held.csv").write_text("round,mentee,mentor\n1,BO,mia\n1,zed,noor\n")

    assert with_scores(office, "--held", str(office / "held.csv")) == 0

    assert capsys.readouterr().err == (
        "Note: attendance.csv: nobody with points is called “mis@example.org” (row 7), “ann” (row 8) in this "
        "role; whoever is new counts at the mean.\n"
        "Note: held.csv: nobody here is called “zed” (row 3); whom they met may be met again.\n"
    )


HEAD = "person,role,from_round,to_round,table\n"


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("attendance.csv", "who,role\nana,mentee\n", "needs a heading person"),
        ("attendance.csv", "person,side\nana,mentee\n", "needs a heading role"),
        ("attendance.csv", "person,role\n", "holds headings but nobody"),
        ("attendance.csv", HEAD + ",mentee,,,\n", "row 2, person: write an ID"),
        ("attendance.csv", HEAD + "ana,guest,,,\n", "row 2, role: “guest” is neither"),
        ("attendance.csv", HEAD + "ana,mentee,one,,\n", "row 2, from_round: “one” is not a whole"),
        (
            "attendance.csv",
            HEAD + "BO,mentee,,,9\nmia,mentor,,,\n",
            "attendance.csv, row 2, table: BO needs table 9",
        ),
        (
            "attendance.csv",
            HEAD + "BO,mentee,,,\nBO,mentee,,,\nmia,mentor,,,\n",
            "attendance.csv, row 3: BO is in the attendance twice, first in row 2",
        ),
        (
            "attendance.csv",
            HEAD + "BO,mentee,,,1\nmia,mentor,,,1\n",
            "row 3, table: BO (row 2) and mia both need table 1",
        ),
        (
            "attendance.csv",
            HEAD + "BO,mentee,3,2,\nmia,mentor,,,\n",
            "attendance.csv, row 2: BO is here from round 3 to round 2",
        ),
        ("attendance.csv", "person,role,Role\nBO,mentee,mentor\n", "“Role” is the heading of"),
        ("held.csv", "table,mentee,mentor\n1,BO,mia\n", "held.csv needs a heading round"),
        ("held.csv", "round,mentee,mentor\n,BO,mia\n", "held.csv, row 2, round: write the number"),
        ("held.csv", "round,person\n1,BO\n", "held.csv needs headings mentee and mentor, or"),
        ("held.csv", "round,table,person\n1,,BO\n", "held.csv, row 2, table: write the number"),
        ("held.csv", "round,table,name\n1,1,BO\n", "held.csv needs a heading person"),
        (
            "held.csv",
            "round,mentee,mentor\n3,BO,mia\n",
            "held.csv: round 3 is held, and --rounds 3 leaves none to plan",
        ),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(office, capsys, file, text, said):
    (office / file).write_text(text)
    held = ["--held", str(office / "held.csv")] if file == "held.csv" else []

    assert with_scores(office, *held) == 2

    error = capsys.readouterr().err
    assert error.startswith("lodestar rotate: ")
    assert said in error
    assert error.count("\n") == 1
    assert not (office / "out").exists()


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"mentee": None}, "scores.npz needs the arrays"),
        ({"score": [0.5]}, "scores.npz, score: whole numbers are needed"),
        ({"mentor": [0, 1]}, "scores.npz, mentor: whole numbers are needed"),
        (
            {"mentee": 7, "mentor": 0, "score": 1},
            "scores.npz, mentee: whole numbers are needed",
        ),
        ({"mentee": [[0]], "mentor": [[0]], "score": [[1]]}, "scores.npz, mentee: whole numbers"),
        ({"mentee": [4]}, "scores.npz, mentee, position 0: 4 is not from 0 to 0"),
        ({"mentee": [0, 0], "mentor": [0, 0], "score": [1, 1]}, "A pair is listed twice"),
    ],
)
def test_bad_scores_are_refused(office, capsys, arrays, said):
    usual = {"mentee": [0], "mentor": [0], "score": [1], "mentee_keys": ["a"], "mentor_keys": ["b"]}
    kept = {name: values for name, values in {**usual, **arrays}.items() if values is not None}
    np.savez(office / "scores.npz", **{name: np.array(values) for name, values in kept.items()})

    assert with_scores(office) == 2

    assert said in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"junk", b"\x93NUMPY\x01\x00"])
def test_scores_that_are_no_arrays_are_one_sentence(office, capsys, content):
    (office / "scores.npz").write_bytes(content)

    assert with_scores(office) == 2

    error = capsys.readouterr().err
    assert error.startswith("lodestar rotate: scores.npz needs the arrays mentee, mentor, score")
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--mentees", "a.csv"], "--mentees and --mentors go together"),
        (["--mentees", "a", "--mentors", "b", "--scores", "c"], "name one"),
        (["--scores", "none.npz"], "none.npz does not exist"),
        (["--rounds", "0"], "--rounds 0: choose 1 to 100."),
        (["--tables", "-3"], "--tables -3: choose 1 to 10,000."),
        (["--size", "1"], "A table for 1 brings nobody together"),
        (
            ["--size", "4", "--objective", "even"],
            "--objective even is for one to one: leave it out",
        ),
        (
            ["--size", "3", "--objective", "fewest-idle"],
            "--objective fewest-idle is for one to one",
        ),
    ],
)
def test_options_that_do_not_go_together_are_said(office, capsys, more, said):
    assert run(office, *more) == 2

    assert said in capsys.readouterr().err


def test_a_list_too_long_for_one_mixer_is_refused(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("lodestar.web.cli.rotate_files.MOST_PAIRS", 100)
    (tmp_path / "attendance.csv").write_text("person,role\nE-101,mentee\nM-501,mentor\n")
    tables = [
        "--mentees",
        str(COHORT / "mentees-60.csv"),
        "--mentors",
        str(COHORT / "mentors-40.csv"),
    ]

    assert run(tmp_path, *tables) == 2

    assert "60 mentees and 40 mentors are more than one mixer" in capsys.readouterr().err


def test_without_scores_everybody_meets_as_many_as_they_can(office):
    assert run(office) == 0

    found = certificate_of(office / "out")
    assert (found["meetings"], found["total"], found["is_proven"]) == (5, 2_500_000, True)
