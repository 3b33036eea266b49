"""The room of two people, as each of them and everybody else meets it."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from lodestar.domain.common.time import now, today
from lodestar.domain.mentorships import actions
from lodestar.domain.mentorships.models import Goal, Meeting, Mentorship, Message, Note
from lodestar.domain.people.models import Role
from tests.factories.feedback import make_pulse
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person, make_role, signed_in
from tests.factories.programs import make_cohort, make_coordinator, make_design

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    mentorship = make_mentorship()
    return (mentorship, *the_two(mentorship))


def address(mentorship, rest=""):
    return f"/mentorships/{mentorship.public_id}/{rest}"


def text_of(answer):
    return answer.content.decode()


def test_the_two_see_each_other_with_reasons_and_a_way_to_reach_each_other(pair):
    mentorship, mentor, mentee = pair

    page = text_of(signed_in(mentee).get(address(mentorship)))

    assert "You and Ruth" in page
    assert mentor.addresses.get().email in page
    assert "Why you two" in page
    assert "Your first meeting with Ruth" in page
    assert page.count('class="button primary"') + page.count('button class="primary"') == 1


@pytest.mark.parametrize("count", [0, 1, 200])
def test_the_room_works_with_any_number_of_messages(pair, count):
    mentorship, mentor, mentee = pair
    Message.objects.bulk_create(
        Message(mentorship=mentorship, author=mentor, text=f"letter {n:03}.") for n in range(count)
    )
    client = signed_in(mentee)

    newest, oldest = (text_of(client.get(address(mentorship, f"?page={page}"))) for page in (1, 99))

    assert newest.count('class="said">letter') == min(count, 20)
    assert (f"letter {count - 1:03}." in newest) == (count > 0)
    assert ("letter 000." in oldest) == (count > 0)
    assert ("Older messages" in newest) == (count > 20)


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "²"])
def test_a_nonsense_page_is_a_page(pair, page):
    mentorship, _, mentee = pair

    assert signed_in(mentee).get(address(mentorship, f"?page={page}")).status_code == 200


CHANGES = [
    "meet/",
    "met-today/",
    "goals/",
    "write/",
    "pause/",
    "resume/",
    "end/",
    "wish/",
    "silence/",
]


@pytest.mark.parametrize("who", ["stranger", "coordinator", "lead", "admin"])
def test_nobody_else_finds_the_room_or_changes_it(pair, who):
    mentorship, mentor, _ = pair
    actions.write_message(mentorship, by=mentor, text="CANARY-message")
    actions.log_meeting(mentorship, by=mentor, held_on=today(), note="CANARY-note", is_shared=True)
    actions.set_goal(mentorship, by=mentor, text="CANARY-goal")
    person = make_person("Other")
    match who:
        case "coordinator":
            make_coordinator(mentorship.match.mentor.cohort.program, person)
        case "lead":
            make_role(person, Role.Kind.SAFEGUARDING)
        case "admin":
            make_role(person, Role.Kind.ADMIN)
    client = signed_in(person)

    answers = [client.get(address(mentorship)), client.get(address(mentorship, "end/"))]
    answers += [client.post(address(mentorship, change)) for change in CHANGES]
    answers += [client.get(address(mentorship, "concern/"))]

    assert {answer.status_code for answer in answers} == {404}
    assert "CANARY" not in "".join(map(text_of, answers))
    assert Mentorship.objects.get().status == "active"


def test_a_visitor_is_asked_to_sign_in(pair, client):
    answer = client.get(address(pair[0]))

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/sign-in/")


def test_a_private_note_is_not_on_the_partners_page(pair):
    mentorship, mentor, mentee = pair
    actions.log_meeting(mentorship, by=mentor, held_on=today(), note="CANARY-private")

    own, partners = (text_of(signed_in(p).get(address(mentorship))) for p in (mentor, mentee))

    assert "CANARY-private" in own
    assert "CANARY" not in partners


def test_one_tap_logs_todays_meeting_once(pair):
    mentorship, mentor, _ = pair
    client = signed_in(mentor)

    answers = [client.post(address(mentorship, "met-today/")) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [address(mentorship, "#meetings")] * 2
    assert list(Meeting.objects.values_list("held_on", "minutes")) == [(today(), 60)]


def test_a_meeting_is_logged_with_a_shared_note(pair):
    mentorship, mentor, mentee = pair
    form = {"held_on": str(today()), "minutes": "45", "note": "Bring a CV.", "scope": "both"}

    signed_in(mentor).post(address(mentorship, "meet/"), form)

    assert Meeting.objects.get().minutes == 45
    assert Note.objects.get().is_shared
    assert "Bring a CV." in text_of(signed_in(mentee).get(address(mentorship)))


def test_a_wrong_meeting_keeps_what_was_typed(pair):
    mentorship, mentor, _ = pair
    form = {"held_on": str(today()), "minutes": "4", "note": "Kept words", "scope": "me"}

    answer = signed_in(mentor).post(address(mentorship, "meet/"), form)

    assert answer.status_code == 422
    assert "Kept words" in text_of(answer)
    assert Meeting.objects.count() == 0


def test_a_meeting_still_to_come_is_refused_in_a_sentence(pair):
    mentorship, mentor, _ = pair
    form = {"held_on": str(today() + timedelta(days=3)), "minutes": "60", "scope": "me"}

    answer = signed_in(mentor).post(address(mentorship, "meet/"), form)

    assert answer.status_code == 409
    assert "still to come" in text_of(answer)


def test_a_message_sent_twice_is_one_and_comes_back_as_a_fragment(pair):
    mentorship, mentor, _ = pair
    client = signed_in(mentor)
    form = {"text": "Thursday at six?", "form_key": "abc"}

    fragment = client.post(address(mentorship, "write/"), form, headers={"HX-Request": "true"})
    redirect = client.post(address(mentorship, "write/"), form)

    assert Message.objects.count() == 1
    assert "Thursday at six?" in text_of(fragment)
    assert "<html" not in text_of(fragment)
    assert redirect["Location"] == address(mentorship, "#thread")


def test_what_people_write_is_text_and_never_markup(pair):
    mentorship, mentor, mentee = pair
    actions.write_message(mentorship, by=mentor, text="<script>alert(1)</script>")

    page = text_of(signed_in(mentee).get(address(mentorship)))

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_goals_are_set_reached_and_set_aside(pair):
    mentorship, mentor, mentee = pair
    client = signed_in(mentee)

    client.post(
        address(mentorship, "goals/"), {"goal-text": "A plan", "goal-step": "Ask two people"}
    )
    client.post(address(mentorship, "goals/"), {"goal-text": "A detour"})
    plan, detour = Goal.objects.order_by("pk")
    client.post(address(mentorship, f"goals/{plan.public_id}/finish/"))
    client.post(address(mentorship, f"goals/{detour.public_id}/drop/"))

    page = text_of(signed_in(mentor).get(address(mentorship)))
    assert "A plan" in page
    assert "reached" in page
    assert "Ask two people" in page
    assert "1 goal set aside" in page


def test_no_two_fields_of_the_room_have_one_id(pair):
    mentorship, mentor, mentee = pair
    actions.set_goal(mentorship, by=mentee, text="A plan", step="Ask two people")

    page = text_of(signed_in(mentor).get(address(mentorship)))

    ids = re.findall(r' id="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_an_empty_goal_is_asked_again(pair):
    mentorship, mentor, _ = pair

    assert signed_in(mentor).post(address(mentorship, "goals/"), {}).status_code == 422


def test_pausing_closes_the_room_until_one_resumes(pair):
    mentorship, mentor, mentee = pair
    signed_in(mentor).post(address(mentorship, "pause/"))
    paused = text_of(signed_in(mentee).get(address(mentorship)))
    refused = signed_in(mentee).post(address(mentorship, "write/"), {"text": "x", "form_key": "k"})
    signed_in(mentee).post(address(mentorship, "resume/"))

    assert "Take it up again" in paused
    assert mentor.addresses.get().email not in paused
    assert refused.status_code == 409
    assert Mentorship.objects.get().status == "active"


def test_ending_asks_why_and_then_everything_is_to_be_read_only(pair):
    mentorship, mentor, mentee = pair
    actions.write_message(mentorship, by=mentor, text="Good luck!")
    client = signed_in(mentee)

    unanswered = client.post(address(mentorship, "end/"), {})
    client.post(address(mentorship, "end/"), {"reason": "fit"})

    page = text_of(signed_in(mentor).get(address(mentorship)))
    assert unanswered.status_code == 422
    assert Mentorship.objects.get().end_reason == "fit"
    assert "Good luck!" in page
    assert address(mentorship, "write/") not in page
    assert "not the right fit" not in page
    assert mentee.addresses.get().email not in page


def test_a_waiting_pulse_is_the_next_thing(pair):
    mentorship, _, mentee = pair
    pulse = make_pulse(mentorship)

    page = text_of(signed_in(mentee).get(address(mentorship)))

    assert f"/pulses/{pulse.public_id}/" in page
    assert "How is it going with Ruth?" in page


def test_the_next_step_follows_what_happened(pair):
    mentorship, mentor, mentee = pair
    client = signed_in(mentee)
    mentorship.began_at = now() - timedelta(days=60)
    mentorship.save()
    overdue = text_of(client.get(address(mentorship)))
    Meeting.objects.create(
        mentorship=mentorship, held_on=today() - timedelta(days=30), minutes=60, logged_by=mentor
    )
    again = text_of(client.get(address(mentorship)))
    actions.log_meeting(mentorship, by=mentor, held_on=today())
    well = text_of(client.get(address(mentorship)))
    actions.write_message(mentorship, by=mentor, text="How did it go?")
    wrote = text_of(client.get(address(mentorship)))

    assert "you meant to meet by" in overdue
    assert "You last met 30 days ago" in again
    assert "Your next meeting with Ruth" in well
    assert "Ruth wrote to you" in wrote


def test_the_room_of_one_and_of_many_costs_the_same(
    pair, django_assert_num_queries, django_assert_max_num_queries
):
    mentorship, mentor, mentee = pair
    client = signed_in(mentee)
    fill_room(mentorship, mentor, [0])
    client.get(address(mentorship))
    with django_assert_max_num_queries(40) as few:
        client.get(address(mentorship))
    fill_room(mentorship, mentor, [1, 2, 3, 4])

    with django_assert_num_queries(len(few)):
        client.get(address(mentorship))


def fill_room(mentorship, mentor, days):
    for day in days:
        actions.log_meeting(
            mentorship, by=mentor, held_on=today() - timedelta(days=day), note="n", is_shared=True
        )
        actions.write_message(mentorship, by=mentor, text="m")
        actions.set_goal(mentorship, by=mentor, text=f"g{day}")


@pytest.mark.parametrize(
    ("zone", "shown"),
    [("Asia/Tokyo", "3 September, 07:30"), ("Nowhere/Land", "2 September, 22:30")],
)
def test_times_are_the_readers_own(pair, zone, shown):
    mentorship, mentor, mentee = pair
    actions.write_message(mentorship, by=mentor, text="Late")
    Message.objects.update(created_at=datetime(2026, 9, 2, 22, 30, tzinfo=UTC))
    mentee.time_zone = zone
    mentee.save()

    assert shown in text_of(signed_in(mentee).get(address(mentorship)))


def test_a_cohort_name_is_shown_above(pair):
    cohort = make_cohort(name="Spring")
    mentorship = make_mentorship(cohort)

    assert "Spring" in text_of(signed_in(the_two(mentorship)[0]).get(address(mentorship)))


def test_two_who_talk_once_are_not_asked_to_meet_again():
    mentorship = make_mentorship(make_cohort(design=make_design(format="flash", cadence_days=1)))
    mentor, mentee = the_two(mentorship)
    browser = signed_in(mentee)
    before = text_of(browser.get(address(mentorship)))
    actions.log_meeting(mentorship, by=mentor, held_on=today())

    room, home = (text_of(browser.get(where)) for where in (address(mentorship), "/home/"))

    assert "Your first meeting with Ruth" in before
    assert "You talk once, for about an hour." in before
    assert "You and Ruth have had your talk" in room
    assert address(mentorship, "end/") in room
    assert "You and Ruth have had your talk" in home
    assert "meet again" not in room
    assert "second meeting" not in home


def test_what_the_mentee_asks_for_is_no_agenda_where_the_mentor_may_not_read_it():
    hidden = make_design(visibility={"topics": "office"})
    mentorship = make_mentorship(make_cohort(design=hidden))

    page = text_of(signed_in(the_two(mentorship)[0]).get(address(mentorship)))

    assert "What you each hope for." in page
    assert "Finding work" not in page


def test_it_is_ended_in_two_clicks_with_what_comes_next(pair):
    mentorship, _mentor, mentee = pair
    browser = signed_in(mentee)

    asked = browser.get(address(mentorship, "end/")).content.decode()
    incomplete = browser.post(address(mentorship, "end/"), {})
    browser.post(address(mentorship, "end/"), {"reason": "fit", "then": "new", "again": "on"})
    room = browser.get(address(mentorship)).content.decode()

    assert "How shall this end?" in asked
    assert "Pause instead" in asked
    assert incomplete.status_code == 422
    assert "You are on the list for somebody new" in room
    assert "Nobody learns of it, unless Ruth wishes it too." in room


def test_a_wish_is_taken_back_and_the_partner_sees_none_of_it(pair):
    mentorship, mentor, mentee = pair
    actions.end_mentorship(mentorship, by=mentee, reason="time", wishes=["again"])

    other = signed_in(mentor).get(address(mentorship))
    signed_in(mentee).post(address(mentorship, "wish/"), {"kind": "again", "take-back": "yes"})

    assert "both wish to go on" not in other.content.decode()
    assert mentorship.wishes.get().taken_back_at is not None


def test_each_part_of_a_long_room_is_one_tap_from_its_top(pair):
    mentorship, _mentor, mentee = pair

    page = text_of(signed_in(mentee).get(address(mentorship)))

    top = page[page.index("Parts of this room") :]
    parts = re.findall(r'href="#([a-z]+)"', top[: top.index("</nav>")])
    assert parts == ["thread", "tasks", "goals", "meetings", "more", "help"]
    assert all(f'id="{part}"' in page for part in parts)
