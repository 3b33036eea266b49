"""The letters about a request, and answers from them."""

import re

import pytest
from django.test import Client
from django.utils.formats import date_format

from lodestar.domain.common.time import now
from lodestar.domain.matching.actions import ask_back
from lodestar.domain.matching.jobs import expire_matches, go_on_asking, remind_of_lists
from lodestar.domain.matching.models import Ask, Match
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.messaging.models import Letter
from lodestar.web.mail.writing import write
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import asked, asking_cohort
from tests.factories.people import make_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return asking_cohort()


@pytest.fixture
def ask(cohort):
    amina = make_mentee(cohort, make_person("Amina", "Odhiambo"))
    ruth = make_mentor(cohort, make_person("Ruth", "Okafor"))
    noor = make_mentor(cohort, make_person("Noor", "Haddad"))
    return asked(amina, ruth, noor, note="I would like to leave law.")


def letter(kind):
    return write(Letter.objects.filter(kind=kind).latest("pk"), "somebody@example.org")


def link_in(kind):
    return re.search(r"http://testserver(/m/\S+)", letter(kind).body).group(1)


def text(response):
    return " ".join(response.content.decode().split())


def test_the_letter_says_who_asks_what_they_wrote_and_why_and_nothing_of_a_list(ask):
    found = letter("matching.asked")

    assert found.subject == "Amina Odhiambo asks whether you would be their mentor"
    assert "I would like to leave law." in found.body
    assert (
        "Amina asks for help with “Finding work” and “Interviews”, which you offer." in found.body
    )
    assert "A no is a good answer too" in found.body
    assert "Noor" not in found.body
    assert "list" not in found.body
    assert "rank" not in found.body


@pytest.mark.parametrize(
    ("said", "closing"),
    [
        ([{"answer": "accept"}], "yes"),
        ([{"answer": "ask-decline"}, {"answer": "decline", "reason": "time"}], "no"),
        ([{"answer": "ask-later"}, {"answer": "later", "weeks": "8"}], "later"),
        ([{"answer": "later", "weeks": "eight"}], "later"),
    ],
)
def test_each_answer_from_the_letter(ask, said, closing):
    address, browser = link_in("matching.asked"), Client()

    looked = browser.get(address)
    unchanged = Match.objects.get().mentor_answer
    for fields in said:
        answer = browser.post(address, fields)
    go_on_asking(now())

    ask.refresh_from_db()
    assert "I would like to leave law." in text(looked)
    assert (unchanged, answer.status_code, ask.closing) == ("waiting", 200, closing)
    assert Mentorship.objects.exists() == (closing == "yes")


def test_a_link_used_twice_says_what_was_answered(ask):
    address, browser = link_in("matching.asked"), Client()
    browser.post(address, {"answer": "accept"})

    again = browser.post(address, {"answer": "decline"})

    assert again.status_code == 410
    assert "You said yes." in text(again)
    assert "nothing was changed a second time" in text(again)
    assert Mentorship.objects.exists()


def test_a_forwarded_link_answers_for_nobody_else(ask):
    address, jonas = link_in("matching.asked"), signed_in(make_person("Jonas", "Keller"))

    seen, tried = jonas.get(address), jonas.post(address, {"answer": "accept"})

    assert (seen.status_code, tried.status_code) == (409, 409)
    assert "made for Ruth Okafor, and you are signed in as Jonas Keller" in text(seen)
    assert Match.objects.get().mentor_answer == "waiting"
    assert signed_in(ask.choice.mentor.person).get(address).status_code == 200


def test_a_question_and_its_answer_travel_by_letter(ask):
    mentor = link_in("matching.asked")
    Client().post(mentor, {"answer": "ask-question"})
    empty = Client().post(mentor, {"answer": "question", "text": " "})
    Client().post(mentor, {"answer": "question", "text": "Which year?"})
    question = letter("matching.ask_question")
    address = link_in("matching.ask_question")

    blank = Client().post(address, {"text": ""})
    Client().post(address, {"text": "The third."})

    assert (empty.status_code, blank.status_code) == (422, 422)
    assert "Which year?" in question.body
    assert "The third." in letter("matching.ask_reply").body
    assert "You answered: The third." in text(Client().get(address))
    assert "Yes, I would like to" in text(Client().get(link_in("matching.ask_reply")))


def test_after_a_no_the_mentee_reads_who_is_asked_now_and_no_reason(ask):
    Client().post(link_in("matching.asked"), {"answer": "decline", "reason": "fit", "note": "Hm."})
    go_on_asking(now())

    told = letter("matching.ask_went_on")

    assert told.subject == "Noor Haddad is asked now"
    assert "Ruth Okafor cannot take it on." in told.body
    assert "Noor Haddad has until" in told.body
    assert "Hm." not in told.body


def test_after_the_last_no_the_mentee_reads_what_to_do(ask):
    for _ in range(2):
        Client().post(link_in("matching.asked"), {"answer": "decline"})
        go_on_asking(now())

    told = letter("matching.ask_went_on")

    assert told.subject == "Noor Haddad cannot; you can ask somebody else"
    assert "nobody left on your list" in told.body


def test_silence_is_told_to_both_without_blame(ask):
    Match.objects.update(reply_by=now())
    expire_matches(now())
    go_on_asking(now())

    assert "did not find the time to answer" in letter("matching.ask_went_on").body
    assert "nobody holds it against you" in letter("matching.ask_over").body
    assert Ask.objects.count() == 2


def test_the_reminder_and_the_closed_link(ask):
    match = Match.objects.get()
    expire_matches(match.next_reminder_at)
    address = link_in("matching.ask_reminder")
    ask_back(ask, by=match.mentor.person, text="Which year?")

    assert "would be glad of your answer by" in letter("matching.ask_reminder").subject
    assert "A question first" not in text(Client().get(address))


@pytest.mark.parametrize(
    ("ways", "told"),
    [
        (["rank"], "Without a list nobody can be found for you this time"),
        (["rank", "ask"], "you can still ask mentors one after the other"),
        (["rank", "office"], "If you would rather leave it to us, do nothing"),
    ],
)
def test_the_reminder_of_an_empty_list_says_until_when_what_follows_and_leads_there(ways, told):
    cohort = asking_cohort(*ways, in_days=-2, most_choices=4)
    amina = make_mentee(cohort, make_person("Amina", "Odhiambo"))
    remind_of_lists(now())

    found = letter("matching.list_empty")

    assert found.subject == f"Your list in {cohort.program.name} is still empty"
    assert date_format(cohort.matching_on, "l, j F") in found.body
    assert "Up to 4 mentors can stand on it" in found.body
    assert told in found.body
    address = f"/lists/{amina.public_id}/"
    assert f"http://testserver{address}" in found.body
    assert signed_in(amina.person).get(address).status_code == 200
