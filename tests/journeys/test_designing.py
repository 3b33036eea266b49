"""A new coordinator: from a template to a published program, step by step, and what is typed is kept by the way."""

import re
import time
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.screens import axe_finds_nothing, shoot

pytestmark = pytest.mark.journey
MOST_SECONDS = 15 * 60
SAVE = re.compile("Save and (go on|look it over)")


def test_a_new_coordinator_goes_from_a_template_to_a_published_program(server, enter):
    began = time.monotonic()
    page = enter("lena@halden.example")
    page.goto(f"{server.address}/console/programs/new/")
    page.get_by_text("Changing careers").click()
    page.get_by_label("Name").fill("Second Wind")
    page.locator("main form button.primary").click()

    expect(page.get_by_role("heading", name="How this program works")).to_be_visible()
    shoot(page, "design-overview")
    page.get_by_role("link", name="Goals").click()
    pressed_twice = False
    while (button := page.get_by_role("button", name=SAVE)).count():
        axe_finds_nothing(page, sizes=["phone"], schemes=["light"])
        change_something(page)
        here = page.url
        button.click() if pressed_twice else button.dblclick()
        pressed_twice = True
        page.wait_for_url(lambda address, here=here: address != here)
    expect(page.get_by_text("Nothing contradicts itself")).to_be_visible()

    page.get_by_role("link", name="Plan a cohort").click()
    page.get_by_label("Name").fill("Spring")
    page.locator("main form button.primary").click()
    page.wait_for_load_state()
    page.get_by_role("button", name="Open it").click()
    page.wait_for_load_state()
    page.goto(f"{server.address}/programs/second-wind/")
    expect(page.get_by_text("Explaining a change in a résumé")).to_be_visible()
    expect(page.get_by_text("introduce two people")).to_be_visible()
    assert time.monotonic() - began < MOST_SECONDS


def change_something(page: Page) -> None:
    """Give the goals a day, and wait until it is kept without any button."""
    days = page.locator("input[type=date]")
    if not days.count():
        return
    end = date.today() + timedelta(days=300)  # noqa: DTZ011  the browser's own day
    for place in range(4):
        days.nth(place).fill(end.isoformat())
    days.nth(3).blur()
    expect(page.get_by_text(re.compile("saved in version"))).to_be_visible()
