"""Steps and tasks on the page of the room, and from the letter."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from lodestar.domain.common.time import today
from lodestar.domain.mentorships import actions
from lodestar.domain.mentorships.models import Goal, Task
from lodestar.domain.messaging.models import Letter
from lodestar.web.mail.writing import write
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    mentorship = make_mentorship()
    return (mentorship, *the_two(mentorship))


def address(mentorship, rest=""):
    return f"/mentorships/{mentorship.public_id}/{rest}"


def text_of(answer):
    return answer.content.decode()


def test_a_step_is_added_done_and_told_in_words(pair):
    mentorship, mentor, mentee = pair
    goal = actions.set_goal(mentorship, by=mentee, text="A plan", step="Ask two people")
    browser = signed_in(mentee)
    names = f"step-{goal.public_id}"

    added = browser.post(
        address(mentorship, f"goals/{goal.public_id}/steps/"),
        {f"{names}-text": "Write it down", f"{names}-doer": "partner"},
    )
    task = Task.objects.get(text="Write it down")
    browser.post(address(mentorship, f"tasks/{task.public_id}/finish/"))

    page = text_of(signed_in(mentor).get(address(mentorship)))
    assert added["Location"] == address(mentorship, "#goals")
    assert task.doer == mentor
    assert "1 of 2 steps done" in page
    assert "done by Amina on" in page


def test_a_task_is_added_and_done_in_one_tap_as_a_fragment(pair):
    mentorship, mentor, _ = pair
    browser = signed_in(mentor)
    due = today() + timedelta(days=5)

    browser.post(
        address(mentorship, "tasks/"),
        {"task-text": "Read the draft", "task-doer": "me", "task-due_on": str(due)},
    )
    task = Task.objects.get()
    answer = browser.post(
        address(mentorship, f"tasks/{task.public_id}/finish/"), headers={"HX-Request": "true"}
    )

    assert (task.doer, task.due_on) == (mentor, due)
    assert "1 thing done or set aside" in text_of(answer)
    assert "<html" not in text_of(answer)


def test_a_form_without_words_opens_again_where_it_stood(pair):
    mentorship, mentor, mentee = pair
    goal = actions.set_goal(mentorship, by=mentee, text="A plan")
    browser = signed_in(mentor)

    step = browser.post(address(mentorship, f"goals/{goal.public_id}/steps/"), {})
    task = browser.post(address(mentorship, "tasks/"), {"task-due_on": "nonsense"})

    assert (step.status_code, task.status_code) == (422, 422)
    assert text_of(step).count("<details open>") == 1
    assert text_of(task).count("<details open>") == 1


def test_words_from_right_to_left_stand_in_their_own_direction(pair):
    mentorship, mentor, _ = pair
    actions.set_task(mentorship, by=mentor, text="أرسل السيرة الذاتية")

    page = text_of(signed_in(mentor).get(address(mentorship)))

    assert '<span class="long" dir="auto">أرسل السيرة الذاتية</span>' in page


@pytest.mark.parametrize("change", ["finish", "take-up", "drop", "earlier"])
def test_a_task_of_others_is_not_found(pair, change):
    mentorship, mentor, _ = pair
    other = make_mentorship()
    theirs = actions.set_task(other, by=the_two(other)[0], text="CANARY")

    answer = signed_in(mentor).post(address(mentorship, f"tasks/{theirs.public_id}/{change}/"))

    assert answer.status_code == 404


def test_what_is_over_can_be_read_and_not_ticked(pair):
    mentorship, mentor, mentee = pair
    actions.set_task(mentorship, by=mentor, text="Read the draft")
    actions.set_goal(mentorship, by=mentee, text="A plan", step="Ask two people")
    actions.complete_mentorship(mentorship, by=mentor)

    page = text_of(signed_in(mentee).get(address(mentorship)))

    assert "Read the draft" in page
    assert "Ask two people" in page
    assert 'class="tick"' not in page.replace('<span class="tick"', "")


def test_from_the_letter_one_tap_says_that_it_is_done(pair):
    mentorship, _, mentee = pair
    due = today() + timedelta(days=1)
    for text in ("CANARY-one", "CANARY-two"):
        actions.set_task(mentorship, by=mentee, text=text, doer=mentee, due_on=due)
    actions.remind_task(Task.objects.first())
    mail = write(Letter.objects.get(), "reader@example.org")
    where = re.search(r"http://testserver(/m/\S+)", mail.body).group(1)
    browser = Client()

    page = text_of(browser.get(where))
    nothing = browser.post(where, {"task": "forged"})
    first, second = Task.objects.order_by("pk")
    done = text_of(browser.post(where, {"task": first.public_id}))
    browser.post(where, {"task": second.public_id})
    left = text_of(browser.get(where))

    assert "CANARY" not in mail.subject + mail.body
    assert mail.subject == "You and Ruth: things for tomorrow"
    assert page.index("CANARY-one") < page.index("CANARY-two")
    assert nothing.status_code == 422
    assert "Open the letter's link once more" in done.replace("&#x27;", "'")
    assert "Nothing is due just now" in left
    assert Task.objects.exclude(done_at=None).count() == 2
    assert Goal.objects.count() == 0
