"""A coordinator reads where the program stands, and lets the dean read it too, without JavaScript."""

import pytest

from tests.journeys.screens import axe_finds_nothing, shoot

pytestmark = pytest.mark.journey


def test_a_roadmap_is_shared_read_and_closed(server, enter):
    office = enter("lena@halden.example")
    office.goto(f"{server.address}/console/")
    office.get_by_role("link", name="First Steps").first.click()
    assert office.locator(".roadmap > li").count() == 10
    axe_finds_nothing(office)
    office.get_by_role("link", name="Share or print the roadmap").click()
    office.get_by_role("button", name="Make a link").click()
    shoot(office, "roadmap-share")
    axe_finds_nothing(office)
    address = office.locator("a.address").first.get_attribute("href")

    outside = enter("", java_script_enabled=False)
    before = outside.goto(address)
    assert outside.locator(".roadmap > li").count() == 10
    assert "Lena" not in outside.inner_text("body")

    office.get_by_role("button", name="Close this link").first.click()
    office.wait_for_load_state()
    after = outside.goto(address)

    assert (before.status, after.status) == (200, 404)
