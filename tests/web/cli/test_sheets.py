from pathlib import Path

import pytest

from lodestar.web.cli.sheets import FileFault, csv_text, write_whole


def test_all_files_are_written_or_none(tmp_path: Path):
    (tmp_path / "blocked").write_text("a file where a folder is needed")
    files = {tmp_path / "out" / "first.csv": b"1", tmp_path / "blocked" / "second.csv": b"2"}

    second = tmp_path / "blocked" / "second.csv"
    with pytest.raises(FileFault, match=f"^{second} cannot be written"):
        write_whole(files)

    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_where_a_file_is_asked_for_is_seen_before_anything_is_written(tmp_path: Path):
    (tmp_path / "out" / "second.csv").mkdir(parents=True)
    files = {tmp_path / "out" / "first.csv": b"1", tmp_path / "out" / "second.csv": b"2"}

    with pytest.raises(FileFault, match=r"second\.csv is a folder"):
        write_whole(files)

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["second.csv"]


def test_a_folder_that_cannot_be_written_names_the_file_that_was_asked_for(tmp_path, monkeypatch):
    def refuse(**_):
        raise PermissionError(13, "Permission denied", "/somewhere/.lodestar-x1y2")

    monkeypatch.setattr("tempfile.mkstemp", refuse)

    with pytest.raises(FileFault) as said:
        write_whole({tmp_path / "matches.csv": b""})

    assert str(said.value) == f"{tmp_path}/matches.csv cannot be written (Permission denied)."


def test_a_new_run_replaces_the_old_one(tmp_path: Path):
    for content in (b"old", b"new"):
        write_whole({tmp_path / "matches.csv": content})

    assert [path.name for path in tmp_path.iterdir()] == ["matches.csv"]
    assert (tmp_path / "matches.csv").read_bytes() == b"new"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_taken_for_a_formula(start):
    written = csv_text(["name"], [[f"{start}1"]]).decode()

    assert written.splitlines()[1].strip('"').startswith("'")


def test_numbers_stay_numbers():
    assert csv_text(["points"], [[-3]]) == b"points\n-3\n"
