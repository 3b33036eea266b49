"""How does a letter change from queued to sent, and a link from open to used?"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.models import Fact
from lodestar.domain.common.time import now as current_time
from lodestar.domain.common.wake import wake
from lodestar.domain.messaging import queries, rules
from lodestar.domain.messaging.models import (
    Batch,
    Letter,
    Link,
    Occasion,
    Subscription,
    Suppression,
)
from lodestar.domain.people.actions.accounts import move_account
from lodestar.domain.people.actions.passkeys import add_passkey
from lodestar.domain.people.models import Account, Passkey, Person
from lodestar.domain.people.rules import normalised

Status = Letter.Status


@transaction.atomic
def queue_letter(
    kind: str,
    *,
    to: Person | None = None,
    email: str = "",
    about: Occasion | None = None,
    unique_key: str | None = None,
    at_once: bool = False,
    **more: Any,
) -> Letter:
    """Queue a letter to a person or an address; the same unique key twice gives the first letter.

    What it is about says to which batch it belongs; while that holds its letters, this one waits for
    its release. `at_once` is for a letter that is nobody's business but its reader's: it belongs to no
    batch. `more` may hold words (facts for its text that no row keeps), urgency and expires_at.
    """
    if to is None and not email:
        raise ValueError("A letter needs a person or an address.")
    batch = about.batch() if about and not at_once else None
    fields = {
        "kind": kind,
        "batch": batch.public_id if batch else "",
        "status": status_in(batch),
        "person": to,
        "email": email,
        "about_kind": about._meta.label_lower if about else "",
        "about_key": about.public_id if about else "",
        "next_try_at": current_time(),
        "words": more.pop("words", None) or {},
    } | more
    wake("send_letters")
    if unique_key is None:
        return Letter.objects.create(**fields)
    return Letter.objects.get_or_create(unique_key=unique_key, defaults=fields)[0]


def status_in(batch: Batch | None) -> Letter.Status:
    """Return how a letter of a batch begins, by what the batch's row says now."""
    if batch is None:
        return Status.QUEUED
    rows = type(batch)._default_manager.filter(pk=batch.pk, holds_letters=True)
    return Status.WAITING if rows.exists() else Status.QUEUED


@transaction.atomic
def move_account_and_tell(account: Account, *, email: str, by: Person) -> None:
    """Let an account sign in with another address; the old one hears of it, or nothing is changed."""
    old = move_account(account, email=email, by=by)
    queue_letter("accounts.moved", email=old, urgency=Letter.Urgency.SIGN_IN)


@transaction.atomic
def add_passkey_and_tell(
    person: Person, *, name: str, credential_id: str, credential: bytes
) -> Passkey:
    """Let a key sign somebody in; they hear of it by letter, in case it was not theirs."""
    passkey = add_passkey(
        person, by=person, name=name, credential_id=credential_id, credential=credential
    )
    queue_letter("accounts.passkey", to=person, words={"name": name})
    return passkey


@transaction.atomic
def queue_letters(
    kind: str,
    addressed: Sequence[tuple[Person, Occasion, str]],
    *,
    words: Mapping[str, str] | None = None,
    expires_at: datetime | None = None,
    not_before: datetime | None = None,
    urgency: Letter.Urgency = Letter.Urgency.ORDINARY,
) -> None:
    """Queue one kind of letter to many, each as (person, about, unique key), in few statements.

    `words` are facts of their text that no row keeps, the same for all. None leaves before `not_before`.
    """
    batches = {about.pk: about.batch() for _person, about, _key in addressed}
    begins = {batch.pk: status_in(batch) for batch in set(batches.values())}
    letters = [
        Letter(
            kind=kind,
            person=person,
            about_kind=about._meta.label_lower,
            about_key=about.public_id,
            batch=batches[about.pk].public_id,
            status=begins[batches[about.pk].pk],
            words=dict(words or {}),
            unique_key=unique_key,
            next_try_at=not_before or current_time(),
            expires_at=expires_at,
            urgency=urgency,
        )
        for person, about, unique_key in addressed
    ]
    Letter.objects.bulk_create(letters, batch_size=500, ignore_conflicts=True)
    wake("send_letters")


