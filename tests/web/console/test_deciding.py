"""The office notes, looks at the letters, releases; takes the next from the waitlist; and what people read of it."""

import re

import pytest
from django.test import Client

from lodestar.domain.applications import jobs
from lodestar.domain.applications.actions import (
    decline_application,
    note_decision,
    offer_carrying,
    tell_place,
    waitlist_application,
)
from lodestar.domain.applications.models import Application, Noted, Wait
from lodestar.domain.common.time import now
from lodestar.domain.messaging.models import Letter
from lodestar.domain.programs.models import Audience
from lodestar.web.mail.writing import write
from tests.factories.applications import make_application, make_mentor
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(cohort):
    return make_application(cohort, make_person("Amina", "Odhiambo"))


def console(cohort, rest):
    return f"/console/cohorts/{cohort.public_id}/{rest}/"


def test_a_decision_is_noted_from_the_application_and_nothing_is_sent(lena, cohort, application):
    browser = signed_in(lena)
    page = f"/console/applications/{application.public_id}/"

    browser.post(f"{page}decide/", {"decision": "accept", "note": "Welcome.", "later": "yes"})

    noted = Noted.objects.get()
    assert (noted.decision, noted.sentence, Letter.objects.count()) == ("accepted", "Welcome.", 0)
    assert "noted, not sent: accept" in browser.get(page).content.decode()
    own = signed_in(application.person).get(f"/applications/{application.public_id}/")
    assert "It has arrived, thank you" in own.content.decode()
    assert "Welcome." not in own.content.decode()


def test_many_are_noted_from_the_list_with_reasons(lena, cohort, application):
    Audience.objects.create(
        design=cohort.design, role="mentee", class_year_from=2015, is_binding=True
    )
    application.answers["class_year"] = 2003
    application.save()
    browser = signed_in(lena)
    address = console(cohort, "applications/note")

    blank = browser.post(address, {"decision": "declined"}, follow=True)
    wrong = browser.post(address, {"decision": "burn"}, follow=True)
    browser.post(
        address,
        {"decision": "declined", "with_reasons": "yes", "chosen": [application.public_id]},
    )

    assert "Nobody was ticked" in blank.content.decode()
    assert "Choose what you decide" in wrong.content.decode()
    page = browser.get(console(cohort, "decisions")).content.decode()
    assert "This cohort is for class years from 2015 on. You said 2003." in page
    assert "1 no" in page
    assert "One decision is noted and not sent" in browser.get(
        console(cohort, "applications")
    ).content.decode()  # fmt: skip


def test_the_letters_are_seen_before_and_go_with_the_release(lena, cohort, application):
    browser = signed_in(lena)
    address = console(cohort, "decisions")
    assert "Nothing is noted" in browser.get(address).content.decode()
    note_decision(application, by=lena, decision="waitlisted", sentence="We liked your plan.")

    page = browser.get(address)
    body = page.content.decode()
    released = browser.post(f"{address}release/", {"seen": page.context["seen"]}, follow=True)
    jobs.carry_out_decisions(now())
    letter = write(Letter.objects.get(), "amina@example.org")

    assert "You are on the waitlist of First Steps" in body
    assert "You are the only one on the waitlist." in body
    assert "On the waitlist of mentees stand 1 then (now 0)." in body
    assert "its letter goes within a minute" in released.content.decode()
    assert "We liked your plan." in letter.body
    assert "You are the only one on the waitlist." in letter.body


def test_a_stale_page_releases_nothing(lena, cohort, application):
    note_decision(application, by=lena, decision="accepted")
    browser = signed_in(lena)

    answer = browser.post(console(cohort, "decisions/release"), {"seen": "something else"})

    assert (answer.status_code, Letter.objects.count()) == (409, 0)


def test_a_sentence_is_changed_and_a_decision_taken_back(lena, cohort, application):
    note_decision(application, by=lena, decision="declined", sentence="No.")
    browser = signed_in(lena)
    address = f"/console/applications/{application.public_id}/note/"

    browser.post(address, {"sentence": "Not this time, and thank you."})
    changed = Noted.objects.get().sentence
    browser.post(address, {"forget": "yes"})
    gone = browser.post(address, {"sentence": "Late."}, follow=True)

    assert changed == "Not this time, and thank you."
    assert not Noted.objects.exists()
    assert "Nothing is noted about this application any more" in gone.content.decode()


