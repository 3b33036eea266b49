"""What is the one thing that helps a cohort most today?"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.insights.queries.records import Records
from lodestar.domain.insights.queries.stages import counted
from lodestar.domain.matching.rules import stranded_in_words
from lodestar.domain.messaging.rules import letters_wait
from lodestar.domain.programs.models import Cohort


@dataclass(frozen=True)
class NextAction:
    """The one thing that helps most today: where it is done, and to which stage it belongs."""

    title: str
    sentence: str
    label: str
    leads_to: str
    stage: str


def next_best_action(cohort: Cohort, records: Records) -> NextAction:
    """Return the first thing in the order of its urgency that waits for the office."""
    found = (
        waiting_people(records)
        or held_letters(records)
        or unready_design(cohort, records)
        or waiting_match(cohort, records)
        or stranded_people(records)
        or quiet_pairs(records)
    )
    return found or nothing_waits(cohort, records)


def waiting_people(records: Records) -> NextAction | None:
    if records.concerns:
        return NextAction(
            ngettext("%(n)s person asked for help", "%(n)s people asked for help", records.concerns)
            % {"n": records.concerns},
            _("They wrote in confidence. A short answer today keeps a pair together."),
            _("Read and answer"),
            leads_to="concerns",
            stage="feedback",
        )
    if records.waiting_applications:
        return NextAction(
            ngettext(
                "%(n)s application waits for your answer",
                "%(n)s applications wait for your answer",
                records.waiting_applications,
            )
            % {"n": records.waiting_applications},
            _("Silence after signing up is what volunteers forgive least."),
            _("Look at them"),
            leads_to="applications",
            stage="publicity",
        )
    return None


def held_letters(records: Records) -> NextAction | None:
    if not records.held_letters:
        return None
    return NextAction(
        letters_wait(records.held_letters),
        _("Nobody has it until you let it go, and nobody can answer what they have not read."),
        _("Read and release"),
        leads_to="letters",
        stage="trial-run",
    )


def unready_design(cohort: Cohort, records: Records) -> NextAction | None:
    if cohort.published_at is not None:
        return None
    if records.contradictions:
        return NextAction(
            ngettext(
                "%(n)s thing in the design does not fit yet",
                "%(n)s things in the design do not fit yet",
                records.contradictions,
            )
            % {"n": records.contradictions},
            _("Each is named there, with its mend."),
            _("Look at them"),
            leads_to="days",
            stage="design",
        )
    return NextAction(
        _("The design is ready"),
        _("Nothing contradicts itself. Publish it, and people can apply."),
        _("Look over its days"),
        leads_to="days",
        stage="design",
    )


def waiting_match(cohort: Cohort, records: Records) -> NextAction | None:
    if records.today > cohort.ends_on:
        return None
    if records.published_runs:
        return unserved_mentees(records)
    if records.runs_to_look_at:
        return NextAction(
            _("The matches are computed"),
            _("Look through them, change what you know better, and publish once."),
            _("Look at the matches"),
            leads_to="matching",
            stage="match",
        )
    if not (records.today > cohort.closes_on and records.mentees and records.mentors):
        return None
    return NextAction(
        _("Everybody is here: time to match"),
        _("%(mentees)s and %(places)s wait for each other.")
        % {
            "mentees": counted(records.mentees, "mentee"),
            "places": counted(records.places, "place"),
        },
        _("Match them"),
        leads_to="matching",
        stage="match",
    )


def unserved_mentees(records: Records) -> NextAction | None:
    left = records.unserved_mentees
    if not left:
        return None
    return NextAction(
        ngettext("%(n)s mentee has no mentor yet", "%(n)s mentees have no mentor yet", left)
        % {"n": left},
        _("A new run takes the open places and leaves every agreed pair alone."),
        _("Match again"),
        leads_to="matching",
        stage="match",
    )


def stranded_people(records: Records) -> NextAction | None:
    rule = records.stranding
    if rule is None:
        return None
    return NextAction(
        stranded_in_words(rule.name, len(rule.mentees), len(rule.mentors)),
        _(
            "Without this rule they would have somebody. Ask for the mentors they lack while people still apply."
        ),
        _("See whom, and what helps"),
        leads_to="matching",
        stage="match",
    )


def quiet_pairs(records: Records) -> NextAction | None:
    late = records.overdue_first_meetings
    if not late:
        return None
    return NextAction(
        ngettext("%(n)s pair has not met yet", "%(n)s pairs have not met yet", late) % {"n": late},
        _("Their first date is overdue. Both were reminded; a personal word works best now."),
        _("See which"),
        leads_to="mentorships",
        stage="portal",
    )


def nothing_waits(cohort: Cohort, records: Records) -> NextAction:
    if records.today <= cohort.closes_on:
        return NextAction(
            _("Tell people about it"),
            _("Nothing waits for you. Each mentor who hears of it serves another mentee."),
            _("Open the public page"),
            leads_to="public",
            stage="publicity",
        )
    return NextAction(
        _("Nothing waits for you"),
        _("Everybody was answered. The numbers below are counted fresh at each visit."),
        _("See the numbers"),
        leads_to="insights",
        stage="success",
    )
