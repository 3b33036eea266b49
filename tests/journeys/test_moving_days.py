"""A coordinator moves the days of a cohort on its drawing, by key and by hand, and saves what was drawn."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.screens import axe_finds_nothing, shoot

pytestmark = pytest.mark.journey


def day_in(page: Page, name: str) -> date:
    return date.fromisoformat(page.locator(f"input[name={name}]").input_value())


def handle(page: Page, label: str) -> Locator:
    return page.get_by_role("slider", name=label)


NAMES = ("opens_on", "closes_on", "matching_on", "starts_on", "ends_on")
DRAWN = 1500  # milliseconds until days that were typed are drawn


def days_in(page: Page) -> list[date]:
    return [day_in(page, name) for name in NAMES]


def test_days_are_moved_by_key_and_by_hand(server, enter):
    page = enter("lena@halden.example")
    plan(page, server.address)
    opens, closes, _matching, starts, ends = days_in(page)

    move_the_end_by_key(page)
    assert day_in(page, "ends_on") == ends + timedelta(days=9)
    move_all_from_the_opening(page, opens + timedelta(days=7))
    assert day_in(page, "closes_on") == closes + timedelta(days=7)
    drag(page, handle(page, "Mentorships start"), 60)
    moved = day_in(page, "starts_on")
    assert moved > starts + timedelta(days=7)
    axe_finds_nothing(page)
    shoot(page, "days-moved")

    page.locator("#judged").get_by_role("button", name="Save these days").click()
    page.wait_for_load_state()
    kept = (day_in(page, "starts_on"), day_in(page, "ends_on"))
    assert kept == (moved, ends + timedelta(days=16))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def plan(page: Page, address: str) -> None:
    page.goto(f"{address}/console/")
    page.get_by_role("link", name="First Steps").first.click()
    page.get_by_role("link", name="Plan a cohort").click()
    page.get_by_label("Name").fill("Next year")
    page.get_by_role("button", name="Plan it").click()
    page.wait_for_url("**/days/")


def move_the_end_by_key(page: Page) -> None:
    end = handle(page, "The cohort ends")
    end.press("ArrowRight")
    end.press("Shift+ArrowRight")
    expect(page.get_by_text("not saved yet")).to_be_visible()
    expect(end).to_be_focused()
    end.press("ArrowRight")


def move_all_from_the_opening(page: Page, day: date) -> None:
    follow = page.get_by_label("Move the days after it, too")
    follow.check()
    page.locator("input[name=opens_on]").fill(day.isoformat())
    page.locator("input[name=opens_on]").blur()
    page.wait_for_timeout(DRAWN)
    follow.uncheck()


def drag(page: Page, what: Locator, by: int) -> None:
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y, steps=5)
    page.mouse.up()
    page.wait_for_timeout(DRAWN)
