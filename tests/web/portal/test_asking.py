"""A mentee's list and requests on their pages, and what a mentor who was asked can say."""

from datetime import timedelta

import pytest

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.time import now, today
from lodestar.domain.matching.jobs import go_on_asking
from lodestar.domain.matching.models import Ask, Choice, Match
from lodestar.domain.mentorships.models import Mentorship
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import asked, asking_cohort, make_choice
from tests.factories.people import make_person, signed_in

pytestmark = pytest.mark.django_db
NOTE = {"note": "I would like to leave law.\nHow did you?"}


@pytest.fixture
def cohort():
    return asking_cohort()


@pytest.fixture
def amina(cohort):
    return make_mentee(cohort, make_person("Amina", "Odhiambo"))


@pytest.fixture
def ruth(cohort):
    return make_mentor(cohort, make_person("Ruth", "Okafor"))


@pytest.fixture
def noor(cohort):
    return make_mentor(cohort, make_person("Noor", "Haddad"))


def text(response):
    return " ".join(response.content.decode().split())


def test_home_leads_to_the_list_and_the_list_to_the_mentors_with_their_reasons(amina, ruth):
    browser = signed_in(amina.person)

    home = text(browser.get("/home/"))
    page = text(browser.get(f"/lists/{amina.public_id}/"))
    one = text(browser.get(f"/ask/{ruth.public_id}/"))

    assert f"/lists/{amina.public_id}/" in home
    assert "Ruth Okafor" in page
    assert "Ruth offers help with “Finding work” and “Interviews”, which you asked for." in page
    assert "Why Ruth, of all people?" in one
    assert "Ask Ruth now" in one
    assert (
        "<h2><bdi>Ruth Okafor</bdi></h2>" in one
    )  # a page of one person; in a list of people it is a third
    assert f'<h3><a href="/ask/{ruth.public_id}/"><bdi>Ruth Okafor</bdi></a></h3>' in page


def test_a_mentee_asks_and_reads_where_it_stands(amina, ruth):
    browser = signed_in(amina.person)

    answer = browser.post(f"/ask/{ruth.public_id}/", NOTE | {"do": "ask"}, follow=True)

    assert Ask.objects.get().note == NOTE["note"].replace("\n", "\r\n") or Ask.objects.get().note
    assert "Ruth has your request and is reminded twice." in text(answer)
    assert "Your request to Ruth is on its way." in text(answer)


def test_a_list_is_put_in_order_by_buttons_and_by_its_whole_order(amina, ruth, noor):
    browser = signed_in(amina.person)
    for mentor in (ruth, noor):
        browser.post(f"/ask/{mentor.public_id}/", NOTE | {"do": "list"})
    first, second = Choice.objects.order_by("rank")
    order = f"/lists/{amina.public_id}/order/"
    keys = [first.public_id, second.public_id]

    browser.post(order, {"up": second.public_id})
    swapped = list(Choice.objects.order_by("rank"))
    browser.post(order, {"choice": keys[::-1], "up": second.public_id})
    same = list(Choice.objects.order_by("rank"))
    page = browser.post(order, {"choice": keys}, headers={"HX-Request": "true"})

    assert swapped == same == [second, first]
    assert list(Choice.objects.order_by("rank")) == [first, second]
    assert text(page).startswith('<div id="list"')


def test_notes_are_kept_and_whoever_was_not_asked_is_taken_off(amina, ruth):
    choice = make_choice(amina, ruth)
    browser = signed_in(amina.person)

    browser.post(f"/choices/{choice.public_id}/note/", {"note": " Dear Ruth "})
    choice.refresh_from_db()
    browser.post(f"/choices/{choice.public_id}/drop/")

    assert choice.note == "Dear Ruth"
    assert not Choice.objects.exists()


def test_a_request_is_taken_back_from_the_list(amina, ruth):
    ask = asked(amina, ruth)

    page = signed_in(amina.person).post(f"/requests/{ask.public_id}/take-back/", follow=True)

    ask.refresh_from_db()
    assert ask.closing == "taken_back"
    assert "You took your request to Ruth back." in text(page)


