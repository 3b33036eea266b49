"""Is the program designed, and was it tried in small first?"""

from django.utils.translation import gettext as _

from lodestar.domain.common.time import day_of
from lodestar.domain.groups.queries.numbers import met_share
from lodestar.domain.insights.queries.records import Records
from lodestar.domain.insights.queries.stages.stage import Chip, Stage, State, counted, day
from lodestar.domain.pilots.models import Verdict
from lodestar.domain.pilots.queries import verdict_of
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import trial_run_before
from lodestar.domain.programs.rules import state_of

Phase = Cohort.State


def design(cohort: Cohort, records: Records) -> Stage:
    found = cohort.design
    parts = ", ".join(
        [
            counted(found.goals.count(), "goal"),
            counted(found.criteria.count(), "criterion"),
            counted(found.constraints.count(), "constraint"),
        ]
    )
    unclear = records.contradictions
    still = counted(unclear, "open question") if unclear else _("no contradiction left")
    version = _("version %(number)s") % {"number": found.version}
    is_done = cohort.published_at is not None
    return Stage(
        key="design",
        name=_("Design"),
        state=State.DONE if is_done else State.GOING,
        sentence=f"{parts}; {still}",
        shared=f"{version}: {parts}",
        chip=Chip(version, "good" if is_done else "warn" if unclear else ""),
        leads_to="days" if unclear else "design",
        done_when=_("The cohort is published, and nothing in its design contradicts itself."),
    )


def trial_run(cohort: Cohort, records: Records) -> Stage:
    trial = cohort if cohort.is_pilot else trial_run_before(cohort)
    if trial is None:
        return no_trial_run(cohort)
    phase, verdict = state_of(trial, records.today), verdict_of(trial)
    stands = trial_in_words(trial, phase, verdict)
    return Stage(
        key="trial-run",
        name=_("Trial run"),
        state=trial_state(phase, verdict),
        sentence=stands if trial == cohort else other_trial(trial, stands),
        shared=stands,
        leads_to="pilot",
        about=None if trial == cohort else trial,
        done_when=trial_done_when(),
    )


def no_trial_run(cohort: Cohort) -> Stage:
    return Stage(
        key="trial-run",
        name=_("Trial run"),
        state=State.NONE,
        sentence=_("None is planned, so whatever does not work is met by everybody at once."),
        shared=_("None is planned."),
        leads_to="" if cohort.published_at else "cohort-new",
        done_when=trial_done_when(),
    )


def trial_done_when() -> str:
    return _(
        "A cohort of this program that is marked as a trial run is decided on: somebody signed whether it goes on. One "
        "that opened after this cohort does not count."
    )


def trial_state(phase: Cohort.State, verdict: Verdict | None) -> State:
    if verdict:
        return State.DONE
    return State.AHEAD if phase == Phase.PLANNED else State.GOING


def trial_in_words(trial: Cohort, phase: Cohort.State, verdict: Verdict | None) -> str:
    days = {"starts": day(trial.starts_on), "ends": day(trial.ends_on)}
    if verdict:
        told = {"outcome": verdict.get_outcome_display(), "day": day(day_of(verdict.created_at))}
        return _("Decided on %(day)s: %(outcome)s.") % told
    if phase == Phase.FINISHED:
        return _("Over since %(ends)s, and nobody has decided yet whether it goes on.") % days
    if phase == Phase.RUNNING:
        return _("Running until %(ends)s.") % days
    return _("Its mentorships start on %(starts)s.") % days


def other_trial(trial: Cohort, stands: str) -> str:
    """Tell of a trial run that is a cohort of its own, and what came of it so far."""
    met = met_share(trial)
    facts = {
        "name": trial.name,
        "stands": stands,
        "pairs": counted(met.of, "group" if trial.design.makes_groups else "mentorship"),
        "met": met.count,
    }
    return _("%(name)s. %(stands)s %(pairs)s, of which %(met)s met.") % facts
