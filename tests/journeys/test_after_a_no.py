"""One meeting first, and what follows a no: a standby, and an honest word to those without a partner."""

import re

import pytest
from playwright.sync_api import Page, expect

from lodestar.demo.cast import cast
from tests.journeys.screens import axe_finds_nothing, shoot

pytestmark = pytest.mark.journey

OFFICE = "tomas@halden.example"
PHONE = {"sizes": ["phone"], "schemes": ["light"]}


def address_of(name: str) -> str:
    """Return the address of one of the demo's people, whose family name stands first in some languages."""
    older, younger = cast()
    people = (*older, *younger)
    return next(
        each.email
        for each in people
        if name in (f"{each.given_name} {each.family_name}", f"{each.family_name}{each.given_name}")
    )


def lunches(page: Page, server) -> None:
    page.goto(f"{server.address}/console/")
    page.get_by_role("link", name="Lunches").first.click()


def test_the_office_looks_who_is_next_and_writes_to_those_without_a_partner(server, enter):
    page = enter(OFFICE)
    lunches(page, server)

    page.get_by_role("link", name="Look who is next").click()
    shoot(page, "who-waits-for-somebody-else")
    axe_finds_nothing(page, **PHONE)
    page.get_by_role("button", name="Propose").first.click()
    expect(page.get_by_text("It is proposed to both")).to_be_visible()

    lunches(page, server)
    page.get_by_role("link", name="Write to them").click()
    shoot(page, "those-without-a-partner")
    axe_finds_nothing(page, **PHONE)
    page.get_by_role("button", name="Look at the letter").first.click()
    expect(page.get_by_text("What you can do now:")).to_be_visible()
    shoot(page, "a-letter-to-those-without")
    axe_finds_nothing(page, **PHONE)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("on their way").or_(page.get_by_text("on its way"))).to_be_visible()


def test_two_meet_once_and_the_second_yes_begins_it(server, enter):
    office = enter(OFFICE)
    lunches(office, server)
    key = office.url.rstrip("/").split("/")[-1]
    office.goto(f"{server.address}/console/cohorts/{key}/matching/board/?state=exploring")
    row = office.locator("tbody tr").first
    mentee, mentor = row.locator("th").inner_text(), row.locator("td").nth(1).inner_text()

    page = enter(address_of(mentee))
    page.goto(f"{server.address}/home/")
    page.get_by_role("link", name="Open it").click()
    headings = page.get_by_role(
        "heading", name=re.compile("One meeting first|You would like to go on")
    )
    expect(headings.first).to_be_visible()
    shoot(page, "one-meeting-first")
    axe_finds_nothing(page, **PHONE)
    page.get_by_label("Your message").fill("It was good to meet you.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("It was good to meet you.")).to_be_visible()
    address = page.url.split("#")[0]
    say_yes(page)

    other = enter(address_of(mentor))
    other.goto(address)
    expect(other.get_by_text("It was good to meet you.")).to_be_visible()
    say_yes(other)
    other.get_by_role("link", name="To the room of you").click()
    expect(other.get_by_text("It was good to meet you.")).to_be_visible()


def say_yes(page: Page) -> None:
    """Say yes to going on, unless that was said before."""
    yes = page.get_by_role("button", name="Yes, let us go on")
    if yes.count():
        yes.click()
        page.wait_for_load_state()
