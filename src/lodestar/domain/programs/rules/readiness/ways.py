"""What contradicts itself in the ways by which two people find each other?"""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules import ways
from lodestar.domain.programs.rules.asked import shown_names
from lodestar.domain.programs.rules.readiness.plans import Check, Plan, Told, Where, advises, stops

Way = Design.Way
WEEK_DAYS, WORKING_DAYS = 7, 5
TELLING = {"topics", "about", "work"}
FEWEST_ON_A_LIST = 3
FEWEST_DAYS_TO_CHOOSE = 4
MOST_AT_ONCE = 5


@stops(Where.WAYS)
def no_way_to_a_partner(plan: Plan, _on: date) -> Iterator[Told]:
    if sentence := ways.why_not_ways(plan.design.ways):
        yield sentence, _("The office’s matching is the usual one.")


@stops(Where.WAYS)
def window_that_ends_after_matching(plan: Plan, _on: date) -> Iterator[Told]:
    """The office's matching would take people whose lists may still change."""
    design = plan.design
    both = ways.uses(design, Way.RANK) and ways.uses(design, Way.OFFICE)
    if both and design.window_days:
        yield (
            _(
                "The office matches from the day matching begins, but lists can be changed for %(days)d days more."
            )
            % {"days": design.window_days},
            _("Let the lists close on the day matching begins: 0 days after it."),
        )


@stops(Where.WAYS)
def lists_put_together_after_the_start(plan: Plan, _on: date) -> Iterator[Told]:
    last = ways.last_day_of_window(plan.cohort, plan.design) if plan.cohort else None
    if plan.cohort and last and last >= plan.cohort.starts_on:
        yield (
            _("Lists can be changed until %(last)s, but the mentorships start on %(start)s.")
            % {"last": _day(last), "start": _day(plan.cohort.starts_on)},
            _("Close the lists sooner, or start later."),
        )


@stops(Where.WAYS)
def chosen_by_name_alone(plan: Plan, _on: date) -> Iterator[Told]:
    told = shown_names(plan.design, is_paired=False)
    if ways.people_choose(plan.design) and told and not told & TELLING:
        yield (
            _(
                "Mentees choose mentors themselves, but read neither topics nor work nor their own words beforehand."
            ),
            _("Show at least one of the three with the proposal, or let the office match."),
        )


@advises(Where.WAYS)
def hardly_days_to_choose(plan: Plan, _on: date) -> Iterator[Told]:
    last = ways.last_day_of_window(plan.cohort, plan.design) if plan.cohort else None
    if plan.cohort is None or last is None:
        return
    days = (last - plan.cohort.closes_on).days
    if 0 <= days < FEWEST_DAYS_TO_CHOOSE:
        yield (
            _("Between the last application and the end of the lists lie %(days)d days to choose.")
            % {"days": days},
            _("Leave a week, so that whoever is accepted last can choose too."),
        )


@advises(Where.WAYS)
def asked_in_turn_beyond_the_start(plan: Plan, _on: date) -> Iterator[Told]:
    """One after the other takes time where nobody answers."""
    first = ways.asking_begins_on(plan.cohort, plan.design) if plan.cohort else None
    if plan.cohort is None or first is None:
        return
    days = plan.design.most_choices * plan.design.reply_days * WEEK_DAYS // WORKING_DAYS
    there = (plan.cohort.starts_on - first).days
    if days > there and not plan.meets_once:
        yield (
            _(
                "Whoever asks %(count)d mentors in turn may wait %(days)d days, but the mentorships start after %(there)d."
            )
            % {"count": plan.design.most_choices, "days": days, "there": there},
            _("Give fewer days to answer, allow a shorter list, or let people rank."),
        )


@advises(Where.WAYS)
def list_too_short_to_help(plan: Plan, _on: date) -> Iterator[Told]:
    if ways.uses(plan.design, Way.RANK) and plan.design.most_choices < FEWEST_ON_A_LIST:
        yield (
            _("A list of %(count)d leaves many without anybody they named.")
            % {"count": plan.design.most_choices},
            _("Allow six: it costs nobody anything."),
        )


@advises(Where.WAYS)
def left_over_by_the_lists(plan: Plan, _on: date) -> Iterator[Told]:
    if plan.design.ways == [Way.RANK.value]:
        yield (
            _("Whoever no list serves stays without a mentor, and so does whoever makes no list."),
            _("Let the office match the rest, or let them ask afterwards."),
        )


@advises(Where.WAYS)
def more_requests_than_anybody_answers(plan: Plan, _on: date) -> Iterator[Told]:
    if ways.uses(plan.design, Way.ASK) and plan.design.most_asks > MOST_AT_ONCE:
        yield (
            _("A mentor may have %(count)d requests to answer at once; most would answer none.")
            % {"count": plan.design.most_asks},
            _("Three are enough: the others wait their turn or go to somebody else."),
        )


@advises(Where.WAYS)
def read_by_one_person_alone(plan: Plan, _on: date) -> Iterator[Told]:
    reads = ways.uses(plan.design, Way.ASK) and plan.design.asks_are_read
    if reads and len(plan.coordinators) == 1:
        yield (
            _("Every request waits until somebody of the office has read it, and only one person looks after this program."),
            _("Let requests go at once, or appoint a second coordinator."),
        )  # fmt: skip


def _day(day: date) -> str:
    return str(date_format(day, "j F"))


CHECKS: tuple[Check, ...] = (
    no_way_to_a_partner,
    window_that_ends_after_matching,
    lists_put_together_after_the_start,
    chosen_by_name_alone,
    hardly_days_to_choose,
    asked_in_turn_beyond_the_start,
    list_too_short_to_help,
    left_over_by_the_lists,
    more_requests_than_anybody_answers,
    read_by_one_person_alone,
)
