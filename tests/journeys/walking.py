"""Following links to every kind of page that somebody can reach, and looking at each."""

import re
from collections import Counter
from collections.abc import Iterator

from playwright.sync_api import Page

from tests.journeys.screens import problems

BEGIN = ["/", "/home/", "/console/"]
LEFT_OUT = re.compile(r"^/demo/|/components/|\.csv|\.pdf|\.ics|/association/mark")
looked_at: Counter[str] = Counter()


def shape_of(address: str) -> str:
    """Addresses that differ in their keys only lead to the same kind of page."""
    return re.sub(r"[2-9a-hj-km-np-z]{16}", "KEY", address.split("?")[0])


def links_on(page: Page) -> list[str]:
    found = page.eval_on_selector_all(
        "a[href]:not([download])", "all => all.map(a => a.getAttribute('href'))"
    )
    return [link.split("#")[0] for link in found if link.startswith("/")]


def pages_reached(page: Page, server) -> Iterator[str]:
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


def everything_can_be_used(enter, server, name: str, looks: int) -> None:
    """Fail with what axe and our own eyes find on the pages that this person reaches.

    Each kind is looked at for so many who reach it first: axe takes most of the time.
    """
    page = enter(f"{name}@halden.example" if name else "")
    page.emulate_media(reduced_motion="reduce")
    found, reached = {}, []
    for address in pages_reached(page, server):
        reached.append(address)
        if address not in BEGIN and looked_at[shape_of(address)] >= looks:
            continue
        looked_at[shape_of(address)] += 1
        seen = problems(page, sizes=["phone"], schemes=["light", "dark"])
        found |= {address: seen} if seen else {}

    assert len(reached) >= 4
    assert found == {}
