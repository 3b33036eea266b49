"""How does a list of people speak of its columns and of what it changes?"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.applications.models import Intake, RoleInCohort
from lodestar.domain.forms.rules import Question, answer_in_words, label_of
from lodestar.domain.people.models import Import
from lodestar.domain.people.queries import RowCounts
from lodestar.domain.people.rules import LEFT_OUT, asked_by

Choices = list[tuple[str, str]]
LONGEST = 300


def column_fields() -> list[tuple[str, Choices]]:
    """Return what a column may mean, in groups."""
    return [
        (
            _("Who"),
            [
                ("given_name", _("First name")),
                ("family_name", _("Last name")),
                ("full_name", _("Whole name")),
                ("external_id", _("The office’s own number")),
                ("salutation", _("Salutation (not kept)")),
            ],
        ),
        (
            _("How to reach them"),
            [
                ("email", _("E-mail address")),
                ("email_preferred", _("E-mail address, preferred")),
                ("email_personal", _("E-mail address, personal")),
                ("email_work", _("E-mail address, work")),
                ("email_alternate", _("E-mail address, another")),
                ("email_preference", _("Which address counts")),
                ("phone", _("Phone (read only where an address stands in it)")),
            ],
        ),
        (
            _("Studies and work"),
            [
                ("class_year", _("Class year")),
                ("degree", _("Degree")),
                ("field_of_study", _("Field of study")),
                ("school", _("School")),
                ("employer", _("Employer")),
                ("job_title", _("Job title")),
                ("industry", _("Industry")),
                ("years_of_experience", _("Years of experience")),
            ],
        ),
        (
            _("Where"),
            [
                ("city", _("City")),
                ("state", _("State or region")),
                ("country", _("Country")),
                ("time_zone", _("Time zone")),
                ("languages", _("Languages")),
            ],
        ),
        (
            _("Mentoring"),
            [
                ("role", _("Mentor or mentee")),
                ("topics", _("Topics")),
                ("goal", _("Career interest")),
                ("style", _("Way of mentoring")),
                ("capacity", _("Places for mentees")),
                ("hours", _("Hours a month")),
                ("about", _("About the person")),
                ("tags", _("Tags")),
                ("answer", _("An answer, kept under its heading")),
            ],
        ),
        (
            _("Marks that leave a row out"),
            [
                ("confidential", _("Confidential")),
                ("deceased", _("Deceased")),
                ("no_contact", _("Do not contact")),
                ("organisation", _("Name of an organisation")),
                ("record_type", _("Kind of record")),
                ("response_status", _("Status of an answer")),
            ],
        ),
    ]


def column_choices(source: Import) -> list[tuple[str, str | Choices]]:
    own: Choices = [(each.key, label_of(each)) for each in asked_by(source)]
    mine = [(_("Your own questions"), own)] if own else []
    return [(LEFT_OUT, _("Left out")), *mine, *column_fields()]


def field_words() -> dict[str, str]:
    """Return the name of everything a list can say about a person."""
    words = dict(choice for _group, choices in column_fields() for choice in choices)
    more = {"work": _("Work"), "answers": _("Answers")}
    return {**words, "degree": _("Studies"), **more}


def value_words(value: object) -> str:
    """Return what a list says in one line: names parted by commas, answers after their questions."""
    if isinstance(value, Mapping):
        text = "; ".join(f"{name}: {value_words(each)}" for name, each in value.items())
    elif isinstance(value, list | tuple):
        text = ", ".join(value_words(each) for each in value)
    elif isinstance(value, float) and value.is_integer():
        text = str(int(value))
    else:
        text = "" if value is None else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def told_by(values: Mapping[str, Any], asked: Iterable[Question] = ()) -> str:
    """Return in one line what a row tells about somebody new, besides name and address."""
    answers = values.get("own", {})
    own = [
        f"{label_of(each)}: {value_words(answer_in_words(each, answers[each.key]))}"
        for each in asked
        if each.key in answers
    ]
    studies = [
        value_words(
            [each[name] for name in ("degree", "field_of_study", "class_year") if each.get(name)]
        )
        for each in values.get("educations", ())
    ]
    work = [values[name] for name in ("job_title", "employer", "industry") if values.get(name)]
    place = [values[name] for name in ("city", "state", "country") if values.get(name)]
    parts = [
        *studies,
        value_words(work),
        value_words(place),
        value_words(values.get("languages")),
        *own,
    ]
    return value_words(" · ".join(filter(None, parts)))


def purpose_words(intake: Intake | None) -> str:
    """Return what a list is for."""
    if intake is None:
        return _("Alumni roll")
    words = _("Mentors of %(cohort)s")
    if intake.role == RoleInCohort.MENTEE:
        words = _("Mentees of %(cohort)s")
    return words % {"cohort": f"{intake.cohort.program.called}, {intake.cohort.name}"}


def headline(source: Import, counts: RowCounts) -> str:
    """Say in one sentence where a list stands."""
    status = Import.Status(source.status)
    fixed = {
        Import.Status.UPLOADED: _("Your list is being read"),
        Import.Status.REQUESTED: _("Your list is being taken in"),
        Import.Status.UNDO_REQUESTED: _("This import is being taken back"),
        Import.Status.UNDONE: _("This import was taken back"),
        Import.Status.FAILED: _("This file cannot be used as it is"),
        Import.Status.DISCARDED: _("This list was set aside"),
    }
    if status in fixed:
        return fixed[status]
    return outcome_words(counts, is_done=status == Import.Status.APPLIED)


def outcome_words(counts: RowCounts, *, is_done: bool) -> str:
    if not counts.people:
        return _("Nobody on this list can be taken in")
    if not counts.created and not counts.changed:
        return _("Everybody on this list is already known")
    parts = []
    if counts.created:
        parts.append(
            ngettext("%(number)s new person", "%(number)s new people", counts.created)
            % {"number": intcomma(counts.created)}
        )
    if counts.changed:
        words = ngettext("%(number)s changed", "%(number)s changed", counts.changed)
        parts.append(words % {"number": intcomma(counts.changed)})
    whole = _("Taken in: %(what)s") if is_done else _("This list would bring: %(what)s")
    return whole % {"what": ", ".join(parts)}


def what_happens(counts: RowCounts, intake: Intake | None) -> list[str]:
    """Say line by line what a yes to this list does."""
    lines = [
        _counted(
            ngettext(
                "%(number)s person becomes known.",
                "%(number)s people become known.",
                counts.created,
            ),
            counts.created,
        ),
        _counted(
            ngettext(
                "%(number)s person we know changes; whoever has an account keeps what they wrote themselves.",
                "%(number)s people we know change; whoever has an account keeps what they wrote themselves.",
                counts.changed,
            ),
            counts.changed,
        ),
        _counted(
            ngettext(
                "%(number)s person stays as they are.",
                "%(number)s people stay as they are.",
                counts.unchanged,
            ),
            counts.unchanged,
        ),
        _counted(
            ngettext(
                "%(number)s row is refused and left out.",
                "%(number)s rows are refused and left out.",
                counts.refused,
            ),
            counts.refused,
        ),
    ]
    return [*filter(None, lines), *_about_cohort(intake), _("Nobody is written to.")]


def _counted(words: str, number: int) -> str:
    return words % {"number": intcomma(number)} if number else ""


def _about_cohort(intake: Intake | None) -> list[str]:
    if intake is None:
        return []
    words = _("As mentors they take part in %(cohort)s at once, as if you had accepted them.")
    if intake.role == RoleInCohort.MENTEE:
        words = _("As mentees they take part in %(cohort)s at once, as if you had accepted them.")
    cohort = f"{intake.cohort.program.called}, {intake.cohort.name}"
    already = _("Whoever has already applied to it keeps the application they have.")
    return [words % {"cohort": cohort}, already]
