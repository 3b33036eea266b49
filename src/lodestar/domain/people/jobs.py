"""Which lists wait to be read, applied, undone or forgotten?"""

from collections.abc import Callable
from datetime import datetime

from lodestar.domain.people.actions.applying import apply_import, remove_leftovers, undo_import
from lodestar.domain.people.actions.devices import forget_old_devices
from lodestar.domain.people.actions.imports import claim_import
from lodestar.domain.people.actions.imports import forget_files as forget
from lodestar.domain.people.actions.staging import stage_import
from lodestar.domain.people.models import Import


def stage_imports(now: datetime) -> int:
    return _each(Import.Status.UPLOADED, stage_import, now)


def apply_imports(now: datetime) -> int:
    return _each(Import.Status.REQUESTED, apply_import, now)


def undo_imports(now: datetime) -> int:
    return _each(Import.Status.UNDO_REQUESTED, undo_import, now) + remove_leftovers(now)


def forget_files(now: datetime) -> int:
    return forget(now)


def forget_devices(now: datetime) -> int:
    return forget_old_devices(now)


def _each(status: Import.Status, work: Callable[[Import], Import], now: datetime) -> int:
    count = 0
    while source := claim_import(status, now):
        work(source)
        count += 1
    return count
