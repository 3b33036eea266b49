"""What would happen to a cohort that takes on the latest version of its design?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Application, RoleInCohort
from lodestar.domain.applications.queries import taking_part
from lodestar.domain.applications.queries.judging import judgements_of
from lodestar.domain.applications.rules import LIVING
from lodestar.domain.common.time import today
from lodestar.domain.feedback.queries import latest_asked
from lodestar.domain.feedback.rules import next_due_on
from lodestar.domain.forms.rules import is_answered
from lodestar.domain.groups.models import FormingRun
from lodestar.domain.groups.queries.numbers import running_in
from lodestar.domain.insights.rules.moving import judge
from lodestar.domain.insights.rules.standing import Judged, Standing
from lodestar.domain.matching.models import Ask, Choice, Match, MatchRun
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.mentorships.queries import mentorships_in, mentorships_of
from lodestar.domain.needs.models import NeedsAnswer
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.queries import latest_design, plan_of, state_of_design, version_of
from lodestar.domain.programs.rules import state_of
from lodestar.domain.programs.rules.asked import form_of
from lodestar.domain.programs.rules.differences import differences_by_kind
from lodestar.domain.programs.rules.readiness import Contradiction, what_contradicts

Status = Application.Status
RunStatus = MatchRun.Status
UNDECIDED = (Status.SUBMITTED, Status.WAITLISTED)
WHO_MAY = {"audience", "eligibility"}
ANSWERS_GO = {"question_gone", "question_changed", "options_gone"}
OVER_ONCE_IT_RUNS = {"start_before_the_answers"}
COMPUTED = (RunStatus.REQUESTED, RunStatus.CLAIMED, RunStatus.SOLVED, RunStatus.REVIEWED)


@dataclass(frozen=True, slots=True)
class Move:
    """A cohort, the version it could go by, every difference judged, and what would then contradict itself."""

    cohort: Cohort
    design: Design
    judged: list[Judged]
    obstacles: list[Contradiction]

    @property
    def unsafe(self) -> list[Judged]:
        return [each for each in self.judged if not each.is_safe]

    @property
    def safe(self) -> list[Judged]:
        return [each for each in self.judged if each.is_safe]

    @property
    def is_possible(self) -> bool:
        return not self.unsafe and not self.obstacles

    @property
    def why_not(self) -> str:
        """Return what stands in the way, or ""."""
        if self.unsafe:
            named = " ".join(f"{each.sentence} {each.why}" for each in self.unsafe)
            return _("This is not safe now, so nothing was moved. %(named)s") % {"named": named}
        return " ".join(f"{each.sentence} {each.mend}" for each in self.obstacles)

    @property
    def seen(self) -> str:
        """Return a fingerprint of the version, to notice that it was edited meanwhile."""
        return f"{self.design.public_id}-{state_of_design(self.design)}"


def later_design(cohort: Cohort) -> Design | None:
    """Return the latest version of the design where the cohort keeps an earlier one."""
    latest = latest_design(cohort.program)
    return latest if latest.version > cohort.design.version else None


def move_of(cohort: Cohort, design: Design) -> Move:
    """Judge what a cohort would take on with another version of its design."""
    found = differences_by_kind(version_of(cohort.design), version_of(design))
    kinds = {each.kind for each in found}
    judged = judge(found, standing_of(cohort, design, kinds))
    return Move(cohort, design, judged, new_obstacles(cohort, design))


def new_obstacles(cohort: Cohort, design: Design) -> list[Contradiction]:
    """Return what would contradict itself with the other version, does not by now, and is still ahead."""
    on = today()
    known = {each.code for each in what_contradicts(plan_of(cohort.design, cohort), on)}
    if state_of(cohort, on) == Cohort.State.RUNNING:
        known |= OVER_ONCE_IT_RUNS
    then = what_contradicts(plan_of(design, cohort), on)
    return [each for each in then if each.blocks and each.code not in known]


def standing_of(cohort: Cohort, design: Design, kinds: Iterable[str]) -> Standing:
    """Count what of the cohort rests on its design, as far as these kinds of differences ask for it."""
    on, kinds = today(), set(kinds)
    state = state_of(cohort, on)
    living = Application.objects.filter(cohort=cohort, status__in=LIVING)
    sent = living.exclude(status=Status.DRAFT)
    runs = Counter(MatchRun.objects.filter(cohort=cohort).values_list("status", flat=True))
    runs.update(FormingRun.objects.filter(cohort=cohort).values_list("status", flat=True))
    return Standing(
        state=state,
        is_published=cohort.published_at is not None,
        answers_move=cohort.frozen_at is None
        and state in (Cohort.State.PLANNED, Cohort.State.OPEN),
        on=on,
        sent=dict(sent.order_by().values_list("role").annotate(Count("pk"))),
        outside=_outside(sent, design) if kinds & WHO_MAY else 0,
        undecided_places=_undecided(living) if "capacity_default" in kinds else 0,
        most_places=_most_places(cohort, living) if "capacity_maximum" in kinds else 0,
        topics=_chosen(cohort, living) if "topics_gone" in kinds else {},
        answered=_answered(cohort, living) if kinds & ANSWERS_GO else {},
        surveyed=_surveyed(cohort).count() if "survey_asks" in kinds else 0,
        running_groups=running_in(cohort),
        waiting_runs=sum(runs[status] for status in COMPUTED),
        published_runs=runs[RunStatus.PUBLISHED],
        waiting_matches=Match.objects.filter(
            mentor__cohort=cohort, status__in=Match.WAITING
        ).count(),
        running=mentorships_in(cohort).filter(status__in=Mentorship.RUNNING).count(),
        unmet_days=_unmet_days(cohort, on) if "first_meeting_days" in kinds else (),
        asked=_asked(cohort, design, on) if any(k.startswith("pulse_") for k in kinds) else (),
        **(_lists(cohort) if kinds & WAYS else {}),
    )


WAYS = {"way_added", "way_gone", "most_choices", "window_days"}


def _lists(cohort: Cohort) -> dict[str, int]:
    """Count the requests that are open, the mentees who made a list, and how long the longest is."""
    lists = Choice.objects.filter(mentee__cohort=cohort).order_by().values("mentee")
    lengths = lists.annotate(length=Count("pk")).values_list("length", flat=True)
    return {
        "requests": Ask.objects.filter(mentee__cohort=cohort, closed_at=None).count(),
        "lists": len(lengths),
        "longest_list": max(lengths, default=0),
    }


def _outside(sent: QuerySet[Application], design: Design) -> int:
    """Count those whom the rules of the other version speak against, whether they bind or only remark."""
    judged = judgements_of(list(sent.select_related("person", "cohort__design")), design)
    return sum(any(found.is_known for found in each.findings) for each in judged.values())


def _mentors_places(living: QuerySet[Application]) -> list[int | None]:
    answers = living.filter(role=RoleInCohort.MENTOR).values_list("answers", flat=True)
    offered = [each.get("capacity") for each in answers]
    return [each if isinstance(each, int) else None for each in offered]


def _undecided(living: QuerySet[Application]) -> int:
    return _mentors_places(living.filter(status__in=UNDECIDED)).count(None)


def _most_places(cohort: Cohort, living: QuerySet[Application]) -> int:
    """Return the most places that one mentor offers or has been given."""
    present = taking_part(cohort).filter(role=RoleInCohort.MENTOR)
    given = present.aggregate(most=Max("capacity"))["most"] or 0
    return max([given, *(places or 0 for places in _mentors_places(living))])


def _chosen(cohort: Cohort, living: QuerySet[Application]) -> dict[str, int]:
    """Count by topic who chose it, on a form or in the needs survey."""
    asked = _surveyed(cohort)
    every = [*living.values_list("answers", flat=True), *asked.values_list("answers", flat=True)]
    return dict(Counter(str(topic) for answers in every for topic in answers.get("topics") or ()))


def _surveyed(cohort: Cohort) -> QuerySet[NeedsAnswer]:
    return NeedsAnswer.objects.filter(survey__cohort=cohort, sent_at__isnull=False)


def _answered(cohort: Cohort, living: QuerySet[Application]) -> dict[str, int]:
    """Count by question who answered it."""
    form = form_of(cohort.design)
    every = living.values_list("answers", flat=True)
    return dict(Counter(each.key for said in every for each in form if is_answered(each, said)))


def _unmet_days(cohort: Cohort, on: date) -> list[int]:
    active = mentorships_in(cohort).filter(status=Mentorship.Status.ACTIVE, meetings=None)
    return [(on - began.date()).days for began in active.values_list("began_at", flat=True)]


def _asked(cohort: Cohort, design: Design, on: date) -> list[tuple[date, date]]:
    """Return for each pair when the first of the two is asked next, by the design it has and by the other."""
    latest = latest_asked(cohort)
    found = []
    for mentorship in mentorships_of(cohort).filter(status=Mentorship.Status.ACTIVE):
        began_on, match = mentorship.began_at.date(), mentorship.match
        sides = [latest.get((mentorship.pk, s.pk)) for s in (match.mentor, match.mentee)]
        old, new = (
            min(next_due_on(each, began_on, asked, on) for asked in sides)
            for each in (cohort.design, design)
        )
        found.append((old, new))
    return found
