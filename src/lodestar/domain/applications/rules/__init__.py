"""Who may apply, send, change, decide and withdraw, and if not, why?"""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Application, Participant, RoleInCohort
from lodestar.domain.forms.rules import Form, Question, missing, name_of
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules import is_open, state_of
from lodestar.domain.programs.rules.asked import form_of

Status = Application.Status
LIVING = (Status.DRAFT, Status.SUBMITTED, Status.ACCEPTED, Status.WAITLISTED)
DECISIONS: Mapping[str, tuple[str, ...]] = {
    Status.ACCEPTED: (Status.SUBMITTED, Status.WAITLISTED, Status.DECLINED),
    Status.WAITLISTED: (Status.SUBMITTED,),
    Status.DECLINED: (Status.SUBMITTED, Status.WAITLISTED),
}
SHORTEST_ABOUT = 20


def why_not_apply(cohort: Cohort, on: date) -> str:
    """Say why nobody can apply to this cohort today, or nothing."""
    if is_open(cohort, on):
        return ""
    if state_of(cohort, on) == Cohort.State.PLANNED:
        return _("Applications are not open yet.")
    return _("Applications closed on %(day)s.") % {"day": date_format(cohort.closes_on, "j F Y")}


def why_not_role(cohort: Cohort, role: str) -> str:
    """Say why nobody applies to a cohort in this role, or nothing: among peers there are no mentors."""
    if role == RoleInCohort.MENTOR and not cohort.design.has_mentors:
        return _("In this program nobody is the mentor: everybody applies to be one of a group.")
    return ""


def why_not_edit(application: Application, on: date) -> str:
    """Answers move until the cohort closes; then they are frozen for matching."""
    if application.status not in LIVING:
        return _("This application is no longer active, so its answers stay as they were.")
    if application.cohort.frozen_at or not is_open(application.cohort, on):
        return _("Applications are closed, and the answers now stay as they are for matching.")
    return ""


def can_edit(application: Application, on: date) -> bool:
    return not why_not_edit(application, on)


def why_not_submit(application: Application, person: Person) -> list[str]:
    """List what is missing before an application can be sent, one sentence each."""
    answers, role = application.answers, application.role
    form = form_of(application.cohort.design)
    lacking = [] if person.given_name or person.family_name else [_("Tell us your name.")]
    lacking += [in_words(question, role) for question in wanting(form, role, answers)]
    if not answers.get("matching_consent"):
        lacking.append(_("Say yes to being matched; without it we cannot look for your partner."))
    return lacking


def wanting(form: Form, role: str, answers: Mapping[str, object]) -> list[Question]:
    """Return what a form asks of somebody, must know, and does not know well enough yet."""
    short = {"about"} if len(str(answers.get("about") or "")) < SHORTEST_ABOUT else set()
    known = {name: value for name, value in answers.items() if name not in short}
    return [each for each in missing(form, role, known) if each.key != "capacity"]


def in_words(question: Question, role: str) -> str:
    """Say kindly that an answer is missing."""
    topics = (
        _("Choose at least one topic you can help with.")
        if role == RoleInCohort.MENTOR
        else _("Choose at least one topic you would like help with.")
    )
    known = {
        "time_zone": _("Choose your time zone, so that you can meet at a humane hour."),
        "languages": _("Choose at least one language you can talk in."),
        "topics": topics,
        "about": _("Write a sentence or two in your own words."),
    }
    asked = _("Answer “%(question)s”.") % {"question": name_of(question)}
    return known.get(question.key, asked)


def can_submit(application: Application, person: Person, on: date) -> bool:
    return (
        application.status == Status.DRAFT
        and is_open(application.cohort, on)
        and not why_not_submit(application, person)
    )


def can_decide(application: Application, decision: str) -> bool:
    """An office accepts whoever waits, and may think better of a no; it never takes back a yes."""
    return application.status in DECISIONS[decision]


def why_not_decide(application: Application, decision: str) -> str:
    if can_decide(application, decision):
        return ""
    told = {"person": application.person, "status": application.get_status_display()}
    return (
        _("The application of %(person)s is %(status)s now, so nothing was changed. Look again.")
        % told
    )


def why_not_withdraw(application: Application, participant: Participant | None) -> str:
    """Somebody with a match or an open proposal speaks to the office first."""
    if application.status not in LIVING:
        return _("This application is no longer active.")
    if participant and participant.left_at is None and participant.places_taken:
        return _(
            "Somebody has already been proposed to you. Please answer that first, or write to "
            "the coordinator, who will tell the other side kindly."
        )
    return ""
