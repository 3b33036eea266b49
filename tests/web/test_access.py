"""Every address, every role, two programs: who gets in, and what nobody else may ever see.

What a view declares with `@open_to` is held against what each role really receives. An address
that is not in `KEYS` and needs a key fails the test, so that nothing new is forgotten.
"""

import re

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from lodestar.web.cli.routes import Route, all_routes
from lodestar.web.common import access
from lodestar.web.common.views import errors
from lodestar.web.mail.links import link_url
from tests.factories.messaging import make_link
from tests.factories.people import signed_in
from tests.world import Side, World, make_world

pytestmark = pytest.mark.django_db

# Which thing of a program stands in the address, by the start of the route's name.
KEYS = {
    "portal:application": "application",
    "portal:match": "proposal",
    "portal:match-question": "asked",
    "portal:match-later": "asked",
    "portal:choices": "list",
    "portal:choice": "choice",
    "portal:ask": "askable",
    "portal:request": "request",
    "portal:mentorship": "mentorship",
    "portal:meeting": "appointment",
    "portal:directory": "listed",
    "portal:showing": "participation",
    "portal:photo": "photo",
    "portal:group": "group",
    "portal:interest-group": "interest_group",
    "portal:interest-post": "interest_post",
    "portal:interest-member": "interest_member",
    "portal:news": "news",
    "portal:concern": "mentorship",
    "portal:silence": "mentorship",
    "portal:pulse": "pulse",
    "console:application": "application",
    "console:applications": "cohort",
    "console:program": "program",
    "console:cohort": "cohort",
    "console:requests": "asking",
    "console:request": "request",
    "console:roadmap": "cohort",
    "console:roadmap-link": "roadmap_link",
    "console:cohort-new": "program",
    "console:coordinator-appoint": "program",
    "console:coordinator-release": "coordinator",
    "console:design": "program",
    "console:groups": "group_cohort",
    "console:group": "group",
    "console:group-keep": "drafted_group",
    "console:forming": "forming",
    "console:apart": "apart",
    "console:import": "import",
    "console:letter": "letter",
    "console:left-alone": "cohort",
    "console:matching": "cohort",
    "console:match": "draft",
    "console:match-withdraw": "proposal",
    "console:pair-lift": "pair_rule",
    "console:interest-group": "interest_group",
    "console:news": "news",
    "console:person": "plain",
    "console:pilot": "trial_run",
    "console:finding": "finding",
    "console:waiting-letter": "waiting_letter",
    "console:run": "run",
    "console:decisions": "cohort",
    "console:waitlist": "cohort",
    "console:readers": "cohort",
    "console:reading": "reading",
    "console:reviewers": "program",
    "console:reviewer-appoint": "program",
    "console:reviewer-release": "reviewer",
    "console:tunnel": "cohort",
    "console:forecast": "forecast",
    "console:rehearsals": "cohort",
    "console:rehearsal": "rehearsal",
    "console:insights": "cohort",
    "console:mentorships": "cohort",
    "console:needs": "cohort",
    "console:recruitment": "recruitment_goal",
    "console:concern": "concern",
    "console:thread": "thread",
    "console:report": "safety",
    "console:safety": "safety",
    "console:somebody-else": "cohort",
}
# Things inside of a thing.
INNER_KEYS = {
    "agreement_key": "agreement",
    "task_key": "task",
    "note_key": "note",
    "file_key": "file",
}
WORDS = {
    "question": "place",
    "role": "mentee",
    "field": "function",
    "section": "pace",
    "guide": "grow",
    "kind": "admin",
    "number": "0",
}
# Not every step of a design asks something.
WORDS_OF = {
    ("console:design-question", "section"): "form",
    ("console:design-preview", "section"): "form",
}
# What a form must carry for its address to mean anything.
WHAT_IS_SENT = {
    "common:language": {"language": "en"},
    "console:request-extend": {"days": "3"},
    "console:request-release": {"note": "She is ill."},
    "console:request-answer": {"answer": "accepted", "note": "By telephone."},
    "portal:ask": {"do": "list", "note": "Dear Noor"},
    "portal:choice-note": {"note": "Dear Noor"},
    "portal:match-question": {"text": "Which year?"},
    "portal:match-later": {"weeks": "4"},
    "portal:request-reply": {"text": "The third."},
    "console:application-decide": {"decision": "accept"},
    "console:cohort-letters-hold": {"hold": "off"},
    "console:roadmap-share": {"days": "7"},
    "console:needs-people": {"rows": "topics", "row": "Interviews"},
}
# The people of the proposal are not those of the mentorship: a mentee has one mentor at a time.
OTHER_HOLDERS = {
    "portal:match": "proposal",
    "portal:match-question": "asked",
    "portal:match-later": "asked",
    "portal:choices": "asked",
    "portal:choice": "asked",
    "portal:ask": "asked",
    "portal:request": "asked",
}
# The one pulse of each world was asked of the mentee, and its list is not the admins' business.
NOT_ASKED = {
    "portal:pulse": access.MENTOR,
    "portal:showing": access.MENTOR,
    "portal:mentorship-note-change": access.MENTEE,
    "portal:mentorship-note-remove": access.MENTEE,
    "console:import": access.ADMIN,
    "console:thread": access.ADMIN,  # who reads what is for the association, and of programs nothing
    "portal:interest-group-moderation": access.MENTEE,
    "portal:interest-post-hide": access.MENTEE,
    "portal:interest-post-stand": access.MENTEE,
    "portal:interest-member": access.MENTEE,
    "console:news": access.ADMIN,
}
# What may be shown to whom besides the coordinators of the program itself.
CANARIES = {
    "pair": {access.MENTOR, access.MENTEE},
    "private": {access.MENTOR},
    "concern": {access.COORDINATOR, access.MENTEE},
    "safety": {access.SAFEGUARDING_LEAD, access.MENTEE},
    "decision": {access.COORDINATOR, access.APPLICANT},
    "decline": {access.COORDINATOR},
    "assessment": {access.COORDINATOR},
    "finding": {access.COORDINATOR},
    "needs": {access.COORDINATOR},
    "note": {access.COORDINATOR, access.MENTOR, access.MENTEE},
    "list": {access.MENTEE},
    "import": {access.COORDINATOR},
    "forecast": {access.COORDINATOR},
    "rehearsal": {access.COORDINATOR},
    "keptback": {access.COORDINATOR},
    "office": {access.COORDINATOR, access.MEMBER},
    "photo": {access.MENTOR},
    "news": {access.COORDINATOR, access.MENTOR, access.MENTEE},
    "newsdraft": {access.COORDINATOR},
    "interests": {access.MENTOR, access.MENTEE},
    "moderators": {access.MENTOR},
    "program": set(access.ROLES),
}
# Their one holder belongs to both programs.
OF_THE_WHOLE_HOUSE = (access.ADMIN, access.SAFEGUARDING_LEAD)
SIGN_IN = "/accounts/sign-in/"
# Whoever has the address may read the page: its secret, or the slug of a public program, is enough.
OPEN_ADDRESSES = (
    "guides/<str:guide", "programs/<slug", "words/<slug", "shared/<str:secret>", "calendar/<str:secret>",
)  # fmt: skip
# Signs in anew, which the test takes back: that browser is of no more use.
SIGNS_IN_ANEW = {"portal:devices-end-others"}
# A code page without a code asked for leads back, and an association may have no mark.
NOTHING_THERE_YET = {"account_confirm_login_code", "common:association-mark"}


