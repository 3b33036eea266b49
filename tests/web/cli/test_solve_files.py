import csv
import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from lodestar.engine.matching.problem import Objective
from lodestar.web.cli.solve_files import main
from tests.real_data import real_data

NAMES = [
    f"{family}-{size}"
    for family in ("abundant", "geotight", "popular", "realistic", "scarce", "ties")
    for size in ("100x60", "1000x400")
] + ["realistic-5000x2000-candidates"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mentees.csv").write_text("mentee,demand\nana,1\nbo,1\n=cmd,1\n")
    (tmp_path / "mentors.csv").write_text("mentor,capacity\nmia,1\nnoor,1\n")
    (tmp_path / "edges.csv").write_text(
        "mentee,mentor,score\nana,mia,900000\nana,noor,800000\n=cmd,mia,850000\n"
    )
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_each_public_instance_is_solved_exactly(name, tmp_path):
    data = real_data("matching-instances")
    expected = json.loads((data / "expected.json").read_text())[name]

    assert main([str(data / name), "--out", str(tmp_path)]) == 0

    found = json.loads((tmp_path / "certificate.json").read_text())
    with (tmp_path / "pairs.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert [found[key] for key in ("matched", "total", "gap", "violators")] == [
        expected["matched"],
        expected["total"],
        0,
        0,
    ]
    assert (len(rows), sum(int(row["score"]) for row in rows)) == (found["matched"], found["total"])
    assert [found[key] for key in ("mentees", "mentors", "places", "eligible_pairs")] == [
        expected[key] for key in ("mentees", "mentors", "places", "pairs")
    ]


def test_writes_pairs_a_certificate_and_timings(folder, capsys):
    out = folder / "out"

    assert main([str(folder), "--out", str(out)]) == 0

    assert (out / "pairs.csv").read_text() == (
        "mentee,mentor,score\n'=cmd,mia,850000\nana,noor,800000\n"
    )
    assert sorted(path.name for path in out.iterdir()) == [
        "certificate.json",
        "pairs.csv",
        "timings.json",
    ]
    assert "2 of 3 mentees have a mentor" in capsys.readouterr().out


def test_total_may_serve_as_many_but_never_scores_less(folder):
    main([str(folder), "--out", str(folder / "a"), "--objective", "total"])

    assert json.loads((folder / "a" / "certificate.json").read_text())["total"] == 1_650_000


def test_the_same_input_and_seed_give_the_same_bytes(folder):
    for out in ("a", "b"):
        main([str(folder), "--out", str(folder / out), "--seed", "3"])

    for name in ("pairs.csv", "certificate.json"):
        assert (folder / "a" / name).read_bytes() == (folder / "b" / name).read_bytes()


def test_packed_edges_are_positions(folder):
    np.savez(
        folder / "edges.npz",
        mentee=np.array([2]),
        mentor=np.array([1]),
        score=np.array([7]),
    )

    assert main([str(folder), "--out", str(folder / "out")]) == 0

    assert (folder / "out" / "pairs.csv").read_text() == "mentee,mentor,score\n'=cmd,noor,7\n"


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("mentees.csv", "mentee,demand\nana,few\n", "mentees.csv, row 2, demand: “few”"),
        ("mentors.csv", "mentor,capacity,minimum\nmia,1,x\n", "mentors.csv, row 2, minimum: “x”"),
        ("mentees.csv", "mentee,demand\nana,1\nana,1\n", "mentees.csv, row 3, mentee"),
        ("mentees.csv", "person,demand\nana,1\n", "needs the headings mentee and demand"),
        ("mentors.csv", "mentor,capacity\nmia,two\n", "mentors.csv, row 2, capacity: “two”"),
        ("mentors.csv", "mentor,capacity\nmia\n", "mentors.csv, row 2, capacity: “”"),
        ("mentors.csv", "", "mentors.csv: The file is empty."),
        ("edges.csv", "mentee,mentor,score\nana,zoe,5\n", "edges.csv, row 2, mentor: “zoe”"),
        ("edges.csv", "mentee,mentor,score\nana,mia,1000001\n", "edges.csv, row 2, score"),
        ("edges.csv", "mentee,mentor,score\nana,mia\n", "edges.csv, row 2, score"),
        ("edges.csv", "a,b\n", "edges.csv needs the headings"),
        (
            "edges.csv",
            "mentee,mentor,score,score\nana,mia,5,6\n",
            "edges.csv: “score” is the heading of column 3 and of column 4",
        ),
        (
            "mentors.csv",
            "mentor,capacity,Capacity\nmia,1,2\n",
            "mentors.csv: “Capacity” is the heading of column 2 and of column 3",
        ),
        (
            "edges.csv",
            "mentee,mentor,score\nana,mia,5\nana,mia,6\n",
            "edges.csv, row 3: ana and mia stand in an earlier row too",
        ),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(folder, capsys, file, text, said):
    (folder / file).write_text(text)

    assert main([str(folder), "--out", str(folder / "out")]) == 2

    error = capsys.readouterr().err
    assert error.startswith("lodestar solve: ")
    assert said in error
    assert error.count("\n") == 1
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"mentee": [0], "mentor": [0]}, "needs whole-number arrays"),
        ({"mentee": [9], "mentor": [0], "score": [1]}, "edges.npz, mentee, position 0: 9"),
        ({"mentee": [0], "mentor": [0], "score": [0.5]}, "edges.npz, score"),
    ],
)
def test_bad_packed_edges_are_refused(folder, capsys, arrays, said):
    np.savez(folder / "edges.npz", **{name: np.array(values) for name, values in arrays.items()})

    assert main([str(folder), "--out", str(folder / "out")]) == 2

    assert said in capsys.readouterr().err


