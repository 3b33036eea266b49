"""Is everybody matched, and do people engage in the portal?"""

from django.utils.translation import gettext as _

from lodestar.domain.insights.queries.records import Records
from lodestar.domain.insights.queries.stages.stage import Chip, Stage, State, counted, day, told
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules.ways import Way, uses


def match(cohort: Cohort, records: Records) -> Stage:
    return Stage(
        key="match",
        name=_("Match"),
        state=match_state(cohort, records),
        sentence=match_in_words(cohort, records),
        shared=match_for_others(cohort, records),
        chip=match_chip(cohort, records),
        leads_to="matching",
        done_when=match_is_done_when(cohort, records),
    )


def match_is_done_when(cohort: Cohort, records: Records) -> str:
    if records.makes_groups:
        return _(
            "Groups are published, all of them have begun or were let go, and everybody who takes part has one; or "
            "the cohort is over."
        )
    if not uses(cohort.design, Way.OFFICE):
        return _(
            "Nobody still has to answer, and every mentee who takes part has a mentor; or the cohort is over."
        )
    return _(
        "A run is published, nobody still has to answer, and every mentee who takes part has a "
        "mentor; or the cohort is over."
    )


def match_state(cohort: Cohort, records: Records) -> State:
    is_over = records.today > cohort.ends_on
    if records.is_matched:
        is_settled = not (records.unanswered or records.unserved_mentees)
        return State.DONE if is_settled or is_over else State.GOING
    if is_over:
        return State.NONE
    is_time = records.runs_to_look_at or records.today >= cohort.matching_on
    return State.GOING if is_time else State.AHEAD


def match_in_words(cohort: Cohort, records: Records) -> str:
    if records.published_runs and records.makes_groups:
        return _("%(groups)s proposed; %(begun)s begun, %(waiting)s waiting for answers") % {
            "groups": counted(records.proposed, "group"),
            "begun": records.agreed,
            "waiting": records.unanswered,
        }
    if records.is_matched:
        return _("%(pairs)s proposed; %(agreed)s agreed, %(waiting)s waiting for an answer") % {
            "pairs": counted(records.proposed, records.proposal),
            "agreed": records.agreed,
            "waiting": records.unanswered,
        }
    if records.today > cohort.ends_on:
        return _("Nobody was matched.")
    if records.runs_to_look_at:
        return _("Computed, and waiting to be looked at.")
    if records.today >= cohort.matching_on:
        return _("Not matched yet.")
    return _("Begins on %(day)s.") % {"day": day(cohort.matching_on)}


def match_chip(cohort: Cohort, records: Records) -> Chip | None:
    """Say who is still without a mentor; once the cohort is over nobody waits any more."""
    if records.stranding:
        alone = len(records.stranding.mentees) + len(records.stranding.mentors)
        return Chip(_("%(n)s stranded by a rule") % {"n": alone}, "warn")
    if records.short_groups:
        return Chip(_("%(n)s too small") % {"n": records.short_groups}, "warn")
    if not records.is_matched:
        return None
    if left := records.unserved_mentees:
        if records.today > cohort.ends_on:
            return None
        without = (
            _("%(n)s without a group") if records.makes_groups else _("%(n)s without a mentor")
        )
        return Chip(without % {"n": left}, "warn")
    return None if records.unanswered else Chip(_("all served"), "good")


def match_for_others(cohort: Cohort, records: Records) -> str:
    if records.served:
        if records.makes_groups:
            people = told(records.told.served, "person")
            return _("%(people)s have had a group") % {"people": people}
        served = told(records.told.served, "mentee")
        return _("%(mentees)s have had a mentor") % {"mentees": served}
    if records.today > cohort.ends_on:
        return _("Nobody was matched.")
    return _("Begins on %(day)s.") % {"day": day(cohort.matching_on)}


def portal(cohort: Cohort, records: Records) -> Stage:
    late = records.overdue_first_meetings
    return Stage(
        key="portal",
        name=_("Portal"),
        state=portal_state(cohort, records),
        sentence=portal_in_words(cohort, records),
        shared=portal_for_others(cohort, records),
        chip=Chip(_("%(n)s late") % {"n": late}, "warn") if late else None,
        leads_to="mentorships" if records.mentorships else "",
        done_when=_(
            "The cohort's last day has passed and no group is running. Somebody has joined when they signed in once; "
            "a group is late when its first meeting is overdue by the design."
        )
        if records.makes_groups
        else _(
            "The cohort's last day has passed and no mentorship is running. Somebody has joined when "
            "they signed in once; a pair is late when its first meeting is overdue by the design."
        ),
    )


def portal_state(cohort: Cohort, records: Records) -> State:
    is_over = records.today > cohort.ends_on
    if records.mentorships:
        return State.DONE if is_over and not records.running else State.GOING
    if is_over:
        return State.NONE
    return State.GOING if records.joined else State.AHEAD


def portal_in_words(cohort: Cohort, records: Records) -> str:
    joined = _("%(joined)s of %(people)s have joined") % {
        "joined": records.joined,
        "people": counted(records.people, "person"),
    }
    if records.mentorships:
        return _("%(joined)s; %(all)s, %(running)s running; %(met)s have met") % {
            "joined": joined,
            "all": counted(records.mentorships, records.company),
            "running": records.running,
            "met": records.met,
        }
    if records.today > cohort.ends_on:
        return nothing_began(records)
    if records.makes_groups:
        return _("%(joined)s; groups begin when enough say yes") % {"joined": joined}
    return _("%(joined)s; mentorships begin when both say yes") % {"joined": joined}


def nothing_began(records: Records) -> str:
    return _("No group ever began.") if records.makes_groups else _("No mentorship ever began.")


def portal_for_others(cohort: Cohort, records: Records) -> str:
    facts = {
        "met": told(records.told.met, "person" if records.makes_groups else "mentee"),
        "starts": day(cohort.starts_on),
        "ends": day(cohort.ends_on),
    }
    if records.makes_groups:
        return groups_for_others(records, facts)
    if records.mentorships:
        return _("%(met)s have met their mentor; mentorships run until %(ends)s") % facts
    if records.today > cohort.ends_on:
        return _("No mentorship ever began.")
    return _("Mentorships start on %(starts)s.") % facts


def groups_for_others(records: Records, facts: dict[str, str]) -> str:
    if records.mentorships:
        return _("%(met)s have met in their group; groups run until %(ends)s") % facts
    return _("Groups start on %(starts)s.") % facts