@pytest.fixture
def world():
    return make_world()


def routes_of(door: str) -> list[Route]:
    """Return the routes of one door."""
    return [r for r in all_routes() if door_of(r) == door and r.name not in NOTHING_THERE_YET]


def longest(name: str, table: dict[str, str]) -> str:
    found = [start for start in table if name == start or name.startswith(f"{start}-")]
    return table[max(found, key=len)] if found else ""


def address(route: Route, side: Side) -> str:
    """Fill the pattern of a route with the things of one program."""

    def fill(match: re.Match[str]) -> str:
        word = match[2]
        if word == "slug":
            return side.facts["program"].slug
        if word == "secret":
            return side.facts["feed" if route.name == "portal:feed" else "roadmap_link"].secret
        if found := WORDS_OF.get((route.name, word)) or WORDS.get(word):
            return found
        if word == "step":
            return "you" if route.name.startswith("portal:") else "acknowledge"
        if word in INNER_KEYS:
            return side.facts[INNER_KEYS[word]].public_id
        if word == "goal_key":
            is_of_group = route.name.startswith("portal:group")
            return side.facts["group_goal" if is_of_group else "goal"].public_id
        thing = longest(route.name, KEYS)
        assert thing, f"{route.name} has a key: say in KEYS which thing it is"
        return side.facts[thing].public_id

    return re.sub(r"<(\w+):(\w+)>", fill, route.path)


def holders(route: Route, side: Side, world: World) -> dict:
    people = world.people_of(side)
    people.pop(longest(route.name, NOT_ASKED), None)
    if other := longest(route.name, OTHER_HOLDERS):
        match = side.facts[other]
        people |= {access.MENTOR: match.mentor.person, access.MENTEE: match.mentee.person}
    return people


