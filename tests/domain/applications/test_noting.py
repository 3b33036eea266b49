"""Decisions are noted, changed, and released together, once."""

import pytest

from lodestar.domain.applications import jobs
from lodestar.domain.applications.actions import (
    accept_application,
    forget_decision,
    note_decision,
    note_decisions,
    release_decisions,
    withdraw_application,
)
from lodestar.domain.applications.models import Application, Noted, Participant
from lodestar.domain.applications.queries.noted import (
    effect_of,
    noted_in,
    state_of_noted,
)
from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.messaging.models import Letter
from lodestar.domain.programs.models import Audience, EligibilityRule
from tests.factories.applications import make_application, make_mentee, make_mentor
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_coordinator, make_program
from tests.races import at_once, on_postgresql

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(cohort):
    return [make_application(cohort, make_person(name)) for name in ("Ann", "Bo", "Cy")]


def statuses():
    return list(Application.objects.order_by("pk").values_list("status", flat=True))


def letters():
    return sorted(Letter.objects.values_list("kind", flat=True))


def carry_out():
    return jobs.carry_out_decisions(now())


def note_all(three, lena):
    for each, decision in zip(three, ("accepted", "waitlisted", "declined"), strict=True):
        note_decision(each, by=lena, decision=decision, sentence=f"Dear {each.person.given_name}.")


def test_nothing_is_sent_or_changed_before_the_release(lena, cohort, three):
    note_all(three, lena)

    assert (statuses(), letters(), carry_out()) == (["submitted"] * 3, [], 0)
    assert Participant.objects.count() == 0
    assert [each.application.decision_note for each in noted_in(cohort)] == ["", "", ""]


def test_all_are_released_at_one_moment_and_carried_out_once(lena, cohort, three):
    note_all(three, lena)

    counts = [release_decisions(cohort, by=lena) for _ in range(2)]
    done = [carry_out(), carry_out()]

    assert (counts, done) == ([3, 0], [3, 0])
    assert statuses() == ["accepted", "waitlisted", "declined"]
    assert letters() == [
        "applications.accepted",
        "applications.declined",
        "applications.waitlisted",
    ]
    assert not Noted.objects.exists()
    three[0].refresh_from_db()
    assert three[0].decision_note == "Dear Ann."
    assert Entry.objects.filter(verb="decisions.released").get().details == {"count": 3}


def test_a_noted_decision_is_changed_and_taken_back_until_it_is_released(lena, cohort, three):
    ann, bo, _cy = three
    note_decision(ann, by=lena, decision="declined")
    note_decision(ann, by=lena, decision="accepted", sentence="After all.")
    note_decision(bo, by=lena, decision="accepted")
    forget_decision(bo, by=lena)
    release_decisions(cohort, by=lena)

    with pytest.raises(RefusedError, match="released a moment ago"):
        note_decision(ann, by=lena, decision="declined")
    with pytest.raises(RefusedError, match="released a moment ago"):
        forget_decision(ann, by=lena)
    carry_out()
    assert statuses() == ["accepted", "submitted", "submitted"]


def test_an_immediate_decision_and_a_withdrawal_overtake_what_was_noted(lena, cohort, three):
    ann, bo, _cy = three
    for each in (ann, bo):
        note_decision(each, by=lena, decision="declined")

    accept_application(ann, by=lena)
    withdraw_application(bo, by=bo.person)

    assert release_decisions(cohort, by=lena) == 0
    assert not Noted.objects.exists()


def test_what_was_changed_since_it_was_looked_at_is_not_released(lena, cohort, three):
    note_all(three, lena)
    seen = state_of_noted(list(noted_in(cohort)))
    note_decision(three[0], by=lena, decision="declined")

    with pytest.raises(RefusedError, match="Nothing was sent; look again"):
        release_decisions(cohort, by=lena, seen=seen)

    assert release_decisions(cohort, by=lena, seen=state_of_noted(list(noted_in(cohort)))) == 3


