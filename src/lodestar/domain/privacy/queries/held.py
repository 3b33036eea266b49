"""What do we hold about a person, and what of it may they read? Every kind of row is named here, or says why not.

A test walks every model that leads to a person: a new one has to be added to `PARTS` or to `LEFT_OUT`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from lodestar.domain.audit.models import Entry
from lodestar.domain.audit.queries import pseudonym_of
from lodestar.domain.groups.queries import own_rooms
from lodestar.domain.matching.queries import own_matches
from lodestar.domain.mentorships.queries import own_mentorships
from lodestar.domain.office.queries import threads_with_people
from lodestar.domain.people.models import Person

Row = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One kind of row: how it leads to its person, and which of its columns they read."""

    model: str
    title: Any
    ways: str
    columns: str


# Words of others stand here only where the person reads them in the portal as well.
PARTS = (
    Part("people.Person", _("You"), "pk", "given_name family_name class_year city state country time_zone languages reads_in about external_id extra source said created_at"),
    Part("people.Address", _("Addresses"), "person", "email verified_at is_primary"),
    Part("people.Account", _("Your account"), "person", "email created_at last_login"),
    Part("people.Education", _("Studies"), "person", "degree field year is_said"),
    Part("people.Position", _("Work"), "person", "title employer industry is_current is_said"),
    Part("people.FreeHours", _("When you are free"), "person", "weekday from_minute to_minute"),
    Part("people.Away", _("Days away"), "person", "first_on last_on"),
    Part("people.CalendarFeed", _("Your calendar feed"), "person", "created_at ended_at"),
    Part("people.Photo", _("Photo"), "person", "words shown created_at"),
    Part("people.Device", _("Devices"), "person", "agent created_at seen_on"),
    Part("people.Passkey", _("Passkeys"), "person", "name created_at used_at"),
    Part("people.Role", _("Roles"), "person", "kind created_at"),
    Part("people.Consent", _("What you agreed to"), "person", "use is_given text_version channel created_at"),
    Part("people.Verification", _("Who knows you, and whom you vouched for"), "person by", "kind status created_at"),
    Part("people.ImportRow", _("What lists said of you"), "person", "values"),
    Part("messaging.Letter", _("Letters to you"), "person", "kind subject status sent_to sent_at created_at"),
    Part("messaging.Link", _("Links in those letters"), "person", "purpose created_at expires_at used_at"),
    Part("messaging.LetterWishes", _("How you want your letters"), "person", "created_at"),
    Part("people.Block", _("Whom you blocked"), "blocker", "blocked created_at lifted_at"),
    Part("messaging.Subscription", _("Letters you wanted or not"), "person", "kind is_wanted"),
    Part("programs.Coordinator", _("Programs you look after"), "person", "program created_at"),
    Part("programs.Reviewer", _("Programs you read for"), "person", "program created_at"),
    Part("applications.Application", _("Applications"), "person", "cohort role status answers source submitted_at decided_at decision_note"),
    Part("applications.Participant", _("Where you take part"), "person", "cohort role capacity answers visibility hidden_at paused_until left_at"),
    Part("applications.Wait", _("Waitlists"), "application__person", "since left_at was_taken"),
    Part("matching.Choice", _("Your list"), "mentee__person", "mentor rank note"),
    Part("matching.Ask", _("Your requests"), "mentee__person", "note question reply closing created_at"),
    Part("matching.Bookmark", _("Your private notes on people"), "owner__person", "about kind"),
    Part("needs.NeedsAnswer", _("What you told us you need"), "person", "answers sent_at"),
    Part("mentorships.Wish", _("What you wished afterwards"), "person", "kind since taken_back_at"),
    Part("community.Membership", _("Interest groups"), "person", "group is_moderator created_at left_at banned_at"),
    Part("community.Post", _("What you wrote in interest groups"), "author", "group text created_at hidden_because"),
    Part("community.PostReport", _("Posts you asked to look at"), "reporter", "created_at settled_at"),
    Part("feedback.Pulse", _("How it went, as you told us"), "participant__person", "kind asked_at answered_at usefulness wish ratings remarks"),
    Part("feedback.Concern", _("Concerns you raised"), "raised_by", "kind status text created_at"),
)  # fmt: skip

LEFT_OUT = {
    "audit": "the trail knows a pseudonym only; what it says of it is told in words",
    "matching.Match": "told below, as far as the person reads it",
    "mentorships.Mentorship": "told below, with what both wrote in it",
    "mentorships.Goal": "told with its mentorship",
    "mentorships.Meeting": "told with its mentorship",
    "mentorships.Appointment": "told with its mentorship",
    "mentorships.Proposal": "told with its mentorship",
    "mentorships.Agreement": "told with its mentorship",
    "mentorships.Task": "told with its mentorship",
    "mentorships.RoomFile": "told by name with its mentorship; the room itself can be taken along whole",
    "messaging.ReadMark": "up to where somebody has read: told by the messages themselves",
    "mentorships.Takeaway": "the room taken along: a copy of what is told here",
    "mentorships.Note": "told with its mentorship",
    "mentorships.Message": "told with its mentorship",
    "groups.Member": "told below, with what all wrote in the group",
    "groups.GroupGoal": "told with its group",
    "groups.GroupMeeting": "told with its group",
    "groups.GroupMessage": "told with its group",
    "groups.Attendance": "told with its group",
    "office.Thread": "told below, with what both sides wrote in it",
    "office.OfficeMessage": "told with its thread",
    "directory.Listing": "a copy of what the person lets be read",
}
WORK_OF_THE_OFFICE = (
    "people.Import", "applications.Noted", "applications.Reading", "applications.Assessment",
    "applications.Intake", "matching.", "needs.NeedsReport", "needs.RecruitmentGoal", "groups.", "community.NewsPiece", "community.InterestGroup",
    "trials.", "pilots.", "rehearsals.", "insights.", "privacy.",
)  # fmt: skip


