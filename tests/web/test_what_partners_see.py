"""What two partners read of each other: as a design says, on every page and in every letter."""

import re

import pytest
from django.test import Client

from lodestar.domain.forms.rules import as_data
from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships.actions import accept_match
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.messaging.models import Letter
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.asked import ASKED
from lodestar.web.mail.writing import write
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.forms import form_with, make_question
from tests.factories.matching import make_match, make_run, publish
from tests.factories.mentorships import make_reachable
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_design, make_program

pytestmark = pytest.mark.django_db
# A word that nobody else writes, for each answer, and what gives the answer away besides. No two of
# these beasts are spelled alike, for a search forgives mistakes of typing.
BEASTS = ("canary", "badger", "wombat", "pelican", "lemur", "gibbon")
SECRETS = {
    "topics": ["Canarytopic"],
    "about": ["Badgerwords", "Badgershared"],
    "work": ["Wombatjob"],
    "field_of_study": ["Lemurstudies"],
    "class_year": ["1987", "years further along"],
    "place": ["Gibbontown"],
    "time_zone": ["Indian/Chagos", "clocks"],
    "languages": ["Swahili"],
    "style": ["opens doors", "who opens doors"],
    "hours_per_month": ["Hours a month"],
    "capacity": ["Places for mentees"],
    "gender": ["nonbinary"],
}
ANSWERS = {
    "about": "Badgerwords about my years at sea.",
    "function": "Wombatjob",
    "industry": "Wombatjob",
    "field_of_study": "Lemurstudies",
    "class_year": 1987,
    "years_of_experience": 40,
    "city": "Gibbontown",
    "country": "Gibbontown",
    "place": "Gibbontown > Gibbontown",
    "time_zone": "Indian/Chagos",
    "languages": ["sw"],
    "style": ["opens_doors"],
    "hours_per_month": 37,
    "gender": "nonbinary",
    "gender_matters": True,
}
REASONS = [
    ("topics", "topics", "shared", ["Canarytopic"]),
    ("about", "text", "words", ["Badgershared"]),
    ("function", "hierarchy", "same", ["Wombatjob"]),
    ("field_of_study", "hierarchy", "same", ["Lemurstudies"]),
    ("years_of_experience", "gap", "years_ahead", ["9"]),
    ("place", "hierarchy", "same", ["Gibbontown > Gibbontown"]),
    ("time_zone", "timezone", "hours_apart", ["1"]),
    ("languages", "language", "shared", ["sw"]),
]
# Only the four weightiest reasons are told, so what has no other place may be left out.
SQUEEZED_OUT = {"languages"}
USUAL = {asked.name: asked.usual.value for asked in ASKED}


def told_as(code, *, is_old=False):
    field, kind, code, values = code
    named = {} if is_old else {"field": field}
    return {"criterion": field, "kind": kind, "code": code, "values": values, **named}


def proposed(visibility, reasons=REASONS, *, is_old=False, **design):
    """Return a proposed match of two people who answered everything, each with the same secrets."""
    program = make_program(coordinator=make_person("Lena", "Berg"))
    cohort = make_cohort(program, design=make_design(program, visibility=visibility, **design))
    ruth, amina = make_reachable("Ruth", "Okafor"), make_reachable("Amina", "Odhiambo")
    for person in (ruth, amina):
        person.class_year, person.city, person.time_zone = 1987, "Gibbontown", "Indian/Chagos"
        person.save()
    run = make_run(cohort)
    make_match(
        run,
        make_mentor(cohort, ruth, answers=ANSWERS | {"topics": {"Canarytopic": 3}, "capacity": 1}),
        make_mentee(cohort, amina, answers=ANSWERS | {"topics": ["Canarytopic"]}),
        reasons=[told_as(reason, is_old=is_old) for reason in reasons],
    )
    publish(run, by=make_person("Lena"))
    return Match.objects.get()


def both_say_yes(match):
    for side in (match.mentor, match.mentee):
        accept_match(Match.objects.get(), by=side.person)
    return Mentorship.objects.get()


def letters_to(person, *kinds):
    found = [write(row, "a@example.org") for row in Letter.objects.filter(person=person, kind__in=kinds)]  # fmt: skip
    assert len(found) == len(kinds)
    return [text for each in found for text in (each.body, each.alternatives[0][0])]


def seen_with_the_proposal(match, person):
    """Return all that one of the two can read: letters, the page behind the button, the portal."""
    [letter, html] = letters_to(person, "matching.proposed")
    link = re.search(r"http://testserver(/m/\S+)", letter).group(1)
    browser = signed_in(person)
    pages = [Client().get(link), browser.get(f"/matches/{match.public_id}/"), browser.get("/home/")]
    assert [page.status_code for page in pages] == [200, 200, 200]
    return "\n".join([letter, html, *map(without_own, pages)])


def seen_once_paired(mentorship, person):
    kinds = ("mentorships.begun",)
    browser = signed_in(person)
    addresses = (f"/mentorships/{mentorship.public_id}/", f"/matches/{mentorship.match.public_id}/", "/home/")  # fmt: skip
    pages = [browser.get(address) for address in addresses]
    assert [page.status_code for page in pages] == [200, 200, 200]
    return "\n".join([*letters_to(person, *kinds), *map(without_own, pages)])


