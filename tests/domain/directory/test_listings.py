"""What a listing keeps, what speaks for a mentor, and how the sweep keeps it fresh."""

from datetime import timedelta

import pytest

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.time import now, today
from lodestar.domain.directory.models import Facet, Listing, Shelf
from lodestar.domain.directory.queries.evidence import evidence_of
from lodestar.domain.directory.rules import Evidence, evidence_in_sentences
from lodestar.domain.directory.rules.evidence import median_hours
from lodestar.domain.matching.models import Match
from lodestar.domain.programs.models import Cohort
from tests.factories.applications import make_mentee
from tests.factories.directory import make_listed, make_looking_cohort, refresh
from tests.factories.matching import make_match, make_run
from tests.factories.people import make_person


@pytest.mark.parametrize(
    ("evidence", "sentences"),
    [
        (Evidence(), []),
        (Evidence(4, 2, 0, ("Interviews",)), []),
        (Evidence(5, 3, 0, ()), ["Usually answers within a day; from 5 requests."]),
        (Evidence(14, 30, 0, ()), ["Usually answers within 2 days; from 14 requests."]),
        (Evidence(14, 30 * 24, 0, ()), []),
        (Evidence(14, None, 0, ()), []),
        (Evidence(0, None, 1, ()), ["Has been a mentor here before."]),
        (Evidence(0, None, 3, ()), ["3 mentorships completed."]),
        (Evidence(9, None, 0, ("Interviews", "Pay")), ["Asked most about Interviews and Pay."]),
    ],
)
def test_what_speaks_for_a_mentor_says_on_how_much_it_rests(evidence, sentences):
    assert evidence_in_sentences(evidence) == sentences


def test_whoever_leaves_half_unanswered_has_no_usual_time():
    assert median_hours([1, 2, None, None]) is None
    assert median_hours([1, 2, 3, None]) == 3


@pytest.mark.django_db
class TestListings:
    @pytest.fixture
    def cohort(self):
        return make_looking_cohort()

    def test_requests_are_counted_over_all_programs(self, cohort):
        mentor = make_listed(cohort, capacity=9)
        run = make_run(cohort)
        for number in range(5):
            mentee = make_mentee(cohort, make_person(f"Mentee {number}"))
            match = make_match(run, mentor, mentee)
            Match.objects.filter(pk=match.pk).update(
                proposed_at=now() - timedelta(hours=30), mentor_answered_at=now()
            )

        found = evidence_of([mentor.person_id])[mentor.person_id]

        assert found == Evidence(5, 30, 0, ("Finding work", "Interviews"))

    def test_a_second_sweep_changes_nothing(self, cohort):
        make_listed(cohort)
        assert refresh() == 1
        before = Listing.objects.values_list("fingerprint", "pk").get()

        assert refresh() == 0
        assert Listing.objects.values_list("fingerprint", "pk").get() == before

    def test_what_changes_is_written_anew_and_nothing_old_stays(self, cohort):
        mentor = make_listed(cohort, industry="Law")
        refresh()
        Participant.objects.filter(pk=mentor.pk).update(
            answers=mentor.answers | {"industry": "Nursing"}
        )

        assert refresh() == 1
        terms = set(Facet.objects.values_list("term", flat=True))
        assert "industry:health > care" in terms
        assert not any("law" in term for term in terms)

    def test_nothing_of_a_cohort_that_is_over_is_kept(self, cohort):
        make_listed(cohort)
        refresh()
        Cohort.objects.update(ends_on=today() - timedelta(days=1), starts_on=today() - timedelta(days=9), matching_on=today() - timedelta(days=9), closes_on=today() - timedelta(days=9), opens_on=today() - timedelta(days=9))  # fmt: skip

        assert refresh() == 1
        assert not Listing.objects.exists()
        assert not Shelf.objects.exists()
