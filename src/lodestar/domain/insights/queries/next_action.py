"""What is the one thing that helps a cohort most today?"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.insights.queries.records import Records
from lodestar.domain.insights.queries.stages import counted
from lodestar.domain.matching.rules import stranded_in_words
from lodestar.domain.messaging.rules import letters_wait
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules.ways import Way, can_ask_on, uses


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
        or waiting_for_new(records)
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
    if records.makes_groups:
        return waiting_groups(cohort, records)
    if records.published_runs:
        return (
            waiting_for_a_look(records)
            or unwritten_people(records)
            or waiting_for_new(records)
            or unserved_mentees(cohort, records)
        )
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
    if not uses(cohort.design, Way.OFFICE):
        return mentees_who_ask_nobody(cohort, records)
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


def waiting_for_a_look(records: Records) -> NextAction | None:
    left = records.to_look_at
    if not left:
        return None
    return NextAction(
        ngettext(
            "%(n)s mentee waits for somebody else",
            "%(n)s mentees wait for somebody else",
            left,
        )
        % {"n": left},
        _("Their match did not go ahead, and you look before the next is proposed."),
        _("Look who is next"),
        leads_to="somebody-else",
        stage="match",
    )


def unwritten_people(records: Records) -> NextAction | None:
    left = records.unwritten
    if not left:
        return None
    return NextAction(
        ngettext(
            "%(n)s person without a partner has not heard from you",
            "%(n)s people without a partner have not heard from you",
            left,
        )
        % {"n": left},
        _("An honest word, and what they can do next, keeps them with you. A draft is there."),
        _("Write to them"),
        leads_to="left-alone",
        stage="match",
    )


def waiting_groups(cohort: Cohort, records: Records) -> NextAction | None:
    """Return what groups wait for: a look, a mend, or being formed."""
    if records.runs_to_look_at:
        return NextAction(
            _("The groups are formed"),
            _("Look through them, move people as you know better, and publish once."),
            _("Look at the groups"),
            leads_to="matching",
            stage="match",
        )
    if records.short_groups:
        sentence = ngettext("%(n)s group needs you", "%(n)s groups need you", records.short_groups)
        return NextAction(
            sentence % {"n": records.short_groups},
            _("Too few said yes. Ask somebody in, put two together, or let it go kindly."),
            _("See what helps"),
            leads_to="matching",
            stage="match",
        )
    is_time = (
        records.today > cohort.closes_on and records.unserved_mentees >= cohort.design.group_least
    )
    if not is_time or (records.has_mentors and not records.mentors):
        return None
    return NextAction(
        _("Everybody is here: time to form groups"),
        ngettext(
            "%(n)s person waits for one.", "%(n)s people wait for one.", records.unserved_mentees
        )
        % {"n": records.unserved_mentees},
        _("Form the groups"),
        leads_to="matching",
        stage="match",
    )


def mentees_who_ask_nobody(cohort: Cohort, records: Records) -> NextAction | None:
    """Return who stands alone where the office does not match: who waits for an answer is not among them."""
    left = records.unserved_mentees
    if not left or not can_ask_on(cohort, records.today):
        return None
    return NextAction(
        ngettext(
            "%(n)s mentee has no mentor and asks nobody",
            "%(n)s mentees have no mentor and ask nobody",
            left,
        )
        % {"n": left},
        _(
            "Here they ask themselves. Whoever has nobody left to ask needs a word, or one more mentor."
        ),
        _("See who asks whom"),
        leads_to="requests",
        stage="match",
    )


def unserved_mentees(cohort: Cohort, records: Records) -> NextAction | None:
    left = records.unserved_mentees
    if not uses(cohort.design, Way.OFFICE):
        return mentees_who_ask_nobody(cohort, records)
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


def waiting_for_new(records: Records) -> NextAction | None:
    left = records.waiting_for_new
    if not left:
        return None
    return NextAction(
        ngettext(
            "%(n)s person would like somebody new", "%(n)s people would like somebody new", left
        )
        % {"n": left},
        _("Their mentorship has ended. A run for them alone leaves every pair that works."),
        _("See who waits"),
        leads_to="mentorships",
        stage="portal",
    )


def quiet_pairs(records: Records) -> NextAction | None:
    late = records.overdue_first_meetings
    if not late:
        return None
    if records.makes_groups:
        sentence = ngettext("%(n)s group has not met yet", "%(n)s groups have not met yet", late)
        return NextAction(
            sentence % {"n": late},
            _(
                "Their first date is overdue. Everybody was reminded; a personal word works best now."
            ),
            _("See which"),
            leads_to="mentorships",
            stage="portal",
        )
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
