"""How is a person forgotten, in every room? What others need stays, without a name and without a word of theirs."""

from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import transaction
from django.db.models import Q, QuerySet

from lodestar.domain.applications.models import Application, Participant
from lodestar.domain.audit.actions import forget_pseudonym
from lodestar.domain.common.time import now
from lodestar.domain.directory.actions import drop_listings
from lodestar.domain.directory.models import Listing
from lodestar.domain.feedback.models import Concern
from lodestar.domain.groups.models import Group
from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships.models import Mentorship, RoomFile, Takeaway
from lodestar.domain.messaging.models import Letter
from lodestar.domain.office.models import Thread
from lodestar.domain.people.models import Account, Address, Person
from lodestar.domain.privacy.models import DataRequest
from lodestar.domain.privacy.rules import without_answers

GONE = "–"
# Rows that are nobody's without their person: model, and the ways that lead to the person.
DELETED = (
    ("messaging.IncomingMail", "link__person"),
    ("people.FreeHours", "person"), ("people.Away", "person"), ("people.CalendarFeed", "person"),
    ("people.Education", "person"), ("people.Position", "person"), ("people.Photo", "person"),
    ("people.Device", "person"), ("people.Passkey", "person"), ("people.Role", "person"),
    ("people.Verification", "person on_roll"), ("messaging.Letter", "person"), ("messaging.Link", "person"),
    ("messaging.Subscription", "person"), ("messaging.LetterWishes", "person"), ("messaging.ReadMark", "person"),
    ("people.Block", "blocker blocked"), ("programs.Coordinator", "person"), ("programs.Reviewer", "person"),
    ("matching.Bookmark", "owner__person about__person"), ("needs.NeedsAnswer", "person"),
    ("community.Membership", "person"), ("community.PostReport", "reporter"),
    ("mentorships.Note", "author"), ("mentorships.Wish", "person"),
    ("office.OfficeMessage", "thread__person"), ("office.Thread", "person"),
)  # fmt: skip
# Rows that others need, too: their person's words and answers go, the fact stays.
BLANKED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("people.Verification", "by", {"sentence": ""}),
    ("people.ImportRow", "person", {"values": {}, "before": {}}),
    ("applications.Application", "person", {"answers": {}, "decision_note": "", "source": ""}),
    ("applications.Noted", "application__person", {"sentence": ""}),
    ("applications.Reading", "application__person", {"sentence": ""}),
    ("applications.Assessment", "application__person", {"sentence": ""}),
    ("applications.Participant", "person", {"answers": {}, "visibility": {}}),
    ("matching.Match", "mentor__person mentee__person", {"reasons": [], "alternatives": [], "decline_note": "", "withdrawal_note": ""}),
    ("matching.Unmatched", "participant__person", {"details": {}, "words": "", "offers": []}),
    ("matching.PairRule", "mentor__person mentee__person", {"reason": GONE}),
    ("matching.Choice", "mentee__person", {"note": ""}),
    ("matching.Ask", "mentee__person", {"note": "", "reply": "", "office_note": ""}),
    ("matching.Ask", "match__mentor__person", {"question": "", "office_note": ""}),
    ("matching.Comment", "match__mentor__person match__mentee__person", {"text": GONE}),
    ("mentorships.Goal", "set_by", {"text": GONE}),
    ("mentorships.Agreement", "drafted_by", {"goals": GONE, "channel": "", "confidentiality": "", "ending": ""}),
    ("mentorships.Task", "set_by", {"text": GONE}),
    ("mentorships.Appointment", "mentorship__match__mentor__person mentorship__match__mentee__person", {"where": "", "agenda": ""}),
    ("mentorships.Proposal", "by", {"where": ""}),
    ("mentorships.Message", "author", {"text": GONE}),
    ("groups.KeptApart", "one__person other__person", {"reason": GONE}),
    ("groups.Member", "participant__person", {"note": ""}),
    ("groups.WithoutGroup", "participant__person", {"details": {}}),
    ("groups.GroupMeeting", "logged_by", {"note": ""}),
    ("groups.GroupGoal", "set_by", {"text": GONE}),
    ("groups.GroupMessage", "author", {"text": GONE}),
    ("office.OfficeMessage", "author", {"text": GONE}),
    ("office.Thread", "looked_after_by", {"looked_after_by": None}),
    ("community.Post", "author", {"text": GONE, "hidden_because": ""}),
    ("feedback.Pulse", "participant__person", {"wish": "", "ratings": {}, "remarks": ""}),
)  # fmt: skip
FROZEN = ("matching.MatchRun", "matching.Inquiry", "groups.FormingRun", "needs.NeedsReport", "trials.Forecast")  # fmt: skip
ABOUT_THEMSELVES = ("given_name", "family_name", "city", "state", "country", "time_zone", "reads_in", "about", "external_id", "source", "photo_key")  # fmt: skip


