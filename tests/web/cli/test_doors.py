"""What all doors do alike."""

import os
import signal
import subprocess
import sys
from importlib import import_module

import pytest

from lodestar.config import commands
from lodestar.web.cli.doors import refusing, some_seed

TABLES = ["--mentees", "a.csv", "--mentors", "b.csv", "--out", "o"]
ARGUMENTS = {
    "match": TABLES,
    "simulate": TABLES,
    "group": TABLES,
    "solve": ["folder", "--out", "o"],
    "rotate": ["--attendance", "a.csv", "--rounds", "1", "--tables", "1", "--out", "o"],
    "learn": ["--rated", "a.csv", "--out", "o"],
}


@pytest.mark.parametrize("seed", ["-1", "1.5", "some", ""])
@pytest.mark.parametrize("door", ARGUMENTS)
def test_a_seed_that_is_none_has_the_same_answer_at_every_door(capsys, door, seed):
    with pytest.raises(SystemExit, match="2"):
        import_module(commands.DOORS[door]).main([*ARGUMENTS[door], f"--seed={seed}"])

    assert (
        f"error: argument --seed: “{seed}” is not a seed: write a whole number of 0 or more"
        in capsys.readouterr().err
    )


def test_a_seed_is_a_whole_number():
    assert [some_seed("0"), some_seed("12")] == [0, 12]


def stopped(_arguments: list[str]) -> int:
    raise KeyboardInterrupt


@pytest.mark.parametrize("door", sorted(commands.DOORS))
def test_whoever_stops_a_door_gets_130_and_no_words(monkeypatch, capsys, door):
    monkeypatch.setattr(import_module(commands.DOORS[door]), "main", stopped)

    assert refusing(door)(stopped)([]) == commands.run([door]) == 130

    assert capsys.readouterr() == ("", "")


def test_a_door_that_is_stopped_while_it_reads_leaves_no_traceback(tmp_path):
    os.mkfifo(tmp_path / "mentees.csv")
    tables = ["--mentees", "mentees.csv", "--mentors", "mentors.csv", "--out", "out"]
    with subprocess.Popen(
        [sys.executable, "-m", "lodestar", "match", *tables],
        cwd=tmp_path, env=os.environ, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        # Whoever starts the tests in the background may have them ignore this signal.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as door:  # fmt: skip
        with (tmp_path / "mentees.csv").open("wb"):  # opens as soon as the door reads
            door.send_signal(signal.SIGINT)
            out, error = door.communicate(timeout=60)

        assert (door.returncode, out, error) == (130, "", "")
        assert not (tmp_path / "out").exists()
