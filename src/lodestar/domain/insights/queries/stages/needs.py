"""Is it known what the network needs, and what it lacks?"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.insights.queries.records import Records
from lodestar.domain.insights.queries.stages.stage import Chip, Stage, State, counted, told
from lodestar.domain.needs.queries import Asking, asked_in, latest_report, plan_of, settled_since
from lodestar.domain.needs.rules import headline
from lodestar.domain.programs.models import Cohort

MOST_NAMED = 3


def needs(cohort: Cohort, records: Records) -> Stage:
    """Read needs off the surveys, the applications, and what was last computed of them."""
    is_over = records.today > cohort.closes_on
    asked = asked_in(cohort, records.today)
    takes_part = bool(records.mentees or records.mentors)
    shortage = shortage_in_words(cohort, records)
    sentences = [
        in_words(records, is_computed=bool(shortage))
        if takes_part
        else unknown(is_over=is_over, is_asked=bool(asked)),
        survey_in_words(asked),
        shortage,
    ]
    unmet = len(records.unmet_topics)
    return Stage(
        key="needs",
        name=_("Needs"),
        state=state_of_needs(takes_part or bool(asked), is_over=is_over),
        sentence=". ".join(each.rstrip(".") for each in sentences if each),
        shared=for_others(records)
        if takes_part
        else unknown(is_over=is_over, is_asked=bool(asked)),
        chip=Chip(counted(unmet, "unmet topic"), "warn") if unmet else None,
        leads_to="needs",
        done_when=_(
            "The last day to apply has passed: until then every answer and every application adds wishes and offers. A "
            "topic is unmet when an accepted mentee wishes for it and no accepted mentor offers it."
        ),
    )


def state_of_needs(is_known: bool, *, is_over: bool) -> State:
    if is_known:
        return State.DONE if is_over else State.GOING
    return State.NONE if is_over else State.AHEAD


def unknown(*, is_over: bool, is_asked: bool) -> str:
    if is_over:
        return _("Nobody took part, so nobody told what they need.")
    if is_asked:
        return _("Nobody takes part yet.")
    return _("Nobody was asked yet what they need, and nobody takes part yet.")


def survey_in_words(asked: dict[str, Asking]) -> str:
    """Say how many answered the surveys before applying; nothing where nobody was asked."""
    if not asked:
        return ""
    sent = {role: asked[role].sent if role in asked else 0 for role in RoleInCohort.values}
    return _("Asked beforehand: %(mentees)s and %(mentors)s answered") % {
        "mentees": counted(sent[RoleInCohort.MENTEE], "mentee"),
        "mentors": counted(sent[RoleInCohort.MENTOR], "mentor"),
    }


def shortage_in_words(cohort: Cohort, records: Records) -> str:
    """Say what binds, as it was last computed; nothing where nobody asked for that."""
    report = latest_report(cohort)
    if report is None:
        return ""
    return headline(report.result, settled_since(report, plan_of(cohort, records.today)))


def in_words(records: Records, *, is_computed: bool) -> str:
    """Say who takes part and what no one offers.

    That every topic is offered by somebody tells nothing of places, so beside what was computed it is not said.
    """
    people = {
        "mentees": counted(records.mentees, "mentee"),
        "mentors": counted(records.mentors, "mentor"),
    }
    if not records.unmet_topics and is_computed:
        return _("%(mentees)s, %(mentors)s") % people
    if not records.unmet_topics:
        sentence = _("%(mentees)s, %(mentors)s: every topic wished for is offered by somebody")
        return sentence % people
    unmet = records.unmet_topics
    named = ", ".join(f"“{topic}”" for topic in unmet[:MOST_NAMED])
    more = len(unmet) - MOST_NAMED
    if more > 0:
        named = ngettext("%(named)s and %(n)s more", "%(named)s and %(n)s more", more) % {
            "named": named,
            "n": more,
        }
    sentence = _("%(mentees)s, %(mentors)s; wished for and offered by nobody: %(topics)s")
    return sentence % (people | {"topics": named})


def for_others(records: Records) -> str:
    return _("Wishes and offers of %(mentees)s and %(mentors)s are on record") % {
        "mentees": told(records.told.mentees, "mentee"),
        "mentors": told(records.told.mentors, "mentor"),
    }