@transaction.atomic
def forget_person(person: Person) -> None:
    """Forget somebody. Reports about safety stay with the lead alone, without their reporter's name."""
    participants = list(Participant.objects.filter(person=person))
    forget_frozen(person, participants)
    drop_listings(Listing.objects.filter(participant__in=participants))
    for model, ways, blank in BLANKED:
        rows_of(model, ways, person).update(**blank)
    Concern.objects.filter(raised_by=person).exclude(kind=Concern.Kind.SAFETY).update(text=GONE)
    forget_subjects(person, participants)
    for model, ways in DELETED:
        rows_of(model, ways, person).delete()
    forget_files(person)
    DataRequest.objects.filter(person=person).update(content=None)
    forget_account(person)
    for name in ABOUT_THEMSELVES:
        setattr(person, name, "")
    person.class_year, person.languages, person.extra, person.said = None, [], {}, []
    person.blocked_at = person.forgotten_at = now()
    person.save()
    forget_pseudonym(person)


def forget_account(person: Person) -> None:
    """Forget where somebody could be written to, and what was written there without a name."""
    emails = set(person.addresses.values_list("normalised", flat=True))
    Letter.objects.filter(Q(email__in=emails) | Q(sent_to__in=emails)).delete()
    Address.objects.filter(person=person).delete()
    account = Account.objects.filter(person=person)
    EmailAddress.objects.filter(user__in=account).delete()
    account.delete()


def forget_files(person: Person) -> None:
    """Forget the files that somebody put into a room or took along; that there was one stays."""
    own = RoomFile.objects.filter(added_by=person, removed_at=None)
    taken = Takeaway.objects.filter(person=person)
    files = [each.stored for each in own] + [each.stored for each in taken]
    for file in filter(None, files):
        transaction.on_commit(partial(file.storage.delete, file.name), robust=True)
    removed = {"removed_at": now(), "removed_because": RoomFile.Reason.PRIVATE, "stored": ""}
    own.update(**removed)
    RoomFile.objects.filter(added_by=person).update(name=GONE)
    taken.delete()


def forget_subjects(person: Person, participants: list[Participant]) -> None:
    """Forget the words of letters to others that were about what this person was part of: they name them."""
    matches = Match.objects.filter(Q(mentor__in=participants) | Q(mentee__in=participants))
    pairs = Mentorship.objects.filter(match__in=matches)
    applications = Application.objects.filter(person=person)
    groups = Group.objects.filter(members__participant__in=participants)
    threads = Thread.objects.filter(person=person)
    keys = {
        key
        for rows in (matches, pairs, applications, groups, threads)
        for key in rows.values_list("public_id", flat=True)
    }
    Letter.objects.filter(about_key__in=keys).update(subject="", words={})


def forget_frozen(person: Person, participants: list[Participant]) -> None:
    """Take somebody's answers out of what computations were frozen on; that they were there stays."""
    keys = {person.public_id, *(each.public_id for each in participants)}
    cohorts = {each.cohort_id for each in participants}
    for model in FROZEN:
        rows = apps.get_model(model)._default_manager.filter(cohort__in=cohorts)
        for row in rows.only("pk", "inputs").iterator(chunk_size=20):
            kept = without_answers(row.inputs, keys)
            if kept != row.inputs:
                type(row)._default_manager.filter(pk=row.pk).update(inputs=kept)


def rows_of(model: str, ways: str, person: Person) -> QuerySet[Any]:
    mine = Q()
    for way in ways.split():
        mine |= Q(**{way: person})
    found: QuerySet[Any] = apps.get_model(model)._default_manager.filter(mine)
    return found
