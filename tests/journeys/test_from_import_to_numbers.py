"""One whole program: two lists, a cohort, one more mentee, matches, two yeses, a talk, a pulse, the funnel."""

import csv
import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.screens import axe_finds_nothing, shoot
from tests.real_data import ROOT, has_real_data, real_data

pytestmark = pytest.mark.journey

OFFICE, NEWCOMER = "admin@halden.example", "newcomer@halden.example"


@pytest.fixture(autouse=True)
def real_time(server, enter):
    """Give the demo its own time back after the story moved it a month ahead."""
    yield
    page = enter()
    page.goto(f"{server.address}/demo/clock/")
    if page.get_by_role("button", name="Back to the real time").count():
        press(page, "Back to the real time")


@pytest.fixture(params=["own", "real"])
def lists(request):
    """Return mentors and mentees to bring: real answers where they are, else the project's own small cohort."""
    if request.param == "own":
        if has_real_data("alumni-import"):
            pytest.skip("The same story is told with real answers.")
        cohort = ROOT / "tests" / "data" / "cohort"
        return cohort / "mentors-40.csv", cohort / "mentees-60.csv"
    real = real_data("alumni-import")
    return real / "mentors-200.csv", real / "mentees-200.csv"


def test_a_program_from_two_lists_to_the_numbers(server, enter, lists, request):
    mentors, mentees = lists
    name = f"Journey {request.node.callspec.params['lists']}"
    office = enter(OFFICE)

    cohort = begin_program(office, server, name)
    for role, file in (("Mentors", mentors), ("Mentees", mentees)):
        bring(office, server, file, f"{role} of {name}")
    newcomer = enter(f"{slug_of(name)}-{NEWCOMER}")
    apply_as_mentee(newcomer, server, name)
    accept_everyone(office, cohort)
    mentor = publish(office, cohort)
    move_clock(office, server, "+20 minutes")  # until then it could be taken back
    before = funnel(office, cohort)
    accept_by_letter(enter(), server, newcomer, name, address_of(mentor, mentors))
    meet(newcomer, server)
    answer_pulse(enter(), server, f"{slug_of(name)}-{NEWCOMER}")
    after = funnel(enter(OFFICE), cohort)  # a month has passed: the session of the office too

    assert before["matched"] > 0
    assert after["both accepted"] == before["both accepted"] + 1
    assert after["met"] == before["met"] + 1
    assert after["answered"] == before["answered"] + 1


def slug_of(name: str) -> str:
    return name.lower().replace(" ", "-")


def move_clock(page: Page, server, words: str) -> None:
    page.goto(f"{server.address}/demo/clock/")
    page.get_by_label("New time").fill(words)
    press(page, "Set the clock")


