"""Groups from a draft to a room: somebody is moved with what it costs, it is published, and a group talks."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.screens import axe_finds_nothing, shoot

pytestmark = pytest.mark.journey

OFFICE = "tomas@halden.example"
PHONE = {"sizes": ["phone"], "schemes": ["light"]}


def drag(page: Page, what: Locator, onto: Locator) -> None:
    """Drag as a hand does: take it up, move in steps, let go."""
    what.hover()
    page.mouse.down()
    onto.hover()
    onto.hover()
    page.mouse.up()


def test_the_office_moves_somebody_and_publishes_the_groups_once(server, enter):
    page = enter(OFFICE)
    page.goto(f"{server.address}/console/")
    page.get_by_role("link", name="Winter circles").first.click()
    page.get_by_role("link", name="The groups, and forming them").click()
    page.get_by_role("link", name="Look at the groups").click()
    shoot(page, "groups-drafted")
    axe_finds_nothing(page, **PHONE)

    row = page.locator("[data-into] [data-person]").first
    person = row.get_by_role("link").inner_text()
    drag(page, row.get_by_role("link"), page.locator("[data-into]").nth(1).get_by_role("heading"))
    expect(page.get_by_role("heading", name=f"Where to with {person}?")).to_be_visible()
    expect(page.get_by_text(re.compile("of the points|costs nothing")).first).to_be_visible()
    shoot(page, "groups-a-move")
    page.get_by_role("button", name=re.compile("Move to")).first.click()
    expect(page.get_by_text(f"{person} is in")).to_be_visible()

    page.get_by_role("button", name="I have looked at these groups").click()
    expect(page.get_by_text("How the letters read")).to_be_visible()
    shoot(page, "groups-published")
    axe_finds_nothing(page, **PHONE)
    page.get_by_role("button", name=re.compile("Publish")).click()
    expect(page.get_by_text("The groups are published")).to_be_visible()
    shoot(page, "groups-of-a-cohort")
    axe_finds_nothing(page, **PHONE)
