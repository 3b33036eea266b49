"""Where does the program stand, and what helps it most today?"""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.insights.queries.goals import GoalNow, goals_of
from lodestar.domain.insights.queries.records import Records, records_of
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort


@dataclass(frozen=True)
class Chip:
    """A word about a stage; its kind is a colour that repeats what the word says."""

    word: str
    kind: str = ""


@dataclass(frozen=True)
class Stage:
    """One stage of the roadmap, read off the records and never ticked by hand."""

    number: int
    name: str
    state: str
    sentence: str
    chip: Chip | None
    leads_to: str


@dataclass(frozen=True)
class NextAction:
    """The one thing that helps most today, and where it is done."""

    title: str
    sentence: str
    label: str
    leads_to: str


@dataclass(frozen=True)
class Draft:
    """A stage before the order of all is known."""

    name: str
    is_done: bool
    sentence: str
    chip: Chip | None
    leads_to: str


def roadmap(cohort: Cohort, *, reader: Person) -> list[Stage]:
    """Return the stages of the program in their order; the first that is not done is now."""
    records = records_of(cohort, reader=reader)
    drafts = [
        design_stage(cohort, records),
        applications_stage(cohort, records),
        matching_stage(records),
        mentorships_stage(cohort, records),
        feedback_stage(cohort, records),
        numbers_stage(cohort, goals_of(cohort), records.today),
    ]
    now = next((draft for draft in drafts if not draft.is_done), None)
    return [
        Stage(
            number=number,
            name=draft.name,
            state="done" if draft.is_done else "now" if draft is now else "ahead",
            sentence=draft.sentence,
            chip=draft.chip,
            leads_to=draft.leads_to,
        )
        for number, draft in enumerate(drafts, 1)
    ]


def design_stage(cohort: Cohort, records: Records) -> Draft:
    design = cohort.design
    parts = [
        counted(design.goals.count(), "goal"),
        counted(design.criteria.count(), "criterion"),
        counted(design.constraints.count(), "constraint"),
    ]
    if records.contradictions:
        still = counted(records.contradictions, "open question")
    else:
        still = _("no contradiction left")
    is_open = cohort.published_at is not None
    version = _("version %(number)s") % {"number": design.version}
    return Draft(
        _("Design"),
        is_open and not records.contradictions,
        f"{', '.join(parts)}; {still}",
        Chip(version, "warn" if records.contradictions else "good"),
        "design",
    )


def applications_stage(cohort: Cohort, records: Records) -> Draft:
    counts = [
        counted(records.mentees, "mentee"),
        _("%(mentors)s with %(places)s")
        % {
            "mentors": counted(records.mentors, "mentor"),
            "places": counted(records.places, "place"),
        },
    ]
    is_over = records.today > cohort.closes_on
    waiting = records.waiting_applications
    chip = Chip(counted(waiting, "waiting application"), "warn") if waiting else None
    return Draft(
        _("Publicity and applications"),
        is_over and not waiting,
        f"{', '.join(counts)}; {window_of(cohort, records.today)}",
        chip or (Chip(_("closed"), "good") if is_over else None),
        "applications",
    )


def window_of(cohort: Cohort, on: date) -> str:
    if on < cohort.opens_on:
        return _("opens on %(day)s") % {"day": date_format(cohort.opens_on, "j F")}
    if on <= cohort.closes_on:
        days = (cohort.closes_on - on).days
        return ngettext("closes in %(n)s day", "closes in %(n)s days", days) % {"n": days}
    return _("closed on %(day)s") % {"day": date_format(cohort.closes_on, "j F")}


def matching_stage(records: Records) -> Draft:
    if not records.published_runs:
        waits = records.runs_to_look_at
        sentence = _("Computed, and waiting to be looked at.") if waits else _("Not matched yet.")
        return Draft(_("Matching"), False, sentence, None, "matching")
    sentence = _("%(pairs)s proposed; %(agreed)s agreed, %(waiting)s waiting for an answer") % {
        "pairs": counted(records.proposed, "match"),
        "agreed": records.agreed,
        "waiting": records.unanswered,
    }
    left = records.unserved_mentees
    is_done = not records.unanswered and not left
    chip = Chip(_("all served"), "good") if is_done else None
    if left:
        chip = Chip(_("%(n)s without a mentor") % {"n": left}, "warn")
    return Draft(_("Matching"), is_done, sentence, chip, "matching")


def mentorships_stage(cohort: Cohort, records: Records) -> Draft:
    if not records.mentorships:
        sentence = _("They begin when both say yes.")
        return Draft(_("Mentorships"), False, sentence, None, "mentorships")
    sentence = _("%(all)s, %(running)s running; %(met)s have met") % {
        "all": counted(records.mentorships, "mentorship"),
        "running": records.running,
        "met": records.met,
    }
    late = records.overdue_first_meetings
    chip = Chip(_("%(n)s late") % {"n": late}, "warn") if late else None
    is_done = records.today > cohort.ends_on and not records.running
    return Draft(_("Mentorships"), is_done, sentence, chip, "mentorships")


