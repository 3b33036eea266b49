"""Build the pretend college if it is not there yet, and print its accounts."""

import hashlib
import shutil
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connection

from lodestar.demo import cast
from lodestar.demo.college import build_college

BUILT_FROM = ("domain", "demo", "engine")


class Command(BaseCommand):
    """Keeps what a visitor of the demo did, until its code changes or a fresh start is asked for."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fresh", action="store_true")

    def handle(self, *_args: object, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("This would overwrite real people: it runs only with DEMO=1.")
        stamp = Path(settings.DATA_DIR) / "built"
        wanted = fingerprint()
        if options["fresh"] or not stamp.exists() or stamp.read_text() != wanted:
            self.stdout.write("Building Halden College and its history; this takes a moment ...")
            self.stdout.flush()
            stamp.unlink(missing_ok=True)
            forget_last_demo()
            call_command("migrate", verbosity=0)
            build_college()
            stamp.write_text(wanted)
        self.stdout.write(welcome())


def fingerprint() -> str:
    """Return a mark of everything that the history is made by."""
    package = Path(settings.PACKAGE)
    sources = sorted(path for part in BUILT_FROM for path in (package / part).rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def forget_last_demo() -> None:
    shutil.rmtree(Path(settings.DATA_DIR) / "mail", ignore_errors=True)
    if connection.vendor == "sqlite":
        connection.close()
        database = str(settings.DATABASES["default"]["NAME"])
        for ending in ("", "-wal", "-shm"):
            Path(database + ending).unlink(missing_ok=True)
    elif "audit_entry" in connection.introspection.table_names():
        call_command("flush", verbosity=0, interactive=False)


def welcome() -> str:
    rows = [f"  {p.email:24} {p.role:30} {p.why}" for p in cast.PRINCIPALS]
    return "\n".join(
        [
            "",
            "Halden College Alumni, a pretend association. Accounts to try:",
            "",
            *rows,
            "",
            f"  Open      {settings.BASE_URL}/",
            f"  Sign in   {settings.BASE_URL}/accounts/sign-in/ with one of these addresses;",
            f"            the code arrives at {settings.BASE_URL}/demo/outbox/",
            "",
            "Ctrl-C ends all of it.",
        ]
    )