def held_about(person: Person) -> dict[str, list[Row]]:
    """Return everything about a person that they may read, by what it is."""
    found = {str(part.title): rows_of(part, person) for part in PARTS}
    found[str(_("Matches"))] = [
        {"with": other(match.mentor.person, match.mentee.person, person), "status": match.status, "proposed_at": plain(match.proposed_at), "closed_at": plain(match.closed_at)}
        for match in own_matches(person)
    ]  # fmt: skip
    found[str(_("Mentorships"))] = [
        mentorship_row(each, person) for each in own_mentorships(person)
    ]
    found[str(_("Groups"))] = [group_row(member) for member in own_rooms(person)]
    found[str(_("What you and the office wrote"))] = [
        office_row(each) for each in threads_with_people().filter(person=person).order_by("pk")
    ]
    found[str(_("What you did here"))] = trail_of(person)
    return {title: rows for title, rows in found.items() if rows}


def rows_of(part: Part, person: Person) -> list[Row]:
    mine = Q()
    for way in part.ways.split():
        mine |= Q(**{way: person.pk})
    rows = apps.get_model(part.model)._default_manager.filter(mine).order_by("pk")
    return [columns_of(row, part.columns.split()) for row in rows]


def columns_of(row: Model, names: Sequence[str]) -> Row:
    return {name: plain(getattr(row, name)) for name in names}


def plain(value: Any) -> Any:
    """Return a value as JSON keeps it; another row becomes its name."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Model):
        return str(value)
    return value


def other(one: Person, two: Person, reader: Person) -> str:
    return (two if one.pk == reader.pk else one).full_name


def mentorship_row(mentorship: Any, person: Person) -> Row:
    """Return a mentorship with what its reader reads in its room."""
    match = mentorship.match
    notes = [*rows("mentorships.Note", meeting__mentorship=mentorship), *rows("mentorships.Note", mentorship=mentorship)]  # fmt: skip
    written = rows("mentorships.Message", mentorship=mentorship)
    return {
        "with": other(match.mentor.person, match.mentee.person, person),
        "cohort": str(match.mentor.cohort),
        "status": mentorship.status,
        "began_at": plain(mentorship.began_at),
        "ended_at": plain(mentorship.ended_at),
        "goals": [columns_of(g, ("text", "due_on", "done_at")) for g in rows("mentorships.Goal", mentorship=mentorship)],
        "agreements": [columns_of(a, ("goals", "channel", "confidentiality", "ending")) for a in rows("mentorships.Agreement", mentorship=mentorship)],
        "tasks": [columns_of(t, ("text", "doer", "due_on", "done_at")) for t in rows("mentorships.Task", mentorship=mentorship)],
        "files": [columns_of(f, ("name", "kind", "created_at")) for f in rows("mentorships.RoomFile", mentorship=mentorship)],
        "meetings": [columns_of(m, ("held_on", "minutes")) for m in rows("mentorships.Meeting", mentorship=mentorship)],
        "planned": [columns_of(a, ("starts_at", "ends_at", "status", "where", "agenda")) for a in rows("mentorships.Appointment", mentorship=mentorship)],
        "offered": [{"by": plain(p.by), "status": p.status, "times": [plain(t.starts_at) for t in p.times.all()]} for p in rows("mentorships.Proposal", mentorship=mentorship)],
        "notes": [columns_of(n, ("author", "text", "is_shared")) for n in notes if n.author_id == person.pk or n.is_shared],
        "messages": [columns_of(m, ("author", "text", "created_at")) for m in written],
    }  # fmt: skip


def group_row(member: Any) -> Row:
    group = member.group
    return {
        "group": str(group),
        "cohort": str(group.cohort),
        "role": member.participant.role,
        "goals": [columns_of(g, ("text", "due_on", "done_at")) for g in rows("groups.GroupGoal", group=group)],
        "meetings": [columns_of(m, ("held_on", "minutes", "note")) for m in rows("groups.GroupMeeting", group=group)],
        "messages": [columns_of(m, ("author", "text", "created_at")) for m in rows("groups.GroupMessage", group=group)],
    }  # fmt: skip


def office_row(thread: Any) -> Row:
    return {
        "program": plain(thread.program),
        "status": thread.status,
        "messages": [columns_of(m, ("author", "text", "created_at")) for m in rows("office.OfficeMessage", thread=thread)],
    }  # fmt: skip


def rows(model: str, **conditions: Any) -> Iterable[Any]:
    found: Iterable[Any] = (
        apps.get_model(model)._default_manager.filter(**conditions).order_by("pk")
    )
    return found


def trail_of(person: Person) -> list[Row]:
    """Return when this person did what, from the trail that knows them by a pseudonym."""
    name = pseudonym_of(person.pk)
    entries = Entry.objects.filter(actor=name).order_by("pk") if name else ()
    return [{"at": plain(entry.at), "what": entry.verb} for entry in entries]
