"""How is somebody's word on who a person is kept, and taken back? Whether they may give it, a later room says."""

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.people.models import Account, Person, Verification

Kind, Status = Verification.Kind, Verification.Status
MOST_ASKED = 3
LIVING = (Status.ASKED, Status.GIVEN)


@transaction.atomic
def vouch(person: Person, *, by: Person, sentence: str) -> Verification:
    """Keep somebody's word that a person is who they say; saying it again changes the sentence."""
    person = person.locked()
    if person.pk == by.pk:
        raise RefusedError(_("Nobody can vouch for themself. Ask somebody who knows you."))
    said = sentence.replace("\x00", "").strip()[:300]
    if not said:
        raise RefusedError(_("Say in a sentence how you know them."))
    known = Verification.objects.filter(person=person, by=by, kind=Kind.VOUCHED, status__in=LIVING)
    word = known.first() or Verification(person=person, by=by, kind=Kind.VOUCHED)
    word.status, word.sentence, word.answered_at = Status.GIVEN, said, now()
    word.full_clean()
    word.save()
    record("person.vouched_for", word, by=by, about=person)
    return word


@transaction.atomic
def ask_to_vouch(person: Person, *, of: Person) -> Verification | None:
    """Ask a member to vouch; None where they were asked before, or too many were."""
    person = person.locked()
    asked = Verification.objects.filter(person=person, kind=Kind.VOUCHED)
    if person.pk == of.pk or asked.filter(by=of).exists() or asked.count() >= MOST_ASKED:
        return None
    word = Verification(person=person, by=of, kind=Kind.VOUCHED, status=Status.ASKED)
    word.full_clean()
    word.save()
    record("person.vouching_asked", word, by=person, about=of)
    return word


@transaction.atomic
def refuse_to_vouch(word: Verification, *, by: Person) -> Verification:
    """Say that one does not know the person; nobody is told who said so."""
    word = word.locked()
    if word.by_id != by.pk or word.status != Status.ASKED:
        raise RefusedError(_("This is answered already. Nothing was changed."))
    word.status, word.answered_at = Status.REFUSED, now()
    word.save()
    record("person.not_vouched_for", word, by=by)
    return word


@transaction.atomic
def link_to_roll(
    person: Person, *, on_roll: Person, by: Person, sentence: str = ""
) -> Verification:
    """Note that a person and a row of the roll are the same human being. Nothing of either is changed or merged.

    A row behind which somebody already signs in belongs to them, and nobody else is linked with it.
    """
    person, on_roll = person.locked(), on_roll.locked()
    if person.pk == on_roll.pk or Account.objects.filter(person=on_roll).exists():
        raise RefusedError(
            _("Somebody signs in as this person of the roll already, so it is not the same one.")
        )
    given = Verification.objects.filter(kind=Kind.LINKED, status=Status.GIVEN)
    if known := given.filter(on_roll=on_roll).first():
        if known.person_id == person.pk:
            return known
        raise RefusedError(_("Somebody else was found to be this person of the roll meanwhile. Look again."))  # fmt: skip
    if given.filter(person=person).exists():
        raise RefusedError(_("They were found on the roll already. Take that back first."))
    word = Verification(
        person=person, on_roll=on_roll, by=by, kind=Kind.LINKED, answered_at=now(),
        sentence=sentence.replace("\x00", "").strip()[:300],
    )  # fmt: skip
    word.full_clean()
    word.save()
    record("person.found_on_roll", word, by=by, about=person)
    return word


@transaction.atomic
def end_verification(word: Verification, *, by: Person) -> Verification:
    """Take a word back; what it said stays on record."""
    word = word.locked()
    if word.status == Status.GIVEN:
        word.status = Status.ENDED
        word.save()
        record("person.verification_ended", word, by=by, about=word.person)
    return word
