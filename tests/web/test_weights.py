"""No page weighs more than 150 kB on the wire, on a first visit, with everything that it draws."""

import gzip
import re
from html import unescape

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from lodestar.web.common import access
from tests.factories.people import signed_in
from tests.world import make_side

pytestmark = pytest.mark.django_db
MOST_BYTES = 150_000
FILES = re.compile(r'<(?:link|script|img|use)\b[^>]*?\b(?:href|src)="([^"#]+)')
NOT_FETCHED = re.compile(r'rel="(?:manifest|apple-touch-icon)"')


def wire(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def weight_of(address: str, browser: Client) -> int:
    """Return what travels when a page is opened for the first time, pressed as any server can."""
    answer = browser.get(address, headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer["Content-Encoding"]) == (200, "gzip")
    page = gzip.decompress(answer.content).decode()
    tags = [
        tag.group(0)
        for tag in re.finditer(r"<[^>]+>", page)
        if not NOT_FETCHED.search(tag.group(0))
    ]
    files = {unescape(found) for tag in tags for found in FILES.findall(tag)}
    return len(answer.content) + sum(weight_of_file(file, browser) for file in files)


def weight_of_file(address: str, browser: Client) -> int:
    path = address.partition("?")[0]
    if path.startswith("/static/"):
        with open(finders.find(path.removeprefix("/static/")), "rb") as file:  # noqa: PTH123
            return wire(file.read())
    answer = browser.get(address)
    return wire(answer.content) if answer.status_code == 200 else 0


def test_the_ten_main_pages_are_light():
    side = make_side("a")
    member, mentor, mentee, office = (
        signed_in(side.people[role])
        for role in (access.MEMBER, access.MENTOR, access.MENTEE, access.COORDINATOR)
    )
    cohort, mentorship = side.facts["cohort"].public_id, side.facts["mentorship"].public_id
    pages = [
        ("/", Client()),
        ("/accounts/sign-in/", Client()),
        ("/programs/steps-a/", member),
        ("/programs/steps-a/apply/mentee/", member),
        ("/home/", mentee),
        (f"/mentorships/{mentorship}/", mentor),
        ("/directory/", mentee),
        ("/me/", mentee),
        ("/console/", office),
        (f"/console/cohorts/{cohort}/matching/", office),
    ]

    found = {}
    for address, browser in pages:
        there = browser.get(address)
        path = there["Location"] if there.status_code == 302 else address
        found[address] = weight_of(path, browser)

    assert {page: weight for page, weight in found.items() if weight > MOST_BYTES} == {}
    assert min(found.values()) > 20_000  # what a page draws was really found
