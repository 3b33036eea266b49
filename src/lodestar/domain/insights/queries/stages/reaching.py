"""Who was reached, who was prepared, and who met on campus?"""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.insights.queries.records import Records
from lodestar.domain.insights.queries.stages.stage import Chip, Stage, State, counted, day, told
from lodestar.domain.programs.models import Cohort, Milestone
from lodestar.domain.programs.queries import milestones_of
from lodestar.domain.programs.rules import state_of
from lodestar.domain.programs.rules.milestones import Dated

MOST_NAMED = 3
Phase = Cohort.State


def publicity(cohort: Cohort, records: Records) -> Stage:
    waiting = records.waiting_applications
    return Stage(
        key="publicity",
        name=_("Publicity"),
        state=publicity_state(cohort, records),
        sentence=publicity_in_words(cohort, records),
        shared=publicity_for_others(cohort, records),
        chip=Chip(counted(waiting, "waiting application"), "warn") if waiting else None,
        leads_to="applications",
        done_when=_(
            "The last day to apply has passed and no application waits for an answer. How people heard "
            "of it is not on record."
        ),
    )


def publicity_state(cohort: Cohort, records: Records) -> State:
    phase = state_of(cohort, records.today)
    if phase == Phase.PLANNED:
        return State.AHEAD
    if phase == Phase.OPEN or records.waiting_applications:
        return State.GOING
    return State.DONE if records.mentees or records.mentors else State.NONE


def publicity_in_words(cohort: Cohort, records: Records) -> str:
    return _("%(mentees)s and %(mentors)s with %(places)s accepted; %(window)s") % {
        "mentees": counted(records.mentees, "mentee"),
        "mentors": counted(records.mentors, "mentor"),
        "places": counted(records.places, "place"),
        "window": window_of(cohort, records),
    }


def publicity_for_others(cohort: Cohort, records: Records) -> str:
    return _("%(mentees)s and %(mentors)s take part; %(window)s") % {
        "mentees": told(records.told.mentees, "mentee"),
        "mentors": told(records.told.mentors, "mentor"),
        "window": window_of(cohort, records),
    }


def window_of(cohort: Cohort, records: Records) -> str:
    on = records.today
    if cohort.published_at is None:
        return _("not open yet")
    if on < cohort.opens_on:
        return _("opens on %(day)s") % {"day": day(cohort.opens_on)}
    if on <= cohort.closes_on:
        days = (cohort.closes_on - on).days
        return ngettext("closes in %(n)s day", "closes in %(n)s days", days) % {"n": days}
    return _("closed on %(day)s") % {"day": day(cohort.closes_on)}


def training(cohort: Cohort, records: Records) -> Stage:
    planned = planned_of(cohort, Milestone.Kind.PREPARATION)
    return Stage(
        key="training",
        name=_("Training"),
        state=state_of_planned(planned, records.today),
        sentence=planned_in_words(planned, records.today)
        or _("No workshop and no course, so nobody can say how well the mentors were prepared."),
        shared=planned_in_words(planned, records.today)
        or _("No workshop and no course is on record."),
        leads_to="design" if planned else "",
        done_when=_(
            "Workshops and courses are not kept here. What the design plans is told with its day; who came is not "
            "on record, so this stage is never done."
        ),
    )


def campus(cohort: Cohort, records: Records) -> Stage:
    planned = planned_of(cohort, Milestone.Kind.EVENT)
    return Stage(
        key="campus",
        name=_("Meeting on campus"),
        state=state_of_planned(planned, records.today),
        sentence=planned_in_words(planned, records.today)
        or _("No gathering of all. The meetings of each pair are counted under Portal."),
        shared=planned_in_words(planned, records.today) or _("No gathering of all is on record."),
        leads_to="design" if planned else "",
        done_when=_(
            "Gatherings are not kept here. Those that the design plans are told with their day; who came is not on "
            "record, so this stage is never done."
        ),
    )


def planned_of(cohort: Cohort, kind: Milestone.Kind) -> list[Dated]:
    return [each for each in milestones_of(cohort) if each.milestone.kind == kind]


def state_of_planned(planned: list[Dated], on: date) -> State:
    """What is planned lies ahead; once all of it is over, nobody has written down who came."""
    ahead = [each for each in planned if each.ends_on >= on]
    if not ahead:
        return State.NONE
    is_begun = len(ahead) < len(planned) or any(each.starts_on <= on for each in ahead)
    return State.GOING if is_begun else State.AHEAD


def planned_in_words(planned: list[Dated], on: date) -> str:
    """Name what comes next; where nothing does, what was planned last."""
    if not planned:
        return ""
    ahead = [each for each in planned if each.ends_on >= on]
    if not ahead:
        sentence = _("%(days)s; who came is not on record.")
        return sentence % {"days": named_days(planned[-MOST_NAMED:])}
    return _("Planned: %(days)s.") % {"days": named_days(ahead[:MOST_NAMED])}


def named_days(planned: list[Dated]) -> str:
    return "; ".join(
        _("“%(name)s” on %(day)s") % {"name": each.milestone, "day": day(each.starts_on)}
        for each in planned
    )