def without_own(page):
    """Return a page without what home asks its reader about themselves."""
    asked = r"<h2[^>]*>(Is this still right\?|Is this your clock\?)</h2>.*?</(section|form)>"
    return re.sub(asked, "", page.content.decode(), flags=re.S)


def told_of(text):
    """Return the answers of which anything at all stands in a text."""
    return {name for name, words in SECRETS.items() if any(word in text for word in words)}


def everything(level):
    return dict.fromkeys(USUAL, level)


@pytest.mark.parametrize("side", ["mentor", "mentee"])
@pytest.mark.parametrize("is_old", [False, True], ids=["fields-named", "old-run"])
def test_what_only_the_office_reads_stands_on_no_page_and_in_no_letter(side, is_old):
    match = proposed(everything("office"), is_old=is_old)
    person = getattr(match, side).person

    before = seen_with_the_proposal(match, person)
    after = seen_once_paired(both_say_yes(match), person)

    assert (told_of(before), told_of(after)) == (set(), set())
    assert [beast for beast in BEASTS if beast in (before + after).lower()] == []


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_what_is_shown_once_paired_is_read_then_and_not_before(side):
    match = proposed(everything("paired"))
    person = getattr(match, side).person
    partner_only = {"capacity"} if side == "mentor" else set()

    before = seen_with_the_proposal(match, person)
    after = seen_once_paired(both_say_yes(match), person)

    assert told_of(before) == set()
    assert told_of(after) >= set(USUAL) - partner_only - SQUEEZED_OUT


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.name)
def test_each_answer_is_shown_and_kept_back_by_itself(asked):
    reasons = [each for each in REASONS if each[0] in asked.fields]
    match = proposed(USUAL | {asked.name: "proposal"}, reasons)
    amina = match.mentee.person

    shown = told_of(seen_with_the_proposal(match, amina))
    Design.objects.update(visibility=USUAL | {asked.name: "paired"})
    kept = told_of(seen_with_the_proposal(match, amina))

    assert shown - kept == {asked.name}


def test_a_design_that_says_nothing_shows_what_was_always_shown():
    match = proposed({})

    text = seen_with_the_proposal(match, match.mentee.person)

    assert told_of(text) >= {"topics", "about", "work", "field_of_study", "class_year", "place"}
    assert told_of(text).isdisjoint({"style", "hours_per_month", "capacity", "gender"})
    assert "Wombatjob · Gibbontown · class of 1987" in text


def test_the_office_s_card_tells_what_the_two_really_read():
    match = proposed(USUAL | {"topics": "office", "about": "office"})
    lena = match.run.cohort.program.coordinators.get().person

    page = signed_in(lena).get(f"/console/matches/{match.public_id}/")

    card = page.context["card"]
    assert not any("Canarytopic" in s or "Badgershared" in s for s in card.mentee_reads)
    assert any("Wombatjob" in sentence for sentence in card.mentee_reads)


@pytest.mark.parametrize(
    ("design", "sentences"),
    [
        ({"mode": "online"}, ["You will meet online."]),
        ({"mode": "in-person"}, ["You will meet in person."]),
        ({}, ["You meet online or in person, as the two of you like."]),
        (
            {"format": "flash", "mode": "online"},
            ["You talk once, for about an hour.", "You will meet online."],
        ),
        ({"format": "reverse"}, ["In this program the younger one of the two is the mentor."]),
    ],
)
def test_format_and_mode_stand_in_the_proposal_and_in_the_first_letter(design, sentences):
    match = proposed({}, **design)
    before = seen_with_the_proposal(match, match.mentee.person)
    mentorship = both_say_yes(match)
    letter, _html = letters_to(match.mentee.person, "mentorships.begun")
    room = signed_in(match.mentee.person).get(f"/mentorships/{mentorship.public_id}/")

    for sentence in sentences:
        assert before.count(sentence) >= 3
        assert sentence in letter
        assert sentence in room.content.decode()


SPORT = make_question("sport", "Which canary sport?")
OWN_REASON = [("q_sport", "category", "shared", ["Chess"])]


@pytest.mark.parametrize("side", ["mentor", "mentee"])
@pytest.mark.parametrize(
    ("shown", "is_read"),
    [("proposal", [True, True]), ("paired", [False, True]), ("office", [False, False])],
)
def test_an_own_answer_and_its_reason_are_read_from_when_the_design_says(
    monkeypatch, side, shown, is_read
):
    monkeypatch.setitem(ANSWERS, "q_sport", "Chess")
    match = proposed({"q_sport": shown}, OWN_REASON, form=as_data(form_with(SPORT)))
    person = getattr(match, side).person

    pages = [
        seen_with_the_proposal(match, person),
        seen_once_paired(both_say_yes(match), person),
    ]

    reason = "You both answered “Chess and go” to “Which canary sport?”."
    assert [reason in page for page in pages] == is_read
    assert ["Which canary sport? Chess and go." in page for page in pages] == is_read
    assert ["canary sport" in page for page in pages] == is_read
