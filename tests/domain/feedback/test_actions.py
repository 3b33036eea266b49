"""Asking, answering, and telling in confidence."""

from datetime import timedelta

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.feedback import actions, queries
from lodestar.domain.feedback.models import Concern, Pulse
from lodestar.domain.feedback.rules import Asking
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Role
from lodestar.domain.programs.models import Coordinator
from tests.factories.feedback import make_concern, make_pulse
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person, make_role
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db
Kind = Concern.Kind


@pytest.fixture
def office():
    """A mentorship, the coordinator of its program, the lead, and an admin."""
    coordinator, lead, admin = make_person("Cora"), make_person("Lena"), make_person("Adam")
    make_role(lead, Role.Kind.SAFEGUARDING)
    make_role(admin, Role.Kind.ADMIN)
    program = make_program(coordinator=coordinator)
    mentorship = make_mentorship(make_cohort(program))
    return mentorship, coordinator, lead, admin


def told(kind):
    return sorted(Letter.objects.filter(kind=kind).values_list("person__given_name", flat=True))


def test_a_due_pulse_is_asked_once():
    mentorship = make_mentorship()
    asking = Asking(mentorship, mentorship.match.mentee, today())

    first = actions.ask_pulse(asking, now=now())
    again = actions.ask_pulse(asking, now=now() + timedelta(days=20))

    assert first == again
    assert Letter.objects.filter(kind="feedback.pulse").count() == 1
    assert Entry.objects.filter(verb="pulse.asked").count() == 1


def test_a_mentor_of_three_is_asked_about_one_at_a_time():
    mentor = make_person()
    cohort = make_cohort()
    first = make_mentorship(cohort, mentor=mentor)
    side = first.match.mentor
    second = make_mentorship(make_cohort(), mentor=mentor)

    asked = actions.ask_pulse(Asking(first, side, today()), now=now())
    too_soon = actions.ask_pulse(Asking(second, second.match.mentor, today()), now=now())
    later = actions.ask_pulse(
        Asking(second, second.match.mentor, today()), now=now() + timedelta(days=14)
    )

    assert (asked is None, too_soon, later is None) == (False, None, False)


def test_a_pulse_is_answered_and_corrected_until_it_closes():
    pulse = make_pulse()
    person = pulse.participant.person

    actions.answer_pulse(pulse, by=person, meeting_count=2, usefulness=4, wish="none")
    first = Pulse.objects.get().answered_at
    corrected = actions.answer_pulse(pulse, by=person, meeting_count=3, usefulness=5, wish="none")

    assert (corrected.meeting_count, corrected.usefulness, corrected.wish) == (3, 5, "none")
    assert corrected.answered_at == first
    assert list(Entry.objects.values_list("verb", flat=True)) == [
        "pulse.answered",
        "pulse.corrected",
    ]


def test_a_closed_pulse_is_refused():
    pulse = make_pulse(closes_at=now() - timedelta(seconds=1))

    with pytest.raises(RefusedError, match="closed"):
        actions.answer_pulse(
            pulse, by=pulse.participant.person, meeting_count=1, usefulness=3, wish="none"
        )

    assert Pulse.objects.get().answered_at is None


def test_nobody_answers_for_the_partner():
    pulse = make_pulse(side="mentee")
    mentor = the_two(pulse.mentorship)[0]

    with pytest.raises(RefusedError):
        actions.answer_pulse(pulse, by=mentor, meeting_count=1, usefulness=3, wish="none")


def test_half_an_answer_is_refused_with_what_is_missing():
    pulse = make_pulse()

    with pytest.raises(RefusedError, match="How useful"):
        actions.answer_pulse(
            pulse, by=pulse.participant.person, meeting_count=1, usefulness=0, wish="none"
        )


