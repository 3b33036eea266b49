"""Who did what, and when?"""

import secrets

from django.db import models

from lodestar.domain.common.time import now


def new_secret() -> bytes:
    return secrets.token_bytes(32)


class PersonKey(models.Model):
    """The secret behind one person's pseudonym; destroying it makes the trail nobody's."""

    person_key = models.BigIntegerField(unique=True)
    secret = models.BinaryField(default=new_secret)

    def __str__(self) -> str:
        return f"key {self.pk}"


class Entry(models.Model):
    """One change of facts; never changed, never deleted."""

    at = models.DateTimeField(default=now)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=16)
    actor = models.CharField(max_length=32, blank=True)
    subject = models.CharField(max_length=32, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["kind", "key"], name="audit_entry_about")]

    def __str__(self) -> str:
        return f"{self.verb} {self.key}"


class Seal(models.Model):
    """A link of the hash chain, laid over an entry after it was committed."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.digest
