"""What contradicts itself in places, hours, and how often people meet and are asked?"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from lodestar.domain.programs.rules import why_not_capacity
from lodestar.domain.programs.rules.pulses import FEWEST_DAYS_BETWEEN_PULSES
from lodestar.domain.programs.rules.readiness.plans import Check, Plan, Told, Where, advises, stops

MONTH_DAYS = 30
FEWEST_TALKS = 3
HURRIED_DAYS = 2
HURRIED_TRIAL_DAYS = 7
LONG_WAIT_DAYS = 21
SLACK_HOURS = 0.5
FAR_BEYOND = 4


@stops(Where.PACE)
def places_that_cannot_be(plan: Plan, _on: date) -> Iterator[Told]:
    if sentence := why_not_capacity(plan.design.capacity_default, plan.design.capacity_maximum):
        yield sentence, _("Change the places of a mentor.")


def _hours_needed(plan: Plan, mentees: int) -> float:
    """An hour for each talk with each mentee; a group is met together, and among peers there is no mentor."""
    if plan.design.makes_groups:
        mentees = int(plan.has_mentors)
    return mentees * MONTH_DAYS / max(1, plan.design.cadence_days)


@stops(Where.PACE)
def more_mentees_than_hours(plan: Plan, _on: date) -> Iterator[Told]:
    """Whoever takes as many as the design begins with must be able to keep its cadence."""
    design = plan.design
    needed = _hours_needed(plan, design.capacity_default)
    if design.hours_per_month and needed > design.hours_per_month + SLACK_HOURS:
        yield (
            _(
                "A mentor with %(places)d mentees would talk for about %(needed)d hours a month, but promises "
                "%(promised)d."
            )
            % {
                "places": design.capacity_default,
                "needed": round(needed),
                "promised": design.hours_per_month,
            },
            _("Let them meet less often, take fewer, or ask for more hours."),
        )


@advises(Where.PACE)
def largest_load_needs_more_hours(plan: Plan, _on: date) -> Iterator[Told]:
    design = plan.design
    needed = _hours_needed(plan, design.capacity_maximum)
    if design.hours_per_month and needed > FAR_BEYOND * design.hours_per_month + SLACK_HOURS:
        yield (
            _(
                "A mentor who takes %(places)d would talk for about %(needed)d hours a month; the form speaks "
                "of %(promised)d."
            )
            % {
                "places": design.capacity_maximum,
                "needed": round(needed),
                "promised": design.hours_per_month,
            },
            _("Lower the most places, or say that each mentee takes as much."),
        )


@stops(Where.PACE)
def no_hours_promised(plan: Plan, _on: date) -> Iterator[Told]:
    if plan.has_mentors and plan.design.hours_per_month == 0:
        yield (
            _("Mentors would promise no hours at all."),
            _("Say how many hours a month it takes; 2 are usual."),
        )


@stops(Where.PACE)
def talks_rarer_than_the_cohort_lasts(plan: Plan, _on: date) -> Iterator[Told]:
    if 0 < plan.running_days < plan.design.cadence_days and not plan.meets_once:
        told = {"cadence": plan.design.cadence_days, "running": plan.running_days}
        yield (
            _("People would meet every %(cadence)d days, but the cohort runs for %(running)d.")
            % told,
            _("Let them meet more often, or let the cohort run longer."),
        )


@advises(Where.PACE)
def hardly_any_talks(plan: Plan, _on: date) -> Iterator[Told]:
    talks = plan.running_days // max(1, plan.design.cadence_days)
    if 0 < talks < FEWEST_TALKS and not plan.meets_once:
        yield (
            _("At this pace two people talk about %(talks)d times in all.") % {"talks": talks},
            _("Let them meet more often, or let the cohort run longer."),
        )


@stops(Where.COHORT)
def start_before_the_answers(plan: Plan, _on: date) -> Iterator[Told]:
    if plan.cohort is None:
        return
    waiting = (plan.cohort.starts_on - plan.cohort.matching_on).days
    if 0 <= waiting < plan.design.reply_days:
        yield (
            _(
                "People have %(reply)d days to answer a match, but the start comes "
                "%(waiting)d days after matching begins."
            )
            % {"reply": plan.design.reply_days, "waiting": waiting},
            _("Start later, or give fewer days to answer."),
        )


@stops(Where.COHORT)
def nobody_to_sign_off(plan: Plan, _on: date) -> Iterator[Told]:
    if plan.design.needs_sign_off and len(plan.coordinators) == 1:
        yield (
            _("A second coordinator is to sign matches off, but the program has only one."),
            _("Appoint a second coordinator, or let one alone publish."),
        )


@advises(Where.PACE)
def hardly_time_to_answer(plan: Plan, _on: date) -> Iterator[Told]:
    if 0 < plan.design.reply_days < HURRIED_DAYS:
        yield (
            _(
                "People have %(days)d day to answer a match, and a busy mentor reads mail twice a week."
            )
            % {"days": plan.design.reply_days},
            _("Give them five working days."),
        )


@stops(Where.PACE)
def trial_before_a_single_talk(plan: Plan, _on: date) -> Iterator[Told]:
    if plan.design.exploring_days and plan.meets_once:
        yield (
            _("Two people would have a trial meeting before the one talk that is all of it."),
            _("Set the days for a trial meeting to 0."),
        )


@stops(Where.PACE)
def trial_longer_than_the_cohort(plan: Plan, _on: date) -> Iterator[Told]:
    if 0 < plan.running_days <= plan.design.exploring_days:
        yield (
            _("The trial meeting may take %(trial)d days, but the cohort runs for %(running)d.")
            % {"trial": plan.design.exploring_days, "running": plan.running_days},
            _("Give fewer days for it, or none."),
        )


@advises(Where.PACE)
def hardly_time_for_a_trial(plan: Plan, _on: date) -> Iterator[Told]:
    if 0 < plan.design.exploring_days < HURRIED_TRIAL_DAYS:
        yield (
            _("Two people have %(days)d days to find a first date, meet, and decide.")
            % {"days": plan.design.exploring_days},
            _("Give them two weeks."),
        )


@stops(Where.PACE)
def first_talk_after_the_end(plan: Plan, _on: date) -> Iterator[Told]:
    if 0 < plan.running_days <= plan.design.first_meeting_days:
        yield (
            _("The first talk is expected after %(days)d days, when the cohort is over.")
            % {"days": plan.design.first_meeting_days},
            _("Expect it sooner."),
        )


@advises(Where.PACE)
def long_wait_for_the_first_talk(plan: Plan, _on: date) -> Iterator[Told]:
    if plan.design.first_meeting_days > LONG_WAIT_DAYS:
        yield (
            _(
                "Two people may take %(days)d days until they first talk; most who wait so long never do."
            )
            % {"days": plan.design.first_meeting_days},
            _("Expect the first talk within two weeks."),
        )


@stops(Where.PACE)
def asked_after_the_end(plan: Plan, _on: date) -> Iterator[Told]:
    if 0 < plan.running_days <= plan.design.pulse_first_days:
        yield (
            _("People are first asked how it goes after %(days)d days, when the cohort is over.")
            % {"days": plan.design.pulse_first_days},
            _("Ask sooner."),
        )


@stops(Where.PACE)
def asked_before_they_can_have_met(plan: Plan, _on: date) -> Iterator[Told]:
    design = plan.design
    if design.pulse_first_days < design.first_meeting_days:
        yield (
            _(
                "People are asked how it goes after %(asked)d days, but need not have talked before day "
                "%(met)d."
            )
            % {"asked": design.pulse_first_days, "met": design.first_meeting_days},
            _("Ask later, or expect the first talk sooner."),
        )


@stops(Where.PACE)
def asked_too_often(plan: Plan, _on: date) -> Iterator[Told]:
    if plan.design.pulse_every_days < FEWEST_DAYS_BETWEEN_PULSES:
        yield (
            _("People would be asked every %(days)d days, and soon answer no more.")
            % {"days": plan.design.pulse_every_days},
            _("Leave at least two weeks between two questions."),
        )


@advises(Where.PACE)
def asked_only_once(plan: Plan, _on: date) -> Iterator[Told]:
    design = plan.design
    twice = design.pulse_first_days + design.pulse_every_days
    if design.pulse_first_days < plan.running_days < twice and not plan.meets_once:
        yield (
            _("People are asked how it goes only once in this cohort."),
            _("Ask again sooner, so that you see whether it gets better."),
        )


CHECKS: tuple[Check, ...] = (
    places_that_cannot_be,
    more_mentees_than_hours,
    largest_load_needs_more_hours,
    no_hours_promised,
    talks_rarer_than_the_cohort_lasts,
    hardly_any_talks,
    start_before_the_answers,
    nobody_to_sign_off,
    hardly_time_to_answer,
    trial_before_a_single_talk,
    trial_longer_than_the_cohort,
    hardly_time_for_a_trial,
    first_talk_after_the_end,
    long_wait_for_the_first_talk,
    asked_after_the_end,
    asked_before_they_can_have_met,
    asked_too_often,
    asked_only_once,
)
