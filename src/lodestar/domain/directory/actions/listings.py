"""How does a listing come to say what its participant lets others read?"""

import hashlib
import json
from collections.abc import Iterable, Sequence

from django.db import transaction

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.time import now
from lodestar.domain.directory.actions.words import forget_words, keep_words
from lodestar.domain.directory.models import Facet, Listing, Shelf
from lodestar.domain.directory.queries.sweeping import (
    SMALL_COHORT,
    Written,
    choices_in,
    listings_of,
    to_be_found,
    written_for,
    zones_in,
)
from lodestar.domain.directory.rules import has_directory, policy_of
from lodestar.domain.programs.models import Cohort

AT_ONCE = 1_000


def fingerprint(written: Written) -> str:
    """Return the same few letters for the same listing."""
    told = json.dumps([written.fields, written.words], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


@transaction.atomic
def check_listings(cohort: Cohort, participants: Sequence[Participant]) -> int:
    """Write the listings of some participants where they say anything else; return how many did.

    Everybody is read anew and held, so that what somebody keeps back meanwhile is not written down.
    """
    asked = [each.pk for each in participants]
    there = list(
        to_be_found(cohort).filter(pk__in=asked).order_by("pk").select_for_update(of=["self"])
    )
    known = listings_of(there)
    changed = {
        key: written
        for key, written in written_for(cohort, there).items()
        if key not in known or known[key].fingerprint != fingerprint(written)
    }
    Listing.objects.filter(pk__in=[each.pk for each in known.values()]).update(checked_at=now())
    write(changed, known)
    return len(changed)


def write(changed: dict[int, Written], known: dict[int, Listing]) -> None:
    """Store what is new, with its facets and words; two who write at once leave one listing."""
    for key, written in changed.items():
        if key in known:
            fields = {**written.fields, "fingerprint": fingerprint(written)}
            Listing.objects.filter(pk=known[key].pk).update(**fields)
    fresh = [
        Listing(participant_id=key, fingerprint=fingerprint(written), **written.fields)
        for key, written in changed.items()
        if key not in known
    ]
    Listing.objects.bulk_create(fresh, batch_size=AT_ONCE)
    by_participant = {**known, **{each.participant_id: each for each in fresh}}
    listings = {key: by_participant[key].pk for key in changed}
    Facet.objects.filter(listing__in=listings.values()).delete()
    Facet.objects.bulk_create(
        [
            Facet(listing_id=listings[key], cohort_id=written.fields["cohort_id"], term=term)
            for key, written in changed.items()
            for term in written.fields["terms"]
        ],
        batch_size=AT_ONCE,
    )
    keep_words({listings[key]: (each.words, each.short) for key, each in changed.items()})


@transaction.atomic
def drop_listings(listings: Iterable[Listing]) -> int:
    """Forget some listings, with all by which they were found."""
    keys = [each.pk for each in listings]
    forget_words(keys)
    Listing.objects.filter(pk__in=keys).delete()
    return len(keys)


def refresh_listing(participant: Participant) -> None:
    """Let what somebody has just chosen count at once, in the transaction in which they chose it."""
    cohort = participant.cohort
    if not has_directory(cohort.design):
        return
    there = list(to_be_found(cohort).filter(pk=participant.pk))
    if there:
        check_listings(cohort, there)
    else:
        drop_listings(Listing.objects.filter(participant=participant))
    if Listing.objects.filter(cohort=cohort)[: SMALL_COHORT + 1].count() <= SMALL_COHORT:
        write_shelf(cohort)


def write_shelf(cohort: Cohort) -> Shelf:
    """Count anew what can be chosen in the filters of a cohort."""
    told = {
        "policy": policy_of(cohort.design),
        "choices": choices_in(cohort),
        "zones": zones_in(cohort),
        "counted_at": now(),
    }
    shelf, _is_new = Shelf.objects.update_or_create(cohort=cohort, defaults=told)
    return shelf


def drop_shelves(living: Iterable[Cohort]) -> None:
    """Forget what could be chosen in cohorts that are over."""
    Shelf.objects.exclude(cohort__in=[cohort.pk for cohort in living]).delete()
