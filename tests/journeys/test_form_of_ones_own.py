"""A coordinator asks something of their own; an applicant answers it on a phone, and is not asked twice."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.screens import axe_finds_nothing, shoot

pytestmark = pytest.mark.journey
PHONE = {"width": 390, "height": 844}
NAME = "Running mates"
SPORT, FAR = "Do you do any sport?", "Which sport is it?"


def test_a_form_of_one_s_own_from_the_first_question_to_the_office(server, enter):
    lena = enter("lena@halden.example")
    console = begin_program(lena, server.address)
    add_questions(lena, console)
    weigh(lena, console)
    look_at_it_as_on_a_phone(lena, console)
    open_cohort(lena, console)

    amina = enter("amina@halden.example")
    apply_on_a_phone(amina, f"{server.address}/programs/running-mates/apply/mentee/")
    come_back_and_send(amina, f"{server.address}/programs/running-mates/apply/mentee/")
    the_office_reads_it(lena, console)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def begin_program(page: Page, address: str) -> str:
    page.goto(f"{address}/console/programs/new/")
    page.get_by_text("Changing careers").click()
    page.get_by_label("Name").fill(NAME)
    page.locator("main form button.primary").click()
    page.wait_for_load_state()
    page.get_by_role("link", name="Goals").click()
    page.wait_for_load_state()
    return re.sub(r"/design/.*", "/", page.url)


def add_questions(page: Page, console: str) -> None:
    """Ask everybody if they do sport, and those who do, which."""
    page.goto(f"{console}design/form/")
    axe_finds_nothing(page, schemes=["light"])
    page.get_by_role("link", name="Add a question to “Own words”").click()
    page.get_by_label("The question, as people read it").fill(SPORT)
    page.get_by_label("How it is answered").select_option("yes_no")
    expect(page.get_by_label("Choice 1")).to_be_hidden()
    page.get_by_label("for the office to read").check()
    press(page, "Save the question")

    page.get_by_role("link", name="Add a question to “Own words”").click()
    page.get_by_label("The question, as people read it").fill(FAR)
    for number, sport in enumerate(("Running", "Chess", "Sailing"), 1):
        page.get_by_label(f"Choice {number}").fill(sport)
    page.get_by_label("for matching").check()
    page.get_by_label("once both said yes").check()
    page.get_by_label("It has to be answered").check()
    page.get_by_text("Ask it only of some").click()
    page.get_by_role("group", name=SPORT).get_by_label("Yes").check()
    axe_finds_nothing(page, schemes=["light"])
    press(page, "Save the question")
    expect(page.get_by_text(f"Asked only of those who answer “Yes” to “{SPORT}”.")).to_be_visible()
    move(page, "up")
    expect(page.get_by_text("is asked before").first).to_be_visible()
    move(page, "down")


def move(page: Page, where: str) -> None:
    """Press the button of the second question by the keyboard."""
    page.locator(f"button[value='q_which_sport_is_it:{where}']").press("Enter")
    page.wait_for_load_state()


def weigh(page: Page, console: str) -> None:
    page.goto(f"{console}design/criteria/")
    page.get_by_label(FAR).fill("12")
    page.get_by_label(FAR).blur()
    expect(page.get_by_text(re.compile("saved in version"))).to_be_visible()
    page.goto(f"{console}design/form/")
    expect(
        page.get_by_text(
            re.compile(r"Matching weighs it at \d+ of 100\. Shown to the partner once both")
        )
    ).to_be_visible()


def look_at_it_as_on_a_phone(page: Page, console: str) -> None:
    """The preview branches at once, and keeps nothing."""
    page.goto(f"{console}design/form/preview/mentee/")
    expect(page.get_by_role("group", name=FAR)).to_be_hidden()
    page.get_by_role("group", name=SPORT).get_by_label("Yes").check()
    expect(page.get_by_role("group", name=FAR)).to_be_visible()
    shoot(page, "form-preview", schemes=["light"])
    axe_finds_nothing(page, sizes=["desktop"])
    page.get_by_role("link", name="As a mentor").click()
    expect(page.get_by_text("How many mentees could you look after?")).to_be_visible()


def open_cohort(page: Page, console: str) -> None:
    page.goto(f"{console}design/goals/")
    days = page.locator("input[type=date]")
    for place in range(3):
        days.nth(place).fill("2099-01-01")
    days.nth(2).blur()
    expect(page.get_by_text(re.compile("saved in version"))).to_be_visible()
    page.goto(f"{console}cohorts/new/")
    page.get_by_label("Name").fill("Spring")
    page.locator("input[name=opens_on]").fill(date.today().isoformat())  # noqa: DTZ011  the browser's own day
    page.locator("main form button.primary").click()
    page.wait_for_load_state()
    press(page, "Open it")


def apply_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address)
    expect(page.get_by_text("We know this already:")).to_be_visible()
    shoot(page, "form-known", sizes=["phone"], schemes=["light"])
    axe_finds_nothing(page, sizes=["phone"])
    press(page, "Go on")
    page.get_by_role("checkbox").first.check()
    press(page, "Go on")
    expect(page.get_by_role("group", name=FAR)).to_be_hidden()
    page.get_by_role("group", name=SPORT).get_by_label("Yes").check()
    expect(page.get_by_role("group", name=FAR)).to_be_visible()
    expect(page.get_by_role("group", name=SPORT).get_by_label("Yes")).to_be_focused()
    page.get_by_role("group", name=FAR).get_by_label("Chess").check()
    press(page, "Save and finish later")
    page.wait_for_url("**/home/")


def come_back_and_send(page: Page, address: str) -> None:
    """What was said is still there; with the last words it is sent."""
    page.goto(address)
    expect(page.get_by_role("group", name=FAR).get_by_label("Chess")).to_be_checked()
    page.locator("textarea[name=about]").fill("Somebody who runs, and tells me the truth about it.")
    page.get_by_label("Yes, match me").check()
    axe_finds_nothing(page, sizes=["phone"], schemes=["dark"])
    press(page, "Send my application")
    expect(page.get_by_text("It has arrived")).to_be_visible()
    expect(page.get_by_text(FAR, exact=True)).to_be_visible()


def the_office_reads_it(page: Page, console: str) -> None:
    page.goto(console)
    page.locator("main a[href*='/applications/']").first.click()
    page.wait_for_load_state()
    page.get_by_role("link", name=re.compile("Amina")).first.click()
    expect(page.get_by_text(FAR, exact=True)).to_be_visible()
    expect(page.get_by_text("Chess", exact=True)).to_be_visible()
