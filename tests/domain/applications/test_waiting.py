"""The waitlist: its order, its places, who is next, and what goes along to the next cohort."""

from datetime import timedelta

import pytest

from lodestar.domain.applications import jobs
from lodestar.domain.applications.actions import (
    accept_application,
    decline_application,
    move_on_waitlist,
    take_next,
    waitlist_application,
    wish_carrying,
    withdraw_application,
)
from lodestar.domain.applications.models import Application, Participant, Wait
from lodestar.domain.applications.queries.waiting import (
    Place,
    place_of,
    places_in,
    taken_last_time,
    waitlist_of,
)
from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, set_clock
from lodestar.domain.messaging.models import Letter
from tests.factories.applications import make_application, make_mentee, make_mentor
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_coordinator, make_program
from tests.races import at_once, on_postgresql

pytestmark = pytest.mark.django_db


def wait(cohort, lena, name, **fields):
    application = make_application(cohort, make_person(name), **fields)
    return waitlist_application(application, by=lena)


def names(cohort):
    return [each.application.person.given_name for each in waitlist_of(cohort, "mentee")]


def letters(kind):
    return Letter.objects.filter(kind=f"applications.{kind}")


def test_the_order_follows_the_score_and_then_the_day(lena, cohort):
    for name, score in (("Ann", None), ("Bo", 200), ("Cy", 250)):
        wait(cohort, lena, name, score=score)
    wait(cohort, lena, "Di", score=300, role="mentor")

    assert names(cohort) == ["Cy", "Bo", "Ann"]


def test_somebody_is_placed_by_hand_with_a_reason_and_moves_up_when_others_leave(lena, cohort):
    ann, bo, cy = (wait(cohort, lena, name) for name in ("Ann", "Bo", "Cy"))
    move_on_waitlist(cy, by=lena, place=2, reason=" She leaves the country in May.\x00 ")
    moved = names(cohort)
    accept_application(ann, by=lena)

    assert (moved, names(cohort)) == (["Ann", "Cy", "Bo"], ["Cy", "Bo"])
    assert Wait.objects.get(application=ann).was_taken
    entry = Entry.objects.get(verb="application.moved_on_waitlist")
    assert entry.details == {"place": 2}
    assert Wait.objects.get(application=cy).moved_because == "She leaves the country in May."
    assert place_of(bo) == Place(2, 2, None)


def test_moving_is_the_offices_and_needs_a_reason(lena, cohort):
    ann = wait(cohort, lena, "Ann")
    with pytest.raises(RefusedError, match="Say why"):
        move_on_waitlist(ann, by=lena, place=1, reason=" ")
    with pytest.raises(RefusedError, match="Only a coordinator"):
        move_on_waitlist(ann, by=ann.person, place=1, reason="Me first.")
    accepted = accept_application(ann, by=lena)
    with pytest.raises(RefusedError, match="not on the waitlist any more"):
        move_on_waitlist(accepted, by=lena, place=1, reason="Late.")


def test_a_place_is_free_where_mentors_offer_more_than_there_are_mentees(lena, cohort):
    make_mentor(cohort, make_person("Ruth"), capacity=3)
    make_mentee(cohort, make_person("Amina"))
    places = places_in(cohort)

    assert (places.free_for("mentee"), places.free_for("mentor")) == (2, 0)


def test_the_next_is_taken_while_a_place_is_free_and_if_it_is_still_them(lena, cohort):
    make_mentor(cohort, make_person("Ruth"), capacity=1)
    ann, bo = wait(cohort, lena, "Ann"), wait(cohort, lena, "Bo")

    def take(expected):
        return take_next(cohort, "mentee", by=lena, expected=expected.public_id)

    with pytest.raises(RefusedError, match="now Ann Odhiambo is next"):
        take(bo)
    assert take(ann).status == "accepted"
    with pytest.raises(RefusedError, match="No place is free"):
        take(bo)
    with pytest.raises(RefusedError, match="Only a coordinator"):
        take_next(cohort, "mentee", by=ann.person, expected=bo.public_id)
    make_mentor(cohort, make_person("Omar"), capacity=2)
    take(bo)
    with pytest.raises(RefusedError, match="Nobody is on this waitlist"):
        take(bo)


def test_how_many_were_taken_last_time_is_told(lena, program):
    before = make_cohort(program, opens_in=-300)
    now_open = make_cohort(program)
    assert taken_last_time(now_open, "mentee") is None
    ann, bo = wait(before, lena, "Ann"), wait(before, lena, "Bo")
    accept_application(ann, by=lena)
    decline_application(bo, by=lena)

    assert taken_last_time(now_open, "mentee") == 1
    assert place_of(wait(now_open, lena, "Cy")) == Place(1, 1, 1)


def test_a_place_is_told_again_only_when_it_changed_by_much_and_after_two_weeks(lena, cohort):
    everybody = [wait(cohort, lena, f"Ann {number}") for number in range(8)]
    last = everybody[-1]
    for each in everybody[:4]:
        withdraw_application(each, by=each.person)
    soon = jobs.tell_waitlists(now())
    set_clock(lambda: last.created_at + timedelta(days=15))
    later, again = jobs.tell_waitlists(now()), jobs.tell_waitlists(now())

    assert (soon, later, again) == (0, 4, 0)
    assert {each.about_key for each in letters("waiting")} >= {last.public_id}


