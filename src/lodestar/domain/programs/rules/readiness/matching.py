"""What contradicts itself in what matching weighs, in its rules, and in the topics?"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from lodestar.domain.common.numbers import in_digits
from lodestar.domain.forms.rules import Form, is_own_field
from lodestar.domain.programs.models import Constraint, Criterion
from lodestar.domain.programs.rules.defaults import topic_groups, topic_names
from lodestar.domain.programs.rules.readiness.plans import (
    Check,
    Plan,
    Told,
    Where,
    advises,
    stops,
    with_shares,
)

ASKED_FIELDS = frozenset(
    {
        "topics", "industry", "function", "field_of_study", "languages", "time_zone", "country",
        "city", "place", "years_of_experience", "class_year", "about", "style", "gender",
        "hours_per_month", "employer",
    }
)  # fmt: skip
NEEDS_NUMBER = {Constraint.Kind.MAX_HOURS_APART, Constraint.Kind.MIN_GAP}
FEWEST_TOPICS, MOST_TOPICS = 5, 40
MOST_ALONE, MOST_OF_TEXT, MOST_OF_IDENTITY = 70, 30, 15
FARTHEST_CLOCKS, NEAREST_CLOCKS, MOST_YEARS = 12, 1, 25


def _asked(plan: Plan) -> list[Criterion]:
    """Return what is weighed and can be: both sides are asked for the answer that it reads."""
    mentees, mentors = (asked_fields(plan.form, role) for role in ("mentee", "mentor"))
    return [c for c in plan.weighed if c.mentee_field in mentees and c.mentor_field in mentors]


def asked_fields(form: Form, role: str) -> set[str]:
    """Return the fields that matching can read once people of a role have filled in a form."""
    asked = {name for each in form if each.is_asked_of(role) for name in each.fields}
    return {name for name in asked if name in ASKED_FIELDS or is_own_field(name)}


@stops(Where.CRITERIA)
def nothing_weighed_is_asked(plan: Plan, _on: date) -> Iterator[Told]:
    if not _asked(plan):
        yield (
            _("Nothing that matching weighs is asked in the application form."),
            _("Give at least one criterion of the form a weight."),
        )


@stops(Where.CRITERIA)
def weighed_but_never_asked(plan: Plan, _on: date) -> Iterator[Told]:
    asked = _asked(plan)
    for criterion in plan.weighed if asked else ():
        if criterion not in asked:
            yield (
                _("“%(name)s” is weighed, but no form asks for it.") % {"name": criterion.name},
                _("Set its weight to 0, or remove it."),
            )


@stops(Where.CRITERIA)
def one_answer_weighed_twice(plan: Plan, _on: date) -> Iterator[Told]:
    counted = Counter((c.kind, c.mentee_field, c.mentor_field) for c in plan.weighed)
    for criterion in plan.weighed:
        key = criterion.kind, criterion.mentee_field, criterion.mentor_field
        if counted.pop(key, 0) > 1:
            yield (
                _("“%(name)s” reads the same answers in the same way as another criterion.")
                % {"name": criterion.name},
                _("Keep one of them and add up the weights."),
            )


@advises(Where.CRITERIA)
def one_criterion_decides_alone(plan: Plan, _on: date) -> Iterator[Told]:
    shares = with_shares(plan.weighed)
    for criterion, share in shares if len(shares) > 1 else ():
        if share > MOST_ALONE:
            yield (
                _("“%(name)s” is %(share)d of 100, so the other criteria hardly count.")
                % {"name": criterion.name, "share": share},
                _("Lower its weight, or give the others more."),
            )


@advises(Where.CRITERIA)
def own_words_weigh_much(plan: Plan, _on: date) -> Iterator[Told]:
    share = sum(part for c, part in with_shares(plan.weighed) if c.kind == Criterion.Kind.TEXT)
    if share > MOST_OF_TEXT:
        yield (
            _("Free text is %(share)d of 100, and it is a weak sign of who suits whom.")
            % {"share": share},
            _("Lower its weight: 10 is usual."),
        )


@advises(Where.CRITERIA)
def identity_weighs_much(plan: Plan, _on: date) -> Iterator[Told]:
    share = sum(part for c, part in with_shares(plan.weighed) if c.kind == Criterion.Kind.OPT_IN)
    if share > MOST_OF_IDENTITY:
        yield (
            _(
                "What people share by opt-in is %(share)d of 100; likeness of that kind predicts little."
            )
            % {"share": share},
            _("Lower its weight: 4 is usual."),
        )


@stops(Where.TOPICS)
def topics_weighed_but_none_to_choose(plan: Plan, _on: date) -> Iterator[Told]:
    weighs = any(c.kind == Criterion.Kind.TOPICS for c in plan.weighed)
    if weighs and _asked(plan) and not topic_names(plan.design.topics):
        yield (
            _("Topics are weighed, but there is no topic to choose."),
            _("Write down at least a few topics."),
        )


@advises(Where.TOPICS)
def too_few_topics_to_tell_people_apart(plan: Plan, _on: date) -> Iterator[Told]:
    count = len(topic_names(plan.design.topics))
    if 0 < count < FEWEST_TOPICS:
        yield (
            _("There are only %(count)d topics, so most people will choose the same.")
            % {"count": count},
            _("Write down about two dozen."),
        )


@advises(Where.TOPICS)
def more_topics_than_anybody_reads(plan: Plan, _on: date) -> Iterator[Told]:
    count = len(topic_names(plan.design.topics))
    if count > MOST_TOPICS:
        yield (
            _("There are %(count)d topics; on a phone nobody reads that many.") % {"count": count},
            _("Merge some: about two dozen are enough."),
        )


@stops(Where.TOPICS)
def one_topic_written_twice(plan: Plan, _on: date) -> Iterator[Told]:
    """The same words under two headings, or in two spellings, part people who want the same."""
    written = [t for group in topic_groups(plan.design.topics) for t in group.topics]
    counted = Counter(" ".join(topic.casefold().split()) for topic in written)
    for topic in written:
        if counted.pop(" ".join(topic.casefold().split()), 0) > 1:
            yield (
                _("The topic “%(topic)s” is there twice.") % {"topic": topic},
                _("Keep it in one place."),
            )


@stops(Where.CONSTRAINTS)
def rule_without_its_number(plan: Plan, _on: date) -> Iterator[Told]:
    for rule in plan.constraints:
        if rule.kind in NEEDS_NUMBER and _number(rule) is None:
            yield (
                _("The rule “%(rule)s” has no number.") % {"rule": rule.get_kind_display()},
                _("Give it a number, or switch it off."),
            )


@stops(Where.CONSTRAINTS)
def one_rule_twice(plan: Plan, _on: date) -> Iterator[Told]:
    counted = Counter(rule.kind for rule in plan.constraints)
    for kind, count in counted.items():
        if count > 1:
            yield (
                _("The rule “%(rule)s” is there twice.") % {"rule": Constraint.Kind(kind).label},
                _("Keep the stricter one."),
            )


@stops(Where.CONSTRAINTS)
def rule_that_keeps_nobody_apart(plan: Plan, _on: date) -> Iterator[Told]:
    for rule in plan.constraints:
        number = _number(rule)
        if rule.kind == Constraint.Kind.MAX_HOURS_APART and number and number >= FARTHEST_CLOCKS:
            yield (
                _("No two clocks are more than 12 hours apart, so this rule keeps nobody apart."),
                _("Lower the number, or switch the rule off."),
            )
        if rule.kind == Constraint.Kind.MIN_GAP and number == 0:
            yield (
                _("A mentor 0 years ahead is no rule."),
                _("Raise the number, or switch the rule off."),
            )


@stops(Where.CONSTRAINTS)
def rule_that_hardly_anybody_meets(plan: Plan, _on: date) -> Iterator[Told]:
    for rule in plan.constraints:
        number = _number(rule)
        if rule.kind == Constraint.Kind.MIN_GAP and number and number > MOST_YEARS:
            yield (
                _("Hardly any mentor is %(number)s years ahead.") % {"number": in_digits(number)},
                _("Lower the number: 3 to 5 are usual."),
            )


@advises(Where.CONSTRAINTS)
def clocks_hardly_apart(plan: Plan, _on: date) -> Iterator[Told]:
    for rule in plan.constraints:
        number = _number(rule)
        is_clock = rule.kind == Constraint.Kind.MAX_HOURS_APART
        if is_clock and number is not None and number < NEAREST_CLOCKS:
            yield (
                _("Only people in one time zone could meet."),
                _("Allow a few hours: 6 still leave an evening and a lunch."),
            )


@advises(Where.CONSTRAINTS)
def people_without_a_common_language(plan: Plan, _on: date) -> Iterator[Told]:
    if not plan.has_rule(Constraint.Kind.COMMON_LANGUAGE):
        yield (
            _("Two people who share no language could be proposed to each other."),
            _("Switch the rule on that they share a language."),
        )


def _number(rule: Constraint) -> float | None:
    try:
        number = float(rule.value)
    except ValueError:
        return None
    return number if number >= 0 else None


CHECKS: tuple[Check, ...] = (
    nothing_weighed_is_asked,
    weighed_but_never_asked,
    one_answer_weighed_twice,
    one_criterion_decides_alone,
    own_words_weigh_much,
    identity_weighs_much,
    topics_weighed_but_none_to_choose,
    too_few_topics_to_tell_people_apart,
    more_topics_than_anybody_reads,
    one_topic_written_twice,
    rule_without_its_number,
    one_rule_twice,
    rule_that_keeps_nobody_apart,
    rule_that_hardly_anybody_meets,
    clocks_hardly_apart,
    people_without_a_common_language,
)
