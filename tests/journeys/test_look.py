"""The pages everybody meets can be used by everybody: small, large, by day, by night, by keyboard."""

import pytest
from django.test import RequestFactory

from lodestar.web.common.views.errors import failed
from tests.journeys.screens import axe_finds_nothing, shoot, sideways

pytestmark = pytest.mark.journey


@pytest.fixture
def page(enter):
    page = enter()
    page.complaints = []
    page.on("console", lambda m: page.complaints.append(m.text) if m.type == "error" else None)
    return page


@pytest.mark.parametrize("address", ["/", "/console/components/", "/accounts/sign-in/"])
def test_axe_finds_nothing_and_nothing_is_blocked(page, server, address):
    page.goto(server.address + address)

    axe_finds_nothing(page)
    shoot(page, f"look{address.replace('/', '-').rstrip('-')}")
    assert page.complaints == []


def test_error_pages_can_be_read_by_everybody(page, server):
    page.goto(f"{server.address}/no/such/page/")
    axe_finds_nothing(page)

    page.goto(f"{server.address}/")
    page.set_content(failed(RequestFactory().get("/")).content.decode())
    axe_finds_nothing(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Something broke on our side"


def test_read_from_right_to_left_nothing_hangs_over_the_edge(page, server):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server.address}/console/components/")

    page.evaluate("document.documentElement.dir = 'rtl'")

    assert sideways(page) == []
    shoot(page, "look-right-to-left", sizes=["phone"], schemes=["light"])


def test_at_400_percent_zoom_the_page_is_one_column(page, server):
    page.set_viewport_size({"width": 320, "height": 600})
    page.goto(f"{server.address}/console/components/")

    assert sideways(page) == []


def test_the_first_tab_offers_to_skip_to_the_page(page, server):
    page.goto(f"{server.address}/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_a_question_is_asked_and_taken_back_without_javascript(enter, server):
    plain = enter(java_script_enabled=False)
    plain.goto(f"{server.address}/console/components/")
    question = plain.locator("#sample-confirm")
    assert not question.is_visible()

    plain.get_by_role("button", name="End the mentorship …").click()
    assert question.is_visible()
    plain.get_by_role("button", name="Not now").click()

    assert not question.is_visible()


def test_an_open_question_can_be_read_by_everybody(page, server):
    page.goto(f"{server.address}/console/components/")
    page.get_by_role("button", name="End the mentorship …").click()

    axe_finds_nothing(page, sizes=["phone"])


def test_what_must_be_mended_is_read_first(page, server):
    page.goto(f"{server.address}/console/components/")

    assert "One more look, please" in page.evaluate("document.activeElement.textContent")
