"""Looking around: pages, notes, and nothing that somebody keeps back."""

import pytest

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.time import now
from lodestar.domain.directory.actions import choose_visibility
from lodestar.domain.directory.models import Facet, Listing, Shelf
from lodestar.domain.matching.models import Bookmark
from lodestar.domain.programs.rules.asked import ASKED
from lodestar.web.portal import pace
from lodestar.web.portal.views import directory
from tests.factories.directory import make_listed, make_looking_cohort, make_reader, refresh
from tests.factories.matching import asking_cohort
from tests.factories.people import make_person, signed_in
from tests.web.test_what_partners_see import ANSWERS, BEASTS

pytestmark = pytest.mark.django_db
# What gives an answer away, and what somebody who guesses it would look for or filter by.
SECRETS = {
    "topics": (["Canarytopic"], ["text=canarytopic", "topic=canarytopic"]),
    "about": (["Badgerwords"], ["text=badgerwords"]),
    "work": (["Wombatjob", "Pelicanbrewery"], ["text=wombatjob", "text=pelicanbrewery", "industry=wombatjob", "work=wombatjob"]),
    "field_of_study": (["Lemurstudies"], ["text=lemurstudies", "study=lemurstudies"]),
    "class_year": (["1987", "years further along"], ["text=1987"]),
    "place": (["Gibbontown"], ["text=gibbontown"]),
    "time_zone": (["Chagos", "clocks"], []),
    "languages": (["Swahili"], ["text=swahili", "language=sw"]),
    "style": (["opens doors"], ["style=opens_doors"]),
    "hours_per_month": (["Hours a month"], ["hours=30"]),
    "gender": (["nonbinary"], ["text=nonbinary"]),
}  # fmt: skip
MISTYPED = {"topics": "text=canrytopic", "field_of_study": "text=lemurstudeis"}
# Only the four weightiest reasons are told; gender and class year are nobody's to look for.
SQUEEZED_OUT = {"years further along", "clocks"}
BY_NOBODY = ["text=1987", "text=nonbinary"]
OPEN = {asked.name: "proposal" for asked in ASKED}
TOLD = ANSWERS | {"topics": {"Canarytopic": 3}, "employer": "Pelicanbrewery", "country": "Kenya", "place": "Kenya > Gibbontown"}  # fmt: skip


@pytest.fixture
def cohort():
    return make_looking_cohort(visibility=OPEN)


@pytest.fixture
def mentor(cohort):
    return make_listed(cohort, **TOLD)


@pytest.fixture
def reader(cohort):
    return make_reader(
        cohort, make_person("Amina", "Wanjiru"), **(TOLD | {"topics": ["Canarytopic"]})
    )


def all_that_is_shown(browser, mentor):
    pages = [
        browser.get("/directory/"),
        browser.get("/directory/?text=okafor"),
        browser.get(f"/directory/{mentor.public_id}/"),
    ]
    assert [page.status_code for page in pages] == [200] * 3
    return "\n".join(page.content.decode() for page in pages)


def is_found(browser, query):
    return "Okafor" in browser.get(f"/directory/?{query}").content.decode()


def test_what_somebody_lets_be_read_is_read_and_found(mentor, reader):
    refresh()
    browser = signed_in(reader.participant.person)
    page = all_that_is_shown(browser, mentor)

    assert unseen(page) == SQUEEZED_OUT
    looked_for = [query for _words, queries in SECRETS.values() for query in queries]
    assert [query for query in looked_for if not is_found(browser, query)] == BY_NOBODY
    assert all(is_found(browser, query) for query in MISTYPED.values())


def unseen(page):
    return {word for words, _queries in SECRETS.values() for word in words if word not in page}


def keep_back(by, mentor, names):
    """Keep answers back by the design, by the mentor's own wish, or by it only just now."""
    cohort = mentor.cohort
    if by == "the design":
        cohort.design.visibility = OPEN | dict.fromkeys(names, "paired")
        cohort.design.save()
    elif by == "the mentor":
        Participant.objects.filter(pk=mentor.pk).update(visibility=dict.fromkeys(names, "office"))
    refresh()
    if by == "the mentor just now":
        choose_visibility(mentor, by=mentor.person, wished=dict.fromkeys(names, "paired"))


def test_who_has_a_partner_is_offered_the_list_and_not_the_asking():
    cohort = asking_cohort(in_days=1)
    mentor, own = make_listed(cohort), make_reader(cohort).participant
    refresh()
    address = f"/directory/{mentor.public_id}/"
    free = signed_in(own.person).get(address).content.decode()
    type(own).objects.filter(pk=own.pk).update(places_taken=own.capacity)
    paired = signed_in(own.person).get(address).content.decode()

    ask = f"Ask {mentor.person.first_name}</a>"
    assert (ask in free, "Put on my list</a>" in free) == (True, False)
    assert (ask in paired, "Put on my list</a>" in paired) == (False, True)


