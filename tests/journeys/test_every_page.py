"""Every page that somebody can reach by links: axe finds nothing, nothing hangs over the edge."""

import re

import pytest

from tests.journeys.screens import problems

pytestmark = pytest.mark.journey

PEOPLE = ["", "jonas", "mei", "amina", "ruth", "rosa", "lena", "tomas", "admin", "safe"]
BEGIN = ["/", "/home/", "/console/"]
# Two who do the same work see the same kinds of page: each kind is looked at once.
AS = {"tomas": "lena"}
LOOKED_AT: dict[str, set[str]] = {}
LEFT_OUT = re.compile(r"^/demo/|/components/|\.csv|\.pdf|\.ics|/association/mark")


def shape_of(address):
    """Addresses that differ in their keys only lead to the same kind of page."""
    return re.sub(r"[2-9a-hj-km-np-z]{16}", "KEY", address.split("?")[0])


def links_on(page):
    found = page.eval_on_selector_all(
        "a[href]:not([download])", "all => all.map(a => a.getAttribute('href'))"
    )
    return [link.split("#")[0] for link in found if link.startswith("/")]


def pages_reached(page, server):
    """Follow links until no new kind of page turns up; yields each page as it stands."""
    waiting, seen = list(BEGIN), set()
    while waiting:
        address = waiting.pop(0)
        if shape_of(address) in seen or LEFT_OUT.search(address):
            continue
        seen.add(shape_of(address))
        answer = page.goto(server.address + address)
        if answer.status == 404 and address in BEGIN:
            continue
        assert answer.status == 200, f"{address} answered {answer.status}"
        waiting += links_on(page)
        yield address


@pytest.mark.parametrize("name", PEOPLE, ids=[name or "visitor" for name in PEOPLE])
def test_everybody_can_use_every_page_they_reach(server, enter, name):
    page = enter(f"{name}@halden.example" if name else "")
    page.emulate_media(reduced_motion="reduce")

    found, reached, known = {}, [], LOOKED_AT.setdefault(AS.get(name, name), set())
    for address in pages_reached(page, server):
        reached.append(address)
        if shape_of(address) in known:
            continue
        known.add(shape_of(address))
        seen = problems(page, sizes=["phone"], schemes=["light", "dark"])
        found |= {address: seen} if seen else {}

    assert len(reached) >= 4
    assert found == {}
