"""Pins and bans hold for every later run; what cannot be kept is refused."""

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.matching import actions
from lodestar.domain.matching.models import Match, PairRule
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import (
    make_people,
    published_match,
    solved_run,
)
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db
Answer, Status = Match.Answer, Match.Status


def test_a_pin_and_a_ban_hold_for_every_later_run(lena):
    cohort = make_cohort()
    mentees, mentors = make_people(cohort, 2, 2)
    actions.ban_pair(mentors[0], mentees[0], by=lena, reason="Same family.")
    actions.pin_pair(mentors[0], mentees[1], by=lena, reason="They asked for it.")

    runs = [solved_run(cohort, lena), solved_run(cohort, lena)]

    for run in runs:
        assert set(run.matches.values_list("mentor", "mentee", "is_pinned")) == {
            (mentors[0].pk, mentees[1].pk, True),
            (mentors[1].pk, mentees[0].pk, False),
        }


def test_a_ban_takes_the_place_of_a_pin_and_lifting_twice_is_lifting_once(lena):
    cohort = make_cohort()
    [mentee], [mentor] = make_people(cohort, 1, 1)

    actions.pin_pair(mentor, mentee, by=lena, reason="They asked for it.")
    rule = actions.ban_pair(mentor, mentee, by=lena, reason="They changed their minds.")
    actions.lift_pair_rule(rule, by=lena)
    actions.lift_pair_rule(rule, by=lena)

    assert PairRule.objects.count() == 0
    assert Entry.objects.filter(verb="pair_rule.lifted").count() == 1


def test_pins_that_cannot_be_kept_are_refused(lena):
    cohort, other = make_cohort(), make_cohort()
    mentees, mentors = make_people(cohort, 2, 2)
    actions.pin_pair(mentors[0], mentees[0], by=lena, reason="They asked for it.")
    herself = make_mentor(cohort, mentees[1].person)
    refused = [
        (mentors[1], mentees[0], "another mentor", "Why not."),
        (mentors[0], mentees[1], "it is pinned already", "Why not."),
        (mentors[1], make_mentee(other), "same cohort", "Why not."),
        (mentors[1], mentors[0], "same cohort", "Why not."),
        (mentees[1], mentees[0], "same cohort", "Why not."),
        (herself, mentees[1], "their own mentor", "Why not."),
        (mentors[1], mentees[1], "short reason", "  "),
    ]

    for mentor, mentee, sentence, reason in refused:
        with pytest.raises(RefusedError, match=sentence):
            actions.pin_pair(mentor, mentee, by=lena, reason=reason)


def test_a_pair_that_one_side_declined_is_not_pinned(lena):
    match = published_match()
    actions.answer_match(match, by=match.mentor.person, answer=Answer.DECLINED)

    with pytest.raises(RefusedError, match="their answer stands"):
        actions.pin_pair(match.mentor, match.mentee, by=lena, reason="Try again.")
