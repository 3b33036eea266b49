"""What can be asked, answered and told in confidence?"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.feedback import queries, rules
from lodestar.domain.feedback.models import Concern, Pulse
from lodestar.domain.feedback.rules import Asking
from lodestar.domain.groups.models import Group
from lodestar.domain.mentorships.actions import block_partner, write_message
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.mentorships.rules import may_write
from lodestar.domain.messaging.actions import overtake, queue_letter
from lodestar.domain.messaging.models import Letter
from lodestar.domain.messaging.queries import waited_for
from lodestar.domain.people.models import Person, Role

Status = Concern.Status
ASKING = ("feedback.pulse", "feedback.reminder")


@transaction.atomic
def ask_pulse(asking: Asking, *, now: datetime) -> Pulse | None:
    """Ask one side how it is going; the same date is asked once, and nobody twice in 14 days."""
    person = asking.participant.person
    if rules.is_asked_too_soon(queries.last_asked_at(person), now):
        return None
    pulse, is_new = Pulse.objects.get_or_create(
        **rules.kept_as(asking.about),
        participant=asking.participant,
        due_on=asking.due_on,
        defaults={"kind": asking.kind, "asked_at": now, "closes_at": now + rules.OPEN_FOR},
    )
    if is_new:
        record("pulse.asked", pulse, about=person)
        send(pulse, "feedback.pulse")
    return pulse


@transaction.atomic
def remind_pulse(pulse: Pulse, *, now: datetime) -> Pulse:
    """Ask once more, of a survey twice, and never again."""
    pulse = pulse.locked()
    if pulse.answered_at is None and pulse.reminders < rules.most_reminders(pulse):
        pulse.reminded_at, pulse.reminders = now, pulse.reminders + 1
        pulse.save()
        send(pulse, "feedback.reminder", turn=f":{pulse.reminders}" if pulse.reminders > 1 else "")
    return pulse


def send(pulse: Pulse, kind: str, *, turn: str = "") -> None:
    queue_letter(
        kind,
        to=pulse.participant.person,
        about=pulse,
        unique_key=f"{kind}:{pulse.public_id}{turn}",
        expires_at=pulse.closes_at,
    )


def open_from_now(letters: QuerySet[Letter], *, now: datetime) -> int:
    """Let pulses stay open from the release of these letters on; return how many now close later."""
    closes_at = now + rules.OPEN_FOR
    released = letters.filter(kind="feedback.pulse").order_by().values("about_key")
    pulses = Pulse.objects.filter(public_id__in=released, answered_at=None, closes_at__lt=closes_at)
    waited_for("feedback.pulse").filter(about_key__in=pulses.values("public_id")).update(
        expires_at=closes_at
    )
    return pulses.update(closes_at=closes_at)


@transaction.atomic
def answer_pulse(
    pulse: Pulse, *, by: Person, meeting_count: int, usefulness: int, wish: str, text: str = ""
) -> Pulse:
    """Store the answer of the one who was asked; until the pulse closes, a new one corrects it."""
    pulse = queries.pulses_with_people().get(pk=pulse.locked().pk)
    if not rules.can_answer(pulse, by):
        raise RefusedError(_("This question is closed by now. Nothing was changed."))
    problem = rules.why_not_answer(meeting_count, usefulness, wish)
    if problem:
        raise RefusedError(problem)
    verb = "pulse.corrected" if pulse.answered_at else "pulse.answered"
    pulse.answered_at = pulse.answered_at or current_time()
    pulse.meeting_count, pulse.usefulness = meeting_count, usefulness
    pulse.wish = rules.wish_kept_with(wish)
    pulse.full_clean()
    pulse.save()
    overtake(pulse, ASKING)
    record(verb, pulse, by=by)
    follow_wish(pulse, by=by, wish=wish, text=text)
    return pulse


@dataclass(frozen=True)
class Answer:
    """What every pulse asks: how often they met, how useful it is, and whether anything should be done."""

    meeting_count: int
    usefulness: int
    wish: str
    text: str = ""


@dataclass(frozen=True)
class More:
    """What a longer survey asks besides: ratings by item, words to the office, and words to the partner."""

    ratings: Mapping[str, int] = field(default_factory=dict)
    remarks: str = ""
    to_partner: str = ""


@transaction.atomic
def answer_survey(pulse: Pulse, *, by: Person, answer: Answer, more: More) -> Pulse:
    """Store the answer to a longer survey whole; what is meant for the partner goes to them as a message, once."""
    if problem := rules.why_not_ratings(pulse, more.ratings):
        raise RefusedError(problem)
    pulse = answer_pulse(pulse, by=by, **asdict(answer))
    pulse.ratings, pulse.remarks = dict(more.ratings), more.remarks.replace("\x00", "").strip()
    pulse.full_clean()
    pulse.save(update_fields=["ratings", "remarks"])
    if pulse.mentorship and more.to_partner.strip() and may_write(pulse.mentorship, by):
        key = f"survey:{pulse.public_id}"
        write_message(pulse.mentorship, by=by, text=more.to_partner, form_key=key)
    return pulse


def follow_wish(pulse: Pulse, *, by: Person, wish: str, text: str) -> None:
    """Raise what the wish amounts to, and take back what a corrected answer no longer says.

    What is about safety, or was read already, is not taken back by a correction.
    """
    kind = rules.concern_kind_of(wish)
    taken_back = pulse.concerns.filter(status=Status.NEW).exclude(kind=Concern.Kind.SAFETY)
    for concern in taken_back.exclude(kind=kind or ""):
        concern.status, concern.closed_at = Status.CLOSED, current_time()
        concern.closing_note = _("Taken back by the one who told it.")
        concern.save()
        record("concern.withdrawn", concern, by=by)
    if kind:
        raise_concern(pulse.about, by=by, kind=kind, text=text, pulse=pulse)


@transaction.atomic
def raise_concern(
    about: Mentorship | Group, *, by: Person, kind: Concern.Kind, text: str = "",
    pulse: Pulse | None = None,
) -> Concern:  # fmt: skip
    """Keep what one of a pair or a group tells in confidence, and tell its readers that something waits.

    The row is the report: it waits in its readers' inbox whether or not a letter can be sent.
    """
    whose = rules.kept_as(about)
    concern = Concern(**whose, raised_by=by, kind=kind, program=queries.program_of(about))
    if not queries.party(concern, by):
        raise RefusedError(_("This is about other people than you."))
    about.locked()
    open_ones = queries.own_concerns(by, about).filter(kind=kind, status__in=Concern.OPEN)
    open_one = open_ones.first()
    concern = open_one or concern
    added = text.strip()
    if open_one and (not added or added in concern.text):
        return concern
    concern.text = f"{concern.text}\n\n{added}".strip()[:4000]
    concern.pulse = concern.pulse or pulse
    concern.full_clean()
    concern.save()
    record("concern.raised", concern, by=by)
    call_readers(concern)
    return concern


@transaction.atomic
def block_and_report(mentorship: Mentorship, *, by: Person, text: str = "") -> Concern:
    """Keep the two apart everywhere at once, and tell the safeguarding lead; the other is told nothing."""
    block_partner(mentorship, by=by)
    return raise_concern(mentorship, by=by, kind=Concern.Kind.SAFETY, text=text or _("Blocked."))


def call_readers(concern: Concern) -> None:
    """Tell the readers that something waits, never what; without a reader, ask for one.

    The kind of letter says only whose inbox it opens: the lead's holds no page of coordinators.
    """
    kind = "feedback.safety" if queries.is_for_lead(concern) else "feedback.concern"
    readers = queries.readers_of(concern)
    for reader in readers:
        queue_letter(kind, to=reader, unique_key=f"{kind}:{concern.public_id}:{reader.public_id}")
    if not readers:
        for admin in queries.people_with(Role.Kind.ADMIN):
            key = f"feedback.no_reader:{concern.public_id}:{admin.public_id}"
            queue_letter("feedback.no_reader", to=admin, unique_key=key)


@transaction.atomic
def note_reading(concern: Concern, *, by: Person) -> None:
    """Write down that somebody of the staff read what was told in confidence."""
    record("concern.read", concern, by=by)


@transaction.atomic
def acknowledge_concern(concern: Concern, *, by: Person) -> Concern:
    """Say that it was read and will be looked after."""
    return move(concern, Status.ACKNOWLEDGED, by=by, allowed=(Status.NEW,))


@transaction.atomic
def act_on_concern(concern: Concern, *, by: Person) -> Concern:
    """Say that something was done about it."""
    return move(concern, Status.ACTED, by=by, allowed=(Status.NEW, Status.ACKNOWLEDGED))


@transaction.atomic
def close_concern(concern: Concern, *, by: Person, note: str) -> Concern:
    """Close it with a line of what came of it."""
    if not note.strip():
        raise RefusedError(_("Please write in a line what came of it; then it can be closed."))
    return move(concern, Status.CLOSED, by=by, allowed=Concern.OPEN, note=note.strip())


def move(
    concern: Concern, status: Concern.Status, *, by: Person,
    allowed: tuple[Concern.Status, ...], note: str = "",
) -> Concern:  # fmt: skip
    """Take a concern one step on; the step it already took is answered the same."""
    concern.locked()
    concern = queries.concern_to_look_after(by, concern.public_id)
    if concern.status == status:
        return concern
    if concern.status not in allowed:
        raise RefusedError(_("Somebody else has taken this further already. Nothing was changed."))
    moment = current_time()
    concern.status, concern.looked_after_by = status, by
    concern.acknowledged_at = concern.acknowledged_at or moment
    if status == Status.CLOSED:
        concern.closed_at, concern.closing_note = moment, note
    concern.full_clean()
    concern.save()
    record(f"concern.{status}", concern, by=by)
    return concern
