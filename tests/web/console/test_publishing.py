"""Publishing from the console: letters read first, a word to colleagues, all of it taken back."""

import pytest
from django.urls import reverse

from lodestar.domain.common.time import now
from lodestar.domain.matching.models import Comment, Match, MatchRun
from lodestar.domain.messaging.models import Letter, Link
from tests.factories.matching import make_match, make_run, publish
from tests.factories.messaging import make_letter
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_design, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(lena):
    return signed_in(lena)


@pytest.fixture
def run(lena):
    program = make_program(coordinator=lena)
    cohort = make_cohort(program, design=make_design(program, undo_minutes=15))
    return make_run(cohort, certificate={"matched": 1, "mentees": 1, "gap": 0, "violators": 0})


def url(name, fact):
    return reverse(f"console:{name}", args=[fact.public_id])


def test_letters_are_read_before_they_exist(office, run):
    match = make_match(run)

    page = office.get(url("run-letters", run)).content.decode()
    other = office.get(url("run-letters", run), {"match": match.public_id, "side": "mentor"})
    html = office.get(url("match-letter", match), {"side": "mentor"})
    odd = office.get(url("run-letters", run), {"match": match.public_id, "side": "else"})

    assert "We found a mentor for you: Ruth Okafor" in page
    assert "We found a mentee for you: Amina Odhiambo" in other.content.decode()
    assert html["Content-Security-Policy"].startswith("default-src 'none'")
    assert odd.status_code == 404
    assert (Letter.objects.count(), Link.objects.count()) == (0, 0)


def test_the_publication_is_taken_back_with_one_press(office, run, lena):
    match = make_match(run)
    publish(run, by=lena)

    page = office.get(url("run", run)).content.decode()
    done = office.post(url("run-take-back", run), follow=True).content.decode()

    match.refresh_from_db()
    assert "one press takes all of it back" in page
    assert "Nobody was written to." in done
    assert match.status == Match.Status.DRAFTED


def test_a_mail_server_that_is_away_is_told_before_publishing(office, run, lena):
    make_match(run)
    run.status = MatchRun.Status.REVIEWED
    run.save()
    before = office.get(url("run-publish", run)).content.decode()
    letter = make_letter(make_person(), problem="Nobody answers at mail.example.org.")
    Letter.objects.filter(pk=letter.pk).update(created_at=now().replace(year=2020))

    page = office.get(url("run-publish", run)).content.decode()
    office.post(url("run-publish", run))

    assert "do not leave at the moment" not in before
    assert "Letters do not leave at the moment: 1 waits" in page
    assert "Nobody answers at mail.example.org." in page
    assert MatchRun.objects.get().status == MatchRun.Status.PUBLISHED


def test_colleagues_are_told_on_the_run_and_on_a_match(office, run):
    match = make_match(run)

    blank = office.post(url("run-comment", run), {"text": " "})
    office.post(url("run-comment", run), {"text": "Look at the weakest three."})
    office.post(url("match-comment", match), {"text": "Ask Ruth first."})
    empty = office.post(url("match-comment", match), {})
    page = office.get(url("run", run)).content.decode()

    assert (blank.status_code, empty.status_code) == (422, 422)
    assert "Look at the weakest three." in page
    assert "Ask Ruth first." in page
    assert Comment.objects.count() == 2