@pytest.mark.parametrize("kind", [Kind.ADVICE, Kind.CONTACT, Kind.REMATCH, Kind.SILENCE])
def test_what_is_about_the_work_goes_to_the_programs_coordinators(office, kind):
    mentorship, coordinator, lead, admin = office
    make_program(coordinator=make_person("Other"))

    concern = actions.raise_concern(mentorship, by=the_two(mentorship)[1], kind=kind, text="x")

    assert list(queries.concerns_for(coordinator)) == [concern]
    assert list(queries.safety_reports_for(lead)) == []
    assert list(queries.concerns_for(admin)) == []
    assert told("feedback.concern") == ["Cora"]
    assert told("feedback.safety") == []


def test_safety_goes_to_the_lead_and_to_nobody_else(office):
    mentorship, coordinator, lead, admin = office
    pulse = make_pulse(mentorship)

    actions.answer_pulse(
        pulse, by=pulse.participant.person, meeting_count=1, usefulness=1, wish="safety",
        text="CANARY-safety",
    )  # fmt: skip

    concern = Concern.objects.get()
    assert (concern.kind, concern.text) == ("safety", "CANARY-safety")
    assert list(queries.safety_reports_for(lead)) == [concern]
    for person in (coordinator, admin, the_two(mentorship)[0]):
        assert list(queries.concerns_for(person)) == []
        assert list(queries.safety_reports_for(person)) == []
        with pytest.raises(NotFoundError):
            queries.concern_to_look_after(person, concern.public_id)
    assert told("feedback.safety") == ["Lena"]
    assert told("feedback.concern") == []
    assert Pulse.objects.get().wish == ""


def test_letters_and_the_trail_say_that_something_waits_never_what(office):
    mentorship, *_ = office

    for kind in Kind:
        actions.raise_concern(mentorship, by=the_two(mentorship)[1], kind=kind, text="CANARY-words")

    for letter in Letter.objects.all():
        assert (letter.words, letter.about_kind, letter.about_key) == ({}, "", "")
    assert Letter.objects.count() == 5
    entries = Entry.objects.filter(verb="concern.raised")
    assert [entry.details for entry in entries] == [{}] * 5


def test_a_coordinator_who_is_one_of_the_two_hears_nothing():
    cora, carl = make_person("Cora"), make_person("Carl")
    program = make_program(coordinator=cora)
    Coordinator.objects.create(program=program, person=carl)
    mentorship = make_mentorship(make_cohort(program), mentor=cora)

    concern = actions.raise_concern(mentorship, by=the_two(mentorship)[1], kind=Kind.REMATCH)

    assert list(queries.concerns_for(cora)) == []
    assert list(queries.concerns_for(carl)) == [concern]
    assert told("feedback.concern") == ["Carl"]


def test_without_a_coordinator_outside_the_pair_the_lead_reads_it():
    cora, lead = make_person("Cora"), make_person("Lena")
    make_role(lead, Role.Kind.SAFEGUARDING)
    mentorship = make_mentorship(make_cohort(make_program(coordinator=cora)), mentor=cora)

    concern = actions.raise_concern(mentorship, by=the_two(mentorship)[1], kind=Kind.REMATCH)

    assert list(queries.safety_reports_for(lead)) == [concern]
    assert (told("feedback.safety"), told("feedback.concern")) == (["Lena"], [])


def test_a_coordinator_who_is_shut_out_does_not_keep_a_concern_from_the_lead(office):
    mentorship, coordinator, lead, _admin = office
    coordinator.blocked_at = now()
    coordinator.save()

    concern = actions.raise_concern(mentorship, by=the_two(mentorship)[1], kind=Kind.CONTACT)

    assert list(queries.safety_reports_for(lead)) == [concern]
    assert told("feedback.safety") == ["Lena"]


def test_an_accused_lead_reads_nothing_and_an_admin_is_asked_for_another(office):
    _, _, lead, admin = office
    mentorship = make_mentorship(mentor=lead)

    concern = actions.raise_concern(mentorship, by=the_two(mentorship)[1], kind=Kind.SAFETY)
    seen_by_lead = list(queries.safety_reports_for(lead))
    second = make_person("Second")
    make_role(second, Role.Kind.SAFEGUARDING)

    assert seen_by_lead == []
    assert told("feedback.safety") == []
    assert told("feedback.no_reader") == ["Adam"]
    assert list(queries.safety_reports_for(second)) == [concern]
    assert list(queries.safety_reports_for(admin)) == []