def test_at_the_start_whoever_still_waits_is_offered_to_go_along_once(lena, program):
    cohort = make_cohort(program, opens_in=-42)
    ann = wait(cohort, lena, "Ann")
    declined = decline_application(make_application(cohort, make_person("Bo")), by=lena)

    counts = [jobs.offer_carrying_over(now()) for _ in range(2)]

    assert counts == [1, 0]
    assert [each.about_key for each in letters("carry_over")] == [ann.public_id]
    with pytest.raises(RefusedError, match="not on a waitlist"):
        wish_carrying(declined, by=declined.person)


def offered(program, lena, name="Ann", **fields):
    cohort = make_cohort(program, opens_in=-42)
    application = wait(cohort, lena, name, **fields)
    jobs.offer_carrying_over(now())
    return application


def test_one_tap_takes_it_along_into_the_cohort_that_is_open(lena, program):
    ann = offered(program, lena, score=250)
    following = make_cohort(program)
    wait(following, lena, "Bo", score=300)

    new = wish_carrying(ann, by=ann.person)
    ann.refresh_from_db()

    assert (new.cohort, new.status, new.answers) == (following, "submitted", ann.answers)
    assert (ann.status, wish_carrying(ann, by=ann.person)) == ("carried", None)
    assert [each.about_key for each in letters("carried")] == [new.public_id]
    waitlist_application(new, by=lena)
    assert names(following) == ["Ann", "Bo"]


def test_a_wish_is_kept_until_the_next_cohort_opens(lena, program):
    ann = offered(program, lena)
    assert wish_carrying(ann, by=ann.person) is None
    following = make_cohort(program, opens_in=3)
    early = jobs.offer_carrying_over(now())
    set_clock(lambda: ann.created_at + timedelta(days=4))

    counts = [jobs.offer_carrying_over(now()) for _ in range(2)]

    assert (early, counts) == (0, [1, 0])
    assert Application.objects.get(cohort=following).carried_from == ann


def test_whoever_applied_anew_keeps_what_they_wrote_and_their_priority(lena, program):
    ann = offered(program, lena)
    following = make_cohort(program)
    draft = make_application(
        following, ann.person, status="draft", answers={"about": "Something new."}
    )

    new = wish_carrying(ann, by=ann.person)

    assert (new.pk, new.status, new.carried_from) == (draft.pk, "submitted", ann)
    assert new.answers["about"] == "Something new."
    assert new.answers["topics"] == ann.answers["topics"]


def test_nobody_takes_anothers_application_along(lena, program):
    ann = offered(program, lena)
    with pytest.raises(RefusedError, match="Only the person who applied"):
        wish_carrying(ann, by=make_person("Eve"))


@on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_the_last_place_goes_to_one_of_the_waitlist(_round):
    lena, per = make_person("Lena"), make_person("Per")
    cohort = make_cohort(make_program(coordinator=lena))
    make_coordinator(cohort.program, per)
    make_mentor(cohort, make_person("Ruth"), capacity=1)
    ann = wait(cohort, lena, "Ann")
    wait(cohort, lena, "Bo")

    told = at_once(
        *(
            lambda by=by: take_next(cohort, "mentee", by=by, expected=ann.public_id)
            for by in (lena, per)
        )
    )

    assert len(told) == 1
    assert Participant.objects.filter(role="mentee").count() == 1
    assert letters("accepted").count() == 1


@on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_taken_while_they_withdraw_nobody_ends_up_in_both(_round):
    lena = make_person("Lena")
    cohort = make_cohort(make_program(coordinator=lena))
    make_mentor(cohort, make_person("Ruth"), capacity=1)
    ann = wait(cohort, lena, "Ann")

    at_once(
        lambda: take_next(cohort, "mentee", by=lena, expected=ann.public_id),
        lambda: withdraw_application(ann, by=ann.person),
    )

    ann.refresh_from_db()
    assert ann.status == "withdrawn"
    assert not Participant.objects.filter(role="mentee", left_at=None).exists()


@pytest.mark.parametrize("gets_free", ["a mentee leaves", "a mentor joins"])
def test_the_office_hears_of_a_free_place_however_it_got_free(lena, cohort, gets_free):
    make_mentor(cohort, capacity=1)
    mentee = make_mentee(cohort, make_person("Bo"))
    wait(cohort, lena, "Mei")
    assert jobs.tell_of_free_places(now()) == 0

    if gets_free == "a mentee leaves":
        Participant.objects.filter(pk=mentee.pk).update(left_at=now())
    else:
        make_mentor(cohort, make_person("Noor"), capacity=1)

    assert (jobs.tell_of_free_places(now()), jobs.tell_of_free_places(now())) == (1, 1)
    assert [letter.person for letter in letters("place_free")] == [lena]


def test_of_a_cohort_that_is_over_no_place_is_told(lena, cohort):
    make_mentor(cohort)
    wait(cohort, lena, "Mei")

    assert jobs.tell_of_free_places(now() + timedelta(days=900)) == 0
