"""Reads arrays of numbers that another program packed, whatever is wrong with the file."""

import io
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lodestar.web.cli.sheets import FileFault, read_bytes

# What zip files, compression and headings of arrays raise where they are cut short or hold junk.
FAULTS = (
    KeyError, ValueError, OSError, EOFError, TypeError, AttributeError, RuntimeError, SyntaxError, MemoryError,
    OverflowError, struct.error, tokenize.TokenError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def arrays_in(path: Path, names: Sequence[str], mend: str) -> dict[str, NDArray[Any]]:
    """Return the named arrays of a .npz file; what is none of these is a fault with its mend."""
    content = read_bytes(path)
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as packed:
            found = {name: packed[name] for name in names}
    except FAULTS:
        found = {}
    if not found or not all(isinstance(array, np.ndarray) for array in found.values()):
        raise FileFault(f"{path.name} {mend}") from None
    return found
