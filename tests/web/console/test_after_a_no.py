"""The office after a no: who is next, a word to those without a partner, and who would like somebody new."""

import pytest
from django.urls import reverse

from lodestar.domain.applications.actions import take_place
from lodestar.domain.matching import actions
from lodestar.domain.matching.models import Match, MatchRun, Standby, Unmatched
from lodestar.domain.mentorships.actions import end_mentorship
from lodestar.domain.messaging.models import Letter
from lodestar.domain.programs.models import Design
from tests.factories.applications import make_mentee
from tests.factories.matching import make_match, make_people, make_run, publish
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena():
    return make_person("Lena", "Berg")


@pytest.fixture
def cohort(lena):
    return make_cohort(make_program(coordinator=lena))


@pytest.fixture
def office(lena):
    return signed_in(lena)


def address(name, cohort):
    return reverse(f"console:{name}", args=[cohort.public_id])


def text(answer):
    return answer.content.decode()


@pytest.fixture
def declined(cohort, lena):
    """Return a match to which the mentor said no, with a standby, where a person looks first."""
    Design.objects.update(replacing=Design.Replacing.LOOK)
    [mentee], mentors = make_people(cohort, mentees=1, mentors=2)
    run = make_run(cohort)
    match = make_match(run, mentors[0], mentee)
    Standby.objects.create(run=run, mentee=mentee, mentor=mentors[1], turn=1, score=250_000)
    publish(run, by=lena)
    return actions.answer_match(match, by=mentors[0].person, answer="declined", reason="fit")


def test_the_office_sees_what_happened_and_who_stands_by_and_proposes_it_once(
    cohort, office, declined
):
    seen = text(office.get(address("somebody-else", cohort)))
    standby = Standby.objects.get()
    sent = {"mentee": declined.mentee.public_id, "mentor": standby.mentor.public_id}
    for _ in range(2):
        office.post(address("somebody-else-propose", cohort), sent)

    assert "Mentor0 Okafor said no: It is not what I am looking for" in seen
    assert "Mentor1 Okafor stood by and is free." in seen
    assert "This design asks you to look first." in seen
    [new] = Match.objects.filter(origin="standby")
    assert (new.mentor, new.proposed_by.given_name) == (standby.mentor, "Lena")
    assert "Nobody waits for somebody else" in text(office.get(address("somebody-else", cohort)))


def test_the_roadmap_calls_for_a_look_only_where_somebody_is_there(cohort, office, declined):
    page = reverse("console:cohort", args=[cohort.public_id])
    called = text(office.get(page))
    take_place(Standby.objects.get().mentor)
    later = text(office.get(page))

    assert "1 mentee waits for somebody else" in called
    assert address("somebody-else", cohort) in called
    assert "waits for somebody else" not in later


def test_what_stood_on_a_page_that_is_too_old_is_not_proposed(cohort, office, declined):
    sent = {"mentee": declined.mentee.public_id, "mentor": declined.mentor.public_id}

    answer = office.post(address("somebody-else-propose", cohort), sent, follow=True)

    assert "Things have changed since you looked." in text(answer)
    assert not Match.objects.filter(origin="standby").exists()


def test_the_card_shows_who_stands_by(office, declined):
    card = text(office.get(reverse("console:match", args=[declined.public_id])))

    assert "Who stands by" in card
    assert "Mentor1 Okafor" in card


@pytest.fixture
def left(cohort):
    run = make_run(cohort, status="published", published_at="2026-01-01T00:00Z")
    mentee = make_mentee(cohort, make_person("Amina", "Odhiambo", email="amina@example.org"))
    details = {"mentees": 8, "mentors": 5, "places": 5}
    return Unmatched.objects.create(
        run=run, participant=mentee, reason="places_short", details=details
    )


def test_a_word_is_written_looked_at_and_sent_once(cohort, office, left):
    group = "mentee:places_short"
    listed = text(office.get(address("left-alone", cohort)))
    said = {"group": group, "mentee-places_short-words": "I call you in May.", "mentee-places_short-offers": ["stay"]}  # fmt: skip
    written = office.post(address("left-alone", cohort), said)
    letter = text(office.get(written.url))
    before = Letter.objects.count()
    sent = office.post(address("left-alone-send", cohort), {"group": group}, follow=True)
    again = office.post(address("left-alone-send", cohort), {"group": group})

    assert "Too few places for what they hope for" in listed
    assert "Amina Odhiambo" in listed
    for sentence in ("I call you in May.", "8 people could only be helped", "You stay on our list", "Lena Berg"):  # fmt: skip
        assert sentence in letter
    assert before == 0
    assert "1 letter is on its way." in text(sent)
    assert again.status_code == 409
    assert Letter.objects.filter(kind="matching.unmatched").count() == 1
    assert "Everybody has heard from you" in text(office.get(address("left-alone", cohort)))


def test_without_words_it_is_asked_for_again(cohort, office, left):
    said = {"group": "mentee:places_short", "mentee-places_short-words": ""}

    answer = office.post(address("left-alone", cohort), said)
    gone = office.post(address("left-alone", cohort), {"group": "nobody"})

    assert answer.status_code == 422
    assert "Please write a few words of your own" in text(answer)
    assert gone.status_code == 302


def test_the_roadmap_reminds_until_everybody_has_a_word(cohort, office, left):
    page = text(office.get(reverse("console:cohort", args=[cohort.public_id])))

    assert "1 person without a partner has not heard from you" in page
    assert address("left-alone", cohort) in page


def test_who_would_like_somebody_new_stands_above_the_pairs(cohort, office):
    mentorship = make_mentorship(cohort)
    _mentor, mentee = the_two(mentorship)
    end_mentorship(mentorship, by=mentee, reason="silence", wishes=["new"])
    make_people(cohort, mentees=0, mentors=1)

    seen = text(office.get(address("mentorships", cohort)))
    asked = office.post(address("mentorships-rematch", cohort))

    assert "1 person would like somebody new" in seen
    assert "We lost touch" in seen
    assert asked.url == address("matching", cohort)
    assert MatchRun.objects.get(kind="rematch").inputs["mentees"][0]["key"]