def test_the_same_concern_told_twice_is_one_with_both_texts(office):
    mentorship, *_ = office
    mentee = the_two(mentorship)[1]

    for text in ("First", "First", "", "Second"):
        actions.raise_concern(mentorship, by=mentee, kind=Kind.CONTACT, text=text)

    assert list(Concern.objects.values_list("text", flat=True)) == ["First\n\nSecond"]
    assert Letter.objects.filter(kind="feedback.concern").count() == 1


def test_a_stranger_cannot_raise_a_concern(office):
    mentorship, coordinator, *_ = office

    with pytest.raises(RefusedError):
        actions.raise_concern(mentorship, by=coordinator, kind=Kind.CONTACT)

    assert Concern.objects.count() == 0


def test_a_concern_can_be_told_after_the_end(office):
    mentorship, coordinator, *_ = office
    mentorship.status, mentorship.ended_at = "ended", now()
    mentorship.save()

    concern = actions.raise_concern(mentorship, by=the_two(mentorship)[1], kind=Kind.CONTACT)

    assert list(queries.concerns_for(coordinator)) == [concern]


@pytest.mark.parametrize(
    ("first", "second", "open_kinds", "closed_kinds"),
    [
        ("rematch", "none", [], ["rematch"]),
        ("rematch", "advice", ["advice"], ["rematch"]),
        ("advice", "advice", ["advice"], []),
        ("safety", "none", ["safety"], []),
        ("safety", "advice", ["advice", "safety"], []),
    ],
)
def test_a_corrected_wish_takes_back_what_nobody_read_but_never_safety(
    office, first, second, open_kinds, closed_kinds
):
    pulse = make_pulse(office[0])
    person = pulse.participant.person

    for wish in (first, second):
        actions.answer_pulse(pulse, by=person, meeting_count=1, usefulness=2, wish=wish)

    found = Concern.objects.order_by("kind")
    assert [c.kind for c in found if c.status == "new"] == open_kinds
    assert [c.kind for c in found if c.status == "closed"] == closed_kinds


def test_a_concern_goes_from_new_to_closed_and_each_step_is_written_down(office):
    mentorship, coordinator, *_ = office
    concern = make_concern(mentorship)

    actions.acknowledge_concern(concern, by=coordinator)
    actions.acknowledge_concern(concern, by=coordinator)
    actions.act_on_concern(concern, by=coordinator)
    with pytest.raises(RefusedError, match="what came of it"):
        actions.close_concern(concern, by=coordinator, note=" ")
    closed = actions.close_concern(concern, by=coordinator, note="They talked.")

    assert (closed.status, closed.closing_note, closed.looked_after_by) == (
        "closed",
        "They talked.",
        coordinator,
    )
    assert closed.acknowledged_at <= closed.closed_at
    assert list(Entry.objects.values_list("verb", flat=True)) == [
        "concern.acknowledged",
        "concern.acted",
        "concern.closed",
    ]
    with pytest.raises(RefusedError, match="Somebody else"):
        actions.act_on_concern(concern, by=coordinator)


def test_only_its_readers_take_a_concern_further(office):
    mentorship, coordinator, lead, _ = office
    concern = make_concern(mentorship)
    report = make_concern(mentorship, kind="safety")

    with pytest.raises(NotFoundError):
        actions.acknowledge_concern(report, by=coordinator)
    with pytest.raises(NotFoundError):
        actions.acknowledge_concern(concern, by=lead)
    with pytest.raises(NotFoundError):
        actions.acknowledge_concern(concern, by=the_two(mentorship)[0])

    assert set(Concern.objects.values_list("status", flat=True)) == {"new"}


def test_reading_is_written_down(office):
    _, coordinator, *_ = office

    actions.note_reading(make_concern(office[0]), by=coordinator)

    assert Entry.objects.get().verb == "concern.read"
