"""Who is in the network?"""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Fact
from lodestar.domain.common.time import now


class Association(Fact):
    """The one association that this installation serves: its name, mark and colour."""

    name = models.CharField(max_length=120)
    colour = models.CharField(max_length=7, default="#264e7e")
    mark = models.BinaryField(null=True, blank=True, editable=True)
    mark_type = models.CharField(max_length=20, blank=True)
    contact_email = models.EmailField(blank=True)
    postal_address = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name


class Person(Fact):
    """Anyone known; imported people have no account until they join."""

    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    class_year = models.PositiveSmallIntegerField(null=True, blank=True)
    city = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=120, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    languages = models.JSONField(default=list, blank=True)
    about = models.TextField(max_length=4000, blank=True)
    external_id = models.CharField(max_length=120, blank=True, db_index=True)
    extra = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=60, blank=True)
    blocked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or str(_("Someone without a name"))

    @property
    def first_name(self) -> str:
        return self.given_name or self.family_name or str(_("friend"))


class Address(Fact):
    """One e-mail address; once verified it has one owner."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="addresses")
    email = models.CharField(max_length=320)
    normalised = models.CharField(max_length=320, db_index=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    is_primary = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["normalised"],
                condition=models.Q(verified_at__isnull=False),
                name="one_owner_of_a_verified_address",
            ),
            models.UniqueConstraint(
                fields=["person", "normalised"], name="an_address_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return self.email


class Education(Fact):
    """One degree of a person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="educations")
    degree = models.CharField(max_length=120, blank=True)
    field = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return " ".join(filter(None, [self.degree, self.field]))


class Position(Fact):
    """What a person works as, and where."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="positions")
    title = models.CharField(max_length=200, blank=True)
    employer = models.CharField(max_length=200, blank=True)
    industry = models.CharField(max_length=200, blank=True)
    is_current = models.BooleanField(default=True)

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.title, self.employer]))


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their sign-in address in its normalised form."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """A person who can sign in, with one verified address."""

    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, null=True, related_name="account"
    )
    email = models.EmailField(max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    def __str__(self) -> str:
        return self.email


class Role(Fact):
    """What a person may do for the whole association; a program's roles live with the program."""

    class Kind(models.TextChoices):
        ADMIN = "admin", _("Association admin")
        SAFEGUARDING = "safeguarding", _("Safeguarding lead")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="a_role_once_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"


class EndReason(models.TextChoices):
    """Why somebody's access ends: a code that says nothing about the person."""

    LEFT = "left", _("They asked to leave")
    MISTAKEN = "mistaken", _("The account is not theirs")
    RULES = "rules", _("They broke the rules of the association")
    SAFETY = "safety", _("Somebody’s safety")


class Consent(Fact):
    """A yes or a no to one use of what we know, as an event; the latest counts."""

    class Use(models.TextChoices):
        DIRECTORY = "directory", _("Being found by other members")
        MATCHING = "matching", _("Being matched")
        NEWS = "news", _("News from the association")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    use = models.CharField(max_length=20, choices=Use.choices)
    is_given = models.BooleanField()
    text_version = models.CharField(max_length=40)
    channel = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.use}: {self.is_given}"


class Import(Fact):
    """One file of people: staged, looked at, applied by a job, undone if wished."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("waiting to be read")
        STAGED = "staged", _("ready to look at")
        REQUESTED = "requested", _("being applied")
        APPLIED = "applied", _("applied")
        UNDO_REQUESTED = "undo_requested", _("being undone")
        UNDONE = "undone", _("undone")
        FAILED = "failed", _("could not be read")
        DISCARDED = "discarded", _("set aside")

    file_name = models.CharField(max_length=255)
    content = models.BinaryField(null=True)
    mapping = models.JSONField(default=dict, blank=True)
    summary = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.UPLOADED)
    problem = models.TextField(blank=True)
    row_count = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """What one row of the file would do, and later did."""

    class Outcome(models.TextChoices):
        CREATED = "created", _("new")
        CHANGED = "changed", _("changed")
        UNCHANGED = "unchanged", _("already known")
        REFUSED = "refused", _("refused")

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    values = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    is_done = models.BooleanField(default=False)
    field = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    mend = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["source", "outcome"], name="import_rows_by_outcome")]

    def __str__(self) -> str:
        return f"row {self.number}: {self.outcome}"
