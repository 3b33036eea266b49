"""Is the pretend college built from the code of today, and who can sign in to it? Needs no Django."""

import hashlib
from pathlib import Path

from lodestar.demo import cast

PACKAGE = Path(__file__).resolve().parents[1]
BUILT_FROM = ("domain", "demo", "engine")


def fingerprint() -> str:
    """Return a mark of everything that the history is made by."""
    sources = sorted(path for part in BUILT_FROM for path in (PACKAGE / part).rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def stamp_in(folder: Path) -> Path:
    return folder / "built"


def is_built(folder: Path) -> bool:
    stamp = stamp_in(folder)
    return stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint()


def set_stamp(folder: Path) -> None:
    stamp_in(folder).write_text(fingerprint(), encoding="utf-8")


def welcome(base_url: str) -> str:
    """Return what the demo prints once it stands: its addresses and its accounts."""
    rows = [f"  {p.email:24} {p.role:30} {p.why}" for p in cast.PRINCIPALS]
    return "\n".join(
        [
            "",
            "Halden College Alumni, a pretend association. Accounts to try:",
            "",
            *rows,
            "",
            f"  Open      {base_url}/",
            f"  Sign in   {base_url}/accounts/sign-in/ with one of these addresses;",
            f"            the code arrives at {base_url}/demo/outbox/",
            "",
            "Ctrl-C ends all of it.",
        ]
    )
