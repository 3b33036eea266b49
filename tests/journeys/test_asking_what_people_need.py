"""A story: somebody without an account tells what they need, and the office sees what is short."""

import re

import pytest

from tests.journeys.screens import axe_finds_nothing

pytestmark = pytest.mark.journey
SURVEY = "/programs/first-steps/needs/mentee/"


def answers_in(page):
    """Return how many mentees' answers the office counts."""
    card = page.locator("section.sheet", has_text="Mentees: what they need")
    return int(re.search(r"(\d+) answers", card.inner_text())[1])


def open_needs(page, server):
    page.goto(f"{server.address}/console/")
    page.get_by_role("link", name=re.compile("Winter")).first.click()
    page.get_by_role("link", name="What people need, and what is short").click()
    assert (
        page.get_by_role("heading", level=1).inner_text() == "What people need, and what is short"
    )


def test_a_visitor_answers_by_keyboard_without_javascript_and_the_office_counts_it(server, enter):
    office = enter("lena@halden.example")
    open_needs(office, server)
    before = answers_in(office)

    visitor = enter(java_script_enabled=False)
    visitor.goto(server.address + SURVEY)
    visitor.get_by_label("Finding my first job").focus()
    visitor.keyboard.press("Space")
    visitor.get_by_label(re.compile("Yes, use my answers")).focus()
    visitor.keyboard.press("Space")
    visitor.keyboard.press("Enter")

    visitor.get_by_role("heading", name="Your answers are counted").wait_for()
    office.reload()
    assert answers_in(office) == before + 1


def test_words_are_proposed_and_half_an_answer_is_kept(server, enter):
    page = enter("jonas@halden.example")
    page.goto(server.address + SURVEY)
    work = page.get_by_label("What you do, or study for")
    work.fill("")
    work.press_sequentially("nurse p", delay=20)
    page.wait_for_selector("#words-function option[value='Nurse Practitioner']", state="attached")
    work.fill("Nurse Practitioner")

    page.get_by_role("button", name="Keep it, I go on later").click()

    assert page.get_by_role("heading", name="Kept, but not sent yet").is_visible()
    assert page.get_by_label("What you do, or study for").input_value() == "Nurse Practitioner"
    axe_finds_nothing(page)


def test_from_the_gap_to_the_people_and_the_plan(server, enter):
    page = enter("lena@halden.example")
    open_needs(page, server)
    headline = page.locator(".next h2").first.inner_text()
    assert re.match(r"(One more|Any) mentor .*would serve \d+ more mentee", headline)

    page.locator(".next a.primary").click()
    page.locator("#list tbody th bdi").first.wait_for()
    page.get_by_role("link", name="Plan to win them").click()
    page.get_by_label("How many").fill("4")
    page.get_by_role("button", name="Plan it").click()

    assert page.get_by_text(re.compile(r"^\s*\d of 4\s*$")).first.is_visible()
    axe_finds_nothing(page)
