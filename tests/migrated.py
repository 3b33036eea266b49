"""The database of the tests as the migrations make it, kept for as long as no migration changes.

Migrating takes each process of the suite some twenty seconds, and the result is always the same. It
is kept on SQLite alone: on PostgreSQL, where it matters most, the suite migrates every time.
"""

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

from django.db import connection

HOME = Path(__file__).resolve().parents[1]


def kept() -> Path:
    """Return where the migrated database of just these migrations and packages is kept."""
    digest = hashlib.sha256((HOME / "requirements" / "dev.txt").read_bytes())
    for path in sorted((HOME / "src").rglob("migrations/*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    owner = os.getuid() if hasattr(os, "getuid") else 0
    name = f"lodestar-tests-{owner}-{sqlite3.sqlite_version}-{digest.hexdigest()[:24]}.sqlite3"
    return Path(tempfile.gettempdir()) / name


def keep(path: Path) -> None:
    """Write the database to a file of its own first: another process may be doing the same."""
    own = path.with_suffix(f".{os.getpid()}")
    target = sqlite3.connect(own)
    connection.connection.backup(target)
    target.close()
    own.replace(path)


def bring_back(path: Path) -> None:
    source = sqlite3.connect(path)
    source.backup(connection.connection)
    source.close()


def copy_to(path: Path, migrate: Callable[[], object]) -> None:
    """Make a file of its own for processes of their own; `migrate` where none is kept yet."""
    if kept().exists():
        copyfile(kept(), path)
    else:
        migrate()
