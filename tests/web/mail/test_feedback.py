"""A pulse is answered from its letter; letters to the staff say nothing."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from lodestar.domain.common.time import now
from lodestar.domain.feedback import actions
from lodestar.domain.feedback.models import Concern, Pulse
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Role
from lodestar.web.mail.writing import write
from tests.factories.feedback import make_pulse
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person, make_role
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db
ANSWER = {"meeting_count": "3", "usefulness": "5", "wish": "none", "text": ""}


@pytest.fixture
def asked():
    pulse = make_pulse()
    actions.send(pulse, "feedback.pulse")
    return pulse


def way_in():
    body = write(Letter.objects.get(kind="feedback.pulse"), "reader@example.org").body
    return re.search(r"http://testserver(/m/\S+)", body).group(1)


def test_the_letter_says_who_reads_the_answer(asked):
    mail = write(Letter.objects.get(), "reader@example.org")

    assert mail.subject == "You and Ruth: how is it going?"
    assert "Ruth never does" in mail.body


def test_a_pulse_is_answered_without_signing_in(asked, client):
    link = way_in()

    page = client.get(link).content.decode()
    unchanged = Pulse.objects.get().answered_at
    done = Client(enforce_csrf_checks=True).post(link, ANSWER)

    pulse = Pulse.objects.get()
    assert 'name="usefulness"' in page
    assert unchanged is None
    assert "Thank you" in done.content.decode()
    assert (pulse.meeting_count, pulse.usefulness, pulse.wish) == (3, 5, "none")


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(asked, client, method):
    getattr(client, method)(way_in())

    assert Pulse.objects.get().answered_at is None


def test_an_answer_can_be_corrected_with_the_same_link(asked, client):
    link = way_in()

    client.post(link, ANSWER)
    client.post(link, {**ANSWER, "usefulness": "2"})

    assert Pulse.objects.get().usefulness == 2


def test_a_forwarded_link_shows_no_earlier_answer(asked, client):
    link = way_in()
    client.post(link, {**ANSWER, "wish": "safety", "text": "CANARY-words"})

    page = client.get(link).content.decode()

    assert "CANARY" not in page
    assert "checked" not in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"usefulness": ""}, "How useful is it so far? Please"),
        ({"usefulness": "9"}, "How useful is it so far? Please"),
        ({"meeting_count": "x"}, "A number from 0 to 99"),
        ({"meeting_count": "-1"}, "A number from 0 to 99"),
        ({"meeting_count": "٣"}, "A number from 0 to 99"),
        ({"wish": "cake"}, "is an answer too"),
    ],
)
def test_half_an_answer_is_asked_again_and_kept(asked, client, change, sentence):
    answer = client.post(way_in(), {**ANSWER, "text": "Kept words", **change})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Kept words" in answer.content.decode()
    assert Pulse.objects.get().answered_at is None


def test_a_closed_pulse_says_so(asked, client):
    link = way_in()
    Pulse.objects.update(closes_at=now() - timedelta(seconds=1))

    looked, posted = client.get(link), client.post(link, ANSWER)

    assert "closed" in looked.content.decode()
    assert posted.status_code == 409
    assert Pulse.objects.get().answered_at is None


def test_a_wish_from_the_letter_reaches_the_coordinators():
    coordinator = make_person("Cora", email="cora@example.org")
    mentorship = make_mentorship(make_cohort(make_program(coordinator=coordinator)))
    pulse = make_pulse(mentorship)
    actions.send(pulse, "feedback.pulse")

    Client().post(way_in(), {**ANSWER, "wish": "advice", "text": "How often?"})

    assert list(Concern.objects.values_list("kind", "text")) == [("advice", "How often?")]
    assert Letter.objects.get(kind="feedback.concern").person == coordinator


@pytest.mark.parametrize("kind", Concern.Kind.values)
def test_letters_to_the_staff_say_that_something_waits_never_what(kind):
    coordinator, lead = make_person("Cora"), make_person("Lena")
    make_role(lead, Role.Kind.SAFEGUARDING)
    mentorship = make_mentorship(
        make_cohort(make_program("Secret Program", coordinator=coordinator)),
        mentor=make_person("CANARY-mentor"),
        mentee=make_person("CANARY-mentee"),
    )

    actions.raise_concern(
        mentorship, by=the_two(mentorship)[1], kind=Concern.Kind(kind), text="CANARY-words"
    )

    mail = write(Letter.objects.get(), "staff@example.org")
    told = mail.subject + mail.body + "".join(str(part[0]) for part in mail.alternatives)
    assert mail.subject == "Something waits for you"
    for word in ("CANARY", "Secret Program", *(str(c.label) for c in Concern.Kind)):
        assert word not in told


def test_an_admin_is_asked_for_a_reader_and_told_nothing():
    admin = make_person("Adam")
    make_role(admin, Role.Kind.ADMIN)
    mentorship = make_mentorship(mentee=make_person("CANARY-mentee"))
    actions.raise_concern(mentorship, by=the_two(mentorship)[1], kind=Concern.Kind.SAFETY)

    mail = write(Letter.objects.get(), "admin@example.org")

    assert mail.subject == "Please name another safeguarding lead"
    assert "CANARY" not in mail.body


def test_a_zero_in_the_words_costs_nobody_their_report(asked):
    answer = ANSWER | {"wish": "safety", "text": "Please\x00 call me."}

    Client().post(way_in(), answer)

    assert [concern.text for concern in Concern.objects.all()] == ["Please call me."]
