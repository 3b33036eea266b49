"""What do both sides say, and did the program reach what it wanted?"""

from django.utils.translation import gettext as _

from lodestar.domain.insights.queries.records import Records
from lodestar.domain.insights.queries.stages.stage import Chip, Stage, State, counted, day, told
from lodestar.domain.programs.models import Cohort


def feedback(cohort: Cohort, records: Records) -> Stage:
    waits = records.concerns
    return Stage(
        key="feedback",
        name=_("Feedback"),
        state=feedback_state(cohort, records),
        sentence=feedback_in_words(cohort, records),
        shared=feedback_for_others(cohort, records),
        chip=Chip(counted(waits, "concern"), "warn") if waits else None,
        leads_to="concerns" if waits else "mentorships" if records.asked else "",
        done_when=_(
            "Pulses were asked, the cohort's last day has passed, and no concern waits that you look "
            "after. Safety reports are counted nowhere."
        ),
    )


def feedback_state(cohort: Cohort, records: Records) -> State:
    is_over = records.today > cohort.ends_on
    if records.concerns or (records.asked and not is_over):
        return State.GOING
    if records.asked:
        return State.DONE
    return State.NONE if is_over else State.AHEAD


def feedback_in_words(cohort: Cohort, records: Records) -> str:
    if records.asked:
        return _("%(answered)s of %(asked)s answered") % {
            "answered": records.answered,
            "asked": counted(records.asked, "pulse"),
        }
    return nobody_asked(cohort, records)


def feedback_for_others(cohort: Cohort, records: Records) -> str:
    if not records.asked:
        return nobody_asked(cohort, records)
    asked = told(records.told.asked, "pulse")
    if records.makes_groups:
        return asked_in_groups(asked, records.told.answered)
    if records.told.answered is None:
        return _("%(asked)s asked of both sides") % {"asked": asked}
    return _("%(asked)s asked of both sides, %(answered)s answered") % {
        "asked": asked,
        "answered": records.told.answered,
    }


def asked_in_groups(asked: str, answered: int | None) -> str:
    if answered is None:
        return _("%(asked)s asked of everybody in a group") % {"asked": asked}
    told = {"asked": asked, "answered": answered}
    return _("%(asked)s asked of everybody in a group, %(answered)s answered") % told


def nobody_asked(cohort: Cohort, records: Records) -> str:
    if records.today > cohort.ends_on:
        return _("Nobody was asked.")
    days = cohort.design.pulse_first_days
    if records.makes_groups:
        return _("Everybody is asked %(days)s days after their group began.") % {"days": days}
    return _("Both are asked %(days)s days after they began.") % {"days": days}


def success(cohort: Cohort, records: Records) -> Stage:
    goals = records.goals
    reached = sum(goal.is_reached for goal in goals)
    unsaid = sum(goal.now is None for goal in goals)
    is_over = records.today > cohort.ends_on
    return Stage(
        key="success",
        name=_("Success"),
        state=success_state(cohort, records, has_goals=bool(goals)),
        sentence=success_in_words(reached, unsaid, len(goals)),
        shared=success_for_others(cohort, records, reached=reached, goals=len(goals)),
        chip=Chip(_("all reached"), "good")
        if is_over and goals and reached == len(goals)
        else None,
        leads_to="insights",
        done_when=_(
            "The cohort's last day has passed, and there are goals to hold it against. A goal is reached "
            "when its number now is at least its target."
        ),
    )


def success_state(cohort: Cohort, records: Records, *, has_goals: bool) -> State:
    if not has_goals:
        return State.NONE
    if records.today < cohort.starts_on:
        return State.AHEAD
    return State.DONE if records.today > cohort.ends_on else State.GOING


def success_in_words(reached: int, unsaid: int, goals: int) -> str:
    if not goals:
        return _("The design has no goals to hold them against.")
    facts = {"reached": reached, "goals": counted(goals, "goal"), "unsaid": unsaid}
    if unsaid:
        return _("%(reached)s of %(goals)s reached; too few to say for %(unsaid)s") % facts
    return _("%(reached)s of %(goals)s reached") % facts


def success_for_others(cohort: Cohort, records: Records, *, reached: int, goals: int) -> str:
    if not goals or records.today < cohort.starts_on:
        return _("Measured from %(day)s on.") % {"day": day(cohort.starts_on)} if goals else ""
    return _("%(reached)s of %(goals)s reached") % {
        "reached": reached,
        "goals": counted(goals, "goal"),
    }
