"""Somebody asks from a phone, hears a no, and the next on the list says yes; and what came of people's lists."""

import re

import pytest
from playwright.sync_api import Page, expect

from lodestar.demo.cast import cast
from tests.journeys.screens import axe_finds_nothing, shoot
from tests.journeys.test_from_import_to_numbers import letter_links, press

pytestmark = pytest.mark.journey
PHONE = {"width": 390, "height": 844}
ASKS = "Mei Tanaka asks whether you would be their mentor"


def test_a_mentee_asks_from_a_phone_and_after_a_no_the_next_says_yes(server, enter):
    mei, stranger = enter("mei@halden.example"), enter()
    mei.set_viewport_size(PHONE)
    take_back(mei, server)
    first, second = put_on_list(mei), put_on_list(mei)
    shoot(mei, "list-of-a-mentee")
    axe_finds_nothing(mei, sizes=["phone"])
    mei.get_by_role("button", name=re.compile("^Up")).first.click()
    expect(mei.locator("ol > li").first).to_contain_text(first)
    mei.get_by_role("button", name=re.compile("^Ask .* now$")).first.click()
    expect(mei.get_by_text("has your request and is reminded twice")).to_be_visible()

    stranger.goto(letter_links(stranger, server, address_of(first), ASKS)[0])
    shoot(stranger, "request-from-letter")
    axe_finds_nothing(stranger, sizes=["phone"])
    press(stranger, "No, thank you")
    press(stranger, "Say no")
    expect(stranger.get_by_text("Somebody else is asked now")).to_be_visible()

    letter_links(stranger, server, "mei@halden.example", f"{second} is asked now")
    stranger.goto(letter_links(stranger, server, address_of(second), ASKS)[0])
    press(stranger, "Yes, I would like to")
    expect(stranger.get_by_role("heading", name="You both said yes")).to_be_visible()
    mei.goto(f"{server.address}/home/")
    mei.locator("a[href*='/mentorships/']").first.click()
    expect(mei.get_by_text(second).first).to_be_visible()


def take_back(page: Page, server) -> None:
    """Take the request of yesterday back; whoever it went to is not asked again by itself."""
    page.goto(f"{server.address}/home/")
    page.get_by_role("link", name="Look again").click()
    page.get_by_role("link", name="To your list").click()
    press(page, "Take the request back")
    expect(page.get_by_text("You took your request to Ruth back")).to_be_visible()


def put_on_list(page: Page) -> str:
    """Put the best fit who is not on the list yet on it, with a note, and return that mentor's name."""
    card = page.locator("article.person").first
    name = card.locator("h3").inner_text()
    card.get_by_role("link", name="Look, and").click()
    page.get_by_label("A note to this mentor").fill(
        "You did what I would like to do. How did you begin?"
    )
    shoot(page, "ask-a-mentor")
    axe_finds_nothing(page, sizes=["phone"])
    press(page, "Put on my list")
    expect(page.get_by_role("link", name=name)).to_be_visible()
    return name


def address_of(name: str) -> str:
    """Return the address of one of the demo's older alumni."""
    return next(each.email for each in cast()[0] if f"{each.given_name} {each.family_name}" == name)


def test_the_office_sees_what_came_of_the_lists_and_who_asks_whom(server, enter):
    page = enter("tomas@halden.example")
    page.goto(f"{server.address}/console/")
    page.get_by_role("link", name=re.compile("A Good Hour")).first.click()
    page.get_by_role("link", name=re.compile("This season")).first.click()
    page.wait_for_load_state()
    cohort = re.search(r"/cohorts/(\w{16})/", page.url)
    assert cohort, page.url
    page.goto(f"{server.address}/console/cohorts/{cohort[1]}/matching/")
    page.get_by_role("link", name=re.compile("Requests and lists")).click()
    expect(page.get_by_role("heading", name="How asking goes")).to_be_visible()
    shoot(page, "requests-of-a-cohort")
    axe_finds_nothing(page)
    page.locator("#requests tbody a").first.click()
    shoot(page, "one-request")
    axe_finds_nothing(page, sizes=["phone"])
