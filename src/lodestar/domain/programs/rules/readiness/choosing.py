"""What contradicts itself in how people are chosen, and in what two partners read of each other?"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from lodestar.domain.programs.models import Audience, Criterion, Design
from lodestar.domain.programs.rules.asked import (
    asked_in,
    is_field_shown,
    shown_from,
    shown_names,
)
from lodestar.domain.programs.rules.defaults import topic_names
from lodestar.domain.programs.rules.readiness.plans import (
    Check,
    Plan,
    Told,
    Where,
    advises,
    stops,
    with_shares,
)

Role, Shown = Audience.Role, Design.Shown
MOST_TO_SCORE = 5
MOST_KEPT_BACK = 50


@stops(Where.SELECTION)
def scored_but_never_asked(plan: Plan, _on: date) -> Iterator[Told]:
    for criterion in plan.selection:
        asked = {each.name for each in asked_in(plan.design, criterion.role)}
        has_topics = criterion.answer != "topics" or topic_names(plan.design.topics)
        if criterion.answer and not (criterion.answer in asked and has_topics):
            told = {"name": criterion.name, "who": criterion.get_role_display()}
            yield (
                _("“%(name)s” is scored for %(who)s, but their form does not ask for it.") % told,
                _("Read it off another answer, or take it out."),
            )


@stops(Where.SELECTION)
def scored_without_levels(plan: Plan, _on: date) -> Iterator[Told]:
    for criterion in plan.selection:
        if not all(level.strip() for level in criterion.levels):
            yield (
                _("Nothing says what a weak, a fair or a strong “%(name)s” looks like.")
                % {"name": criterion.name},
                _("Write one sentence for each of the three."),
            )


@stops(Where.SELECTION)
def levels_nobody_can_tell_apart(plan: Plan, _on: date) -> Iterator[Told]:
    for criterion in plan.selection:
        levels = [" ".join(level.casefold().split()) for level in criterion.levels]
        if all(levels) and len(set(levels)) < len(levels):
            yield (
                _("Two levels of “%(name)s” say the same.") % {"name": criterion.name},
                _("Say what the better one has that the other has not."),
            )


@stops(Where.SELECTION)
def one_thing_scored_twice(plan: Plan, _on: date) -> Iterator[Told]:
    counted = Counter((c.role, c.name.casefold().strip()) for c in plan.selection)
    for criterion in plan.selection:
        if counted.pop((criterion.role, criterion.name.casefold().strip()), 0) > 1:
            told = {"name": criterion.name, "who": criterion.get_role_display()}
            yield (
                _("“%(name)s” is scored twice for %(who)s.") % told,
                _("Keep one of them, or give the other its own name."),
            )


@advises(Where.SELECTION)
def more_than_anybody_scores(plan: Plan, _on: date) -> Iterator[Told]:
    counted = Counter(criterion.role for criterion in plan.selection)
    for role, count in counted.items():
        if count > MOST_TO_SCORE:
            yield (
                _("%(count)d things are scored for %(who)s; after a dozen applications nobody does so with care.")
                % {"count": count, "who": Role(role).label},
                _("Keep the three that decide."),
            )  # fmt: skip


@advises(Where.SELECTION)
def more_people_than_places_and_no_criteria(plan: Plan, _on: date) -> Iterator[Told]:
    there, mentors = plan.counted.get(Role.MENTEE), plan.counted.get(Role.MENTOR)
    places = (mentors or 0) * plan.design.capacity_default
    is_scored = any(criterion.role == Role.MENTEE for criterion in plan.selection)
    if there and mentors and there > places and not is_scored:
        yield (
            _(
                "Up to %(there)d people may apply for up to %(places)d places, and nothing says by what you "
                "choose."
            )
            % {"there": there, "places": places},
            _("Write down two or three things by which you read the applications of mentees."),
        )


@stops(Where.VISIBILITY)
def yes_to_a_name_alone(plan: Plan, _on: date) -> Iterator[Told]:
    if not shown_names(plan.design, is_paired=False):
        yield (
            _("Two people would have to say yes to each other and know nothing but a name."),
            _("Show at least one answer with the proposal."),
        )


@advises(Where.VISIBILITY)
def identity_told_to_somebody_unknown(plan: Plan, _on: date) -> Iterator[Told]:
    if shown_from(plan.design, "gender") == Shown.PROPOSAL:
        yield (
            _("Somebody’s gender would be told to a person who may still say no."),
            _("Keep it with the office, or show it once both said yes."),
        )


@advises(Where.VISIBILITY)
def own_words_that_nobody_reads(plan: Plan, _on: date) -> Iterator[Told]:
    weighs = any(c.kind == Criterion.Kind.TEXT and c.weight > 0 for c in plan.criteria)
    if weighs and shown_from(plan.design, "about") == Shown.OFFICE:
        yield (
            _("What people write in their own words is weighed, but their partner never reads it."),
            _("Show it with the proposal, or once both said yes."),
        )


@advises(Where.VISIBILITY)
def reasons_that_cannot_be_told(plan: Plan, _on: date) -> Iterator[Told]:
    """Whoever is matched by what they may not read of each other cannot be told why."""
    shares = with_shares([c for c in plan.weighed if c.kind != Criterion.Kind.OPT_IN])
    shown = shown_names(plan.design, is_paired=False)
    kept = sum(part for c, part in shares if not is_field_shown(c.mentee_field, shown))
    if kept > MOST_KEPT_BACK and shown:
        yield (
            _(
                "%(kept)d of 100 of what makes a pair is kept back with the proposal, so the two can hardly be told why."
            )
            % {"kept": kept},
            _("Show what weighs most with the proposal."),
        )


@advises(Where.VISIBILITY)
def in_person_with_somebody_who_lives_nowhere(plan: Plan, _on: date) -> Iterator[Told]:
    is_kept = shown_from(plan.design, "place") != Shown.PROPOSAL
    if plan.design.mode == Design.Mode.IN_PERSON and is_kept:
        yield (
            _("People are to meet in person, but do not learn where the other lives before they say yes."),
            _("Show the place with the proposal."),
        )  # fmt: skip


CHECKS: tuple[Check, ...] = (
    scored_but_never_asked,
    scored_without_levels,
    levels_nobody_can_tell_apart,
    one_thing_scored_twice,
    more_than_anybody_scores,
    more_people_than_places_and_no_criteria,
    yes_to_a_name_alone,
    identity_told_to_somebody_unknown,
    own_words_that_nobody_reads,
    reasons_that_cannot_be_told,
    in_person_with_somebody_who_lives_nowhere,
)
