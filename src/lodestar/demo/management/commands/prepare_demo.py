"""Build the pretend college anew."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connection

from lodestar.demo import stamp
from lodestar.demo.college import build_college


class Command(BaseCommand):
    """Forgets the last demo, then writes the history; the stamp comes last, so a broken build is no build."""

    help = __doc__ or ""

    def handle(self, *_args: object, **_options: object) -> None:
        if not settings.DEMO:
            raise CommandError("This would overwrite real people: it runs only with DEMO=1.")
        folder = Path(settings.DATA_DIR)
        stamp.stamp_in(folder).unlink(missing_ok=True)
        forget_last_demo(folder)
        call_command("migrate", verbosity=0)
        build_college()
        stamp.set_stamp(folder)


def forget_last_demo(folder: Path) -> None:
    shutil.rmtree(folder / "mail", ignore_errors=True)
    if connection.vendor == "sqlite":
        connection.close()
        database = str(settings.DATABASES["default"]["NAME"])
        for ending in ("", "-wal", "-shm"):
            Path(database + ending).unlink(missing_ok=True)
    elif "audit_entry" in connection.introspection.table_names():
        call_command("flush", verbosity=0, interactive=False)
