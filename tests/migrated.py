"""The database of the tests as the migrations make it, kept for as long as no migration changes.

Migrating takes some ten to twenty seconds, and the result is always the same: on SQLite a file is
kept, in a PostgreSQL server a database to copy from.
"""

import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile

import psycopg
from django.db import connection

HOME = Path(__file__).resolve().parents[1]
KEPT = "lodestar_migrated_"
ONE_AT_A_TIME = 7_041_981  # the server's advisory lock, while a database to copy from is made


def digest() -> str:
    """Return what tells apart two states of the migrations and packages."""
    sums = hashlib.sha256((HOME / "requirements" / "dev.txt").read_bytes())
    for path in sorted((HOME / "src").rglob("migrations/*.py")):
        sums.update(path.name.encode() + path.read_bytes())
    return sums.hexdigest()[:24]


def migrate(url: str) -> None:
    """Migrate an empty database in a process of its own, or copy what is kept in its place."""
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        if kept().exists():
            copyfile(kept(), file)
            return
    _migrate(url)


def _migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "lodestar", "manage", "migrate", "--verbosity", "0"],
        env=os.environ | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": os.pathsep.join([str(HOME / "src"), str(HOME)]),
        },
        cwd=HOME, check=True, capture_output=True,
    )  # fmt: skip


def kept() -> Path:
    """Return where the migrated SQLite database is kept."""
    owner = os.getuid() if hasattr(os, "getuid") else 0
    name = f"lodestar-tests-{owner}-{sqlite3.sqlite_version}-{digest()}.sqlite3"
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


@contextmanager
def in_server(url: str) -> Iterator[psycopg.Connection]:
    """Open a line to the database that the suite was pointed at, for what no transaction may hold."""
    line = psycopg.connect(url.replace("postgres://", "postgresql://"), autocommit=True)
    with line:
        yield line


def template_in(url: str) -> str:
    """Return the name of the migrated database in this server; make it if it is not there."""
    name = KEPT + digest()
    with in_server(url) as line:
        line.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        there = line.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [KEPT]
        ).fetchall()
        if (name,) not in there:
            for (old,) in there:
                line.execute(f'DROP DATABASE "{old}"')
            _make(line, url, name)
    return name


def _make(line: psycopg.Connection, url: str, name: str) -> None:
    """Give it its name only once it is whole."""
    half = f"half_{name}"
    line.execute(f'DROP DATABASE IF EXISTS "{half}" WITH (FORCE)')
    line.execute(f'CREATE DATABASE "{half}"')
    _migrate(f"{url.rsplit('/', 1)[0]}/{half}")
    line.execute(f'ALTER DATABASE "{half}" RENAME TO "{name}"')
