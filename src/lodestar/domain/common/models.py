"""What do all facts share?"""

import secrets
from typing import Self

from django.db import models

from lodestar.domain.common.time import now

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def random_id() -> str:
    """Return 16 characters (79 bits) that are easy to read aloud and hard to guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(16))


class Fact(models.Model):
    """A row with a random public id; integer keys never leave the server."""

    public_id = models.CharField(max_length=16, unique=True, editable=False, default=random_id)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True

    def locked(self) -> Self:
        """Return the row as it is now, locked until the transaction ends."""
        return type(self)._default_manager.select_for_update().get(pk=self.pk)


class Claimable(Fact):
    """A row that waits for long work: one worker at a time has a claim on it, until its lease runs out.

    Every kind gives it a status of its own, in which `requested`, `claimed` and `failed` mean what
    `common.claims` says, and an index on `status` and `lease_until`.
    """

    status = models.CharField(max_length=10)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True


ENDS_ONCE = models.Q(done_at__isnull=True) | models.Q(dropped_at__isnull=True)


class Aim(Fact):
    """What somebody wants to reach or do: open until it is done or set aside, and never both.

    Every kind has a constraint with `ENDS_ONCE`.
    """

    text = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.dropped_at is None
