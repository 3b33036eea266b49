"""Somebody leaves: what ends at once, how they come back, and what is left of them after the grace."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client

from lodestar.domain.applications.models import Application, Participant
from lodestar.domain.audit.models import PersonKey
from lodestar.domain.audit.queries import pseudonym_of
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.feedback.models import Concern
from lodestar.domain.mentorships.models import Message
from lodestar.domain.messaging.actions import queue_letter
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Account, Person, Role
from lodestar.domain.privacy import actions, rules
from lodestar.domain.privacy.jobs import forget_leavers
from lodestar.domain.privacy.models import DataRequest
from lodestar.web.mail.jobs import why_dead
from tests.factories.people import make_account, make_person, make_role, signed_in
from tests.world import make_side

pytestmark = pytest.mark.django_db
AFTER = rules.GRACE + timedelta(minutes=1)


def leaver(role="mentor"):
    """Return somebody with a name and words that nobody else has, in the middle of everything."""
    side = make_side("a")
    person = side.people[role]
    Person.objects.filter(pk=person.pk).update(
        given_name="Zyxwan", family_name="Quorbel", about="Zyxwan about", city="Zyxwanville"
    )
    Participant.objects.filter(person=person).update(answers={"about": "Zyxwan answers"})
    Application.objects.filter(person=person).update(answers={"about": "Zyxwan applies"})
    make_account(person, "zyxwan@example.org")
    return side, Person.objects.get(pk=person.pk)


def test_leaving_ends_what_runs_and_tells_the_partner_kindly():
    side, person = leaver()

    actions.ask_to_leave(person, by=person)

    mentorship = side.facts["mentorship"]
    mentorship.refresh_from_db()
    assert (mentorship.status, mentorship.end_reason) == ("ended", "life")
    assert (
        Letter.objects.filter(kind="mentorships.ended", person=side.people["mentee"]).count() == 1
    )
    assert Letter.objects.filter(kind="privacy.leaving", person=person).count() == 1
    assert not Participant.objects.filter(person=person, left_at=None).exists()
    assert set(Application.objects.filter(person=person).values_list("status", flat=True)) == {"withdrawn"}  # fmt: skip


def test_somebody_with_an_open_proposal_can_leave_too():
    side = make_side("a")
    proposal = side.facts["proposal"]
    mentee = proposal.mentee.person

    actions.ask_to_leave(mentee, by=mentee)

    proposal.refresh_from_db()
    proposal.mentor.refresh_from_db()
    assert proposal.status == "withdrawn"
    assert proposal.mentor.places_taken == 0


def test_asking_twice_leaves_once():
    _side, person = leaver()

    first, again = (actions.ask_to_leave(person, by=person) for _time in range(2))

    assert first == again
    assert Letter.objects.filter(kind="privacy.leaving").count() == 1


def test_whoever_alone_looks_after_something_hands_it_over_first():
    admin = make_person("Noor")
    make_account(admin)
    make_role(admin, Role.Kind.ADMIN)
    side = make_side("a")
    alone = side.facts["group_cohort"].program.coordinators.get().person

    for person in (admin, alone):
        with pytest.raises(RefusedError):
            actions.ask_to_leave(person, by=person)

    page = signed_in(admin).get("/me/leave/").content.decode()
    assert "appoint another admin first" in page


def test_what_will_happen_is_said_first_and_needs_a_tick():
    side, person = leaver()
    browser = signed_in(person)
    partner = side.people["mentee"].full_name

    page = browser.get("/me/leave/").content.decode()
    careless = browser.post("/me/leave/")
    left = browser.post("/me/leave/", {"sure": "on"})

    assert f"Your mentorship with <bdi>{partner}</bdi> ends" in page
    assert careless.status_code == 422
    assert "Goodbye, and thank you" in left.content.decode()
    assert browser.get("/home/").status_code == 302


def test_no_letter_goes_to_somebody_who_left_but_the_one_that_says_so():
    _side, person = leaver()
    actions.ask_to_leave(person, by=person)

    goodbye = Letter.objects.get(kind="privacy.leaving")
    news = queue_letter("mentorships.unmet", to=person)

    assert why_dead(goodbye, "zyxwan@example.org") == ""
    assert why_dead(news, "zyxwan@example.org") == "Its person has left."


def enter(email):
    browser = Client()
    browser.post("/accounts/sign-in/", {"email": email})
    code = Letter.objects.filter(kind="accounts.code").latest("pk").words["code"]
    browser.post("/accounts/sign-in/code/", {"code": code})
    return browser


def test_signing_in_within_the_grace_takes_it_back():
    _side, person = leaver()
    account = Account.objects.get(person=person)
    actions.ask_to_leave(person, by=person)

    page = enter(account.email).get("/home/").content.decode()
    forgotten = forget_leavers(now() + AFTER)

    person.refresh_from_db()
    assert "Good to see you again" in page
    assert (forgotten, person.leaving_at, person.given_name) == (0, None, "Zyxwan")
    assert DataRequest.objects.get().status == "taken_back"


def everything():
    """Return all words in all tables, by table."""
    for model in apps.get_models():
        if model._meta.label.startswith(("sessions.", "contenttypes.")):
            continue
        rows = list(model._base_manager.values())
        yield model._meta.label, json.dumps(rows, default=str)


def test_after_the_grace_nothing_of_the_person_is_left_anywhere():
    side, person = leaver()
    email = Account.objects.get(person=person).email
    Message.objects.filter(mentorship=side.facts["mentorship"]).update(author=person, text="Zyxwan writes")  # fmt: skip
    actions.ask_to_leave(person, by=person)
    was = pseudonym_of(person.pk)
    assert forget_leavers(now()) == 0

    assert (forget_leavers(now() + AFTER), forget_leavers(now() + AFTER)) == (1, 0)

    told = dict(everything())
    assert [label for label, text in told.items() if "Zyxwan" in text or "zyxwan" in text] == []
    assert [label for label, text in told.items() if email in text] == []
    assert was != pseudonym_of(person.pk) == ""
    assert not PersonKey.objects.filter(person_key=person.pk).exists()
    assert str(Person.objects.get(pk=person.pk)) == "Someone who has left"


def test_the_partner_s_room_still_opens_without_the_name():
    side, person = leaver()
    actions.ask_to_leave(person, by=person)
    forget_leavers(now() + AFTER)

    browser = signed_in(side.people["mentee"])
    page = browser.get(f"/mentorships/{side.facts['mentorship'].public_id}/")

    assert page.status_code == 200
    assert "Someone who has left" in page.content.decode()
    assert browser.get("/home/").status_code == 200


def test_a_report_about_safety_stays_with_the_lead():
    side, person = leaver("mentee")
    actions.ask_to_leave(person, by=person)
    forget_leavers(now() + AFTER)

    texts = dict(Concern.objects.filter(raised_by=person).values_list("kind", "text"))

    assert texts["safety"] == side.canary("safety")
    assert {text for kind, text in texts.items() if kind != "safety"} == {"–"}


def test_the_address_is_free_for_somebody_new():
    _side, person = leaver()
    email = Account.objects.get(person=person).email
    actions.ask_to_leave(person, by=person)
    forget_leavers(now() + AFTER)

    enter(email)

    assert Account.objects.get(email=email).person != person
