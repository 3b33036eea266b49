"""How is a design explained to those who make it?"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.applications.queries import Counts
from lodestar.domain.forms.rules import is_own_field
from lodestar.domain.matching.rules import matches_by_itself
from lodestar.domain.programs.models import Cohort, Constraint, Criterion, Design
from lodestar.domain.programs.rules.defaults import CriterionWish

State = Cohort.State


def explanation_of(criterion: CriterionWish) -> str:
    """Return in one sentence what a criterion does to a pair."""
    own = {
        "industry": _("How near their fields of work are to each other."),
        "function": _("How near the kinds of work they do are to each other."),
        "field_of_study": _("How near what they studied is."),
        "place": _("The same city counts in full, the same country by half."),
    }
    if criterion.field in own:
        return own[criterion.field]
    if is_own_field(criterion.field):
        return explanation_of_own(criterion.kind)
    by_kind: dict[str, str] = {
        Criterion.Kind.TOPICS: _(
            "What the mentee wants most, met by what the mentor knows best. Ticking everything gains nothing."
        ),
        Criterion.Kind.TEXT: _(
            "Words that both use about themselves. A weak sign, so keep it small."
        ),
        Criterion.Kind.GAP: _("Full marks for 4 to 15 years ahead, less for fewer or more."),
        Criterion.Kind.TIMEZONE: _("How many waking hours their clocks share."),
        Criterion.Kind.LANGUAGE: _(
            "The mentee’s first language counts most, any other nearly as much."
        ),
        Criterion.Kind.OPT_IN: _(
            "Counts only where both people asked for it, and were not made to say."
        ),
        Criterion.Kind.CATEGORY: _("Both gave the same answer."),
        Criterion.Kind.HIERARCHY: _("How near their answers are to each other."),
    }
    return by_kind.get(criterion.kind, "")


def explanation_of_own(kind: str) -> str:
    """Return in one sentence how two answers to a program's own question are compared."""
    return {
        Criterion.Kind.TOPICS: _(
            "Your own question: what both put on their lists, the first places most."
        ),
        Criterion.Kind.TEXT: _(
            "Your own question: words that both use. A weak sign, so keep it small."
        ),
    }.get(
        Criterion.Kind(kind), _("Your own question: both gave the same answer, or one in common.")
    )


def explanation_of_rule(kind: str) -> str:
    """Return in one sentence whom a rule keeps apart."""
    return {
        Constraint.Kind.COMMON_LANGUAGE: _(
            "Two people who both told their languages and share none are never proposed."
        ),
        Constraint.Kind.MAX_HOURS_APART: _("So many hours between their clocks at most."),
        Constraint.Kind.NOT_SAME: _("Nobody gets a colleague, or their boss, as a mentor."),
        Constraint.Kind.MIN_GAP: _("So many years more of experience at least."),
        Constraint.Kind.BLOCKED: _("Whoever does not want to meet somebody never has to say why."),
        Constraint.Kind.PAST_PAIR: _("Two who were a pair before meet somebody new."),
    }[Constraint.Kind(kind)]


def help_wanted(concerns: int) -> str:
    return ngettext(
        "%(count)d person asked for help.", "%(count)d people asked for help.", concerns
    ) % {"count": concerns}


def while_matching(design: Design) -> dict[Cohort.State, str]:
    """Return what is next between the last day to apply and the first of the mentorships."""
    if design.makes_groups:
        return {
            State.CLOSED: _("Everybody is answered; you can form the groups."),
            State.MATCHING: _("Form the groups, look at them, and publish them before %(starts)s."),
        }
    if not matches_by_itself(design):
        return {
            State.CLOSED: _("Everybody is answered; now people find each other."),
            State.MATCHING: _(
                "People find each other; look who has nobody left before %(starts)s."
            ),
        }
    return {
        State.CLOSED: _("Everybody is answered; you can match."),
        State.MATCHING: _("Match, look at the pairs, and publish them before %(starts)s."),
    }


def next_thing(cohort: Cohort, state: Cohort.State, counts: Counts) -> str:
    """Return in one sentence what a cohort needs most from its coordinator now."""
    waiting = counts.waiting
    if waiting and state != State.FINISHED:
        return ngettext(
            "%(count)d person waits for your answer.",
            "%(count)d people wait for your answer.",
            waiting,
        ) % {"count": waiting}
    told = {
        "opens": date_format(cohort.opens_on, "j F Y"),
        "closes": date_format(cohort.closes_on, "j F Y"),
        "starts": date_format(cohort.starts_on, "j F Y"),
        "ends": date_format(cohort.ends_on, "j F Y"),
        "sent": counts.sent,
    }
    if cohort.published_at is None:
        return _("Look over its days and open it.")
    return {
        State.PLANNED: _("Opens by itself on %(opens)s."),
        State.OPEN: _("Open until %(closes)s; %(sent)d applied so far, all answered."),
        **while_matching(cohort.design),
        State.RUNNING: _("Running until %(ends)s."),
        State.FINISHED: _("Finished on %(ends)s."),
    }[state] % told
