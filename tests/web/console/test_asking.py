"""The office's page of requests and lists, and its steps into a request."""

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.time import now
from lodestar.domain.matching.jobs import go_on_asking
from lodestar.domain.matching.models import Ask, Match, MatchRun
from lodestar.domain.matching.rules import ask_for_office
from lodestar.domain.mentorships.actions import accept_match, decline_match, end_mentorship
from lodestar.domain.mentorships.models import Mentorship, Wish
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import asked, asking_cohort, make_choice
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_coordinator, make_outsider

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return asking_cohort("ask", "rank", in_days=1)


@pytest.fixture
def lena(cohort):
    return make_coordinator(cohort.program).person


@pytest.fixture
def ask(cohort):
    amina = make_mentee(cohort, make_person("Amina", "Odhiambo"))
    ruth, noor = (make_mentor(cohort, make_person(n, "Okafor")) for n in ("Ruth", "Noor"))
    return asked(amina, ruth, noor, note="I would like to leave law.")


def text(response):
    return " ".join(response.content.decode().split())


def page_of(cohort):
    return f"/console/cohorts/{cohort.public_id}/requests/"


def test_who_waits_for_whom_and_who_has_nobody_left(cohort, lena, ask):
    make_mentee(cohort, make_person("Bo", "Lindqvist"))
    listed = make_mentee(cohort, make_person("Chidi", "Eze"))
    make_choice(listed, make_mentor(cohort, make_person("Kofi")))

    page = text(signed_in(lena).get(page_of(cohort)))

    assert "Amina Odhiambo" in page
    assert "waits for the mentor" in page
    assert "<li>Bo Lindqvist</li>" in page
    assert "Chidi" not in page
    assert "fewer than five say nothing about the share" in page
    assert "Noor" not in page


def test_the_match_of_a_request_opens_like_any_other_and_names_who_else_would_fit(
    cohort, lena, ask
):
    match = ask.match
    match.alternatives = [[match.mentor.public_id, 400_000]]
    match.save()

    page = signed_in(lena).get(f"/console/matches/{match.public_id}/")

    assert page.status_code == 200
    assert "The next best mentors for this mentee" in text(page)


def test_the_office_reads_of_the_two_and_is_spoken_to_as_neither(cohort, lena, ask):
    open_page = text(signed_in(lena).get(f"/console/requests/{ask.public_id}/"))
    decline_match(ask.match, by=ask.match.mentor.person)
    go_on_asking(now())
    closed_page = text(signed_in(lena).get(f"/console/requests/{ask.public_id}/"))

    assert "Ruth has it and is reminded twice." in open_page
    assert "the next on Amina’s list is asked" in open_page
    assert "<p>Ruth said no.</p>" in closed_page


@pytest.mark.parametrize("closing", Ask.Closing)
def test_each_end_of_a_request_is_told_to_the_office(ask, closing):
    ask.closed_at, ask.closing = now(), closing

    told = ask_for_office(ask)

    assert told
    assert "you" not in told.lower().split()
    assert "your" not in told.lower().split()


def test_numbers_say_how_asking_goes(cohort, lena, ask):
    decline_match(ask.match, by=ask.match.mentor.person)
    go_on_asking(now())
    second = Ask.objects.latest("pk")
    accept_match(second.match, by=second.match.mentor.person)
    go_on_asking(now())

    page = text(signed_in(lena).get(f"{page_of(cohort)}?state=yes"))

    assert "1 / 2" in page
    assert "the mentor said yes" in page
    assert "the mentor said no" not in page


