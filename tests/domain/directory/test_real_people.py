"""Two thousand real alumni as mentors: everybody is found by what they wrote."""

import csv

import pytest

from lodestar.domain.applications.models import Application, Participant
from lodestar.domain.applications.rules.answers import for_matching
from lodestar.domain.common.time import now, today
from lodestar.domain.directory.models import Listing
from lodestar.domain.directory.queries import WIDER, Wish, found_by
from lodestar.domain.directory.rules import open_answers, short_texts
from lodestar.domain.people.models import Person
from lodestar.domain.programs.rules.asked import shown_names
from lodestar.engine.answers.searching import tokens_of
from tests.factories.directory import make_looking_cohort, make_reader, names, refresh
from tests.real_data import real_data

pytestmark = pytest.mark.django_db
FROM = {
    "Country": "country", "State": "region", "City": "city", "Job Title": "function", "Industry": "industry",
    "Field of Study": "field_of_study",
}  # fmt: skip


def settle(cohort, rows):
    people = Person.objects.bulk_create(
        [Person(given_name=row["First Name"], family_name=row["Last Name"]) for row in rows]
    )
    told = [
        for_matching({ours: row[theirs] for theirs, ours in FROM.items() if row[theirs]}, today())
        for row in rows
    ]
    sent = Application.objects.bulk_create(
        [
            Application(cohort=cohort, person=who, role="mentor", status="accepted", answers=said, submitted_at=now())
            for who, said in zip(people, told, strict=True)
        ]
    )  # fmt: skip
    Participant.objects.bulk_create(
        [
            Participant(application=each, cohort=cohort, person=each.person, role="mentor", answers=each.answers)
            for each in sent
        ]
    )  # fmt: skip


def whose_words_begin(*asked):
    """Return who wrote each of these words, or is known to matching by it."""
    return {
        each.name
        for each in Listing.objects.select_related("participant")
        if all(any(word.startswith(one) for word in words_of(each)) for one in asked)
    }


def words_of(listing):
    written = open_answers(listing.participant, shown_names(listing.cohort.design, is_paired=False))
    return tokens_of(" ".join(short_texts(listing.name, written, listing.profile)))


def test_real_people_are_found_by_what_they_wrote():
    with (real_data("alumni-import") / "mentors-2000.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    cohort = make_looking_cohort()
    settle(cohort, rows)
    reader = make_reader(cohort, industry="Biotech", function="Clinical Laboratory Scientist")
    refresh()
    assert Listing.objects.count() == len(rows)

    first = found_by(reader, Wish(), page=1)
    assert first.total == 1_001
    assert first.is_cut
    assert len(first.people) == 18
    assert any(seen.reasons for seen in first.people)
    for row in rows[::250]:
        name = f"{row['First Name']} {row['Last Name']}"
        assert name in names(reader, text=name), name

    # Hardly anybody wrote both words, and "laboratory scientist" means research: whoever works there is found too.
    scientists = [
        found_by(reader, Wish(text="laboratory scientist"), page=page) for page in (1, 2, 3)
    ]
    assert {each.spelling for each in scientists} == {WIDER}
    found = {str(seen.person) for each in scientists for seen in each.people}
    assert found == whose_words_begin("laboratory", "scientist") | whose_words_begin("research")
    assert len(found) == scientists[0].total
