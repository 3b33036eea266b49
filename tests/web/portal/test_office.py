"""A member writes to the office, and the office answers from its inbox."""

import pytest
from django.test import Client

from lodestar.domain.messaging.models import ReadMark
from lodestar.domain.office.actions import answer_from_office, close_thread
from lodestar.domain.office.models import OfficeMessage, Thread
from lodestar.domain.office.queries import newest_in
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.office import make_thread
from tests.factories.people import make_person, make_role, signed_in
from tests.factories.programs import make_coordinator, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program(slug="steps", coordinator=make_person("Lena", "Berg"))


def lena_of(program):
    return program.coordinators.order_by("pk").first().person


def write(browser, text="May I pause?", place="programs/steps", **headers):
    return browser.post(f"/office/{place}/write/", {"text": text, "form_key": "k"}, **headers)


def test_the_list_names_who_reads(program):
    make_coordinator(program, make_person("Per", "Lund"))
    make_role(make_person("Noor", "Haddad"))

    page = signed_in(make_person("Amina")).get("/office/").content.decode()

    assert "<bdi>Lena Berg</bdi>, <bdi>Per Lund</bdi>" in page
    assert 'href="/office/programs/steps/"' in page
    assert 'href="/office/association/"' in page


def test_writing_without_javascript_leads_back_to_the_thread(program):
    amina = make_person("Amina")

    answer = write(signed_in(amina))

    assert (answer.status_code, answer["Location"]) == (302, "/office/programs/steps/#thread")
    assert OfficeMessage.objects.get().thread.person == amina


def test_writing_with_htmx_gives_the_fresh_thread(program):
    answer = write(signed_in(make_person("Amina")), headers={"hx-request": "true"})

    page = answer.content.decode()
    assert page.lstrip().startswith("<section")
    assert "May I pause?" in page
    assert "<html" not in page


@pytest.mark.parametrize("text", ["", "x" * 4001])
def test_what_cannot_be_sent_stays_in_the_form(program, text):
    answer = write(signed_in(make_person("Amina")), text=text)

    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert not Thread.objects.exists()


def test_with_the_association_one_writes_without_a_program():
    admin = make_person("Noor")
    make_role(admin)

    write(signed_in(make_person("Amina")), place="association")

    assert "Amina" in signed_in(admin).get("/console/inbox/").content.decode()


def test_opening_the_thread_notes_that_it_is_read_and_the_home_page_says_so_no_more(program):
    amina = make_person("Amina")
    thread, browser = make_thread(amina, program), signed_in(amina)
    answer = answer_from_office(thread, by=lena_of(program), text="Of course.")
    before = browser.get("/home/").content.decode()

    browser.get("/office/programs/steps/")

    after = browser.get("/home/").content.decode()
    told = "First Steps has answered you."
    assert (told in before, told in after) == (True, False)
    assert ReadMark.objects.get(person=amina).up_to == answer.pk


def test_a_coordinator_of_the_program_is_shown_the_inbox_instead(program):
    browser = signed_in(lena_of(program))

    page, answer = browser.get("/office/programs/steps/").content.decode(), write(browser)

    assert "stands in your inbox" in page
    assert 'name="text"' not in page
    assert answer.status_code == 409


def test_there_is_a_way_from_the_room_from_home_and_from_ones_own_page():
    mentorship = make_mentorship()
    browser, slug = signed_in(the_two(mentorship)[1]), mentorship.match.mentor.cohort.program.slug

    room = browser.get(f"/mentorships/{mentorship.public_id}/").content.decode()

    assert f'href="/office/programs/{slug}/"' in room
    for place in ("/home/", "/me/"):
        assert 'href="/office/"' in browser.get(place).content.decode()
    assert 'href="/office/"' in Client().get("/m/unknown/signature/").content.decode()


def test_the_inbox_shows_what_waits_and_a_coordinator_answers_there(program):
    amina, lena = make_person("Amina", "Odhiambo"), lena_of(program)
    thread, browser = make_thread(amina, program, text="May I pause?"), signed_in(lena)
    inbox = browser.get("/console/inbox/").content.decode()

    page = browser.get(f"/console/inbox/{thread.public_id}/").content.decode()
    browser.post(f"/console/inbox/{thread.public_id}/write/", {"text": "Yes.", "form_key": "y"})

    assert "One person waits for an answer" in inbox
    assert ">unread<" in inbox
    assert "May I pause?" in page
    read = browser.get("/console/inbox/").content.decode()
    assert "Everybody has an answer" in read
    assert ">unread<" not in read
    assert thread.messages.count() == 2


def test_taking_up_handing_over_and_closing_from_the_page(program):
    lena, per = lena_of(program), make_person("Per", "Lund")
    make_coordinator(program, per)
    thread, browser = make_thread(make_person("Amina"), program), signed_in(lena)
    place = f"/console/inbox/{thread.public_id}/"

    browser.post(f"{place}take/")
    taken = Thread.objects.get().looked_after_by
    browser.post(f"{place}hand-over/", {"to": per.public_id})
    wrong = browser.post(f"{place}hand-over/", {"to": "nobody"})
    unseen = browser.post(f"{place}close/", {"seen": "older"})
    browser.post(f"{place}close/", {"seen": newest_in(thread)})

    assert (taken, Thread.objects.get().looked_after_by) == (lena, per)
    assert (wrong.status_code, unseen.status_code) == (422, 409)
    assert Thread.objects.get().status == "closed"
    assert "Closed" in browser.get("/console/inbox/").content.decode()


def test_what_waits_is_told_on_both_homes_of_the_office(program):
    lena, amina = lena_of(program), make_person("Amina")
    thread, browser = make_thread(amina, program), signed_in(lena)
    told = "One person who wrote to the office waits for an answer."
    before = [told in browser.get(place).content.decode() for place in ("/home/", "/console/")]

    close_thread(thread, by=lena, seen=newest_in(thread))

    after = [told in browser.get(place).content.decode() for place in ("/home/", "/console/")]
    assert (before, after) == ([True, True], [False, False])


def test_nobody_else_finds_a_thread(program):
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)
    own = mentorship.match.mentor.cohort.program
    make_coordinator(own, make_person("Per"))
    make_coordinator(own, mentor)
    admin, other = make_person("Noor"), lena_of(program)
    make_role(admin)
    thread = make_thread(mentee, own)

    for stranger in (mentor, mentee, admin, other, make_person("Jonas")):
        answer = signed_in(stranger).get(f"/console/inbox/{thread.public_id}/")
        assert answer.status_code == 404
