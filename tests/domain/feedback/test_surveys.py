"""Half way and at the end both sides are asked more: on their days, never too often, and whole or not at all."""

from datetime import timedelta
from itertools import pairwise

import pytest

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.feedback import actions, queries, rules
from lodestar.domain.feedback.actions import Answer, More
from lodestar.domain.feedback.jobs import ask_due_pulses
from lodestar.domain.feedback.models import Pulse
from lodestar.domain.mentorships.models import Mentorship, Message
from lodestar.domain.messaging.models import Letter
from lodestar.domain.programs.rules.pulses import closing_on, midpoint_on
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_coordinator, make_design, make_program

pytestmark = pytest.mark.django_db
Kind = Pulse.Kind
PHASES = ("opens_on", "closes_on", "matching_on", "starts_on")
FINE = Answer(meeting_count=3, usefulness=4, wish="none")


def begun(days_ago, days_left, **design):
    """Return a mentorship that began so many days ago, in a cohort that ends in so many."""
    program = make_program()
    made = make_design(program, **{"asks_midpoint": True, "asks_closing": True} | design)
    days = {name: today() - timedelta(days=days_ago + 9 - n) for n, name in enumerate(PHASES)}
    cohort = make_cohort(program, design=made, ends_on=today() + timedelta(days=days_left), **days)
    mentorship = make_mentorship(cohort)
    Mentorship.objects.filter(pk=mentorship.pk).update(began_at=now() - timedelta(days=days_ago))
    return Mentorship.objects.get(pk=mentorship.pk)


def kinds_asked():
    return sorted(Pulse.objects.values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("days_ago", "days_left", "design", "expected"),
    [
        (60, 60, {}, ["midpoint", "midpoint"]),
        (59, 61, {}, ["pulse", "pulse"]),
        (27, 27, {}, []),
        (60, 60, {"asks_midpoint": False}, ["pulse", "pulse"]),
        (60, 60, {"format": "flash"}, ["pulse", "pulse"]),
        (100, 7, {}, ["closing", "closing"]),
        (100, 8, {}, []),
        (100, 7, {"asks_closing": False, "asks_midpoint": False}, ["pulse", "pulse"]),
        (12, 7, {}, []),
        (100, -20, {}, ["closing", "closing"]),
    ],
)
def test_what_is_asked_on_which_day(days_ago, days_left, design, expected):
    begun(days_ago, days_left, **design)

    ask_due_pulses(now())

    assert kinds_asked() == expected


def test_each_survey_is_asked_once_and_nobody_twice_in_fourteen_days():
    mentorship = begun(60, 60)
    cohort = mentorship.match.mentor.cohort
    asked_on = []
    for days in range(62):
        moment = now() + timedelta(days=days)
        before = Pulse.objects.count()
        ask_due_pulses(moment)
        asked_on += [days] * (Pulse.objects.count() > before)

    assert kinds_asked().count("midpoint") == 2
    assert kinds_asked().count("closing") == 2
    assert all(later - day >= 14 for day, later in pairwise(asked_on))
    assert asked_on[-1] == (closing_on(cohort, today()) - today()).days
    assert midpoint_on(cohort, today() - timedelta(days=60)) == today()


def test_a_survey_is_reminded_of_twice_and_a_short_question_once():
    begun(60, 60)
    ask_due_pulses(now())
    for days in (5, 6, 12, 13, 20):
        ask_due_pulses(now() + timedelta(days=days))
    assert Letter.objects.filter(kind="feedback.reminder").count() == 4

    Pulse.objects.update(kind=Kind.PULSE, reminders=0, reminded_at=None)
    Letter.objects.all().delete()
    for days in (5, 6, 12, 13, 20):
        ask_due_pulses(now() + timedelta(days=days))
    assert Letter.objects.filter(kind="feedback.reminder").count() == 2


def asked(kind=Kind.MIDPOINT, role="mentee", mentorship=None):
    mentorship = mentorship or begun(60, 60)
    side = getattr(mentorship.match, role)
    return Pulse.objects.create(
        mentorship=mentorship, participant=side, kind=kind, due_on=today(), asked_at=now(),
        closes_at=now() + rules.OPEN_FOR,
    )  # fmt: skip


def test_what_is_meant_for_the_partner_reaches_them_once_and_the_rest_never():
    pulse = asked()
    mentor, mentee = the_two(pulse.mentorship)
    more = More({"open": 5, "chore": 1}, "CANARY-remarks", "Thank you for asking so well.")

    for _twice in range(2):
        actions.answer_survey(pulse, by=mentee, answer=FINE, more=more)

    pulse.refresh_from_db()
    assert (pulse.ratings, pulse.remarks, pulse.usefulness) == (
        {"open": 5, "chore": 1},
        "CANARY-remarks",
        4,
    )
    message = Message.objects.get(mentorship=pulse.mentorship)
    assert (message.author, message.text) == (mentee, "Thank you for asking so well.")
    told = Letter.objects.filter(person=mentor).values_list("words", flat=True)
    assert "CANARY" not in str(list(told))


@pytest.mark.parametrize("ratings", [{"open": 6}, {"open": 0}, {"reached": 3}, {"nonsense": 3}])
def test_ratings_that_make_no_sense_change_nothing(ratings):
    pulse = asked()

    with pytest.raises(RefusedError, match="from 1 to 5"):
        actions.answer_survey(
            pulse, by=pulse.participant.person, answer=FINE, more=More(ratings, "", "Hello")
        )

    pulse.refresh_from_db()
    assert (pulse.answered_at, pulse.ratings) == (None, {})
    assert not Message.objects.exists()


def test_both_views_stand_beside_each_other_and_nobody_reads_their_own():
    mentorship = begun(60, 60)
    for role, rating in (("mentor", 5), ("mentee", 2)):
        pulse = asked(role=role, mentorship=mentorship)
        actions.answer_survey(
            pulse,
            by=pulse.participant.person,
            answer=FINE,
            more=More({"open": rating, "fits": 4}),
        )
    cohort, lena = mentorship.match.mentor.cohort, make_person("Lena")

    [view] = queries.both_views(cohort, Kind.MIDPOINT, lena)

    told = {item.key: (mentor, mentee, differs) for item, mentor, mentee, differs in view.lines}
    assert told["open"] == (5, 2, True)
    assert told["fits"] == (4, 4, False)
    assert told["chore"] == (None, None, False)
    assert view.gaps == 1
    assert queries.both_views(cohort, Kind.MIDPOINT, the_two(mentorship)[0]) == []
    make_coordinator(cohort.program, lena)


def test_below_five_answers_there_is_no_mean():
    program = make_program()
    cohort = make_cohort(program, design=make_design(program, asks_midpoint=True))
    for n in range(5):
        pulse = asked(mentorship=make_mentorship(cohort))
        if n:
            by = pulse.participant.person
            actions.answer_survey(pulse, by=by, answer=FINE, more=More({"open": 4}))
    [mentees] = queries.survey_of_sides(cohort, Kind.MIDPOINT)
    line = next(each for each in mentees.lines if each.item.key == "open")
    assert (mentees.asked, mentees.answered, line.mean.value) == (5, 4, None)

    actions.answer_survey(pulse_left(cohort), by=pulse_left(cohort).participant.person, answer=FINE, more=More({"open": 4}))  # fmt: skip

    [mentees] = queries.survey_of_sides(cohort, Kind.MIDPOINT)
    line = next(each for each in mentees.lines if each.item.key == "open")
    assert (line.mean.value, line.mean.of) == (4.0, 5)


def pulse_left(cohort):
    return Pulse.objects.filter(participant__cohort=cohort).order_by("pk").first()