def test_the_next_is_taken_and_somebody_is_moved(lena, cohort, application):
    browser = signed_in(lena)
    address = console(cohort, "waitlist")
    assert "Nobody waits" in browser.get(address).content.decode()
    bo = waitlist_application(make_application(cohort, make_person("Bo")), by=lena)
    waitlist_application(application, by=lena)
    move = f"/console/applications/{application.public_id}/move/"
    blank = browser.post(move, {"place": "0", "reason": ""})
    browser.post(move, {"place": "1", "reason": "She moves away in May."})
    full = browser.get(address).content.decode()
    make_mentor(cohort, make_person("Ruth"), capacity=1)
    free = browser.get(address).content.decode()
    stale = browser.post(f"{address}take/", {"role": "mentee", "next": bo.public_id})
    browser.post(f"{address}take/", {"role": "mentee", "next": application.public_id})

    assert blank.status_code == 422
    assert "A place is a number from 1 on." in blank.content.decode()
    assert "placed by hand" in full
    assert "She moves away in May." in full
    assert "No place is free now" in full
    assert "Take the next: Amina Odhiambo" in free
    assert stale.status_code == 409
    assert dict(Application.objects.values_list("person__given_name", "status")) == {
        "Amina": "accepted", "Bo": "waitlisted", "Ruth": "accepted",
    }  # fmt: skip


def test_an_applicant_reads_their_place_and_takes_it_along_from_the_page(lena, program):
    cohort = make_cohort(program, opens_in=-42)
    amina = make_person("Amina", "Odhiambo")
    waits = waitlist_application(make_application(cohort, amina), by=lena)
    browser, page = signed_in(amina), f"/applications/{waits.public_id}/"
    before = browser.get(page).content.decode()
    offer_carrying(Wait.objects.get())
    offered = browser.get(page).content.decode()
    browser.post(f"{page}carry/")
    wished = browser.get(page).content.decode()
    make_cohort(program)
    jobs.offer_carrying_over(now())

    assert "You are the only one on the waitlist." in before
    assert "Take it along" in offered
    assert "As you wished" in wished
    assert "It went along to the next cohort" in browser.get(page).content.decode()


def link_in(letter):
    return re.search(r"http://testserver(/m/\S+)", letter.body).group(1)


def test_it_is_taken_along_with_one_tap_in_the_letter(lena, program):
    cohort = make_cohort(program, opens_in=-42)
    amina = make_person("Amina", "Odhiambo")
    waits = waitlist_application(make_application(cohort, amina), by=lena)
    offer_carrying(Wait.objects.get())
    following = make_cohort(program)
    offer = write(Letter.objects.get(kind="applications.carry_over"), "amina@example.org")
    address = link_in(offer)

    looked = Client().get(address).content.decode()
    before = Application.objects.filter(cohort=following).count()
    done = Client().post(address, {"answer": "yes"}).content.decode()
    again = Client().post(address, {"answer": "yes"})
    told = write(Letter.objects.get(kind="applications.carried"), "amina@example.org")

    assert f"“{following.name}” takes applications now" in offer.body
    assert ("first in line" in looked, before) == (True, 0)
    assert "first in line" in done
    assert again.status_code == 410
    assert f"is now in “{following.name}”" in told.body
    waits.refresh_from_db()
    assert waits.status == "carried"


def test_a_no_says_what_one_can_do(lena, program):
    cohort = make_cohort(program)
    amina = make_person("Amina", "Odhiambo")
    decline_application(make_application(cohort, amina), by=lena, note="We had few places.")
    bare = write(Letter.objects.get(), "amina@example.org")
    following = make_cohort(program, opens_in=30)
    make_cohort(make_program(name="Turning Points"))

    letter = write(Letter.objects.get(), "amina@example.org")

    assert "when the next cohort opens, you are welcome to apply again" in bare.body
    assert f"“{following.name}” opens on" in letter.body
    assert "These take applications now: Turning Points." in letter.body
    assert "We had few places." in letter.body


def test_the_place_that_changed_is_told_in_a_letter_one_can_refuse(lena, cohort, application):
    waits = waitlist_application(application, by=lena)
    Letter.objects.all().delete()
    tell_place(waits.wait, 1)

    letter = write(Letter.objects.get(), "amina@example.org")
    assert letter.subject == "Your place on the waitlist of First Steps"
    assert "List-Unsubscribe" in letter.extra_headers
