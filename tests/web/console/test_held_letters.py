"""The page of a trial run's held letters: read them, let them go, set one aside."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from lodestar.domain.common.time import now, set_clock
from lodestar.domain.messaging.models import Letter, Link
from lodestar.domain.messaging.queries import waiting_letters
from lodestar.web.console.letter_words import name_of
from lodestar.web.mail.jobs import send_letters
from tests.domain.pilots.test_letters import HELD
from tests.factories.applications import make_application, make_mentee, make_mentor
from tests.factories.matching import make_match, make_run, published_match
from tests.factories.mentorships import make_reachable
from tests.factories.messaging import make_waiting_letter, outcome_of
from tests.factories.people import make_person, signed_in
from tests.factories.pilots import make_pilot
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db
Status = Letter.Status


@pytest.fixture
def browser(lena):
    return signed_in(lena)


@pytest.fixture
def pilot(lena):
    return make_pilot(make_program(coordinator=lena), opens_in=-30, holds_letters=True)


def page_of(cohort, rest=""):
    return f"/console/cohorts/{cohort.public_id}/letters/{rest}"


def proposal(cohort, lena):
    mentor = make_mentor(cohort, make_reachable("Ruth", "Okafor"))
    mentee = make_mentee(cohort, make_reachable("ليلى", "المنصوري"))
    return published_match(cohort, mentor=mentor, mentee=mentee, by=lena)


def many(cohort, count):
    person = make_reachable("Amina", "Odhiambo")
    application = make_application(cohort, person, status="accepted")
    return [make_waiting_letter(application, to=person) for _ in range(count)]


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "No letter waits"),
        (1, "1 letter waits for your release"),
        (120, "120 letters wait for your release"),
    ],
)
def test_nothing_one_and_many_letters(browser, pilot, count, said):
    many(pilot, count)

    first = browser.get(page_of(pilot))
    last = browser.get(page_of(pilot), {"page": "9" * 30, "kind": "applications.received"})

    assert said in words(first)
    assert first.content.decode().count("To Amina Odhiambo") == min(count, 50)
    assert last.content.decode().count("To Amina Odhiambo") == count % 50


def test_the_page_asks_as_many_questions_for_one_letter_as_for_fifty(
    browser, pilot, django_assert_num_queries, django_assert_max_num_queries
):
    many(pilot, 1)
    browser.get(page_of(pilot))
    with django_assert_max_num_queries(30) as one:
        browser.get(page_of(pilot))
    many(pilot, 49)

    with django_assert_num_queries(len(one)):
        browser.get(page_of(pilot))


def test_a_letter_is_read_as_it_will_arrive_and_lets_nobody_act(browser, pilot, lena):
    proposal(pilot, lena)
    letter = waiting_letters(pilot)[0]
    address = f"/console/waiting-letters/{letter.public_id}/"

    page, frame = browser.get(address), browser.get(f"{address}html/")

    assert "We found a mentee for you: ليلى المنصوري" in words(page)
    assert "(here stands the reader’s own link)" in page.content.decode()
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "Read and answer" in frame.content.decode()
    assert "href" not in frame.content.decode()
    assert frame["Content-Security-Policy"].startswith("default-src 'none'")
    assert (frame["X-Frame-Options"], Link.objects.count()) == ("SAMEORIGIN", 0)


def test_letters_are_released_by_kind_then_all_and_really_go(browser, pilot, lena):
    proposal(pilot, lena)
    many(pilot, 2)

    browser.post(page_of(pilot, "release/"), {"kind": "applications.received"})
    send_letters(now())
    first = len(mail.outbox)
    said = words(browser.post(page_of(pilot, "release/"), follow=True))
    send_letters(now())
    again = words(browser.post(page_of(pilot, "release/"), follow=True))

    assert (first, len(mail.outbox)) == (2, 4)
    assert "2 letters are on their way." in said
    assert "No letter went" in again


def test_one_letter_goes_and_a_second_coordinator_is_told(browser, pilot):
    letter = many(pilot, 1)[0]
    address = f"/console/waiting-letters/{letter.public_id}/release/"

    said = words(browser.post(address, follow=True))

    assert "The letter to Amina Odhiambo is on its way." in said
    assert (outcome_of(letter), browser.post(address).status_code) == (Status.QUEUED, 404)


def test_a_letter_is_set_aside_with_a_word_why(browser, pilot):
    letter = many(pilot, 1)[0]
    address = f"/console/waiting-letters/{letter.public_id}/aside/"

    silent = browser.post(address, {"reason": " "})
    said = words(browser.post(address, {"reason": "Told by <phone>."}, follow=True))

    assert silent.status_code == 422
    assert "Say in a few words why it is not sent" in words(silent)
    assert "Not sent Your application has arrived: Amina Odhiambo. Told by &lt;phone&gt;." in said
    assert (outcome_of(letter), letter.problem) == (Status.DROPPED, "Told by <phone>.")


def test_what_is_too_late_says_so_and_offers_no_release(browser, pilot):
    application = make_application(pilot, make_person())
    letter = make_waiting_letter(application, to=application.person, expires_at=now())
    moment = now() + timedelta(days=1)
    set_clock(lambda: moment)

    listed, opened = (
        browser.get(page_of(pilot)),
        browser.get(f"/console/waiting-letters/{letter.public_id}/"),
    )

    assert "too late to send" in words(listed)
    assert "It is too late for this letter" in words(opened)
    assert "Release this letter" not in words(opened)


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        ({}, Status.WAITING, "New letters go at once. 1 letter waits for your release."),
        ({"waiting": "keep"}, Status.WAITING, "New letters go at once. 1 letter waits"),
        ({"waiting": "release"}, Status.QUEUED, "New letters go at once. 1 letter is on its way."),
    ],
)
def test_the_hold_ends_and_says_what_became_of_the_rest(browser, pilot, answer, status, said):
    letter = many(pilot, 1)[0]

    asked = words(browser.get(page_of(pilot)))
    done = words(browser.post(page_of(pilot, "hold/"), answer, follow=True))

    assert "To stop, say what becomes of the letter that waits." in asked
    assert said in done
    pilot.refresh_from_db()
    assert (outcome_of(letter), pilot.holds_letters) == (status, False)


def test_the_switch_stands_with_the_trial_run_and_its_days_and_nowhere_else(browser, pilot, lena):
    ordinary = make_cohort(pilot.program)
    pages = ["pilot/", "days/", "letters/"]

    seen = [words(browser.get(f"/console/cohorts/{pilot.public_id}/{page}")) for page in pages]
    days = words(browser.get(f"/console/cohorts/{ordinary.public_id}/days/"))
    refused = browser.post(page_of(ordinary, "hold/"), {"hold": "on"})
    browser.post(page_of(pilot, "hold/"))
    browser.post(page_of(pilot, "hold/"), {"hold": "on"})

    assert ["Its letters wait for you" in each for each in seen] == [True] * 3
    assert "letters before they go" not in days
    assert refused.status_code == 409
    assert "Only the letters of a trial run can be held" in words(refused)
    pilot.refresh_from_db()
    assert pilot.holds_letters


def test_a_held_trial_run_cannot_be_made_an_ordinary_cohort(browser, pilot):
    address = f"/console/cohorts/{pilot.public_id}/days/"
    form = browser.get(address).context["form"]
    said = {
        name: form[name].value() for name in form.fields if name not in ("is_pilot", "move_after")
    }

    answer = browser.post(address, said)

    assert answer.status_code == 422
    assert "Stop holding them first" in words(answer)


def test_the_office_is_told_where_letters_wait(browser, pilot):
    many(pilot, 2)
    fresh = words(browser.get("/console/"))
    moment = now() + timedelta(days=4)
    set_clock(lambda: moment)

    roadmap = browser.get(f"/console/cohorts/{pilot.public_id}/").content.decode()

    assert "wait for their release" not in fresh
    assert "the first for 4 days now" in words(browser.get("/console/"))
    assert "2 letters wait for your release" in roadmap
    assert f'href="{page_of(pilot)}"' in roadmap


def test_publishing_says_that_its_letters_are_held(browser, pilot):
    run = make_run(pilot)
    make_match(run)
    browser.post(f"/console/runs/{run.public_id}/review/")
    address = f"/console/runs/{run.public_id}/publish/"

    before, after = words(browser.get(address)), words(browser.post(address, follow=True))

    assert "2 letters, when you release them" in before
    assert "Their letters are held until you release them." in after


def test_deciding_says_that_its_letters_are_held(browser, pilot):
    one, other = (make_application(pilot, make_reachable("Mei", "Tanaka")) for _ in range(2))

    said = browser.post(
        f"/console/applications/{one.public_id}/decide/", {"decision": "accept"}, follow=True
    )
    many_said = browser.post(
        f"/console/cohorts/{pilot.public_id}/applications/accept/",
        {"chosen": [other.public_id]},
        follow=True,
    )

    assert "The letter is held until you release it." in words(said)
    assert "The letters of this trial run are held until you release them." in words(many_said)


def test_every_kind_that_can_be_held_has_a_name():
    assert [kind for kind in HELD if name_of(kind) == kind] == []
