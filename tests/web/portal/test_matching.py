"""A member's own match: who was found, why, yes or no."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships.models import Mentorship, Message
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import exploring_match, make_match, make_run, published_match
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db
Status = Match.Status


@pytest.fixture
def match():
    return published_match()


def url(name, match):
    return reverse(f"portal:{name}", args=[match.public_id])


def test_each_side_reads_who_the_other_is_why_and_until_when(match):
    amina = signed_in(match.mentee.person).get(url("match", match)).content.decode()
    ruth = signed_in(match.mentor.person).get(url("match", match)).content.decode()

    assert "Ruth Okafor could be your mentor" in amina
    assert "Ruth offers help with “Finding work”, which you asked for." in amina
    assert "I ask questions, and I answer within two days." in amina
    assert "Please answer by" in amina
    assert "Amina Odhiambo could be your mentee" in ruth
    assert "Amina asks for help with “Finding work”, which you offer." in ruth


def test_two_yeses_begin_the_mentorship_and_a_second_click_changes_nothing(match):
    amina, ruth = signed_in(match.mentee.person), signed_in(match.mentor.person)

    first = amina.post(url("match-accept", match))
    waiting = amina.get(url("match", match)).content.decode()
    ruth.post(url("match-accept", match))
    ruth.post(url("match-accept", match))
    agreed = ruth.get(url("match", match)).content.decode()

    assert first.url == url("match", match)
    assert "You said yes. Ruth has until" in waiting
    assert "your mentorship has begun" in agreed
    assert Mentorship.objects.count() == 1


def test_with_htmx_the_answer_is_swapped_in_place(match):
    amina = signed_in(match.mentee.person)

    answer = amina.post(url("match-accept", match), headers={"HX-Request": "true"})

    assert answer.content.decode().strip().startswith('<section id="answer"')


def test_a_no_asks_why_in_confidence_and_the_other_never_reads_it(match):
    ruth = signed_in(match.mentor.person)

    asked = ruth.get(url("match-decline", match)).content.decode()
    blank = ruth.post(url("match-decline", match), {"note": "Canary: a new baby."})
    ruth.post(url("match-decline", match), {"reason": "time", "note": "Canary: a new baby."})
    amina = signed_in(match.mentee.person).get(url("match", match)).content.decode()
    again = ruth.get(url("match-decline", match)).content.decode()

    match.refresh_from_db()
    assert "is not told why" in asked
    assert blank.status_code == 422
    assert "Canary: a new baby." in blank.content.decode()
    assert (match.status, match.decline_reason) == (Status.DECLINED, "time")
    assert match.decline_note == "Canary: a new baby."
    assert "Canary" not in amina
    assert "I do not have the time" not in amina
    assert "This match does not go ahead." in amina
    assert "You said no, and that is fine." in again


def test_a_stale_second_tab_is_told_politely(match):
    ruth, amina = signed_in(match.mentor.person), signed_in(match.mentee.person)
    ruth.post(url("match-decline", match), {"reason": "private"})

    answer = amina.post(url("match-accept", match))

    assert answer.status_code == 409
    assert "This match will not go ahead" in answer.content.decode()


def test_another_persons_match_is_nowhere(match):
    eve = signed_in(make_person("Eve", "Else"))

    answers = [
        eve.get(url("match", match)),
        eve.post(url("match-accept", match)),
        eve.get(url("match-decline", match)),
        eve.post(url("match-decline", match), {"reason": "time"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]


def test_what_only_the_office_has_seen_is_nowhere():
    match = make_match()

    assert signed_in(match.mentee.person).get(url("match", match)).status_code == 404


def test_looking_changes_nothing(match):
    amina = signed_in(match.mentee.person)

    assert amina.get(url("match-accept", match)).status_code == 405
    amina.head(url("match", match))
    match.refresh_from_db()
    assert match.status == Status.PROPOSED


def test_no_score_rank_or_other_name_reaches_a_member():
    cohort = make_cohort()
    run = make_run(cohort)
    other = make_match(run, mentor=None, mentee=None, score=654_321)
    other.mentor.person.given_name = "Canaryname"
    other.mentor.person.save()
    match = make_match(
        run,
        score=412_357,
        rank=9,
        alternatives=[[other.mentor.public_id, 654_321]],
        contributions=[["Topics", 412_357]],
        reasons=[
            {"criterion": "Gender", "field": "gender", "kind": "opt_in", "code": "shared",
             "values": ["canary-gender"]},
        ],
    )  # fmt: skip
    from tests.factories.matching import publish

    publish(run, make_person("Lena", "Berg"))

    for person in (match.mentor.person, match.mentee.person):
        page = signed_in(person).get(url("match", match)).content.decode()
        assert "coordinators looked at everyone together" in page
        for canary in ("412", "654", "Canaryname", "canary-gender", "rank", "score", "meter"):
            assert canary not in page, canary


def test_the_page_asks_as_many_questions_for_one_match_as_for_four(django_assert_num_queries):
    match = published_match()
    amina = signed_in(match.mentee.person)
    amina.get(url("match", match))
    with CaptureQueriesContext(connection) as one:
        amina.get(url("match", match))
    for _ in range(3):
        published_match(mentee=make_mentee(person=match.mentee.person), mentor=make_mentor())

    with django_assert_num_queries(len(one)):
        amina.get(url("match", match))


def test_two_who_get_to_know_each_other_find_a_time_and_say_alone_whether_to_go_on():
    match = exploring_match()
    amina, ruth = signed_in(match.mentee.person), signed_in(match.mentor.person)

    amina.post(url("match-write", match), {"text": "Tuesday at ten?", "form_key": "one"})
    seen = ruth.get(url("match", match)).content.decode()
    ruth.post(url("match-go-on", match))
    own = ruth.get(url("match", match)).content.decode()
    other = amina.get(url("match", match)).content.decode()

    assert "Tuesday at ten?" in seen
    assert "You and Amina Odhiambo: getting to know each other" in seen
    assert "You would like to go on" in own
    assert "I have changed my mind" in own
    assert "You would like to go on" not in other
    assert "Yes, let us go on" in other


def test_a_no_after_the_meeting_asks_why_and_ends_it():
    match = exploring_match()
    amina, ruth = signed_in(match.mentee.person), signed_in(match.mentor.person)

    asked = amina.get(url("match-part", match)).content.decode()
    again = amina.post(url("match-part", match), {})
    amina.post(url("match-part", match), {"reason": "fit"})
    told = ruth.get(url("match", match)).content.decode()

    assert "Leave it with Ruth?" in asked
    assert again.status_code == 422
    assert "This match does not go ahead." in told
    assert "Amina said" not in told


def test_an_empty_message_is_asked_for_again():
    match = exploring_match()

    answer = signed_in(match.mentee.person).post(url("match-write", match), {"form_key": "one"})

    assert answer.status_code == 422
    assert "Find a time" in answer.content.decode()
    assert Message.objects.count() == 0
