"""Members answer from the letter or the portal; only who is in a group reads in its room."""

import pytest
from django.test import Client

from lodestar.domain.common.time import now
from lodestar.domain.groups import actions
from lodestar.domain.groups.models import Group, GroupMeeting, Member
from lodestar.domain.messaging.models import Letter
from lodestar.web.mail.preview import preview
from tests.factories.groups import (
    make_group_cohort,
    members_of,
    mentees_of,
    mentor_of,
    proposed_group,
    running_group,
)
from tests.factories.messaging import make_link
from tests.factories.people import signed_in

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


def address(group):
    return f"/groups/{group.public_id}/"


def test_somebody_who_is_asked_reads_who_else_and_says_yes():
    group = proposed_group()
    member = mentees_of(group)[0]
    browser = signed_in(member.person)

    page = text_of(browser.get(address(group)))
    browser.post(f"{address(group)}accept/")

    assert "Bao Odhiambo1" in page
    assert "Mentor0 Okafor</bdi>, mentor" in page
    member.refresh_from_db()
    assert member.answer == Member.Answer.ACCEPTED
    assert "As soon as enough others do" in text_of(browser.get(address(group)))


def test_the_letter_is_answered_without_signing_in_and_looking_answers_nothing():
    from lodestar.web.mail.links import link_url

    group = proposed_group()
    member = mentees_of(group)[0]
    link = make_link("groups.answer", person=member.person, about=group)
    url, browser = link_url(link).removeprefix("http://testserver"), Client()

    looked = text_of(browser.get(url))
    member.refresh_from_db()
    assert "A group for you in" in looked
    assert member.answer == Member.Answer.WAITING
    browser.post(url, {"answer": "decline", "reason": "time"})

    member.refresh_from_db()
    assert (member.answer, member.reason) == (Member.Answer.DECLINED, "time")


def test_the_room_holds_messages_meetings_goals_and_a_date():
    group = running_group()
    member = mentees_of(group)[0]
    browser, there = signed_in(member.person), address(group)

    browser.post(f"{there}write/", {"text": "Tuesday?", "form_key": "one"})
    browser.post(f"{there}write/", {"text": "Tuesday?", "form_key": "one"})
    browser.post(f"{there}goals/", {"text": "Ask for one thing"})
    said = {
        "held_on": now().date(),
        "minutes": "90",
        "note": "A round.",
        "present": [member.public_id],
    }
    browser.post(f"{there}meet/", said)
    browser.post(f"{there}date/", {"on": "2099-01-01", "at": "17:00"})
    page = text_of(browser.get(there))

    assert page.count("Tuesday?") == 1
    assert "Ask for one thing" in page
    assert "A round." in page
    assert GroupMeeting.objects.get().attendances.count() == 1
    assert Group.objects.get().meets_at is None
    assert Letter.objects.filter(kind="groups.message").count() == 3


@pytest.mark.parametrize("how", ["left", "blocked", "declined", "asked"])
def test_who_is_not_in_it_reads_nothing_of_the_room(how):
    group = running_group()
    *_, member = mentees_of(group)
    actions.write_to_group(mentees_of(group)[0], text="canary")
    GroupMeeting.objects.create(
        group=group, held_on=now().date(), minutes=60, note="canary", logged_by=member.person
    )
    browser = signed_in(member.person)
    if how == "left":
        actions.leave_group(member)
    elif how == "blocked":
        member.person.blocked_at = now()
        member.person.save()
    else:
        answer = "waiting" if how == "asked" else "declined"
        Member.objects.filter(pk=member.pk).update(answer=answer)

    pages = [browser.get(address(group)), browser.get(f"{address(group)}leave/")]
    pages.append(browser.post(f"{address(group)}write/", {"text": "still here", "form_key": "x"}))

    assert all("canary" not in text_of(page) for page in pages)
    assert pages[1].status_code in (302, 404)
    assert group.messages.count() == 1


def test_leaving_takes_two_clicks_and_blames_nobody():
    group = running_group()
    member = mentees_of(group)[0]
    browser = signed_in(member.person)

    assert browser.get(f"{address(group)}leave/").status_code == 200
    browser.post(f"{address(group)}leave/", {"reason": "fit"})

    [letter, *_] = Letter.objects.filter(kind="groups.left")
    assert Letter.objects.filter(kind="groups.left").count() == 3
    assert "fit" not in preview(letter).text
    assert browser.get(address(group)).status_code == 404
    assert mentor_of(group).participant.places_taken == 2


def test_what_is_told_in_confidence_reaches_a_coordinator_who_is_not_in_the_group(lena):
    group = running_group(make_group_cohort(coordinator=lena))
    member = mentees_of(group)[0]

    signed_in(member.person).post(f"{address(group)}concern/", {"kind": "advice", "text": "Help"})

    assert "Help" not in text_of(signed_in(mentor_of(group).person).get(address(group)))
    page = text_of(signed_in(lena).get("/console/concerns/"))
    assert str(member.person) in page


def test_every_letter_of_a_group_can_be_written():
    group = running_group()
    for member in members_of(group):
        for kind in ("proposed", "reminder", "begun", "joined", "left", "message", "unmet", "ended", "date", "closed", "short"):  # fmt: skip
            letter = Letter(
                kind=f"groups.{kind}",
                person=member.person,
                about_kind="groups.group",
                about_key=group.public_id,
                words={"name": "Zoe"},
            )
            assert preview(letter).problem == ""
