"""What the rules of a cohort do to those who are in it, and whom they leave with nobody."""

import pytest

from lodestar.domain.common.time import now
from lodestar.domain.matching import actions, queries
from lodestar.domain.matching.queries import stranding
from lodestar.domain.programs.models import Constraint
from tests.factories.applications import make_application, make_mentee, make_mentor
from tests.factories.matching import solved_run
from tests.factories.people import make_person
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    made = make_cohort()
    rule_of(made, "common_language")
    return made


def rule_of(cohort, kind, value=""):
    return Constraint.objects.create(design=cohort.design, kind=kind, value=value)


def speaking(*languages, **more):
    return {"languages": list(languages), "topics": ["Finding work"], **more}


def people(cohort):
    return {
        "max": make_mentor(cohort, make_person("Max", "Weber"), answers=speaking("de", "en")),
        "amina": make_mentee(cohort, make_person("Amina", "Odhiambo"), answers=speaking("en")),
        "cho": make_mentee(cohort, make_person("Cho", "Min"), answers=speaking("ko")),
    }


def told(found):
    return [
        (
            rule.name,
            rule.pairs,
            rule.alone,
            [who.name for who in rule.mentees],
            [who.name for who in rule.mentors],
        )
        for rule in found.rules
    ]


def test_nothing_is_said_while_a_side_is_empty(cohort):
    assert queries.rules_seen(cohort) is None
    make_mentee(cohort)
    assert queries.rules_seen(cohort) is None


def test_each_rule_says_what_it_takes_and_whom_it_strands(cohort):
    rule_of(cohort, "min_gap", "5")
    rule_of(cohort, "past_pair")
    people(cohort)

    found = queries.rules_seen(cohort)

    assert told(found) == [
        ("They share a language", 1, 1, ["Cho Min"], []),
        ("The mentor is some years ahead: 5 years at least", 0, 0, [], []),
        ("They were not a pair before", 0, 0, [], []),
    ]
    assert (found.mentee_count, found.mentor_count, found.pairs, found.eligible) == (2, 1, 2, 1)
    assert [who.name for who in found.mentees] == ["Cho Min"]
    assert [rule.name for rule in found.stranding] == ["They share a language"]


def test_who_waits_for_the_office_is_looked_at_too_and_leads_to_the_application(cohort):
    make_mentor(cohort, make_person("Max", "Weber"), answers=speaking("de"))
    waiting = make_application(cohort, make_person("Cho", "Min"), answers=speaking("ko"))
    make_application(cohort, make_person("Mei", "Tanaka"), status="draft", answers=speaking("ja"))
    accepted = make_mentee(cohort, make_person("Yui", "Abe"), answers=speaking("ja"))

    found = queries.rules_seen(cohort)

    assert [(who.name, who.application) for who in found.mentees] == [
        ("Cho Min", waiting.public_id),
        ("Yui Abe", accepted.application.public_id),
    ]


def test_who_left_or_is_full_or_shut_out_is_not_looked_at(cohort):
    people(cohort)
    make_mentee(cohort, make_person("Yui", "Abe"), answers=speaking("ja"), left_at=now())
    make_mentee(cohort, make_person("Mei", "Tanaka"), answers=speaking("ja"), places_taken=1)
    make_mentee(cohort, make_person(blocked_at=now()), answers=speaking("ja"))

    assert [who.name for who in queries.rules_seen(cohort).mentees] == ["Cho Min"]


def test_what_is_set_by_hand_counts_too(cohort):
    here, lena = people(cohort), make_person("Lena", "Berg")
    actions.ban_pair(here["max"], here["amina"], by=lena, reason="Neighbours.")
    banned = queries.rules_seen(cohort)
    actions.pin_pair(here["max"], here["cho"], by=lena, reason="Both want it.")
    pinned = queries.rules_seen(cohort)

    assert told(banned) == [
        ("They share a language", 1, 1, ["Cho Min"], ["Max Weber"]),
        ("Kept apart by hand", 1, 1, ["Amina Odhiambo"], ["Max Weber"]),
    ]
    assert [who.name for who in banned.mentors] == ["Max Weber"]
    assert told(pinned)[0] == ("They share a language", 1, 1, [], [])
    assert ([who.name for who in pinned.mentees], pinned.mentors) == (["Amina Odhiambo"], [])


def test_what_is_kept_for_a_yes_is_not_held_against_anybody(cohort):
    rule_of(cohort, "not_same", "employer")
    people(cohort)

    assert [rule.pairs for rule in queries.rules_seen(cohort).rules] == [1, 0]


def test_it_says_of_everybody_what_a_run_then_finds(cohort):
    rule_of(cohort, "max_hours_apart", "3")
    for n, (language, zone) in enumerate(
        [("en", "Europe/London"), ("ko", "Asia/Seoul"), ("en", "Asia/Tokyo"), ("de", "")]
    ):
        answers = speaking(language, time_zone=zone)
        make_mentee(cohort, make_person(f"Mentee{n}", "X"), answers=answers)
    for n, zone in enumerate(["Europe/Paris", "Africa/Lagos", "Asia/Tokyo", "Asia/Seoul"]):
        answers = speaking("en" if n < 2 else "ja", time_zone=zone)
        make_mentor(cohort, make_person(f"Mentor{n}", "X"), answers=answers)

    found = queries.rules_seen(cohort)
    run = solved_run(cohort)

    left = queries.unmatched_of(run).filter(reason="no_eligible_mentor")
    assert sorted(who.name for who in found.mentees) == sorted(str(row.participant) for row in left)
    assert found.mentees


def test_too_many_pairs_are_counted_and_not_looked_at(cohort, monkeypatch):
    people(cohort)
    monkeypatch.setattr(stranding, "MOST_PAIRS", 1)

    found = queries.rules_seen(cohort)

    assert found.why_not.startswith("2 mentees and 1 mentors make 2 pairs, too many")
    assert (found.mentee_count, found.rules, found.stranding) == (2, (), [])


def test_a_rule_without_its_number_is_said(cohort):
    rule_of(cohort, "min_gap", "many")
    people(cohort)

    assert "needs a number" in queries.rules_seen(cohort).why_not


def test_it_asks_as_many_questions_of_three_people_as_of_thirty(
    cohort, django_assert_num_queries, django_assert_max_num_queries
):
    people(cohort)
    with django_assert_max_num_queries(13) as few:
        queries.rules_seen(cohort)
    for n in range(27):
        make_mentee(cohort, make_person(f"Mentee{n}", "X"), answers=speaking("ko"))

    with django_assert_num_queries(len(few)):
        queries.rules_seen(cohort)
