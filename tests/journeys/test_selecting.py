"""A story: a reviewer reads without a name, the office looks at who differs, and releases what it decided together."""

import re

import pytest

from tests.journeys.screens import axe_finds_nothing

pytestmark = pytest.mark.journey


def number_in(text):
    return int(re.search(r"\d+", text)[0]) if re.search(r"\d+", text) else 1


def applications_of_winter(page, server):
    """Open the list of the cohort that is being recruited; return the address of the cohort's pages."""
    page.goto(f"{server.address}/console/")
    page.get_by_role("link", name=re.compile("Winter")).first.click()
    page.wait_for_url(re.compile("/console/cohorts/"))
    cohort = re.match(r".*/console/cohorts/\w+/", page.url)[0]
    page.goto(f"{cohort}applications/")
    return cohort


def test_from_a_reading_without_a_name_to_letters_released_together(server, enter):
    office = enter("lena@halden.example")
    cohort = applications_of_winter(office, server)
    names = office.locator("tbody th a").all_inner_texts()

    rosa = enter("rosa@halden.example")
    rosa.goto(f"{server.address}/console/readings/")
    before = number_in(rosa.locator(".next h2").inner_text())
    rosa.get_by_role("link", name="Read the next").click()
    text = rosa.locator("main").inner_text()
    assert not [name for name in names if name in text]
    for fieldset in rosa.locator("form fieldset").all():
        fieldset.get_by_role("radio").nth(2).check()
    rosa.get_by_label(re.compile("Why, in a sentence")).fill("A clear step.")
    rosa.get_by_role("button", name="Give my scores").click()
    rosa.goto(f"{server.address}/console/readings/")
    assert number_in(rosa.locator(".next h2").inner_text()) == before - 1
    assert rosa.get_by_text("A clear step.").first.is_visible()

    office.goto(f"{cohort}applications/?readers=differ")
    office.locator("tbody th a").first.click()
    assert office.get_by_text("they differ").first.is_visible()

    office.goto(f"{cohort}decisions/")
    count = number_in(office.locator(".next h2").inner_text())
    office.get_by_text(re.compile("The letter, as")).first.click()
    assert office.get_by_text("Dear ").first.is_visible()
    axe_finds_nothing(office, sizes=["phone"], schemes=["light"])
    office.get_by_role("button", name=f"Release all {count}").click()
    assert office.get_by_text("their letters go within a minute").is_visible()
    assert office.get_by_role("heading", name="Nothing is noted").is_visible()
