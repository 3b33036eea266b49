"""Who was reached, who was prepared, and who met on campus?"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.insights.queries.records import Records
from lodestar.domain.insights.queries.stages.stage import Chip, Stage, State, counted, day, told
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules import state_of

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


def training(_cohort: Cohort, _records: Records) -> Stage:
    return Stage(
        key="training",
        name=_("Training"),
        state=State.NONE,
        sentence=_(
            "No workshop and no course, so nobody can say how well the mentors were prepared."
        ),
        shared=_("No workshop and no course is on record."),
        done_when=_("Workshops and courses are not kept here, so this stage stays as it is."),
    )


def campus(_cohort: Cohort, _records: Records) -> Stage:
    return Stage(
        key="campus",
        name=_("Meeting on campus"),
        state=State.NONE,
        sentence=_("No gathering of all. The meetings of each pair are counted under Portal."),
        shared=_("No gathering of all is on record."),
        done_when=_("Gatherings are not kept here, so this stage stays as it is."),
    )