def claim_letter(now: datetime) -> Letter | None:
    """Claim the letter that is due first, so that nobody else sends it while the lease runs.

    The claim is a conditional UPDATE of one row: it holds on SQLite too, where row locks do not.
    The grown attempt count is the claim's mark; who has lost the lease can no longer answer.
    """
    for letter in queries.letters_due(now).only("pk", "attempt_count")[:20]:
        claimed = Letter.objects.filter(
            pk=letter.pk, status=Status.QUEUED, attempt_count=letter.attempt_count
        ).update(
            status=Status.CLAIMED,
            attempt_count=F("attempt_count") + 1,
            lease_until=now + rules.LEASE,
        )
        if claimed:
            return Letter.objects.select_related("person").get(pk=letter.pk)
    return None


def answer(letter: Letter, **fields: object) -> bool:
    """Store what became of a claimed letter; False if the claim has meanwhile been lost."""
    claim = Letter.objects.filter(
        pk=letter.pk, status=Status.CLAIMED, attempt_count=letter.attempt_count
    )
    return bool(claim.update(lease_until=None, **fields))


def mark_sent(letter: Letter, *, to: str, subject: str, now: datetime) -> bool:
    """Note that the server took the letter; a sign-in letter's code is forgotten at once."""
    return answer(
        letter,
        status=Status.SENT,
        sent_at=now,
        sent_to=to,
        subject=subject[:300],
        problem="",
        words=rules.words_to_keep(letter),
    )


def mark_unsure(letter: Letter, *, problem: str) -> bool:
    """Note that the server may have taken the letter, and leave the choice to a person."""
    return answer(letter, status=Status.UNSURE, problem=problem[:300])


def mark_held(letter: Letter, *, problem: str) -> bool:
    """Note that a rule keeps the letter back."""
    return answer(
        letter, status=Status.HELD, problem=problem[:300], words=rules.words_to_keep(letter)
    )


def mark_dead(letter: Letter, *, problem: str) -> bool:
    """Note that the letter cannot be delivered, now or later."""
    return answer(
        letter, status=Status.DEAD, problem=problem[:300], words=rules.words_to_keep(letter)
    )


def wait_for_server(letter: Letter, *, problem: str, now: datetime) -> bool:
    """Put a letter back that was never the trouble: the server did not answer."""
    later = now + rules.WAIT_FOR_SERVER
    return answer(letter, status=Status.QUEUED, next_try_at=later, problem=problem[:300])


def try_later(letter: Letter, *, problem: str, now: datetime) -> bool:
    """Put a letter back that the server refused for the moment; park it after too many tries."""
    letter.failure_count += 1
    if rules.is_poison(letter):
        return answer(
            letter,
            status=Status.HELD,
            failure_count=letter.failure_count,
            problem=_("Parked after too many tries: %(problem)s") % {"problem": problem[:200]},
        )
    return answer(
        letter,
        status=Status.QUEUED,
        failure_count=letter.failure_count,
        next_try_at=now + rules.delay_after(letter.failure_count),
        problem=problem[:300],
    )


def reclaim_letters(now: datetime, *, hold: frozenset[str]) -> int:
    """Take back the letters of senders that died; kinds to hold wait for a person. Return how many.

    Whether such a letter went out nobody knows. Its Message-ID is its own for ever, so a repeat
    is recognised as one by the mailboxes that look.
    """
    count = 0
    for letter in queries.forsaken_letters(now):
        if letter.kind in hold:
            count += mark_unsure(letter, problem=_("Its sender stopped in the middle of sending."))
        else:
            problem = _("Its sender stopped in the middle of sending; it is sent again.")
            letter.failure_count += 1
            status = Status.HELD if rules.is_poison(letter) else Status.QUEUED
            count += answer(
                letter,
                status=status,
                failure_count=letter.failure_count,
                next_try_at=now,
                problem=problem,
            )
    return count


@transaction.atomic
def release_letter(letter: Letter, *, by: Person) -> Letter:
    """Send a parked, held or perhaps-sent letter after all."""
    letter = letter.locked()
    if not rules.can_release(letter):
        raise RefusedError(_("This letter does not wait for you any more. Nothing was changed."))
    letter.status = Status.QUEUED
    letter.failure_count = 0
    letter.next_try_at = current_time()
    letter.save()
    record("letter.released", letter, by=by, about=letter.person)
    wake("send_letters")
    return letter


