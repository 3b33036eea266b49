"""What two who plan a meeting offered, and what was noted and sent of it."""

from datetime import timedelta

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.time import now
from lodestar.domain.mentorships.rules.appointments import Plan
from lodestar.domain.messaging.models import Letter


def letters(*kinds):
    rows = Letter.objects.filter(kind__in=kinds).exclude(status="dropped").order_by("pk")
    return [(row.kind.removeprefix("mentorships."), row.person.given_name) for row in rows]


def verbs(*nouns):
    found = Entry.objects.order_by("pk").values_list("verb", flat=True)
    return [verb for verb in found if verb.split(".")[0] in nouns]


def in_days(*days):
    return Plan(tuple(now() + timedelta(days=n) for n in days))