@pytest.mark.parametrize("by", ["the design", "the mentor", "the mentor just now"])
def test_what_is_kept_back_is_on_no_page_and_finds_nobody(mentor, reader, by):
    """Neither a page, a reason, a filter, its choices or counts, nor a word that is looked for tells it."""
    keep_back(by, mentor, SECRETS)
    browser = signed_in(reader.participant.person)
    page = all_that_is_shown(browser, mentor)
    looked_for = [query for _words, queries in SECRETS.values() for query in queries]

    assert unseen(page) == {word for words, _queries in SECRETS.values() for word in words}
    assert [
        query
        for query in (*looked_for, *MISTYPED.values(), "together=1")
        if is_found(browser, query)
    ] == []
    assert is_found(browser, "text=okafor")


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("by", ["the design", "the mentor", "the mentor just now"])
def test_each_single_thing_kept_back_is_told_by_nothing_else(mentor, reader, name, by):
    keep_back(by, mentor, [name])
    browser = signed_in(reader.participant.person)
    page = all_that_is_shown(browser, mentor)
    words, queries = SECRETS[name]

    assert [word for word in words if word in page] == []
    assert [query for query in queries if is_found(browser, query)] == []
    if name in MISTYPED:
        still = [query for other, query in MISTYPED.items() if other != name]
        assert [query for query in MISTYPED.values() if is_found(browser, query)] == still


def test_a_design_that_keeps_more_back_counts_before_any_sweep(cohort, mentor, reader):
    refresh()
    cohort.design.visibility = OPEN | {"work": "office"}
    cohort.design.save()
    browser = signed_in(reader.participant.person)

    assert not is_found(browser, "text=pelicanbrewery")
    assert "is just being put together" in browser.get("/directory/").content.decode()
    refresh()
    assert is_found(browser, "")
    assert not is_found(browser, "text=pelicanbrewery")


def test_whoever_leaves_the_directory_leaves_no_copy_behind(mentor, reader):
    refresh()
    Participant.objects.filter(pk=mentor.pk).update(left_at=now())
    refresh()

    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM directory_words")
        assert cursor.fetchone() == (0,)
    assert not Listing.objects.exists()
    assert not Facet.objects.exists()
    choices = str(Shelf.objects.get().choices)
    assert [beast for beast in BEASTS if beast in choices] == []


def test_keeping_and_setting_aside_is_one_tap_each_with_undo_and_nobody_else_reads_it(
    cohort, mentor, reader
):
    refresh()
    browser, address = signed_in(reader.participant.person), f"/directory/{mentor.public_id}/note/"
    htmx = {"HX-Request": "true"}

    kept = browser.post(address, {"kind": "kept"}, headers=htmx).content.decode()
    assert "on your list" in kept
    assert "<html" not in kept
    assert "Okafor" in browser.get("/directory/?show=kept").content.decode()
    aside = browser.post(address, {"kind": "not_for_me", "next": "/directory/?page=1"})
    assert aside["Location"] == "/directory/?page=1"
    assert not is_found(browser, "text=okafor")
    assert "Okafor" in browser.get("/directory/?show=not-for-me").content.decode()
    assert "Keep" in browser.post(address, {"kind": ""}, headers=htmx).content.decode()
    assert not Bookmark.objects.exists()
    assert browser.post(address, {"kind": "nonsense"}).status_code == 422
    assert (
        browser.post(address, {"kind": "kept", "next": "//evil.example"})["Location"]
        == f"/directory/{mentor.public_id}/"
    )


@pytest.mark.parametrize(
    "query",
    ["page=99999999999999999999", "page=-1", "hours=1e400", "together=x", "show=everything", "topic=%00", "text=%27%22%2A%28", "in=nowhere", "text=" + "a+" * 900],
)  # fmt: skip
def test_no_address_breaks_the_page(mentor, reader, query):
    refresh()

    answer = signed_in(reader.participant.person).get(f"/directory/?{query}")

    assert answer.status_code == (404 if query == "in=nowhere" else 200)


def test_filters_stay_in_the_address_and_in_the_form(mentor, reader):
    refresh()
    browser = signed_in(reader.participant.person)

    page = browser.get("/directory/?topic=canarytopic&text=okafor").content.decode()
    fragment = browser.get(
        "/directory/?text=okafor", headers={"HX-Request": "true"}
    ).content.decode()

    assert '<option value="canarytopic" selected>Canarytopic (1)</option>' in page
    assert "text=okafor&amp;topic=canarytopic&amp;show=later" in page
    assert "<html" not in fragment
    assert "Okafor" in fragment


def test_an_empty_directory_says_what_will_be_here(cohort, reader):
    browser = signed_in(reader.participant.person)
    assert "is just being put together" in browser.get("/directory/").content.decode()
    refresh()

    assert "Nobody is free just now" in browser.get("/directory/").content.decode()
    assert "Nobody fits all of this" in browser.get("/directory/?text=x").content.decode()
    assert "Nobody on your list yet" in browser.get("/directory/?show=kept").content.decode()


def test_home_and_the_bar_lead_there_for_those_who_may_look(mentor, reader):
    refresh()
    link = 'href="/directory/"'

    assert signed_in(reader.participant.person).get("/home/").content.decode().count(link) == 2
    assert link not in signed_in(mentor.person).get("/home/").content.decode()


def test_nobody_reads_the_whole_directory_in_an_hour(mentor, reader, monkeypatch):
    refresh()
    monkeypatch.setattr(pace, "are_limits_on", lambda: True)
    monkeypatch.setattr(directory, "MOST_PEOPLE", 2)
    browser = signed_in(reader.participant.person)

    answers = [browser.get(f"/directory/{mentor.public_id}/").status_code for _ in range(3)]

    assert answers == [200, 200, 429]
    assert browser.get("/directory/").status_code == 200
