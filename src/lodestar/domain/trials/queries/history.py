"""What did the program's other cohorts show of how people behave?

Only cohorts of the same program: a coordinator learns nothing of programs that are not theirs.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Avg, Count, F, Min, Q, QuerySet

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.common.time import day_of
from lodestar.domain.feedback.models import Pulse
from lodestar.domain.feedback.queries import pulses_among
from lodestar.domain.matching.models import Match, MatchRun
from lodestar.domain.mentorships.queries import mentorships_among
from lodestar.domain.programs.models import Cohort
from lodestar.engine.simulation.rates import Believed, Days, Rate, published_rates

SURELY_MET_BY = timedelta(days=45)
MOST_DAYS = 60
SATURDAY = 5
Counts = Mapping[str, tuple[int, int]]


def believed_of(cohort: Cohort, now: datetime) -> Believed:
    """Return the published figures, with what the program's other cohorts have shown so far."""
    counts = counts_of(cohort, now)
    rates: dict[str, Rate] = {
        name: replace(rate, count=counts[name][0], of=counts[name][1])
        for name, rate in published_rates().items()
    }
    usual = Believed()
    meeting: Days = replace(usual.meeting, counts=days_to_meet(cohort))
    return Believed(rates, meeting, usual.hours)


def counts_of(cohort: Cohort, now: datetime) -> Counts:
    """Return for each rate how many did it, of how many who could have."""
    found: dict[str, tuple[int, int]] = {"pair.never_met": never_met(cohort, now)}
    for role in RoleInCohort.values:
        found[f"{role}.drop_out"] = dropped_out(cohort, role)
        found[f"{role}.silence"] = silent(cohort, role)
        found[f"{role}.decline"] = declined(cohort, role)
        found[f"{role}.answer"] = answered(cohort, role, now)
    return found


def others(cohort: Cohort) -> QuerySet[Cohort]:
    return Cohort.objects.filter(program=cohort.program_id).exclude(pk=cohort.pk)


def share(rows: "QuerySet[Participant] | QuerySet[Match] | QuerySet[Pulse]", did: Q) -> tuple[int, int]:  # fmt: skip
    found = rows.aggregate(did=Count("pk", filter=did), all=Count("pk"))
    return found["did"], found["all"]


def dropped_out(cohort: Cohort, role: str) -> tuple[int, int]:
    """Count who was accepted before the first matches went out, and left before they did."""
    count = whole = 0
    sent = MatchRun.objects.filter(cohort__in=others(cohort), published_at__isnull=False)
    for row in sent.order_by().values("cohort").annotate(first=Min("published_at")):
        here = Participant.objects.filter(
            cohort=row["cohort"], role=role, created_at__lt=row["first"]
        )
        left, all_ = share(here, Q(left_at__lt=row["first"]))
        count, whole = count + left, whole + all_
    return count, whole


def sent_matches(cohort: Cohort) -> QuerySet[Match]:
    """Return what the office proposed and two could answer; who asked had said yes beforehand, which tells nothing."""
    sent = Match.objects.filter(mentor__cohort__in=others(cohort)).exclude(
        status__in=[Match.Status.DRAFTED, Match.Status.WITHDRAWN]
    )
    return sent.exclude(origin=Match.Origin.ASKED)


def silent(cohort: Cohort, role: str) -> tuple[int, int]:
    """Count whose time ran out without a word, of those who answered or ran out of time."""
    has_answered = ~Q(**{f"{role}_answer": Match.Answer.WAITING})
    ran_out = Q(status=Match.Status.EXPIRED) & ~has_answered
    return share(sent_matches(cohort).filter(has_answered | ran_out), ran_out)


def declined(cohort: Cohort, role: str) -> tuple[int, int]:
    """Count who said no, of those who answered."""
    answers = sent_matches(cohort).exclude(**{f"{role}_answer": Match.Answer.WAITING})
    return share(answers, Q(**{f"{role}_answer": Match.Answer.DECLINED}))


def never_met(cohort: Cohort, now: datetime) -> tuple[int, int]:
    """Count pairs without a meeting, of those who agreed long enough ago."""
    old = mentorships_among(others(cohort)).filter(began_at__lt=now - SURELY_MET_BY)
    return old.filter(meetings=None).count(), old.count()


def answered(cohort: Cohort, role: str, now: datetime) -> tuple[int, int]:
    """Count pulses that were answered, of those that are closed."""
    closed = pulses_among(others(cohort)).filter(participant__role=role, closes_at__lt=now)
    return share(closed, Q(answered_at__isnull=False))


def fit_before(cohort: Cohort) -> tuple[Cohort, float] | None:
    """Return the program's latest other cohort with agreed matches, and their mean score."""
    agreed = Match.objects.filter(status=Match.Status.ACCEPTED)
    filled = agreed.order_by().values("mentor__cohort")
    earlier = others(cohort).filter(pk__in=filled, starts_on__lte=cohort.starts_on)
    latest = earlier.order_by("-starts_on", "-pk").first()
    if latest is None:
        return None
    mean: float = agreed.filter(mentor__cohort=latest).aggregate(mean=Avg("score"))["mean"]
    return latest, mean


def days_to_meet(cohort: Cohort) -> tuple[int, ...]:
    """Count pairs by the working day after their yes on which they first met."""
    rows = mentorships_among(others(cohort)).filter(meetings__isnull=False)
    firsts = rows.annotate(met_on=Min(F("meetings__held_on"))).values_list("began_at", "met_on")
    days = [working_days_between(day_of(began), met) for began, met in firsts]
    counts = [0] * max(days, default=0)
    for day in days:
        counts[day - 1] += 1
    return tuple(counts)


def working_days_between(first: date, last: date) -> int:
    """Return how many working days after a day another one is; 1 at least, 60 at most.

    >>> working_days_between(date(2026, 1, 2), date(2026, 1, 6))
    2
    """
    whole, rest = divmod(max(0, (last - first).days), 7)
    days = (first.weekday() + step for step in range(1, rest + 1))
    return min(MOST_DAYS, max(1, 5 * whole + sum(day % 7 < SATURDAY for day in days)))
