"""Which listings are missing, stale, or to be looked at again, and what should they say?"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.applications.rules.showing import is_evidence_shown, shown_names_of
from lodestar.domain.directory import rules
from lodestar.domain.directory.models import Facet, Listing, Shelf
from lodestar.domain.directory.queries.evidence import evidence_of
from lodestar.domain.directory.rules.listing import RULED, open_answers
from lodestar.domain.matching.models import MatchRun
from lodestar.domain.matching.queries import answers_compared
from lodestar.domain.programs.models import Cohort, Constraint
from lodestar.engine.answers.searching import document_of, tokens_of

SMALL_COHORT = 2_000
FEWEST_NAMED = 5  # in a large cohort, so that a choice points at nobody
MOST_CHOICES = 25
SOLVED = (MatchRun.Status.SOLVED, MatchRun.Status.REVIEWED, MatchRun.Status.PUBLISHED)


@dataclass(frozen=True)
class Written:
    """What a listing should say, and the words by which it is found."""

    fields: dict[str, Any]
    words: list[str]
    short: list[str] = field(default_factory=list)


def living_cohorts(on: date) -> list[Cohort]:
    """Return the cohorts in which people look around, or will: published, and not over."""
    found = Cohort.objects.filter(published_at__isnull=False, ends_on__gte=on)
    cohorts = found.select_related("design", "program").order_by("pk")
    return [cohort for cohort in cohorts if rules.has_directory(cohort.design)]


def to_be_found(cohort: Cohort) -> QuerySet[Participant]:
    """Return who may have a listing: those whom others look for, and who did not hide."""
    return Participant.objects.filter(
        cohort=cohort,
        role=RoleInCohort.MENTOR,
        left_at=None,
        hidden_at=None,
        person__blocked_at=None,
    ).select_related("person")


def without_listing(cohort: Cohort, most: int) -> list[Participant]:
    """Return those who have no listing, or one made for another visibility of the design."""
    current = Listing.objects.filter(
        participant=OuterRef("pk"), policy=rules.policy_of(cohort.design)
    )
    return list(to_be_found(cohort).exclude(Exists(current)).order_by("pk")[:most])


def longest_unchecked(cohort: Cohort, most: int) -> list[Participant]:
    """Return those whose listing nobody has looked at for the longest time."""
    oldest = Listing.objects.filter(cohort=cohort).order_by("checked_at", "pk")
    chosen = list(oldest.values_list("participant", flat=True)[:most])
    return list(to_be_found(cohort).filter(pk__in=chosen).order_by("pk"))


def outdated(cohorts: Sequence[Cohort], most: int) -> QuerySet[Listing]:
    """Return listings of people who are not to be found any more."""
    gone = (
        Q(participant__left_at__isnull=False)
        | Q(participant__hidden_at__isnull=False)
        | Q(participant__person__blocked_at__isnull=False)
        | ~Q(cohort__in=[cohort.pk for cohort in cohorts])
    )
    return Listing.objects.filter(gone).order_by("pk")[:most]


def prices_of(cohort: Cohort) -> dict[str, int]:
    """Return what one more place with each mentor would bring in the current optimum, if there is one."""
    solved = MatchRun.objects.filter(cohort=cohort, status__in=SOLVED).order_by("-solved_at", "-pk")
    prices = solved.values_list("prices", flat=True).first()
    return {str(key): int(price) for key, price in (prices or {}).items()}


def ruled_fields(cohort: Cohort) -> tuple[str, ...]:
    """Return which answers the rules of a cohort read."""
    named = cohort.design.constraints.filter(kind=Constraint.Kind.NOT_SAME)
    return (*RULED, *(value for value in named.values_list("value", flat=True) if value))


def written_for(cohort: Cohort, participants: Sequence[Participant]) -> dict[int, Written]:
    """Return what the listings of some participants should say, by the participant's key."""
    evidence = evidence_of([each.person_id for each in participants])
    prices, fields = prices_of(cohort), ruled_fields(cohort)
    policy = rules.policy_of(cohort.design)
    found = {}
    for each in participants:
        known = evidence.get(each.person_id, rules.Evidence())
        shown = shown_names_of(each, cohort.design, is_paired=False)
        answers = open_answers(each, shown)
        read = answers_compared(answers, {"gender"})
        profile = rules.profile_of(read)
        told = rules.short_texts(each.person.full_name, answers, profile)
        hours = answers.get("hours_per_month")
        found[each.pk] = Written(
            {
                "cohort_id": cohort.pk,
                "role": each.role,
                "policy": policy,
                "name": each.person.full_name[:250],
                "profile": profile,
                "ruled": rules.ruled_of(answers_compared(each.answers, {"gender"}), fields),
                "terms": rules.terms_of(profile),
                "zone": str(profile.get("time_zone") or "")[:64],
                "hours": min(hours, 1000) if isinstance(hours, int) else None,
                "price": prices.get(each.public_id, 0),
                "evidence": known.as_data() if is_evidence_shown(each) else {},
            },
            document_of([*told, str(answers.get("about") or "")]),
            [token for text in told for token in tokens_of(text)],
        )
    return found


def listings_of(participants: Iterable[Participant]) -> dict[int, Listing]:
    """Return the listings that some participants have, by the participant's key."""
    found = Listing.objects.filter(participant__in=[each.pk for each in participants])
    return {listing.participant_id: listing for listing in found}


def choices_in(cohort: Cohort) -> dict[str, list[list[object]]]:
    """Return what can be chosen in the filters of a cohort: (term, label, how many), by kind."""
    policy = rules.policy_of(cohort.design)
    rows = Facet.objects.filter(cohort=cohort, listing__policy=policy)
    counted = rows.order_by().values_list("term").annotate(n=Count("pk"), example=Min("listing"))
    people = Listing.objects.filter(cohort=cohort, policy=policy).count()
    fewest = 1 if people <= SMALL_COHORT else FEWEST_NAMED
    by_kind: dict[str, list[tuple[int, str, int]]] = {}
    for term, count, example in counted.filter(n__gte=fewest):
        by_kind.setdefault(term.partition(":")[0], []).append((count, term, example))
    most = {kind: sorted(told, key=first_many)[:MOST_CHOICES] for kind, told in by_kind.items()}
    labels = labels_of({example for told in most.values() for _n, _term, example in told})
    hours = Listing.objects.filter(cohort=cohort, policy=policy, hours__isnull=False)
    told = hours.aggregate(most=Max("hours"), n=Count("pk"))
    most["hours"] = [(told["n"], f"hours:{told['most']}", 0)] if told["n"] >= fewest else []
    return {
        kind: [[term, labels.get(term, term.partition(":")[2]), count] for count, term, _e in told]
        for kind, told in sorted(most.items())
    }


def has_shelf(cohort: Cohort) -> bool:
    """Tell if the choices were counted for what the design lets be read now."""
    return Shelf.objects.filter(cohort=cohort, policy=rules.policy_of(cohort.design)).exists()


def first_many(choice: tuple[int, str, int]) -> tuple[int, str]:
    return -choice[0], choice[1]


def labels_of(listings: Collection[int]) -> dict[str, str]:
    found = Listing.objects.filter(pk__in=listings).values_list("terms", flat=True)
    return {term: label for terms in found for term, label in terms.items()}


def zones_in(cohort: Cohort) -> list[str]:
    """Return the time zones of those who let theirs be read."""
    zones = Listing.objects.filter(cohort=cohort).exclude(zone="").order_by("zone")
    return list(zones.values_list("zone", flat=True).distinct()[:600])