def npy(array: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array, allow_pickle=True)
    return stream.getvalue()


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


GOOD = npy(np.array([0]))
JUNK = {
    "empty": b"",
    "one array": GOOD,
    "text": b"mentee,mentor,score",
    "pickle": npy(np.array([{}], dtype=object)),
    "no arrays": zipped(mentee=b"junk", mentor=b"", score=b"1"),
    "cut array": zipped(**{"mentee.npy": GOOD[:-3], "mentor.npy": GOOD, "score.npy": GOOD}),
    "empty array": zipped(**{"mentee.npy": b"", "mentor.npy": GOOD, "score.npy": GOOD}),
    "bad heading": zipped(
        **{"mentee.npy": GOOD.replace(b"(1,)", b"(1(,"), "mentor.npy": GOOD, "score.npy": GOOD}
    ),
    "huge array": zipped(
        **{
            "mentee.npy": GOOD.replace(b"(1,), }     ", b"(9999999999,)}"),
            "mentor.npy": GOOD,
            "score.npy": GOOD,
        }
    ),
    "cut zip": zipped(**{"mentee.npy": GOOD, "mentor.npy": GOOD, "score.npy": GOOD})[:-40],
}


@pytest.mark.parametrize("content", JUNK.values(), ids=JUNK.keys())
def test_edges_that_are_no_arrays_are_one_sentence(folder, capsys, content):
    (folder / "edges.npz").write_bytes(content)

    assert main([str(folder), "--out", str(folder / "out")]) == 2

    assert capsys.readouterr().err == (
        "lodestar solve: edges.npz needs whole-number arrays mentee, mentor and score.\n"
    )
    assert not (folder / "out").exists()


def shuffled(folder: Path, to: Path, seed: int) -> Path:
    """Copy an instance with the rows of each table in another order."""
    to.mkdir()
    for name in ("mentees.csv", "mentors.csv", "edges.csv"):
        head, *rows = (folder / name).read_text().splitlines()
        order = np.random.default_rng(seed).permutation(len(rows))
        (to / name).write_text("\n".join([head, *(rows[n] for n in order)]) + "\n")
    return to


def same_results(one: Path, other: Path) -> bool:
    names = ("pairs.csv", "certificate.json")
    return all((one / name).read_bytes() == (other / name).read_bytes() for name in names)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("objective", ["served", "worst-first", "rank-maximal"])
