"""How do the two write, sign and reopen what they agree on?"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.actions.common import locked, open_to
from lodestar.domain.mentorships.models import Agreement, Mentorship
from lodestar.domain.mentorships.queries import agreement_in, latest_agreement
from lodestar.domain.messaging.actions import overtake, queue_letter
from lodestar.domain.people.models import Person

TO_SIGN, SIGNED, REVIEW = (
    "mentorships.agreement", "mentorships.agreed", "mentorships.midpoint",
)  # fmt: skip


@transaction.atomic
def draft_agreement(
    mentorship: Mentorship,
    *,
    by: Person,
    words: Mapping[str, object],
    seen: str = "",
    is_signed: bool = False,
) -> Agreement:
    """Write the next version, from the one that `by` had `seen`; the same words again are none.

    What the other wrote meanwhile stays, unless both changed the same part. A new version has no
    signature but that of its writer, if `is_signed`.
    """
    mentorship = open_to(mentorship, by)
    latest = latest_agreement(mentorship)
    words = together_with(latest, seen, words, mentorship)
    if rules.says_nothing(words):
        raise RefusedError(_("An agreement needs a few words. Write what you want to reach."))
    if latest is None or words != rules.words_of(latest):
        latest = next_version(mentorship, latest, words, by)
    return sign_agreement(latest, by=by) if is_signed else latest


def together_with(
    latest: Agreement | None, seen: str, words: Mapping[str, object], mentorship: Mentorship
) -> dict[str, object]:
    """Return what one wrote with what the other changed since; refuse what both changed."""
    if latest is None or latest.public_id == seen:
        return dict(words)
    base = rules.words_of(agreement_in(mentorship, seen)) if seen else {}
    together, both = rules.merged(base, rules.words_of(latest), words)
    if both:
        told = get_text_list(rules.labels_of(both), _("and"))
        raise RefusedError(
            _("Meanwhile the other of you changed the same: %(parts)s. Nothing was overwritten.")
            % {"parts": told}
        )
    return together


def next_version(
    mentorship: Mentorship, before: Agreement | None, words: Mapping[str, object], by: Person | None
) -> Agreement:
    """Store a version, and tell whoever had signed the one before that their signature is asked again."""
    agreement = Agreement(
        mentorship=mentorship, number=before.number + 1 if before else 1, drafted_by=by, **words
    )
    try:
        agreement.full_clean()
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from error
    agreement.save()
    record("agreement.drafted", agreement, by=by, number=agreement.number)
    if before is None or before.agreed_at or by is None:
        return agreement
    partner = rules.partner_of(mentorship, by)
    if rules.has_signed(before, partner):
        tell_of(agreement, TO_SIGN, to=partner)
    return agreement


@transaction.atomic
def sign_agreement(agreement: Agreement, *, by: Person) -> Agreement:
    """Sign the newest version; signed by both it holds, and its cadence is what the rules go by."""
    mentorship = open_to(agreement.mentorship, by)
    latest = latest_agreement(mentorship)
    if latest is None or latest.pk != agreement.pk:
        raise RefusedError(
            _("It was written anew meanwhile. Read it as it stands now, then sign that.")
        )
    if rules.has_signed(latest, by):
        return latest
    is_mentor = rules.role_of(mentorship, by) == RoleInCohort.MENTOR
    setattr(latest, "mentor_signed_at" if is_mentor else "mentee_signed_at", now())
    partner = rules.partner_of(mentorship, by)
    if rules.has_signed(latest, partner):
        latest.agreed_at = now()
        mentorship.agreed_cadence_days = latest.cadence_days
        mentorship.save(update_fields=["agreed_cadence_days"])
    latest.full_clean(validate_unique=False)
    latest.save()
    record("agreement.signed", latest, by=by, number=latest.number)
    if latest.agreed_at:
        record("agreement.agreed", latest, number=latest.number)
        overtake(mentorship, (TO_SIGN, REVIEW))
    tell_of(latest, SIGNED if latest.agreed_at else TO_SIGN, to=partner)
    return latest


@transaction.atomic
def reopen_agreement(agreement: Agreement) -> bool:
    """Ask both in the middle whether it still holds; it does until they have signed something else."""
    mentorship = locked(agreement.mentorship)
    latest = latest_agreement(mentorship)
    is_asked = mentorship.agreements.filter(drafted_by=None).exists()
    if latest is None or latest.pk != agreement.pk or not latest.agreed_at or is_asked:
        return False
    if mentorship.status != Mentorship.Status.ACTIVE:
        return False
    again = next_version(mentorship, latest, rules.words_of(latest), None)
    for person in (mentorship.match.mentor.person, mentorship.match.mentee.person):
        tell_of(again, REVIEW, to=person)
    return True


def tell_of(agreement: Agreement, kind: str, *, to: Person) -> None:
    """Queue one letter about a version to one of the two; only the calendar's can be held."""
    queue_letter(
        kind,
        to=to,
        about=agreement.mentorship,
        unique_key=f"{kind}:{agreement.public_id}:{to.public_id}",
        at_once=kind != REVIEW,
    )
