"""What would the days mean that a coordinator has typed and not saved?"""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.common.time import today
from lodestar.domain.insights.queries import days_impact
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import contradictions_with
from lodestar.domain.programs.rules import (
    DAYS,
    Phases,
    phases_of,
    shifted,
    why_day_stays,
    why_not_change_cohort,
)
from lodestar.domain.programs.rules.readiness import Contradiction
from lodestar.web.common.timeline import Timeline, timeline_of
from lodestar.web.console.forms.programs import CohortForm

STEPS = (-28, -7, 7, 28)
OUT_OF_ORDER = "days_out_of_order"


@dataclass(frozen=True)
class Preview:
    """Days that nobody has saved: what refuses them, what they contradict, whom they concern."""

    problem: str
    contradictions: list[Contradiction]
    impact: list[str]

    @property
    def can_be_saved(self) -> bool:
        return not self.problem and all(c.code != OUT_OF_ORDER for c in self.contradictions)


def staying_of(cohort: Cohort) -> dict[str, str]:
    """Return the days that cannot move any more, each with the reason."""
    reasons = {day: why_day_stays(cohort, day, today()) for day in DAYS}
    return {day: why for day, why in reasons.items() if why}


def seen_of(cohort: Cohort) -> str:
    """Return what a form about a cohort begins from, to notice that somebody else changed it meanwhile."""
    days = (getattr(cohort, day).isoformat() for day in DAYS)
    return " ".join([*days, str(cohort.is_pilot), cohort.name])


def overtaken_in_words(cohort: Cohort, said: QueryDict) -> str:
    """Say what somebody else made of a cohort since the form was shown; a form that does not say is trusted."""
    if said.get("seen") in (None, "", seen_of(cohort)):
        return ""
    days = [
        f"{CohortForm.base_fields[day].label} {date_format(getattr(cohort, day), 'j F Y')}"
        for day in DAYS
    ]
    return _(
        "Somebody else changed this cohort while you were at it, so nothing was saved. It says now: "
        "“%(name)s”, %(days)s. What you typed still stands here; save again to keep yours."
    ) % {"name": cohort.name, "days": ", ".join(days)}


def asks_for_preview(said: QueryDict) -> bool:
    return "preview" in said or "move" in said


def wished(form: CohortForm, said: QueryDict) -> Phases:
    """Return the days that are to be drawn: as typed, or all moved by the step that was pressed."""
    step = next((days for days in STEPS if said.get("move") == str(days)), 0)
    return shifted(form.phases(), step, form.staying)


def shown_again(form: CohortForm, phases: Phases) -> CohortForm:
    """Return the form with these days in its fields, and whatever else was typed."""
    said = form.data
    kept = {"name": said.get("name", ""), "is_pilot": "is_pilot" in said}
    days = CohortForm.proposed(phases) | {"move_after": "move_after" in said}
    return CohortForm(initial=kept | days, staying=form.staying)


def drawn(cohort: Cohort, phases: Phases) -> Timeline:
    return timeline_of(phases, cohort.design, today(), staying_of(cohort))


def preview_of(cohort: Cohort, phases: Phases) -> Preview:
    """Judge days that are not saved; of a cohort that is open already, only what they make worse."""
    on = today()
    if cohort.published_at is None:
        [found] = contradictions_with(cohort, phases, on=on)
        return Preview("", found, [])
    found, as_saved = contradictions_with(cohort, phases, phases_of(cohort), on=on)
    by_now = {(c.code, c.sentence) for c in as_saved}
    worse = [c for c in found if (c.code, c.sentence) not in by_now and c.code != OUT_OF_ORDER]
    problem = why_not_change_cohort(cohort, phases, on)
    return Preview(problem, worse, [] if problem else days_impact(cohort, phases))