def test_the_mentor_reads_who_asks_and_what_they_wrote(amina, ruth):
    ask = asked(amina, ruth, note="<b>Law</b> is behind me.")

    home = text(signed_in(ruth.person).get("/home/"))
    page = text(signed_in(ruth.person).get(f"/matches/{ask.match.public_id}/"))

    assert "Amina Odhiambo asks you to be their mentor" in home
    assert "Amina Odhiambo asks you" in page
    assert "&lt;b&gt;Law&lt;/b&gt; is behind me." in page
    assert "Amina asks for help with “Finding work” and “Interviews”, which you offer." in page
    for button in ("Yes, I would like to", "A question first", "Not now", "No, thank you"):
        assert button in page
    assert "list" not in page.split("<main", 1)[1].split("</main", 1)[0].lower()


def test_a_question_goes_to_the_mentee_and_the_answer_comes_back(amina, ruth):
    ask = asked(amina, ruth)
    hers, his = signed_in(amina.person), signed_in(ruth.person)

    empty = his.post(f"/matches/{ask.match.public_id}/question/", {"text": " "})
    his.post(f"/matches/{ask.match.public_id}/question/", {"text": "Which year?"})
    seen = text(hers.get(f"/lists/{amina.public_id}/"))
    blank = hers.post(f"/requests/{ask.public_id}/reply/", {"text": ""})
    hers.post(f"/requests/{ask.public_id}/reply/", {"text": "The third."})

    assert (empty.status_code, blank.status_code) == (422, 422)
    assert "Ruth would like to know something first" in seen
    assert "Which year?" in seen
    assert "Amina answers: <q>The third.</q>" in text(his.get(f"/matches/{ask.match.public_id}/"))


def test_not_now_with_a_pause_keeps_everybody_away_until_then(amina, ruth):
    ask = asked(amina, ruth)
    browser = signed_in(ruth.person)

    odd = browser.post(f"/matches/{ask.match.public_id}/later/", {"weeks": "99"})
    browser.post(f"/matches/{ask.match.public_id}/later/", {"weeks": "4", "is_pause": "on"})
    go_on_asking(now())

    ask.refresh_from_db()
    until = today() + timedelta(weeks=4)
    assert odd.status_code == 422
    assert (ask.closing, ask.again_on) == ("later", until)
    assert Participant.objects.get(pk=ruth.pk).paused_until == until


def test_a_yes_opens_the_room_for_both(amina, ruth):
    ask = asked(amina, ruth)

    page = signed_in(ruth.person).post(f"/matches/{ask.match.public_id}/accept/", follow=True)

    assert "You both said yes" in text(page)
    assert Mentorship.objects.get().match == Match.objects.get()


@pytest.mark.parametrize("who", ["ruth", "jonas", "other"])
def test_a_list_is_nobody_elses(amina, ruth, who):
    ask = asked(amina, ruth)
    other = make_mentee(asking_cohort(), make_person("Bo"))
    person = {"ruth": ruth.person, "jonas": make_person("Jonas"), "other": other.person}[who]
    browser = signed_in(person)

    got = [
        browser.get(f"/lists/{amina.public_id}/"),
        browser.get(f"/ask/{ruth.public_id}/"),
        browser.post(f"/requests/{ask.public_id}/take-back/"),
        browser.post(f"/choices/{ask.choice.public_id}/drop/"),
    ]

    assert [page.status_code for page in got] == [404] * 4


def test_where_the_office_matches_there_is_no_list():
    mentee = make_mentee(asking_cohort("office"), make_person("Bo"))
    browser = signed_in(mentee.person)

    assert browser.get(f"/lists/{mentee.public_id}/").status_code == 404
    assert "/lists/" not in text(browser.get("/home/"))


def test_before_the_day_nobody_asks_and_the_page_says_when():
    cohort = asking_cohort(in_days=-3)
    mentee, mentor = make_mentee(cohort, make_person("Bo")), make_mentor(cohort)
    browser = signed_in(mentee.person)

    page = text(browser.get(f"/ask/{mentor.public_id}/"))
    early = browser.post(f"/ask/{mentor.public_id}/", NOTE | {"do": "ask"})

    assert "Everybody can ask from" in page
    assert "now</button>" not in page
    assert early.status_code == 409
    assert Choice.objects.get().mentor == mentor
