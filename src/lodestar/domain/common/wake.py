"""How does an action ask that a job look now, rather than at its next turn?"""

from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string


def wake(job: str) -> None:
    """Ask for a job by name once the transaction holds; the rows remain the truth if nobody listens."""
    transaction.on_commit(partial(import_string(settings.WAKE), job), robust=True)
