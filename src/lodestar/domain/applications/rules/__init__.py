"""Who may apply, send, change, decide and withdraw, and if not, why?"""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Application, Participant, RoleInCohort
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules import is_open, state_of

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
    answers = application.answers
    is_mentor = application.role == RoleInCohort.MENTOR
    missing = []
    if not (person.given_name or person.family_name):
        missing.append(_("Tell us your name."))
    if not answers.get("time_zone"):
        missing.append(_("Choose your time zone, so that you can meet at a humane hour."))
    if not answers.get("languages"):
        missing.append(_("Choose at least one language you can talk in."))
    if not answers.get("topics"):
        missing.append(
            _("Choose at least one topic you can help with.")
            if is_mentor
            else _("Choose at least one topic you would like help with.")
        )
    if len(str(answers.get("about", ""))) < SHORTEST_ABOUT:
        missing.append(_("Write a sentence or two in your own words."))
    if not answers.get("matching_consent"):
        missing.append(_("Say yes to being matched; without it we cannot look for your partner."))
    return missing


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