def test_many_are_noted_at_once_with_what_speaks_against_them(lena, cohort, three):
    Audience.objects.create(
        design=cohort.design, role="mentee", class_year_from=2015, class_year_to=2022, is_binding=True
    )  # fmt: skip
    ann, bo, cy = three
    ann.answers["class_year"], bo.answers["class_year"] = 2003, 2016
    for each in (ann, bo):
        each.save()
    accept_application(cy, by=lena)

    counts = note_decisions(three, by=lena, decision="declined", with_reasons=True)

    assert counts == (2, 1)
    assert list(Noted.objects.order_by("pk").values_list("sentence", flat=True)) == [
        "This cohort is for class years 2015 to 2022. You said 2003.",
        "",
    ]


def test_what_cannot_be_carried_out_is_noted_again_and_the_rest_goes(lena, cohort, three):
    note_all(three, lena)
    release_decisions(cohort, by=lena)
    EligibilityRule.objects.create(
        design=cohort.design, role="mentee", kind="verified", is_binding=True
    )

    assert carry_out() == 2

    assert statuses() == ["submitted", "waitlisted", "declined"]
    assert [each.application for each in noted_in(cohort)] == [three[0]]


def test_it_is_foretold_what_a_release_does(lena, cohort, three):
    make_mentor(cohort, make_person("Ruth"), capacity=2)
    make_mentee(cohort, make_person("Amina"))
    mentor = make_application(cohort, make_person("Omar"), role="mentor")
    mentor.answers["capacity"] = 3
    mentor.save()
    note_all(three, lena)
    note_decision(mentor, by=lena, decision="accepted")

    effect = effect_of(cohort, list(noted_in(cohort)))

    assert effect.counts == {"accepted": 2, "waitlisted": 1, "declined": 1}
    assert (effect.before.mentees, effect.before.places) == (1, 2)
    assert (effect.after.mentees, effect.after.places) == (2, 5)
    assert (effect.waiting_before["mentee"], effect.waiting_after["mentee"]) == (0, 1)
    assert effect.stuck == []


def test_only_the_office_of_the_program_notes_and_releases(cohort, three):
    eve = make_coordinator(make_program("First Steps"), make_person("Eve")).person
    with pytest.raises(RefusedError, match="Only a coordinator"):
        note_decision(three[0], by=eve, decision="accepted")
    with pytest.raises(RefusedError, match="Only a coordinator"):
        release_decisions(cohort, by=eve)
    with pytest.raises(RefusedError, match="Only a coordinator"):
        forget_decision(three[0], by=eve)


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_release_at_once_send_each_letter_once():
    lena, per = make_person("Lena"), make_person("Per")
    cohort = make_cohort(make_program(coordinator=lena))
    make_coordinator(cohort.program, per)
    for number in range(6):
        each = make_application(cohort, make_person(f"Ann {number}"))
        note_decision(each, by=lena, decision=("accepted", "waitlisted", "declined")[number % 3])
    counts = []

    told = at_once(
        *(lambda by=by: counts.append(release_decisions(cohort, by=by)) for by in (lena, per))
    )
    told += at_once(carry_out, carry_out, carry_out)

    assert (sorted(counts), told) == ([0, 6], [])
    assert len(letters()) == 6
    assert Participant.objects.count() == 2
    assert not Noted.objects.exists()


@on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_noted_while_it_is_released_it_goes_as_it_was_or_not_at_all(_round):
    lena, per = make_person("Lena"), make_person("Per")
    cohort = make_cohort(make_program(coordinator=lena))
    make_coordinator(cohort.program, per)
    application = make_application(cohort)
    note_decision(application, by=lena, decision="declined")
    seen = state_of_noted(list(noted_in(cohort)))

    told = at_once(
        lambda: release_decisions(cohort, by=lena, seen=seen),
        lambda: note_decision(application, by=per, decision="accepted"),
    )
    carry_out()

    application.refresh_from_db()
    assert len(told) == 1
    assert application.status in ("declined", "submitted")
