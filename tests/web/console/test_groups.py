"""The office forms groups, moves people knowing the cost, publishes once, and mends what is too small."""

import pytest

from lodestar.domain.groups import actions, queries
from lodestar.domain.groups.models import FormingRun, Group
from lodestar.domain.messaging.models import Letter
from tests.factories.applications import make_mentee
from tests.factories.groups import (
    drafted_group,
    make_group_cohort,
    members_of,
    mentees_of,
    people_for,
    proposed_group,
    reachable,
    running_group,
    solved_forming,
)
from tests.factories.people import signed_in

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


def test_from_the_wish_to_the_letters(lena):
    cohort = make_group_cohort(coordinator=lena)
    people_for(cohort, mentees=5, mentors=2)
    browser = signed_in(lena)
    page = f"/console/cohorts/{cohort.public_id}/groups/"

    assert "5 people wait for a group" in text_of(browser.get(page))
    run = solved_forming(cohort, by=lena)
    board = f"/console/formings/{run.public_id}/"
    assert "5 of 5 mentees are in 2 groups." in text_of(browser.get(board))
    browser.post(f"{board}review/")
    shown = text_of(browser.get(f"{board}publish/"))
    assert "7 letters, now" in shown
    assert "A group for you in" in shown
    assert not Letter.objects.exists()
    assert browser.post(f"{board}publish/").status_code == 302

    assert Letter.objects.filter(kind="groups.proposed").count() == 7
    assert "0 of 4 said yes" in text_of(browser.get(page)) or "said yes" in text_of(
        browser.get(page)
    )


def test_a_move_says_what_it_costs_and_breaks_before_it_is_made(lena):
    cohort = make_group_cohort(coordinator=lena, group_most=3)
    people_for(cohort, mentees=6, mentors=2)
    run = solved_forming(cohort, by=lena)
    one, other = queries.groups_of(run)
    person, browser = one.others[0].participant, signed_in(lena)
    address = f"/console/formings/{run.public_id}/move/"

    page = text_of(
        browser.get(address, {"person": person.public_id, "into": other.group.public_id})
    )
    browser.post(address, {"person": person.public_id, "into": other.group.public_id})

    assert "The group would have 4 people; 3 are the most." in page
    assert "of the points." in page or "It costs nothing." in page
    assert person.pk in {m.participant_id for m in queries.groups_of(run)[1].others}
    assert "1 thing does not keep your rules" in text_of(browser.get(f"/console/formings/{run.public_id}/"))  # fmt: skip


@pytest.mark.parametrize("act", ["move", "open"])
def test_a_form_without_a_choice_changes_nothing(lena, act):
    group = drafted_group(make_group_cohort(coordinator=lena))

    answer = signed_in(lena).post(f"/console/formings/{group.run.public_id}/{act}/")

    assert answer.status_code == 409
    assert FormingRun.objects.get().moves == 0


def test_two_are_kept_apart_with_a_reason_and_never_from_themselves(lena):
    cohort = make_group_cohort(coordinator=lena)
    (one, other), _ = people_for(cohort, mentees=2)
    browser, address = signed_in(lena), f"/console/cohorts/{cohort.public_id}/groups/apart/"

    same = browser.post(address, {"one": one.public_id, "other": one.public_id, "reason": "Kin"})
    kept = browser.post(address, {"one": one.public_id, "other": other.public_id, "reason": "Kin"})

    assert (same.status_code, kept.status_code) == (422, 302)
    assert queries.apart_in(cohort).count() == 1


def test_a_group_that_is_too_small_offers_who_is_left_and_lets_it_go(lena):
    cohort = make_group_cohort(coordinator=lena)
    group = proposed_group(cohort)
    for member in mentees_of(group)[:2]:
        actions.decline_group(member, by=member.person)
    make_mentee(cohort, reachable("Zoe", "Late"))
    browser, address = signed_in(lena), f"/console/groups/{group.public_id}/"

    page = text_of(browser.get(address))
    assert "Too small: 1 missing" in page
    assert "Ask Zoe Late" in page
    browser.post(f"{address}let-go/")

    assert Group.objects.get().status == Group.Status.DISSOLVED


def test_a_cohort_of_groups_meets_no_page_that_knows_only_pairs(lena):
    group = running_group(make_group_cohort(coordinator=lena))
    key, browser = group.cohort.public_id, signed_in(lena)

    for place in ("matching/", "matching/board/", "mentorships/"):
        answer = browser.get(f"/console/cohorts/{key}/{place}")
        assert answer["Location"] == f"/console/cohorts/{key}/groups/"
    assert "does not know groups" in text_of(browser.get(f"/console/cohorts/{key}/wind-tunnel/"))
    assert "what is played here are pairs" in text_of(browser.get(f"/console/cohorts/{key}/needs/"))
    assert "1 group proposed; 1 begun" in text_of(browser.get(f"/console/cohorts/{key}/"))
    assert len(members_of(group)) == 4