def hold_queued(batch: Batch) -> int:
    """Let what is queued and not yet on its way wait for a release; return how many."""
    queued = Letter.objects.filter(batch=batch.public_id, status=Status.QUEUED)
    return queued.update(status=Status.WAITING)


def release_waiting(letters: QuerySet[Letter], *, now: datetime) -> int:
    """Send those of some letters that wait for their release and are not too late; return how many.

    One conditional UPDATE, so that whoever comes second releases nothing.
    """
    waiting = letters.filter(status=Status.WAITING).exclude(expires_at__lte=now)
    count = waiting.update(status=Status.QUEUED, next_try_at=now)
    if count:
        wake("send_letters")
    return count


def set_aside(letters: QuerySet[Letter], *, why: str) -> int:
    """Let letters that wait for their release never go; return how many."""
    waiting = letters.filter(status=Status.WAITING)
    return waiting.update(status=Status.DROPPED, problem=why[:300])


def keep_from_leaving(letters: QuerySet[Letter], *, why: str) -> int:
    """Let letters that have not left never go, and their like be written again; return how many.

    One conditional UPDATE, like the claim of whoever sends: a letter is either kept or on its way.
    """
    staying = letters.filter(status__in=(Status.QUEUED, Status.WAITING, Status.GATHERED))
    return staying.update(status=Status.DROPPED, problem=why[:300], unique_key=None)


def overtake(about: Occasion, kinds: Collection[str], *, to: Person | None = None) -> int:
    """Set aside waiting letters that have no sense any more, because what they are about went on."""
    letters = Letter.objects.filter(
        about_kind=about._meta.label_lower, about_key=about.public_id, kind__in=kinds
    )
    if to is not None:
        letters = letters.filter(person=to)
    why = _("What it was about went on without it.")
    letters.filter(status=Status.GATHERED).update(status=Status.DROPPED, problem=why)
    return set_aside(letters, why=why)


@transaction.atomic
def suppress(email: str, reason: Suppression.Reason) -> Suppression:
    """Write to an address no more."""
    row, is_new = Suppression.objects.get_or_create(
        normalised=normalised(email), defaults={"reason": reason}
    )
    if is_new:
        record("address.suppressed", row, reason=str(reason))
    return row


@transaction.atomic
def choose_letters(person: Person, kind: str, *, is_wanted: bool, by: Person) -> Subscription:
    """Store whether a person wants a kind of letter that is not needed to take part."""
    wish, _is_new = Subscription.objects.update_or_create(
        person=person, kind=kind, defaults={"is_wanted": is_wanted}
    )
    record("subscription.chosen", wish, by=by, about=person, kind=kind, is_wanted=is_wanted)
    return wish


@transaction.atomic
def open_link(purpose: str, *, person: Person, about: Fact, expires_at: datetime) -> Link:
    """Return a way into one purpose for one person; the live one, made to last, if there is one."""
    link = queries.live_link(purpose, person=person, about=about, now=current_time())
    if link and link.expires_at < expires_at:
        Link.objects.filter(pk=link.pk, expires_at__lt=expires_at).update(expires_at=expires_at)
        link.expires_at = expires_at
    return link or Link.objects.create(
        purpose=purpose,
        person=person,
        about_kind=about._meta.label_lower,
        about_key=about.public_id,
        expires_at=expires_at,
    )


def use_link(link: Link, *, now: datetime) -> bool:
    """Note that a link has served; only the first one who says so hears True."""
    fresh = Link.objects.filter(pk=link.pk, used_at=None, ended_at=None)
    return bool(fresh.update(used_at=now))


def end_links(about: Fact, *, now: datetime) -> int:
    """End every link that leads to a fact which is over."""
    live = Link.objects.filter(
        about_kind=about._meta.label_lower, about_key=about.public_id, ended_at=None
    )
    return live.update(ended_at=now)


def forget_words(now: datetime) -> int:
    """Forget what sent letters said once it is old; that they were sent stays."""
    old = Letter.objects.filter(created_at__lte=now - rules.WORDS_KEPT)
    done = old.exclude(
        status__in=[Status.WAITING, Status.QUEUED, Status.CLAIMED, Status.UNSURE, Status.GATHERED]
    )
    return done.exclude(words={}).update(words={})
