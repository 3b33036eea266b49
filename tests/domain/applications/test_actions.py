import os
import threading

import pytest
from django.db import connection, connections

from lodestar.domain.applications.actions import (
    accept_application,
    decline_application,
    release_place,
    save_answers,
    start_application,
    submit_application,
    take_place,
    take_places,
    waitlist_application,
    withdraw_application,
)
from lodestar.domain.applications.models import Application, Participant, RoleInCohort
from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Consent
from tests.factories.applications import (
    MENTEE_ANSWERS,
    answers_of,
    make_application,
    make_mentee,
    make_mentor,
    make_participant,
)
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_design, make_program

MENTEE, MENTOR = RoleInCohort.MENTEE, RoleInCohort.MENTOR
Status = Application.Status
pytestmark = pytest.mark.django_db


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def letters():
    return list(Letter.objects.order_by("pk").values_list("kind", "person"))


def test_starting_twice_goes_on_with_the_same_draft(cohort):
    amina = make_person()

    first = start_application(amina, cohort=cohort, role=MENTEE)
    second = start_application(amina, cohort=cohort, role=MENTEE)

    assert first == second
    assert first.status == Status.DRAFT
    assert verbs() == ["application.started"]


@pytest.mark.parametrize(
    ("opens_in", "sentence"),
    [(3, "Applications are not open yet."), (-60, "Applications closed on ")],
)
def test_nobody_starts_before_the_opening_or_after_the_closing(opens_in, sentence):
    cohort = make_cohort(opens_in=opens_in)

    with pytest.raises(RefusedError, match=sentence):
        start_application(make_person(), cohort=cohort, role=MENTEE)

    assert not Application.objects.exists()


def test_starting_again_after_a_withdrawal_keeps_what_was_written(cohort):
    application = make_application(cohort, status=Status.WITHDRAWN)

    again = start_application(application.person, cohort=cohort, role=MENTEE)

    assert (again.pk, again.status, again.submitted_at) == (application.pk, Status.DRAFT, None)
    assert again.answers == MENTEE_ANSWERS
    assert verbs() == ["application.started_again"]


def test_answers_not_mentioned_stay_and_blank_ones_are_taken_back(cohort):
    draft = make_application(
        cohort, status=Status.DRAFT, answers={"city": "Nairobi", "industry": "Health"}
    )

    saved = save_answers(draft, by=draft.person, answers={"city": " ", "topics": ["Interviews"]})
    save_answers(draft, by=draft.person, answers={"topics": ["Interviews"]})

    assert saved.answers == {"industry": "Health", "topics": ["Interviews"]}
    assert verbs() == ["application.answered"]


def test_nobody_else_writes_answers(cohort, lena):
    draft = make_application(cohort, status=Status.DRAFT)

    with pytest.raises(RefusedError, match="Only the person who applied"):
        save_answers(draft, by=lena, answers={"city": "Graz"})


def test_answers_are_frozen_once_the_cohort_is_closed():
    application = make_application(make_cohort(opens_in=-60))

    with pytest.raises(RefusedError, match="Applications are closed"):
        save_answers(application, by=application.person, answers={"city": "Graz"})

    application.refresh_from_db()
    assert application.answers == MENTEE_ANSWERS


def test_an_accepted_mentor_who_offers_more_places_has_them_at_once(cohort):
    mentor = make_mentor(cohort)

    save_answers(mentor.application, by=mentor.person, answers={"capacity": 2, "country": "Kenya"})

    mentor.refresh_from_db()
    assert (mentor.capacity, mentor.answers["place"]) == (2, "Kenya")


def test_a_mentor_cannot_offer_fewer_places_than_are_taken(cohort):
    mentor = make_mentor(cohort, capacity=2, places_taken=2)
    mentor.application.answers["capacity"] = 2
    mentor.application.save()

    with pytest.raises(RefusedError, match="already matched with more people"):
        save_answers(mentor.application, by=mentor.person, answers={"capacity": 1})

    mentor.refresh_from_db()
    mentor.application.refresh_from_db()
    assert (mentor.capacity, mentor.application.answers["capacity"]) == (2, 2)


def test_sending_tells_the_office_asks_consent_once_and_writes_a_letter(cohort):
    draft = make_application(cohort, status=Status.DRAFT)

    sent = submit_application(draft, by=draft.person)
    submit_application(draft, by=draft.person)

    assert sent.status == Status.SUBMITTED
    assert sent.submitted_at is not None
    assert list(Consent.objects.values_list("person", "use", "is_given")) == [
        (draft.person_id, "matching", True)
    ]
    assert letters() == [("applications.received", draft.person_id)]
    assert verbs() == ["consent.given", "application.submitted"]


def test_sending_an_unfinished_application_says_what_is_missing(cohort):
    draft = make_application(cohort, status=Status.DRAFT, answers={"languages": ["en"]})

    with pytest.raises(RefusedError) as refused:
        submit_application(draft, by=draft.person)

    assert str(refused.value) == (
        "Choose your time zone, so that you can meet at a humane hour. "
        "Choose at least one topic you would like help with. "
        "Write a sentence or two in your own words. "
        "Say yes to being matched; without it we cannot look for your partner."
    )
    assert letters() == []


