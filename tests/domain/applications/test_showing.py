"""What others see of a participant, and when they are not there."""

from datetime import timedelta

import pytest

from lodestar.domain.applications.actions import (
    hide_participant,
    keep_visibility,
    pause_participant,
)
from lodestar.domain.applications.models import Participant
from lodestar.domain.applications.queries import own_participation_for
from lodestar.domain.applications.rules import showing
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.matching.queries import open_participants
from lodestar.domain.programs.models import Design
from tests.factories.applications import make_mentor
from tests.factories.people import make_person

EVERYBODY, PAIRED, OFFICE = "proposal", "paired", "office"


@pytest.mark.parametrize(
    ("by_design", "own", "shown"),
    [
        (EVERYBODY, None, EVERYBODY),
        (EVERYBODY, PAIRED, PAIRED),
        (EVERYBODY, OFFICE, OFFICE),
        (PAIRED, EVERYBODY, PAIRED),
        (OFFICE, EVERYBODY, OFFICE),
        (PAIRED, "nonsense", PAIRED),
    ],
)
def test_somebody_may_keep_an_answer_longer_never_show_it_earlier(by_design, own, shown):
    design = Design(visibility={"about": by_design})
    person = Participant(visibility={"about": own} if own else {})

    assert showing.shown_of(person, design, "about") == shown
    assert ("about" in showing.shown_names_of(person, design, is_paired=False)) == (
        shown == EVERYBODY
    )
    assert ("about" in showing.shown_names_of(person, design, is_paired=True)) == (shown != OFFICE)


def test_only_what_is_stricter_than_the_design_is_kept():
    design = Design(visibility={"work": PAIRED})
    wished = {"about": OFFICE, "topics": EVERYBODY, "work": PAIRED, "style": OFFICE, "shoe": OFFICE}

    assert showing.kept_back(design, wished) == {"about": OFFICE}


@pytest.mark.parametrize(
    ("days", "is_fine"), [(0, False), (1, True), (366, True), (367, False), (-3, False)]
)
def test_a_pause_lasts_from_tomorrow_to_a_year(days, is_fine):
    assert (showing.why_not_pause(today() + timedelta(days=days), today()) == "") == is_fine


@pytest.mark.parametrize(("days", "is_away"), [(1, True), (0, False), (-1, False), (None, False)])
def test_a_pause_ends_by_itself_on_its_day(days, is_away):
    until = None if days is None else today() + timedelta(days=days)

    assert showing.is_paused(Participant(paused_until=until), today()) is is_away


@pytest.mark.django_db
class TestActions:
    def test_what_is_not_named_stays_as_it_was(self):
        mentor = make_mentor(visibility={"about": OFFICE})

        keep_visibility(mentor, by=mentor.person, wished={"work": PAIRED})

        mentor.refresh_from_db()
        assert mentor.visibility == {"about": OFFICE, "work": PAIRED}

    def test_hiding_twice_keeps_the_first_moment(self):
        mentor = make_mentor()
        mentor = hide_participant(mentor, by=mentor.person, is_hidden=True)
        since = mentor.hidden_at

        assert hide_participant(mentor, by=mentor.person, is_hidden=True).hidden_at == since
        assert hide_participant(mentor, by=mentor.person, is_hidden=False).hidden_at is None

    def test_whoever_pauses_is_in_no_new_run_until_the_day(self):
        mentor = make_mentor()

        pause_participant(mentor, by=mentor.person, until=today() + timedelta(days=30))
        assert mentor not in open_participants(mentor.cohort)

        pause_participant(mentor, by=mentor.person, until=None)
        assert mentor in open_participants(mentor.cohort)

    def test_nobody_speaks_for_another_and_nobody_who_left_for_themselves(self):
        mentor = make_mentor()
        for by, left_at in ((make_person(), None), (mentor.person, now())):
            Participant.objects.filter(pk=mentor.pk).update(left_at=left_at)
            with pytest.raises(RefusedError):
                hide_participant(mentor, by=by, is_hidden=True)

        with pytest.raises(NotFoundError):
            own_participation_for(mentor.person, mentor.public_id)
