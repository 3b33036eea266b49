"""Where people only ask, whoever has nobody once the mentorships have begun gets a word, too."""

import pytest

from lodestar.domain.applications.actions import take_place
from lodestar.domain.common.time import now
from lodestar.domain.matching import actions, jobs, queries
from lodestar.domain.matching.models import Unmatched
from lodestar.domain.messaging.models import Letter
from lodestar.web.mail.writing import write
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import asked, asking_cohort
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def person(name):
    return make_person(name, "Odhiambo", email=f"{name.lower()}@example.org")


@pytest.fixture
def cohort():
    """Return a cohort whose mentorships have begun: one who asked nobody, one refused, one who waits, one with a mentor."""
    cohort = asking_cohort("ask", in_days=30)
    ruth, noor, _idle = (make_mentor(cohort, person(name)) for name in ("Ruth", "Noor", "Idle"))
    shy, refused, waits, served = (
        make_mentee(cohort, person(name)) for name in ("Shy", "Refused", "Waits", "Served")
    )
    say_no(asked(refused, ruth))
    asked(waits, noor)
    take_place(served)
    assert shy.places_taken == 0
    return cohort


def say_no(ask):
    actions.answer_match(ask.match, by=ask.choice.mentor.person, answer="declined", reason="time")
    assert actions.settle_ask(ask)


def told(cohort):
    return {
        group.key: [row.participant.person.given_name for row in group.rows]
        for group in queries.groups_to_write_to(cohort)
    }


def test_whoever_has_nobody_is_noted_once_with_what_happened(cohort):
    assert (jobs.note_alone(now()), jobs.note_alone(now())) == (1, 0)

    assert told(cohort) == {
        "mentee:asked_nobody": ["Shy"],
        "mentee:nobody_said_yes": ["Refused"],
        "mentor:not_asked": ["Idle"],
    }


def test_before_the_mentorships_begin_nobody_is_alone_yet():
    cohort = asking_cohort("ask", in_days=3)
    make_mentee(cohort, person("Shy"))

    assert jobs.note_alone(now()) == 0


@pytest.mark.parametrize("ways", [("rank",), ("ask", "office")])
def test_where_a_run_leaves_people_over_it_says_so_itself(ways):
    make_mentee(asking_cohort(*ways, in_days=30), person("Shy"))

    assert jobs.note_alone(now()) == 0


def test_why_somebody_is_alone_changes_until_they_are_told(cohort):
    jobs.note_alone(now())
    row = Unmatched.objects.get(reason="asked_nobody")
    mentor = make_mentor(cohort, person("New"))
    say_no(asked(row.participant, mentor))

    jobs.note_alone(now())

    row.refresh_from_db()
    assert row.reason == "nobody_said_yes"


def test_the_words_go_once_with_the_way_to_ask(cohort, lena):
    jobs.note_alone(now())
    [group] = [each for each in queries.groups_to_write_to(cohort) if each.reason == "asked_nobody"]
    assert group.words.startswith("The mentorships have begun")

    actions.word_unmatched(cohort, group.key, by=lena, words=group.words, offers=group.offers)
    assert actions.tell_unmatched(cohort, group.key, by=lena) == 1

    letter = Letter.objects.get(kind="matching.unmatched")
    body = write(letter, "shy@example.org").body
    assert "There are mentors with a free place." in body
    assert "/directory/" in body
    assert group.key not in told(cohort)
