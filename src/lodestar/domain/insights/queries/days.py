"""What do new days of a cohort do to the people who already count on the old ones?"""

from collections import Counter

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.applications.models import Application
from lodestar.domain.applications.queries import taking_part
from lodestar.domain.applications.rules import LIVING
from lodestar.domain.insights.rules.moving import waiting_keep_their_day
from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.mentorships.queries import mentorships_in
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules import DAYS, Phases, phases_of
from lodestar.domain.programs.rules.pulses import pulse_days

DRAFT = Application.Status.DRAFT


def days_impact(cohort: Cohort, phases: Phases) -> list[str]:
    """Tell in a sentence each whom the new days concern; nothing while nobody outside knows the old ones."""
    was = phases_of(cohort)
    moved = {day for day in DAYS if getattr(was, day) != getattr(phases, day)}
    if cohort.published_at is None or not moved:
        return []
    told = [
        *_applied(cohort),
        *(_writing(cohort, phases) if "closes_on" in moved else []),
        *(_taking_part(cohort, phases) if "starts_on" in moved else []),
        *(_waiting(cohort) if moved & {"matching_on", "starts_on"} else []),
        *(_running(cohort, was, phases) if "ends_on" in moved else []),
    ]
    return [*told, _("Nobody is written to: tell them yourself.")] if told else [_nobody_yet()]


def _nobody_yet() -> str:
    return _("Nobody has applied yet. The program’s page shows the new days at once.")


def _applied(cohort: Cohort) -> list[str]:
    statuses = Counter(
        Application.objects.filter(cohort=cohort, status__in=LIVING).values_list(
            "status", flat=True
        )
    )
    count = sum(statuses.values()) - statuses[DRAFT]
    sentence = ngettext(
        "%(count)d person has applied and will see the new days.",
        "%(count)d people have applied and will see the new days.",
        count,
    )
    return [sentence % {"count": count}] if count else []


def _writing(cohort: Cohort, phases: Phases) -> list[str]:
    count = Application.objects.filter(cohort=cohort, status=DRAFT).count()
    sentence = ngettext(
        "%(count)d person has begun an application and has until %(day)s to send it.",
        "%(count)d people have begun an application and have until %(day)s to send it.",
        count,
    )
    told = {"count": count, "day": date_format(phases.closes_on, "j F Y")}
    return [sentence % told] if count else []


def _taking_part(cohort: Cohort, phases: Phases) -> list[str]:
    count = taking_part(cohort).count()
    sentence = ngettext(
        "%(count)d person was accepted and starts on %(day)s.",
        "%(count)d people were accepted and start on %(day)s.",
        count,
    )
    told = {"count": count, "day": date_format(phases.starts_on, "j F Y")}
    return [sentence % told] if count else []


def _waiting(cohort: Cohort) -> list[str]:
    count = Match.objects.filter(mentor__cohort=cohort, status__in=Match.WAITING).count()
    return [waiting_keep_their_day(count)] if count else []


def _running(cohort: Cohort, was: Phases, now: Phases) -> list[str]:
    count = mentorships_in(cohort).filter(status__in=Mentorship.RUNNING).count()
    sentence = ngettext(
        "%(count)d mentorship ends on %(new)s instead of %(old)s.",
        "%(count)d mentorships end on %(new)s instead of %(old)s.",
        count,
    )
    new, old = (date_format(phases.ends_on, "j F Y") for phases in (now, was))
    told = sentence % {"count": count, "new": new, "old": old}
    return [" ".join(filter(None, [told, _asked(cohort, was, now)]))] if count else []


def _asked(cohort: Cohort, was: Phases, now: Phases) -> str:
    """Tell how many short questions more or fewer each pair has ahead, by the design."""
    before, after = (
        len(pulse_days(cohort.design, (phases.ends_on - phases.starts_on).days))
        for phases in (was, now)
    )
    more = ngettext(
        "There is %(count)d more short question for each.",
        "There are %(count)d more short questions for each.",
        abs(after - before),
    )
    fewer = ngettext(
        "There is %(count)d short question fewer for each.",
        "There are %(count)d short questions fewer for each.",
        abs(after - before),
    )
    told = {"count": abs(after - before)}
    return (more if after > before else fewer) % told if after != before else ""
