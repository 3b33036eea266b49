"""Trying a design before it is launched: ask, wait, read, ask differently, two side by side; with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.screens import axe_finds_nothing, shoot

pytestmark = pytest.mark.journey

OFFICE = "lena@halden.example"
SECONDS = 120_000


def tunnel_of(page: Page, server, cohort: str) -> None:
    page.goto(f"{server.address}/console/")
    page.get_by_role("link", name=re.compile(cohort)).first.click()
    page.get_by_role("link", name="What to expect: the wind tunnel").click()
    expect(page.get_by_role("heading", name="Wind tunnel", exact=True)).to_be_visible()


def wait_until_ready(page: Page, *, renews: bool) -> None:
    ready = page.get_by_role("heading", name="Expected", exact=True)
    if renews:
        expect(ready).to_be_visible(timeout=SECONDS)
        return
    for _ in range(120):
        if ready.count():
            return
        page.wait_for_timeout(1_000)
        page.get_by_role("link", name="Look again").click()
    raise AssertionError("the forecast did not become ready")


def press(page: Page, name: str) -> None:
    """Reach a button by the keyboard alone."""
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("with_javascript", [True, False], ids=["scripted", "plain"])
def test_a_coordinator_tries_two_ways_and_sees_the_difference(server, enter, with_javascript):
    page = enter(OFFICE)
    if not with_javascript:
        page = page.context.browser.new_context(
            java_script_enabled=False, storage_state=page.context.storage_state()
        ).new_page()
    tunnel_of(page, server, "Winter")

    page.get_by_label("Mentors who say no to a match").fill("400")
    press(page, "Run the forecast")
    expect(page.locator(".errorlist")).to_contain_text("A rate lies between 0 and 100 percent")
    page.get_by_label("Mentors who say no to a match").fill("40")
    press(page, "Run the forecast")
    wait_until_ready(page, renews=with_javascript)
    if with_javascript:
        shoot(page, "wind-tunnel-forecast")
        axe_finds_nothing(page)
    oldest = page.get_by_label("Which one").locator("option").count() - 1
    page.get_by_label("Which one").select_option(index=oldest)
    press(page, "Side by side")

    expect(page.get_by_role("heading", name="Two forecasts side by side")).to_be_visible()
    if with_javascript:
        expect(page.get_by_text("The same people meet the same fates in both")).to_be_visible()
        expect(page.get_by_text("Rates and hours that differ")).to_be_visible()
        axe_finds_nothing(page)
        shoot(page, "wind-tunnel-side-by-side")


def test_the_kept_forecast_stands_beside_what_happened(server, enter):
    page = enter(OFFICE)
    tunnel_of(page, server, "Autumn")

    page.get_by_role("link", name="The kept forecast against what happened").click()

    expect(page.get_by_text("measures lie where 9 of 10 cohorts would be")).to_be_visible()
    page.locator("summary", has_text="The same in numbers").click()
    expect(page.get_by_role("row", name=re.compile("Mentees who meet"))).to_be_visible()
