"""Where do people get lost between applying and a useful mentorship?"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Application, RoleInCohort
from lodestar.domain.feedback.models import Pulse
from lodestar.domain.feedback.queries import answers_in
from lodestar.domain.groups.queries.numbers import people_asked, people_in
from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.mentorships.queries import mentorships_in, mentorships_that_met
from lodestar.domain.programs.models import Cohort
from lodestar.engine.measures.funnel import Step, nested
from lodestar.engine.measures.funnel import funnel as engine_funnel
from lodestar.engine.measures.rates import Share


@dataclass(frozen=True)
class FunnelStep:
    """One step in words: who is counted, and how many came this far."""

    name: str
    label: str
    definition: str
    count: int
    lost: int
    of_previous: Share | None
    of_all: Share


@dataclass(frozen=True)
class Funnel:
    """The way of one role's applicants through a cohort."""

    role: RoleInCohort
    steps: list[FunnelStep]

    @property
    def weakest(self) -> FunnelStep | None:
        """The step at which most people are lost."""
        losing = [step for step in self.steps if step.lost]
        return max(losing, key=lambda step: step.lost, default=None)


def funnel(cohort: Cohort, role: RoleInCohort = RoleInCohort.MENTEE) -> Funnel:
    """Count people of a role: each step holds only those who took every step before it."""
    people = Application.objects.filter(cohort=cohort, role=role)
    answers = answers_in(cohort)
    if cohort.design.makes_groups:
        return funnel_of_groups(cohort, role, people)
    counts = nested(
        [
            ("applied", keys(people.filter(submitted_at__isnull=False), "person")),
            ("accepted", keys(people.filter(status=Application.Status.ACCEPTED), "person")),
            ("matched", keys(shown_matches(cohort), f"{role}__person")),
            ("agreed", keys(mentorships_in(cohort), f"match__{role}__person")),
            ("met", keys(mentorships_that_met(cohort), f"match__{role}__person")),
            ("answered", keys(answers.filter(participant__role=role), "participant__person")),
        ]
    )
    return Funnel(role, [in_words(step) for step in engine_funnel(counts)])


def funnel_of_groups(cohort: Cohort, role: RoleInCohort, people: QuerySet[Application]) -> Funnel:
    """Count the same of groups; whom nobody asks how it goes is not counted as silent."""
    counts = nested(
        [
            ("applied", keys(people.filter(submitted_at__isnull=False), "person")),
            ("accepted", keys(people.filter(status=Application.Status.ACCEPTED), "person")),
            ("asked", people_asked(cohort, role)),
            ("in_group", people_in(cohort, role)),
            ("met_in_group", people_in(cohort, role, who_met=True)),
        ]
    )
    return Funnel(role, [in_words(step) for step in engine_funnel(counts)])


def keys(rows: "QuerySet[Application] | QuerySet[Match] | QuerySet[Mentorship] | QuerySet[Pulse]",
         field: str) -> set[int]:  # fmt: skip
    return set(rows.order_by().values_list(field, flat=True))


def shown_matches(cohort: Cohort) -> QuerySet[Match]:
    """Return the matches that the two ever saw."""
    return Match.objects.filter(mentor__cohort=cohort).exclude(status=Match.Status.DRAFTED)


def in_words(step: Step) -> FunnelStep:
    label, definition = words()[step.name]
    return FunnelStep(
        step.name, label, definition, step.count, step.lost, step.of_previous, step.of_all
    )


def words() -> Mapping[str, tuple[str, str]]:
    """Return what each step is called and whom it counts."""
    return {
        "applied": (_("applied"), _("sent an application, whatever became of it")),
        "accepted": (_("accepted"), _("were accepted into the cohort")),
        "matched": (_("matched"), _("were shown at least one match")),
        "agreed": (_("both accepted"), _("had a match to which both said yes")),
        "met": (_("met"), _("logged at least one meeting")),
        "asked": (_("asked"), _("were asked into at least one group")),
        "in_group": (_("in a group"), _("said yes, and their group began")),
        "met_in_group": (_("met"), _("were in a group that logged at least one meeting")),
        "answered": (_("answered"), _("answered at least one pulse")),
    }
