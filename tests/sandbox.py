"""A database of its own that several processes share, to race them and to kill them."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copyfile

from lodestar.domain.common.models import random_id
from tests import migrated

HOME = Path(__file__).parents[1]
PRELUDE = """
import sys
sys.path[:0] = ["src", "."]
import django
django.setup()
from django.conf import settings
settings.WAKE = "tests.wakes.note"
"""
RACE = """
import time
from pathlib import Path
from lodestar.domain.common.errors import RefusedError
print("ready", flush=True)
while not Path({flag!r}).exists():
    time.sleep(0.002)
try:
    {act}
    print("done")
except RefusedError as refusal:
    print(refusal)
"""


class Sandbox:
    """Runs pieces of Python against a database of its own, each in a process of its own."""

    def __init__(self, folder: Path, *, like: "Sandbox | None" = None) -> None:
        asked = os.environ.get("DATABASE_URL", "")
        self.admin = asked if asked.startswith("postgres") else ""
        self.name = f"sandbox_{random_id()}"
        self.file = folder / f"{self.name}.sqlite3"
        if self.admin:
            self.url = f"{asked.rsplit('/', 1)[0]}/{self.name}"
            template = like.name if like else migrated.template_in(asked)
            self._in_server(f"CREATE DATABASE {self.name} TEMPLATE {template}")
        else:
            self.url = f"sqlite:///{self.file}"
            if like:
                copyfile(like.file, self.file)
            else:
                migrated.migrate(self.url)

    def start(self, code: str) -> subprocess.Popen:
        environment = os.environ | {
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        return subprocess.Popen(
            [sys.executable, "-c", PRELUDE + code],
            cwd=HOME,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, code: str) -> list[str]:
        """Run to the end and return the lines it printed."""
        return finish(self.start(code))

    def remove(self) -> None:
        if self.admin:
            self._in_server(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _in_server(self, statement: str) -> None:
        with migrated.in_server(self.admin) as line:
            line.execute(statement)


def finish(process: subprocess.Popen) -> list[str]:
    printed, problem = process.communicate(timeout=120)
    assert process.returncode == 0, problem
    return printed.splitlines()


def kill(process: subprocess.Popen) -> None:
    """Kill -9, and wait until it is gone."""
    process.kill()
    process.communicate()


def race(sandbox: Sandbox, stage: str, acts: list[str]) -> list[str]:
    """Do all of these at the same moment, each in a process of its own; return what each printed."""
    flag = sandbox.file.with_suffix(".go")
    runners = [sandbox.start(stage + RACE.format(flag=str(flag), act=act)) for act in acts]
    for runner in runners:
        assert runner.stdout.readline() == "ready\n"
    flag.touch()
    return [" ".join(finish(runner)) for runner in runners]