def say_why(page: Page) -> None:
    """Say why it is right to match people of whom many told little, where the page asks for it."""
    why = page.get_by_label("Why go on")
    if why.count():
        why.fill("The two lists say no more.")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def begin_program(page: Page, server, name: str) -> str:
    """Begin a program as it comes, plan a cohort and open it; return the cohort's address."""
    page.goto(f"{server.address}/console/programs/new/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("What it promises").fill("Somebody who has been there.")
    page.locator("main form button.primary").click()
    follow(page, "Plan a cohort")
    page.get_by_label("Name").fill("First cohort")
    days = {"opens_on": 0, "closes_on": 7, "matching_on": 8, "starts_on": 20, "ends_on": 200}
    for field, ahead in days.items():
        day = date.today() + timedelta(days=ahead)  # noqa: DTZ011  the browser's own day
        page.locator(f"input[name={field}]").fill(day.isoformat())
    page.locator("main form button.primary").click()
    page.wait_for_load_state()
    press(page, "Open it")
    follow(page, "To its roadmap") if page.get_by_role(
        "link", name="To its roadmap"
    ).count() else None
    return page.url


def bring(page: Page, server, file, purpose: str) -> None:
    """Upload a list, look at it, take it in, and wait until its people take part."""
    page.goto(f"{server.address}/console/imports/new/")
    page.get_by_label(purpose).check()
    page.locator("input[type=file]").set_input_files(file)
    press(page, "Upload and look")
    expect(page.get_by_role("link", name="See what a yes does")).to_be_visible(timeout=60_000)
    shoot(page, f"import-{purpose.split()[0].lower()}")
    axe_finds_nothing(page, sizes=["phone"], schemes=["light"])
    follow(page, "See what a yes does")
    press(page, "Take in")
    expect(page.get_by_text("by this list.")).to_be_visible(timeout=120_000)


def apply_as_mentee(page: Page, server, name: str) -> None:
    """Apply from a phone, as somebody whom nobody knows yet."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server.address}/programs/{slug_of(name)}/apply/mentee/")
    page.get_by_label("First name").fill("Njeri")
    page.get_by_label("Family name").fill("Kamau")
    page.get_by_label("Class year").fill("2025")
    page.get_by_label("City").fill("Nairobi")
    page.get_by_label("Country").fill("Kenya")
    page.get_by_label("Time zone").select_option("Africa/Nairobi")
    page.get_by_label("rather talk in").select_option("en")
    press(page, "Go on")
    page.get_by_label("Finding my first job").first.check()
    page.get_by_label("Matters most").select_option("Finding my first job")
    press(page, "Go on")
    page.locator("textarea[name=about]").fill("A plan for my first year, and the truth about it.")
    page.get_by_label("Yes, match me").check()
    press(page, "Send my application")
    expect(page.get_by_text("It has arrived")).to_be_visible()
    shoot(page, "application")
    axe_finds_nothing(page, sizes=["phone"])


def accept_everyone(page: Page, cohort: str) -> None:
    page.goto(f"{cohort}applications/?status=submitted")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name=re.compile("^Accept")).first.click()
    page.wait_for_load_state()


def publish(page: Page, cohort: str) -> str:
    """Compute, pin, look and publish; return the name of the newcomer's mentor."""
    page.goto(f"{cohort}matching/")
    say_why(page)
    page.locator("form[action$='/matching/run/'] button").first.click()
    look = page.get_by_role("link", name="Look at the matches")
    expect(look).to_be_visible(timeout=120_000)
    shoot(page, "matching")
    look.click()
    page.wait_for_load_state()
    shoot(page, "match-run")
    axe_finds_nothing(page, schemes=["light"])
    mentor = pin_newcomer(page, cohort)
    press(page, "I have looked at these")
    shoot(page, "publish")
    press(page, "Publish")
    return mentor


def pin_newcomer(page: Page, cohort: str) -> str:
    """Keep the newcomer together with a mentor, and compute again: pins hold in every later run."""
    page.goto(f"{cohort}matching/pair/")
    searched = [
        (field, words)
        for side, words in (("Mentee", "Njeri"), ("Mentor", "an"))
        if (field := page.get_by_label(f"{side}’s name")).count()  # where many take part
    ]
    for field, words in searched:
        field.fill(words)
    if searched:
        press(page, "Find")
    page.get_by_label("Mentee", exact=True).select_option(label="Njeri Kamau")
    mentors = page.get_by_label("Mentor", exact=True)
    mentor = mentors.locator("option:not([value=''])").first
    name = mentor.inner_text()
    mentors.select_option(value=mentor.get_attribute("value"))
    page.locator("input[type=radio][value=pin], select[name=kind]").first.check()
    page.get_by_label("Why").fill("They met at the reunion.")
    press(page, "Keep it so")
    page.goto(f"{cohort}matching/")
    say_why(page)
    press(page, "Compute again")
    look = page.get_by_role("link", name="Look at the matches")
    expect(look).to_be_visible(timeout=120_000)
    look.click()
    page.wait_for_load_state()
    return name


def address_of(name: str, file) -> str:
    """Find somebody's address in the list that the office brought."""
    with file.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            told = {heading.lower(): value for heading, value in row.items()}
            if f"{told['first name']} {told['last name']}".strip() == name.strip():
                return told["email"]
    raise AssertionError(f"{name} is not in {file}")


def letter_links(page: Page, server, address: str, subject: str) -> list[str]:
    """Return the signed links in the newest letter to an address whose subject has these words."""
    for _ in range(120):
        page.goto(f"{server.address}/demo/outbox/?{urlencode({'address': address})}")
        found = page.get_by_role("link", name=subject)
        if found.count():
            found.first.click()
            page.wait_for_load_state()
            return re.findall(r"http://localhost:\d+/m/\S+?/\S+?/(?=\s|$|\"|<)", page.content())
        page.wait_for_timeout(500)
    raise AssertionError(f"no letter “{subject}” to {address}")


def accept_by_letter(page: Page, server, newcomer: Page, name: str, mentor: str) -> None:
    """Both say yes from their letters, without signing in."""
    mine = f"{slug_of(name)}-{NEWCOMER}"
    page.goto(letter_links(page, server, mine, "We found a mentor")[0])
    shoot(page, "answer-from-letter")
    axe_finds_nothing(page, sizes=["phone"])
    page.locator("main form button.primary").click()
    page.goto(letter_links(page, server, mentor, "We found a mentee for you: Njeri Kamau")[0])
    page.locator("main form button.primary").click()
    newcomer.goto(f"{server.address}/home/")
    expect(newcomer.get_by_role("heading", name=re.compile("first meeting"))).to_be_visible()


def meet(page: Page, server) -> None:
    page.goto(f"{server.address}/home/")
    shoot(page, "home-of-a-mentee")
    axe_finds_nothing(page)
    page.locator("a[href*='/mentorships/']").first.click()
    page.wait_for_load_state()
    press(page, "We met today")
    shoot(page, "mentorship")
    axe_finds_nothing(page)


def answer_pulse(page: Page, server, address: str) -> None:
    """A month later the letter asks, and its link takes the answer without signing in."""
    move_clock(page, server, "+31 days")
    page.goto(letter_links(page, server, address, "How is it going")[0])
    shoot(page, "pulse")
    axe_finds_nothing(page, sizes=["phone"])
    for group in page.locator("main form fieldset").all():
        group.locator("input[type=radio]").last.check()
    for number in page.locator("main form input[type=number]").all():
        number.fill("1")
    page.locator("main form button.primary").click()
    page.wait_for_load_state()


def funnel(page: Page, cohort: str) -> dict[str, int]:
    page.goto(f"{cohort}insights/")
    shoot(page, "numbers")
    rows = page.locator("#funnel table tbody tr").all()
    cells = [row.locator("th, td").all_inner_texts() for row in rows]
    return {each[0].strip().lower(): int(each[2]) for each in cells if each[2].strip().isdigit()}