def test_no_order_of_rows_changes_pairs_proof_or_fingerprint(folder, objective, seed):
    rng = np.random.default_rng(seed)
    people = [f"e{n}" for n in range(12)], [f"m{n}" for n in range(9)]
    for side, count, names in (("mentee", "demand", people[0]), ("mentor", "capacity", people[1])):
        lines = [f"{side},{count}", *(f"{name},{rng.integers(1, 3)}" for name in names)]
        (folder / f"{side}s.csv").write_text("\n".join(lines))
    edges = [
        f"{e},{m},{rng.integers(1, 4)}" for e in people[0] for m in people[1] if rng.random() < 0.4
    ]
    (folder / "edges.csv").write_text("\n".join(["mentee,mentor,score", *edges]))
    again = shuffled(folder, folder / "again", seed + 1)

    for place in (folder, again):
        assert main([str(place), "--out", str(place / "out"), "--objective", objective]) == 0

    assert same_results(folder / "out", again / "out")


def test_ties_are_settled_alike_in_any_order_of_rows(tmp_path):
    data = real_data("matching-instances") / "ties-100x60"
    again = shuffled(data, tmp_path / "again", 3)

    for place, out in ((data, "a"), (again, "b")):
        assert main([str(place), "--out", str(tmp_path / out)]) == 0

    assert same_results(tmp_path / "a", tmp_path / "b")


def test_packed_edges_are_the_same_pairs_in_any_order_of_people(folder):
    (folder / "edges.csv").unlink()
    orders = {"a": (["ana", "bo"], ["mia", "noor"]), "b": (["bo", "ana"], ["noor", "mia"])}
    for name, (mentees, mentors) in orders.items():
        place = folder / name
        place.mkdir()
        (place / "mentees.csv").write_text("mentee,demand\n" + "".join(f"{e},1\n" for e in mentees))
        (place / "mentors.csv").write_text(
            "mentor,capacity\n" + "".join(f"{m},1\n" for m in mentors)
        )
        ends = [(mentees.index(e), mentors.index(m)) for e, m in (("ana", "mia"), ("bo", "noor"))]
        mentee, mentor = np.array(ends).T
        np.savez(place / "edges.npz", mentee=mentee, mentor=mentor, score=np.array([7, 5]))
        main([str(place), "--out", str(place / "out")])

    assert same_results(folder / "a" / "out", folder / "b" / "out")
    assert pairs_in(folder / "a" / "out") == ["ana,mia,7", "bo,noor,5"]


def test_a_missing_folder_is_said(tmp_path, capsys):
    assert main([str(tmp_path / "none"), "--out", str(tmp_path / "out")]) == 2

    assert "does not exist" in capsys.readouterr().err


def pairs_in(folder: Path) -> list[str]:
    return (folder / "pairs.csv").read_text().splitlines()[1:]


@pytest.mark.parametrize("objective", [objective.value for objective in Objective])
def test_every_objective_is_solved_through_the_door(folder, objective):
    (folder / "mentees.csv").write_text("mentee,demand,group\nana,1,a\nbo,1,b\n=cmd,1,b\n")
    out = folder / "out"

    assert main([str(folder), "--out", str(out), "--objective", objective]) == 0

    found = json.loads((out / "certificate.json").read_text())
    assert (found["objective"], found["matched"]) == (objective, 1 if objective == "stable" else 2)


def test_balanced_without_groups_is_one_sentence(folder, capsys):
    assert main([str(folder), "--out", str(folder / "out"), "--objective", "balanced"]) == 2

    assert "needs a group_field" in capsys.readouterr().err


def test_a_mentee_may_have_two_mentors_and_a_mentor_a_minimum(folder):
    (folder / "mentees.csv").write_text("mentee,demand\nana,2\nbo,1\n=cmd,1\n")
    (folder / "mentors.csv").write_text("mentor,capacity,minimum\nmia,2,2\nnoor,1,0\n")

    assert main([str(folder), "--out", str(folder / "out")]) == 0

    assert pairs_in(folder / "out") == ["'=cmd,mia,850000", "ana,mia,900000", "ana,noor,800000"]
    proof = json.loads((folder / "out" / "certificate.json").read_text())
    assert [proof[key] for key in ("matched", "pairs", "filled", "gap")] == [2, 3, 2, 0]
