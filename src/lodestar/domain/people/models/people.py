"""Who is in the network?"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Fact, random_id
from lodestar.domain.common.time import now
from lodestar.engine.answers.searching import spellings_of

NAMES = ("given_name", "family_name")


def long_secret() -> str:
    """Return what nobody guesses (158 bits), for an address that is asked for again and again."""
    return random_id() + random_id()


class Association(Fact):
    """The one association that this installation serves: its name, mark and colour."""

    name = models.CharField(max_length=120)
    colour = models.CharField(max_length=7, default="#264e7e")
    mark = models.BinaryField(null=True, blank=True, editable=True)
    mark_type = models.CharField(max_length=20, blank=True)
    contact_email = models.EmailField(blank=True)
    postal_address = models.CharField(max_length=300, blank=True)
    reads_in = models.CharField(max_length=10, blank=True)
    vocabulary = models.JSONField(default=dict, blank=True)
    has_interest_groups = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Spellings(models.TextField):  # type: ignore[type-arg]  # Django has no brackets when it runs
    """A person's name as it is looked for, kept whenever a name is: databases do not fold letters alike."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002  Django's own
        names = (getattr(model_instance, name) for name in NAMES)
        spelled = spellings_of(" ".join(names).strip())
        setattr(model_instance, self.attname, spelled)
        return spelled


class Person(Fact):
    """Anyone known; imported people have no account until they join.

    `said` names the fields that they told or confirmed themselves, a blank among them: no list changes those.
    """

    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    class_year = models.PositiveSmallIntegerField(null=True, blank=True)
    city = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=120, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    languages = models.JSONField(default=list, blank=True)
    reads_in = models.CharField(max_length=10, blank=True)
    about = models.TextField(max_length=4000, blank=True)
    external_id = models.CharField(max_length=120, blank=True, db_index=True)
    extra = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=60, blank=True)
    photo_key = models.CharField(max_length=16, blank=True)
    said = models.JSONField(default=list, blank=True)
    spellings = Spellings(default="", blank=True, editable=False)
    blocked_at = models.DateTimeField(null=True, blank=True)
    leaving_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.full_name

    def save(self, *, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """Keep how a name is spelled along with it."""
        if update_fields is not None and not set(NAMES).isdisjoint(update_fields):
            update_fields = {*update_fields, "spellings"}
        super().save(update_fields=update_fields, **options)

    @property
    def full_name(self) -> str:
        nameless = _("Someone who has left") if self.forgotten_at else _("Someone without a name")
        return f"{self.given_name} {self.family_name}".strip() or str(nameless)

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


class Photo(Fact):
    """A person's face in two sizes; `photo_key` of its person is its public id, so that a list needs no look here."""

    class Shown(models.TextChoices):
        FOUND = "found", _("Whoever may find me here, and my partners")
        PAIRED = "paired", _("My partners and groups only, once we are together")

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="photo")
    large = models.BinaryField()
    small = models.BinaryField()
    words = models.CharField(max_length=200, blank=True)
    shown = models.CharField(max_length=10, choices=Shown.choices, default=Shown.FOUND)

    def __str__(self) -> str:
        return self.words


class Education(Fact):
    """One degree of a person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="educations")
    degree = models.CharField(max_length=120, blank=True)
    field = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    is_said = models.BooleanField(default=False)

    def __str__(self) -> str:
        return " ".join(filter(None, [self.degree, self.field]))


class Position(Fact):
    """What a person works as, and where."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="positions")
    title = models.CharField(max_length=200, blank=True)
    employer = models.CharField(max_length=200, blank=True)
    industry = models.CharField(max_length=200, blank=True)
    is_current = models.BooleanField(default=True)
    is_said = models.BooleanField(default=False)

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.title, self.employer]))


class FreeHours(Fact):
    """One span of every week in which a person is free for a talk, by the clock on their own wall."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="free_hours")
    weekday = models.PositiveSmallIntegerField()
    from_minute = models.PositiveSmallIntegerField()
    to_minute = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["weekday", "from_minute"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "weekday", "from_minute"], name="a_free_span_once"
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6)
                & models.Q(from_minute__lt=models.F("to_minute"))
                & models.Q(to_minute__lte=1440),
                name="free_hours_lie_within_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.from_minute}-{self.to_minute}"


class Away(Fact):
    """Days on which a person is not there, the last one included."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="days_away")
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_on__lte=models.F("last_on")),
                name="away_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_on} - {self.last_on}"


class CalendarFeed(Fact):
    """The secret address at which a person's own calendar program reads what is coming."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    secret = models.CharField(max_length=40, unique=True, default=long_secret)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at=None), name="one_feed_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"feed of {self.created_at:%Y-%m-%d}"


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


class Device(Fact):
    """One browser in which a person is signed in: since when, last seen on which day, and by what coarse name."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    agent = models.CharField(max_length=80, blank=True)
    seen_on = models.DateField()

    def __str__(self) -> str:
        return self.agent


class Passkey(Fact):
    """A key on somebody's device that signs them in: we hold its public half, and a name that they gave it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=60)
    credential_id = models.CharField(max_length=1400, unique=True)
    credential = models.BinaryField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


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


class Verification(Fact):
    """Somebody's word on who a person is: that the roll knows them under another address, or that they vouch."""

    class Kind(models.TextChoices):
        LINKED = "linked", _("the same as somebody on the roll")
        VOUCHED = "vouched", _("vouched for")

    class Status(models.TextChoices):
        ASKED = "asked", _("asked")
        GIVEN = "given", _("given")
        REFUSED = "refused", _("does not know them")
        ENDED = "ended", _("taken back")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="verifications")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.GIVEN)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on_roll = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sentence = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["on_roll"],
                condition=models.Q(status="given"),
                name="one_person_behind_a_row_of_the_roll",
            ),
            models.UniqueConstraint(
                fields=["person", "by"],
                condition=models.Q(kind="vouched", status__in=["asked", "given"]),
                name="vouch_once_for_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"


class Block(Fact):
    """That one person wants no contact with another. Only the one who set it, and the safeguarding lead, may know."""

    blocker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    blocked = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["blocker", "blocked"],
                condition=models.Q(lifted_at__isnull=True),
                name="a_living_block_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(blocker=models.F("blocked")), name="a_block_is_of_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return "a block"
