"""Which letters wait, whom may we write to, and which link is this?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.common.models import Fact
from lodestar.domain.messaging import rules
from lodestar.domain.messaging.models import (
    Batch,
    IncomingMail,
    Letter,
    LetterWishes,
    Link,
    Subscription,
    Suppression,
)
from lodestar.domain.people.models import Address, Person, Role
from lodestar.domain.people.queries import has_role, primary_email
from lodestar.domain.people.rules import normalised


def letters_due(now: datetime) -> QuerySet[Letter]:
    """Return what may be sent now, the most urgent first and the longest waiting before others."""
    waiting = Letter.objects.filter(status=Letter.Status.QUEUED, next_try_at__lte=now)
    return waiting.order_by("urgency", "next_try_at", "pk")


def forsaken_letters(now: datetime) -> QuerySet[Letter]:
    """Return letters whose sender has not been heard of since its lease ran out."""
    return Letter.objects.filter(status=Letter.Status.CLAIMED, lease_until__lte=now).order_by("pk")


def address_for(letter: Letter) -> str:
    """Return where the letter goes: the address it was queued for, else its person's."""
    if letter.email or letter.person is None:
        return letter.email
    return primary_email(letter.person)


def is_shut_out(letter: Letter, email: str) -> bool:
    """Whether the person behind the letter, or the owner of its address, has lost access."""
    if letter.person is not None:
        return Person.objects.filter(pk=letter.person.pk, blocked_at__isnull=False).exists()
    owners = Address.objects.filter(normalised=normalised(email), verified_at__isnull=False)
    return owners.filter(person__blocked_at__isnull=False).exists()


def is_leaving(letter: Letter) -> bool:
    """Whether its person has asked to leave: they get the letter that says so, and no other."""
    if letter.person is None or letter.kind == "privacy.leaving":
        return False
    return Person.objects.filter(pk=letter.person.pk, leaving_at__isnull=False).exists()


def is_suppressed(email: str, *, even_bounced: bool = True) -> bool:
    """Whether nothing may be sent to an address; `even_bounced=False` gives a bounced one a chance."""
    rows = Suppression.objects.filter(normalised=normalised(email))
    if not even_bounced:
        rows = rows.exclude(reason=Suppression.Reason.BOUNCED)
    return rows.exists()


def wants(person: Person | None, kind: str) -> bool:
    """Whether a person wants a kind of letter; nobody has to ask for what they never refused."""
    if person is None:
        return True
    return not Subscription.objects.filter(person=person, kind=kind, is_wanted=False).exists()


def keys_beginning(beginning: str) -> set[str]:
    """Return the unique keys that begin so, of letters that were ever queued."""
    letters = Letter.objects.filter(unique_key__startswith=beginning)
    return {key for key in letters.values_list("unique_key", flat=True) if key}


def letters_about(about: Fact, kinds: Iterable[str], to: Person) -> QuerySet[Letter]:
    """Return the letters of some kinds about a fact to one person."""
    return Letter.objects.filter(
        about_kind=about._meta.label_lower, about_key=about.public_id, kind__in=kinds, person=to
    )


def letter_by_key(key: str) -> Letter:
    """Return a letter for what a job or a signed link does; not for pages that show letters."""
    return one(Letter.objects.select_related("person"), public_id=key)


def troubled_letters_for(person: Person) -> QuerySet[Letter]:
    """Return what an admin should look at: letters perhaps sent, held back, or undeliverable.

    Codes are left out: they are past their use, and whoever needs one asks for another.
    """
    if not has_role(person, Role.Kind.ADMIN):
        raise NotFoundError
    trouble = [Letter.Status.UNSURE, Letter.Status.HELD, Letter.Status.DEAD]
    letters = Letter.objects.filter(status__in=trouble).select_related("person")
    return letters.exclude(urgency=Letter.Urgency.SIGN_IN).order_by("-pk")


def troubled_letter_for(person: Person, key: str) -> Letter:
    return one(troubled_letters_for(person), public_id=key)