def test_acceptance_makes_a_participant_once(lena):
    design = make_design(make_program(coordinator=lena), capacity_maximum=2)
    cohort = make_cohort(design.program, design=design)
    answers = answers_of(MENTOR) | {"capacity": 5, "country": "Kenya", "city": "Nairobi"}
    application = make_application(cohort, role=MENTOR, answers=answers)

    accepted = accept_application(application, by=lena, note=" Welcome! ")
    accept_application(application, by=lena)

    assert (accepted.status, accepted.decision_note) == (Status.ACCEPTED, "Welcome!")
    participant = Participant.objects.get()
    assert (participant.person, participant.capacity, participant.places_taken) == (
        application.person,
        2,
        0,
    )
    assert participant.answers == answers | {"place": "Kenya > Nairobi"}
    assert letters() == [("applications.accepted", application.person_id)]
    assert verbs() == ["application.accepted"]


@pytest.mark.parametrize(
    ("decide", "status", "letter"),
    [
        (waitlist_application, Status.WAITLISTED, "applications.waitlisted"),
        (decline_application, Status.DECLINED, "applications.declined"),
    ],
)
def test_waiting_and_no_are_told_once_and_make_no_participant(cohort, lena, decide, status, letter):
    application = make_application(cohort)

    decided = decide(application, by=lena, note="Thank you.")
    decide(application, by=lena)

    assert (decided.status, decided.decision_note) == (status, "Thank you.")
    assert letters() == [(letter, application.person_id)]
    assert verbs() == [f"application.{status}"]
    assert not Participant.objects.exists()


def test_only_a_coordinator_of_this_program_decides(cohort):
    stranger = make_cohort(make_program(coordinator=make_person("Lena", "Berg"))).program
    other = stranger.coordinators.get().person
    application = make_application(cohort)

    with pytest.raises(RefusedError, match="Only a coordinator of this program"):
        accept_application(application, by=other)


def test_a_yes_is_not_taken_back_by_a_stale_page(cohort, lena):
    participant = make_mentee(cohort)

    with pytest.raises(RefusedError, match="is accepted now, so nothing was changed"):
        decline_application(participant.application, by=lena)


def test_withdrawing_leaves_the_cohort_and_can_be_done_twice(cohort):
    mentee = make_mentee(cohort)

    withdraw_application(mentee.application, by=mentee.person)
    withdraw_application(mentee.application, by=mentee.person)

    mentee.refresh_from_db()
    assert mentee.application.status == Status.WITHDRAWN
    assert mentee.left_at is not None
    assert verbs() == ["application.withdrawn"]


def test_whoever_has_a_partner_talks_before_leaving(cohort):
    mentee = make_mentee(cohort, places_taken=1)

    with pytest.raises(RefusedError, match="Somebody has already been proposed to you"):
        withdraw_application(mentee.application, by=mentee.person)


def test_a_stranger_cannot_withdraw_for_somebody(cohort):
    application = make_application(cohort)

    with pytest.raises(RefusedError, match="Only the person who applied"):
        withdraw_application(application, by=make_person("Eve", "Else"))


def test_the_last_place_is_taken_once_and_can_be_given_back():
    mentor = make_mentor()

    take_place(mentor)
    with pytest.raises(RefusedError, match="has no place left"):
        take_place(mentor)
    release_place(mentor)
    release_place(mentor)

    mentor.refresh_from_db()
    assert mentor.places_taken == 0


def test_nobody_takes_a_place_with_somebody_who_left(cohort):
    mentor = make_participant(cohort, role=MENTOR, left_at=cohort.created_at)

    with pytest.raises(RefusedError, match="has no place left"):
        take_place(mentor)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_twelve_at_once_take_three_places(_round):
    mentor = make_mentor(capacity=3)
    start = threading.Barrier(12)
    answers = []

    def reach() -> None:
        start.wait()
        try:
            take_place(mentor)
            answers.append("taken")
        except RefusedError:
            answers.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=reach) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    mentor.refresh_from_db()
    assert sorted(answers) == ["refused"] * 9 + ["taken"] * 3
    assert mentor.places_taken == 3


def test_the_race_runs_on_the_database_that_was_asked_for():
    wanted = "postgresql" if "postgres" in os.environ.get("DATABASE_URL", "") else "sqlite"

    assert connection.vendor == wanted


def test_many_places_are_taken_at_once_or_none(cohort):
    twice, once = make_mentor(cohort, capacity=2), make_mentor(cohort, capacity=1)
    full = make_mentor(cohort, make_person("Full", "House"), capacity=1, places_taken=1)

    take_places([twice, once, twice])
    with pytest.raises(RefusedError, match="Full House has no place left"):
        take_places([make_mentor(cohort, make_person("Free", "Soul")), full])

    taken = Participant.objects.order_by("pk").values_list("places_taken", flat=True)
    assert list(taken) == [2, 1, 1, 0]
