"""How does somebody leave, come back within the grace, or is forgotten once it is over?"""

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from lodestar.domain.applications.actions import withdraw_application
from lodestar.domain.audit.actions import record
from lodestar.domain.common import claims
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.community.actions.interests import leave_interest_groups
from lodestar.domain.groups.actions import decline_group, leave_group
from lodestar.domain.groups.models import Member
from lodestar.domain.matching.actions import withdraw_match
from lodestar.domain.mentorships.actions import end_mentorship
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.messaging.actions import queue_letter
from lodestar.domain.people.actions.accounts import end_sessions
from lodestar.domain.people.models import Person
from lodestar.domain.privacy import queries, rules
from lodestar.domain.privacy.actions.forgetting import forget_person
from lodestar.domain.privacy.models import DataRequest

Kind, Status = DataRequest.Kind, DataRequest.Status


@transaction.atomic
def ask_to_leave(person: Person, *, by: Person) -> DataRequest:
    """Leave everything at once, kindly; what is held is forgotten after a grace in which signing in takes it back."""
    person = person.locked()
    if waiting := queries.waiting_request(person, Kind.LEAVING):
        return waiting
    if problem := queries.why_not_leave(person):
        raise RefusedError(problem)
    end_what_runs(person)
    leaving = DataRequest(person=person, kind=Kind.LEAVING, due_at=current_time() + rules.GRACE)
    leaving.full_clean(validate_constraints=False)
    leaving.save()
    Person.objects.filter(pk=person.pk).update(leaving_at=current_time())
    queue_letter("privacy.leaving", to=person, unique_key=f"privacy.leaving:{leaving.public_id}")
    end_sessions(person, by=by)
    record("leaving.requested", leaving, by=by, about=person)
    return leaving


def end_what_runs(person: Person) -> None:
    """End mentorships with a letter, leave groups, take back proposals and applications."""
    for mentorship in queries.running_mentorships(person):
        end_mentorship(mentorship, by=person, reason=Mentorship.EndReason.LIFE)
    for member in queries.living_members(person):
        leave_or_decline(member, person)
    leave_interest_groups(person)
    for match in queries.open_matches(person):
        with suppress(RefusedError):  # closed by the other side a moment ago
            withdraw_match(match, by=person)
    for application in queries.living_applications(person):
        withdraw_application(application, by=person)


def leave_or_decline(member: Member, person: Person) -> None:
    if member.answer == Member.Answer.WAITING:
        decline_group(member, by=person)
    else:
        leave_group(member)


@transaction.atomic
def come_back(person: Person) -> bool:
    """Take a leaving back, because its person has signed in; what ended stays ended. False where none was on its way."""
    person = person.locked()
    leaving = queries.waiting_request(person, Kind.LEAVING)
    if leaving is None or leaving.status != Status.REQUESTED:
        return False
    leaving.status = Status.TAKEN_BACK
    leaving.save(update_fields=["status"])
    Person.objects.filter(pk=person.pk).update(leaving_at=None)
    record("leaving.taken_back", leaving, by=person, about=person)
    return True


def claim_leaver(now: datetime) -> DataRequest | None:
    rows = queries.due_requests(Kind.LEAVING, now)
    return claims.claim_next(
        rows, now, seconds=rules.SECONDS, give_up=lambda row: claims.fail(row, "")
    )


@transaction.atomic
def forget_leaver(leaving: DataRequest) -> bool:
    """Forget somebody whose grace is over, whole or not at all; False if the claim was lost meanwhile."""
    if not claims.finish(leaving, Status.DONE, ready_at=current_time()):
        return False
    record("person.forgotten", leaving)
    forget_person(leaving.person)
    return True
