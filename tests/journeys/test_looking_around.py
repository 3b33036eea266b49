"""A story: a mentee looks who is there, keeps somebody, and a mentor decides what is seen of them."""

import re

import pytest

from tests.journeys.screens import axe_finds_nothing

pytestmark = pytest.mark.journey


def first_card(page):
    return page.locator("#results .person").first


def test_a_mentee_looks_around_keeps_somebody_and_sets_somebody_aside(server, enter):
    mentee = enter("amina@halden.example")
    mentee.goto(f"{server.address}/home/")
    mentee.get_by_role("link", name="Look around").click()
    assert mentee.get_by_role("heading", level=1).inner_text() == "Look who is there"
    everybody = mentee.locator("#results .person").count()
    assert everybody > 0

    name = first_card(mentee).get_by_role("link").inner_text()
    mentee.get_by_label("Words").press_sequentially(name.split(" ")[-1].upper(), delay=20)
    mentee.wait_for_url(re.compile("text="))
    assert first_card(mentee).get_by_role("link").inner_text() == name
    first_card(mentee).get_by_role("button", name="Keep").click()
    first_card(mentee).get_by_text("on your list").wait_for()
    mentee.get_by_role("link", name="My list").click()
    assert first_card(mentee).get_by_role("link").inner_text() == name
    axe_finds_nothing(mentee, sizes=["phone"])

    first_card(mentee).get_by_role("link").click()
    mentee.get_by_role("button", name="Take off").click()
    mentee.get_by_role("button", name="Not for me").click()
    mentee.get_by_role("button", name="Undo").click()
    mentee.get_by_role("button", name="Keep").wait_for()
    axe_finds_nothing(mentee, sizes=["phone"])


def test_a_mentor_says_what_is_seen_of_them_and_sees_it(server, enter):
    mentor = enter("ruth@halden.example", java_script_enabled=False)
    mentor.goto(f"{server.address}/home/")
    mentor.get_by_role("link", name=re.compile("What others see of you")).first.click()
    mentor.get_by_label("Own words").select_option("office")
    mentor.get_by_role("button", name="Keep it so").first.click()
    mentor.get_by_role("link", name="See me as others see me").click()
    assert mentor.get_by_role("heading", name="In their own words").count() == 0
    mentor.get_by_role("link", name="Change what others see").click()
    mentor.get_by_label("Own words").select_option("proposal")
    mentor.get_by_role("button", name="Keep it so").first.click()
    mentor.get_by_role("link", name="See me as others see me").click()
    assert mentor.get_by_role("heading", name="In their own words").is_visible()
