"""Block and report: at once and everywhere, and the other is told nothing."""

import pytest

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.feedback.models import Concern
from lodestar.domain.matching.queries.inputs import bans_of, unwanted_by
from lodestar.domain.mentorships.actions import (
    accept_match,
    block_person,
    end_mentorship,
    release_mentorship,
    resume_mentorship,
    write_message,
)
from lodestar.domain.mentorships.queries import may_contact
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Block, Role
from lodestar.domain.people.queries import blocked_pairs, kept_apart_from
from tests.factories.matching import exploring_match, published_match
from tests.factories.mentorships import make_mentorship, make_reachable, the_two
from tests.factories.people import make_role, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentorship():
    return make_mentorship()


@pytest.fixture
def lead():
    person = make_reachable("Ingrid", "Solberg")
    make_role(person, Role.Kind.SAFEGUARDING)
    return person


def press(mentorship, person, text="He insisted."):
    address = f"/mentorships/{mentorship.public_id}/block/"
    return signed_in(person).post(address, {"text": text}, follow=True)


def test_one_press_blocks_holds_and_reports(mentorship, lead):
    mentor, mentee = the_two(mentorship)
    write_message(mentorship, by=mentor, text="Hello")

    page = press(mentorship, mentee).content.decode()

    mentorship.refresh_from_db()
    concern = Concern.objects.get()
    assert (mentorship.status, mentorship.held_at is None) == ("paused", False)
    assert (concern.kind, concern.raised_by, concern.text) == ("safety", mentee, "He insisted.")
    assert [letter.person for letter in Letter.objects.filter(kind="feedback.safety")] == [lead]
    assert Letter.objects.get(kind="mentorships.message").status == "dropped"
    assert "Ruth Okafor" in page
    assert not may_contact(mentor, mentee)


def test_the_other_is_told_nothing_and_reads_what_they_read_of_any_hold(mentorship, lead):
    mentor, mentee = the_two(mentorship)
    before = Letter.objects.filter(person=mentor).count()

    press(mentorship, mentee)

    page = signed_in(mentor).get(f"/mentorships/{mentorship.public_id}/").content.decode()
    assert Letter.objects.filter(person=mentor).count() == before
    assert "The association has paused this mentorship" in page
    assert "insisted" not in page
    assert "Amina" not in signed_in(mentor).get("/me/blocked/").content.decode()


@pytest.mark.parametrize("who", [0, 1])
def test_neither_writes_or_resumes_while_the_block_lasts(mentorship, lead, who):
    person = the_two(mentorship)[who]
    press(mentorship, the_two(mentorship)[1])

    with pytest.raises(RefusedError):
        write_message(mentorship, by=person, text="Hello")
    with pytest.raises(RefusedError):
        release_mentorship(mentorship, by=lead)
    type(mentorship).objects.update(held_at=None)
    with pytest.raises(RefusedError):
        resume_mentorship(mentorship, by=person)


def test_pressed_twice_it_is_one_block_and_one_report(mentorship, lead):
    mentee = the_two(mentorship)[1]

    press(mentorship, mentee)
    press(mentorship, mentee)

    assert (Block.objects.count(), Concern.objects.count()) == (1, 1)


def test_what_is_over_can_be_blocked_too_so_that_it_never_begins_again(mentorship):
    mentor, mentee = the_two(mentorship)
    end_mentorship(mentorship, by=mentee, reason="time")

    press(mentorship, mentee)

    mentorship.refresh_from_db()
    assert mentorship.status == "ended"
    assert (kept_apart_from(mentor), kept_apart_from(mentee)) == ({mentee.pk}, {mentor.pk})


def test_matching_never_puts_the_two_together(mentorship):
    match = mentorship.match
    block_person(match.mentee.person, by=match.mentor.person)
    sides = ([match.mentee], [match.mentor])

    assert set(bans_of(match.mentor.cohort, *sides)) == {
        (match.mentee.public_id, match.mentor.public_id)
    }
    assert match.mentor.person_id in unwanted_by(match.mentee)
    assert len(blocked_pairs([match.mentor.person_id, match.mentee.person_id])) == 2
    assert blocked_pairs([match.mentor.person_id]) == set()


def test_what_waits_between_the_two_ends_as_after_any_no():
    match = published_match()
    block_person(match.mentee.person, by=match.mentor.person)

    match.refresh_from_db()
    assert match.status == "declined"


def test_a_yes_of_the_other_begins_nothing():
    match = published_match()
    accept_match(match, by=match.mentor.person)
    block_person(match.mentee.person, by=match.mentor.person)

    with pytest.raises(RefusedError):
        accept_match(match, by=match.mentee.person)


def test_a_trial_ends():
    match = exploring_match()
    block_person(match.mentee.person, by=match.mentor.person)

    match.refresh_from_db()
    assert match.status == "declined"
    assert not may_contact(match.mentor.person, match.mentee.person)


def test_it_can_be_taken_back_by_whoever_set_it_alone(mentorship, lead):
    mentor, mentee = the_two(mentorship)
    press(mentorship, mentee)
    key = Block.objects.get().public_id

    signed_in(mentor).post("/me/blocked/lift/", {"block": key})
    assert kept_apart_from(mentee) == {mentor.pk}
    signed_in(mentee).post("/me/blocked/lift/", {"block": key})

    mentorship.refresh_from_db()
    assert (kept_apart_from(mentee), mentorship.status) == (set(), "paused")
    release_mentorship(mentorship, by=lead)
    resume_mentorship(mentorship, by=mentee)
    assert may_contact(mentor, mentee)


def test_each_sees_up_to_where_the_other_has_read(mentorship):
    mentor, mentee = the_two(mentorship)
    address = f"/mentorships/{mentorship.public_id}/"
    write_message(mentorship, by=mentee, text="One")
    assert "Read by" not in signed_in(mentee).get(address).content.decode()

    signed_in(mentor).head(address)
    signed_in(mentor).get(address, headers={"Sec-Purpose": "prefetch"})
    assert "Read by" not in signed_in(mentee).get(address).content.decode()
    signed_in(mentor).get(address)
    write_message(mentorship, by=mentee, text="Two")

    page = signed_in(mentee).get(address).content.decode()
    assert page.index(">One<") < page.index("Read by Ruth on") < page.index(">Two<")
    assert "Read by" not in signed_in(mentor).get(address).content.decode()


def test_letters_are_chosen_on_a_page(mentorship):
    mentor, _mentee = the_two(mentorship)
    told = {"messages": "daily", "reminders": "at_once", "quiet_from": "22", "quiet_until": "7"}

    answers = [
        signed_in(mentor).post("/me/letters/", each)
        for each in (told, {}, told | {"quiet_from": ""})
    ]

    assert [answer.status_code for answer in answers] == [302, 422, 422]
    assert "UTC" in signed_in(mentor).get("/me/letters/").content.decode()