@dataclass(frozen=True)
class PostState:
    """How the letters fare that should have left: how many wait, since when, and what the first was told."""

    waiting: int
    oldest_at: datetime | None
    problem: str

    def is_stuck(self, now: datetime) -> bool:
        return self.oldest_at is not None and now - self.oldest_at > rules.STUCK_AFTER


def post_state(now: datetime) -> PostState:
    """Say what should have left by now and has not; a server that is away leaves its trace on the first."""
    due = Letter.objects.filter(status=Letter.Status.QUEUED).filter(
        Q(next_try_at__lte=now) | ~Q(problem="")
    )
    oldest = due.order_by("created_at", "pk").first()
    if oldest is None:
        return PostState(0, None, "")
    return PostState(due.count(), oldest.created_at, oldest.problem)


def waiting_letters(batch: Batch) -> QuerySet[Letter]:
    """Return the letters of a batch that wait for their release, the longest waiting first."""
    waiting = Letter.objects.filter(batch=batch.public_id, status=Letter.Status.WAITING)
    return waiting.select_related("person").order_by("created_at", "pk")


def waited_for(kind: str) -> QuerySet[Letter]:
    """Return the waiting letters of a kind, whatever batch they belong to."""
    return Letter.objects.filter(kind=kind, status=Letter.Status.WAITING).order_by()


def letter_counts() -> dict[str, int]:
    """Return how many letters there are in each status."""
    rows = Letter.objects.values_list("status").annotate(count=Count("pk"))
    return dict(rows.order_by())


def live_link(purpose: str, *, person: Person, about: Fact, now: datetime) -> Link | None:
    links = Link.objects.filter(
        purpose=purpose,
        person=person,
        about_kind=about._meta.label_lower,
        about_key=about.public_id,
        expires_at__gt=now,
        used_at=None,
        ended_at=None,
    )
    return links.order_by("pk").first()


def link_for(key: str) -> Link:
    """Return a link by the key in its address; the signature is for the door to check."""
    return one(Link.objects.select_related("person"), public_id=key)


def incoming_by_key(key: str) -> IncomingMail:
    """Return a mail that came in, for what a job or a signed link does; no page shows it."""
    return one(IncomingMail.objects.select_related("link__person"), public_id=key)


def old_incoming(now: datetime) -> QuerySet[IncomingMail]:
    return IncomingMail.objects.filter(created_at__lte=now - rules.INCOMING_KEPT)


def unreadable_count() -> int:
    """Return how many mails that came in could not be read by us, and wait for a person."""
    return IncomingMail.objects.filter(status=IncomingMail.Status.FAILED).count()


def writes_from(person: Person, email: str) -> bool:
    """Whether an address is one at which a person gets our letters, or has shown to be theirs."""
    if normalised(email) == normalised(primary_email(person)):
        return bool(email)
    own = Address.objects.filter(person=person, normalised=normalised(email))
    return own.filter(verified_at__isnull=False).exists()


def reply_link(key: str) -> Link | None:
    """Return the link behind a reply address; the signature is for the door to check."""
    rows = Link.objects.select_related("person")
    return rows.filter(public_id=key, purpose=rules.REPLY).first()


def wishes_of(person: Person) -> LetterWishes:
    """Return how a person wants their letters; an unsaved row says the usual."""
    return LetterWishes.objects.filter(person=person).first() or LetterWishes(person=person)


def gathered_letters() -> QuerySet[Letter]:
    """Return what waits for daily letters, each person's the longest waiting first."""
    rows = Letter.objects.filter(status=Letter.Status.GATHERED).select_related("person")
    return rows.order_by("person", "next_try_at", "pk")


def letters_by_key(keys: Iterable[str], to: Person) -> list[Letter]:
    """Return some letters of one person, in the order in which they were kept."""
    rows = Letter.objects.filter(public_id__in=list(keys), person=to).select_related("person")
    return list(rows.order_by("next_try_at", "pk"))