def feedback_stage(cohort: Cohort, records: Records) -> Draft:
    if records.asked:
        sentence = _("%(answered)s of %(asked)s answered") % {
            "answered": records.answered,
            "asked": counted(records.asked, "pulse"),
        }
    else:
        days = cohort.design.pulse_first_days
        sentence = _("Both are asked %(days)s days after they began.") % {"days": days}
    waits = records.concerns
    chip = Chip(counted(waits, "concern"), "warn") if waits else None
    is_done = bool(records.asked) and records.today > cohort.ends_on and not waits
    return Draft(_("Feedback"), is_done, sentence, chip, "concerns" if waits else "mentorships")


def numbers_stage(cohort: Cohort, goals: list[GoalNow], on: date) -> Draft:
    reached = sum(goal.is_reached for goal in goals)
    sentence = (
        _("%(reached)s of %(goals)s reached") % {"reached": reached, "goals": counted(len(goals), "goal")}
        if goals
        else _("The design has no goals to hold them against.")
    )  # fmt: skip
    all_reached = bool(goals) and reached == len(goals)
    chip = Chip(_("all reached"), "good") if all_reached else None
    return Draft(_("Numbers"), all_reached and on > cohort.ends_on, sentence, chip, "insights")


def next_best_action(cohort: Cohort, *, reader: Person) -> NextAction:
    """Return the first thing in the order of its urgency that waits for the office."""
    records = records_of(cohort, reader=reader)
    found = (
        waiting_people(records)
        or unready_design(cohort, records)
        or waiting_match(cohort, records)
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
            "concerns",
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
            "applications",
        )
    return None


def unready_design(cohort: Cohort, records: Records) -> NextAction | None:
    if cohort.published_at is not None and not records.contradictions:
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
            _("Open the design"),
            "design",
        )
    return NextAction(
        _("The design is ready"),
        _("Nothing contradicts itself. Publish it, and people can apply."),
        _("Publish it"),
        "design",
    )


def waiting_match(cohort: Cohort, records: Records) -> NextAction | None:
    if records.runs_to_look_at and not records.published_runs:
        return NextAction(
            _("The matches are computed"),
            _("Look through them, change what you know better, and publish once."),
            _("Look at the matches"),
            "matching",
        )
    is_time = records.today > cohort.closes_on and records.mentees and records.mentors
    if is_time and not records.published_runs:
        return NextAction(
            _("Everybody is here: time to match"),
            _("%(mentees)s and %(places)s wait for each other.")
            % {
                "mentees": counted(records.mentees, "mentee"),
                "places": counted(records.places, "place"),
            },
            _("Match them"),
            "matching",
        )
    if records.published_runs and records.unserved_mentees:
        return NextAction(
            ngettext(
                "%(n)s mentee has no mentor yet",
                "%(n)s mentees have no mentor yet",
                records.unserved_mentees,
            )
            % {"n": records.unserved_mentees},
            _("A new run takes the open places and leaves every agreed pair alone."),
            _("Match again"),
            "matching",
        )
    return None


def quiet_pairs(records: Records) -> NextAction | None:
    late = records.overdue_first_meetings
    if not late:
        return None
    return NextAction(
        ngettext("%(n)s pair has not met yet", "%(n)s pairs have not met yet", late) % {"n": late},
        _("Their first date is overdue. Both were reminded; a personal word works best now."),
        _("See which"),
        "mentorships",
    )


def nothing_waits(cohort: Cohort, records: Records) -> NextAction:
    if records.today <= cohort.closes_on:
        return NextAction(
            _("Tell people about it"),
            _("Nothing waits for you. Each mentor who hears of it serves another mentee."),
            _("Open the public page"),
            "public",
        )
    return NextAction(
        _("Nothing waits for you"),
        _("Everybody was answered. The numbers below are counted fresh at each visit."),
        _("See the numbers"),
        "insights",
    )


def counted(count: int, noun: str) -> str:
    """Return a count with its noun in the right number."""
    forms = {
        "goal": ngettext("%(n)s goal", "%(n)s goals", count),
        "criterion": ngettext("%(n)s criterion", "%(n)s criteria", count),
        "constraint": ngettext("%(n)s constraint", "%(n)s constraints", count),
        "open question": ngettext("%(n)s open question", "%(n)s open questions", count),
        "mentee": ngettext("%(n)s mentee", "%(n)s mentees", count),
        "mentor": ngettext("%(n)s mentor", "%(n)s mentors", count),
        "place": ngettext("%(n)s place", "%(n)s places", count),
        "waiting application": ngettext("%(n)s waits", "%(n)s wait", count),
        "match": ngettext("%(n)s match", "%(n)s matches", count),
        "mentorship": ngettext("%(n)s mentorship", "%(n)s mentorships", count),
        "pulse": ngettext("%(n)s pulse", "%(n)s pulses", count),
        "concern": ngettext("%(n)s concern", "%(n)s concerns", count),
    }
    return forms[noun] % {"n": count}
