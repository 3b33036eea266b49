"""Links from letters: looking changes nothing, and only ours open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import set_clock
from lodestar.domain.messaging.models import Link, Subscription
from lodestar.domain.people.actions.accounts import end_access
from lodestar.web.mail import registry
from lodestar.web.mail.links import link_url, signature_of
from lodestar.web.mail.registry import AskAgain, LinkPage, Purpose
from tests.factories.messaging import make_link
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def purpose(monkeypatch):
    acted = []

    def act(link, answers):
        if answers.get("answer") == "no":
            raise RefusedError("It no longer waits for your answer.")
        if answers.get("answer") != "yes":
            raise AskAgain(LinkPage("Say yes or no", choices=[("yes", "Yes")]))
        acted.append(link.pk)
        return LinkPage("Thank you")

    page = LinkPage("Shall it be?", ["One sentence."], choices=[("yes", "Yes"), ("no", "No")])
    monkeypatch.setitem(
        registry.PURPOSES, "test.answer", Purpose("test.answer", lambda _link: page, act, True)
    )
    return acted


def path_of(link):
    return link_url(link).removeprefix("http://testserver")


def state():
    return list(Link.objects.values_list("used_at", "ended_at")), Subscription.objects.count()


def test_looking_shows_the_question_and_changes_nothing(client, purpose):
    path, before = path_of(make_link("test.answer")), state()

    for headers in ({}, {"Sec-Purpose": "prefetch"}, {"Purpose": "prefetch"}):
        page = client.get(path, headers=headers)
        client.head(path, headers=headers)

    assert "Shall it be?" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["Cache-Control"] == "no-store, private"
    assert (purpose, state()) == ([], before)


def test_the_press_acts_once_and_the_second_one_hears_so(client, purpose):
    link = make_link("test.answer")

    first = client.post(path_of(link), {"answer": "yes"})
    second = client.post(path_of(link), {"answer": "yes"})

    assert (first.status_code, second.status_code) == (200, 410)
    assert "Your answer is already here" in second.content.decode()
    assert purpose == [link.pk]


def test_an_answer_without_sense_is_asked_again_and_leaves_the_link_open(client, purpose):
    path = path_of(make_link("test.answer"))

    again = client.post(path, {})

    assert (again.status_code, "Say yes or no" in again.content.decode()) == (422, True)
    assert client.post(path, {"answer": "yes"}).status_code == 200


def test_a_refusal_is_told_and_leaves_the_link_open(client, purpose):
    link = make_link("test.answer")

    answer = client.post(path_of(link), {"answer": "no"})

    link.refresh_from_db()
    assert (answer.status_code, link.used_at) == (409, None)
    assert "It no longer waits for your answer." in answer.content.decode()


def forgeries(link, other):
    good = signature_of(link)
    return [
        f"/m/{link.public_id}/{good[:-1]}/",
        f"/m/{link.public_id}/{good}x/",
        f"/m/{link.public_id}/{signature_of(other)}/",
        f"/m/{other.public_id}/{good}/",
        f"/m/{link.public_id.upper()}/{good}/",
        f"/m/{'2' * 16}/{good}/",
        f"/m/{link.pk}/{good}/",
        f"/m/{link.public_id}/%00/",
        f"/m/{link.public_id}/{good.swapcase()}/",
    ]


def test_forged_links_lead_nowhere_by_any_method(client, purpose):
    link = make_link("test.answer")
    other = make_link("letters.stop", person=link.person)
    before = state()

    for path in forgeries(link, other):
        for call in (client.get, client.head, client.post):
            answer = call(path, {"answer": "yes"} if call == client.post else None)
            assert (path, answer.status_code) == (path, 404)

    assert (purpose, state()) == ([], before)


def test_a_link_does_not_serve_another_purpose(client, purpose):
    link = make_link("letters.stop")
    path = path_of(link)
    link.purpose = "test.answer"
    link.save()

    assert client.post(path, {"answer": "yes"}).status_code == 404
    assert purpose == []


@pytest.mark.parametrize("end", ["time", "person", "ended"])
def test_a_link_that_is_over_says_so_and_does_nothing(client, purpose, end):
    person = make_person(email="amina@example.org")
    link = make_link("test.answer", person=person, days=7)
    if end == "time":
        set_clock(lambda: timezone.now() + timedelta(days=8))
    elif end == "person":
        end_access(person, by=None, reason="left")
    else:
        Link.objects.update(ended_at=timezone.now())

    looked, pressed = client.get(path_of(link)), client.post(path_of(link), {"answer": "yes"})

    assert (looked.status_code, pressed.status_code, purpose) == (410, 410, [])
    assert "This link has ended" in looked.content.decode()


def test_links_stand_on_our_own_address_whatever_host_is_asked(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/accounts/sign-in/", {"email": "a@example.org"}, headers={"host": "evil.example"})

    assert link_url(make_link()).startswith("http://testserver/m/")