@pytest.fixture
def blank_not_found(monkeypatch):
    """Spare the page on which nothing is found its drawing: what it shows is proven by itself."""
    drawn = errors.render

    def render(request, template, *arguments, **options):
        if template == "common/not_found.html":
            return HttpResponse(status=404)
        return drawn(request, template, *arguments, **options)

    monkeypatch.setattr(errors, "render", render)


def answers(route: Route, path: str, client: Client) -> list:
    """Ask by every method, each time as if nothing had been asked before."""
    found = []
    for method in {"GET", "POST"} & set(route.methods):
        with transaction.atomic():
            found.append(getattr(client, method.lower())(path, WHAT_IS_SENT.get(route.name)))
            transaction.set_rollback(True)
    return found


def is_let_in(response) -> bool:
    assert response.status_code < 500
    to_sign_in = response.status_code == 302 and response["Location"].startswith(SIGN_IN)
    return response.status_code not in (403, 404) and not to_sign_in


def may(route: Route, role: str) -> bool:
    return role in route.open_to or (access.MEMBER in route.open_to and role != access.VISITOR)


def walk(route: Route, world: World, browsers: dict[int, Client]):
    """Yield every answer: whose thing was asked for, who asked, in which role of which program."""
    mine, other = world.sides
    path = address(route, mine)
    yield mine, access.VISITOR, answers(route, path, Client())
    for side in (mine, other):
        for role, person in holders(route, side, world).items():
            if side is other and (role in OF_THE_WHOLE_HOUSE or not may(route, role)):
                continue  # the same person, or the same role, was turned away before
            if person.pk not in browsers or route.name in SIGNS_IN_ANEW:
                browsers[person.pk] = signed_in(person)
            yield side, role, answers(route, path, browsers[person.pk])
            if route.name in SIGNS_IN_ANEW:
                del browsers[person.pk]


def leaks(side: Side, role: str, text: str) -> list[str]:
    """Return the canaries in a page that its reader may not see."""
    return [
        canary
        for canary in set(re.findall(r"canary-\w-\w+", text))
        for _word, letter, kind in [canary.split("-")]
        if role not in CANARIES[kind]
        or (kind != "program" and letter != side.letter and role != access.SAFEGUARDING_LEAD)
    ]


def test_every_address_says_who_uses_it():
    assert [r.name for r in all_routes() if not r.open_to] == []
    assert {role for r in all_routes() for role in r.open_to} <= set(access.ROLES)
    assert len(all_routes()) > 60


@pytest.mark.parametrize("place", ["/console/cohorts/{}/", "/mentorships/{}/"])
def test_what_is_not_found_looks_like_what_never_was(world, place):
    mine, other = world.sides
    key = mine.facts["cohort" if "cohorts" in place else "mentorship"].public_id
    for person in world.people_of(other).values():
        browser = signed_in(person)

        there, nowhere = (browser.get(place.format(k)) for k in (key, "0" * len(key)))

        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert alike(there) == alike(nowhere)
        assert "canary" not in text_of(there)


def alike(response) -> str:
    """Return a page without what is new in each answer."""
    return re.sub(r'(nonce|value)="[^"]+"', "", text_of(response))


@pytest.mark.parametrize("door", ["portal", "console", "other"])
def test_each_role_gets_where_it_is_declared_and_nowhere_else(world, door, blank_not_found):
    wrong, browsers = [], {}
    for route in routes_of(door):
        has_key = "<" in route.path and not any(start in route.path for start in OPEN_ADDRESSES)
        for side, role, got in walk(route, world, browsers):
            wanted = may(route, role) and (side is world.sides[0] or not has_key)
            for response in got:
                if is_let_in(response) != wanted:
                    wrong.append(
                        f"{route.name}: {role} of {side.letter} got {response.status_code}"
                    )
                wrong += [
                    f"{route.name}: {role} of {side.letter} saw {canary}"
                    for canary in leaks(side, role, text_of(response))
                ]

    assert "\n".join(sorted(set(wrong))) == ""


def door_of(route: Route) -> str:
    door = route.name.split(":")[0]
    return door if door in ("portal", "console", "backstage", "mail") else "other"


def text_of(response) -> str:
    return "" if response.streaming else response.content.decode(errors="replace")


def test_a_link_lets_its_holder_in_and_no_forger(world):
    link = make_link(person=world.admin)
    url = link_url(link).removeprefix("http://testserver")

    own, forged = Client().get(url), Client().get(url[:-6] + "aaaaa/")

    assert own.status_code == 200
    assert forged.status_code in (404, 410)
    assert get_resolver().resolve(url).view_name == "mail:link"
