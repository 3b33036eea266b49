"""Rehearsing a trial run: plan it, press the button, read a letter as a test person, write down a finding; begun without JavaScript too."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.screens import axe_finds_nothing, shoot

pytestmark = pytest.mark.journey

OFFICE = "lena@halden.example"
SECONDS = 300_000


def plan_a_trial_run(page: Page, server, name: str) -> None:
    page.goto(f"{server.address}/console/")
    page.get_by_role("link", name="First Steps").first.click()
    page.get_by_role("link", name=re.compile("Plan a cohort|Plan the next cohort")).first.click()
    page.get_by_role("link", name="Propose the days of a trial run instead").click()
    page.get_by_label("Name").fill(name)
    expect(page.get_by_label("This is a trial run")).to_be_checked()
    page.get_by_role("button", name="Plan it").click()


def rehearse(page: Page) -> None:
    page.get_by_role("link", name="Rehearse it first").click()
    expect(page.get_by_role("heading", name="Not rehearsed yet")).to_be_visible()
    page.get_by_label("Test mentors").fill("4")
    page.get_by_label("Test mentees").fill("5")
    page.get_by_role("button", name="Rehearse this design").focus()
    page.keyboard.press("Enter")


def read_a_letter_as_a_test_person(page: Page) -> None:
    page.get_by_label("Read it as").select_option(label="Amal Probe (mentor)")
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.get_by_role("heading", name="Day by day, as Amal Probe lives it")).to_be_visible()
    page.get_by_role("link", name=re.compile("We found a mentee for you")).first.click()

    expect(page.get_by_text("Dear Amal,")).to_be_visible()
    expect(page.locator(".letter-text a")).to_have_count(0)
    shoot(page, "rehearsal-letter")
    axe_finds_nothing(page)


def test_a_coordinator_rehearses_a_trial_run_and_writes_down_what_it_shows(server, enter):
    page = enter(OFFICE)
    plan_a_trial_run(page, server, "Trial with scripts")
    rehearse(page)

    done = page.get_by_role("heading", name="What the rehearsal shows")
    expect(done).to_be_visible(timeout=SECONDS)
    expect(
        page.get_by_text(re.compile(r"\d+ days in \d+ seconds: \d of 5 mentees"))
    ).to_be_visible()
    shoot(page, "rehearsal")
    axe_finds_nothing(page)
    read_a_letter_as_a_test_person(page)
    page.get_by_role("link", name="Write it down as a finding").click()
    words = page.get_by_label("What went wrong")
    words.fill(f"{words.input_value()}it does not say where to meet.")
    expect(page.get_by_label("At which stage")).to_have_value("matching")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_role("link", name="All findings of this trial run").click()

    expect(page.get_by_text("it does not say where to meet.")).to_be_visible()


def test_without_scripts_a_rehearsal_is_begun_and_followed_by_pressing(server, enter):
    page = enter(OFFICE)
    page = page.context.browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state()
    ).new_page()
    plan_a_trial_run(page, server, "Trial without scripts")
    rehearse(page)

    for _ in range(SECONDS // 1_000):
        if page.get_by_text("% of the days").count():
            return
        page.wait_for_timeout(1_000)
        page.get_by_role("link", name="Look again").click()
    raise AssertionError("nothing told how far the rehearsal is")