@pytest.mark.parametrize(
    ("act", "said", "closing"),
    [
        ("release", {"note": "Ruth is ill."}, "released"),
        ("answer", {"answer": "accepted", "note": "By telephone."}, "yes"),
        ("answer", {"answer": "declined", "note": "By telephone."}, "no"),
        ("extend", {"days": "3"}, ""),
        ("release", {"note": ""}, None),
        ("answer", {"answer": "perhaps", "note": "Hm."}, None),
        ("extend", {"days": "99"}, None),
    ],
)
def test_the_office_steps_in(cohort, lena, ask, act, said, closing):
    answer = signed_in(lena).post(f"/console/requests/{ask.public_id}/{act}/", said)
    go_on_asking(now())

    ask.refresh_from_db()
    assert answer.status_code == (422 if closing is None else 302)
    assert ask.closing == (closing or "")
    assert Mentorship.objects.exists() == (closing == "yes")
    if act == "answer" and closing:
        assert Entry.objects.filter(verb="ask.answered_for").count() == 1


def test_what_is_to_be_read_first_goes_out_with_a_button(lena, cohort):
    type(cohort.design).objects.update(asks_are_read=True)
    cohort.design.refresh_from_db()
    amina, ruth = make_mentee(cohort, make_person("Amina")), make_mentor(cohort)
    waiting = asked(amina, ruth, note="Dear Ruth")
    browser = signed_in(lena)

    page = text(browser.get(f"/console/requests/{waiting.public_id}/"))
    browser.post(f"/console/requests/{waiting.public_id}/pass/")

    assert "Dear Ruth" in page
    assert "I have read it: let it go out" in page
    assert Match.objects.get().status == "half_accepted"


@pytest.mark.parametrize("who", ["member", "other coordinator", "admin", "lead"])
def test_it_is_nobody_elses_business(cohort, ask, who):
    browser = signed_in(make_outsider(who))

    got = [
        browser.get(page_of(cohort)),
        browser.get(f"/console/requests/{ask.public_id}/"),
        browser.post(f"/console/requests/{ask.public_id}/release/", {"note": "Hm."}),
    ]

    assert [page.status_code for page in got] == [404] * 3


def test_a_cohort_without_anything_says_what_will_be_here(lena):
    empty = asking_cohort("office")
    coordinator = make_coordinator(empty.program, make_person("Tomas")).person

    assert "In this program the office matches" in text(signed_in(coordinator).get(page_of(empty)))


def test_where_people_only_ask_the_office_is_offered_no_run(lena, cohort, ask):
    browser = signed_in(lena)

    page = text(browser.get(f"/console/cohorts/{cohort.public_id}/matching/"))
    refused = browser.post(f"/console/cohorts/{cohort.public_id}/matching/run/")

    assert "People find each other here" in page
    assert "the office proposes nobody" in page
    assert "Compute a run" not in page
    assert page_of(cohort) in page
    assert refused.status_code == 409
    assert not MatchRun.objects.exists()


@pytest.mark.parametrize(("ways", "asks"), [(("ask",), True), (("ask", "rank"), False)])
def test_where_people_only_ask_they_ask_anew_themselves(ways, asks):
    cohort = asking_cohort(*ways, in_days=1)
    amina = make_mentee(cohort, make_person("Amina", "Odhiambo"))
    ask = asked(amina, make_mentor(cohort, make_person("Ruth", "Okafor")))
    accept_match(ask.match, by=ask.match.mentor.person)
    mentorship = Mentorship.objects.get()
    end_mentorship(mentorship, by=amina.person, reason="fit", wishes=[Wish.Kind.NEW])

    office = signed_in(make_coordinator(cohort.program).person)
    page = text(office.get(f"/console/cohorts/{cohort.public_id}/mentorships/"))
    rooms = {
        side.person.pk: text(signed_in(side.person).get(f"/mentorships/{mentorship.public_id}/"))
        for side in (ask.match.mentee, ask.match.mentor)
    }

    assert "1 person would like somebody new" in page
    assert ("people ask for somebody new themselves" in page) == asks
    assert ("Match them" in page) != asks
    assert ("ask somebody new" in rooms[amina.person.pk]) == asks
    assert ("mentees of this cohort can ask you" in rooms[ask.match.mentor.person.pk]) == asks
    assert ("You are on the list for somebody new" in rooms[amina.person.pk]) != asks
