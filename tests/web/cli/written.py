"""What a door wrote, and the sample cohort that several doors are tried on."""

import csv
import json
from pathlib import Path
from typing import Any

from tests.real_data import ROOT

COHORT = ROOT / "tests" / "data" / "cohort"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def certificate_of(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "certificate.json").read_text())
