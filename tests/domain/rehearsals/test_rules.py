"""What a rehearsal says: its headline, its days, and what the office should look at."""

from datetime import date, timedelta

import pytest

from lodestar.demo.rehearsal.people import names_of
from lodestar.domain.rehearsals import rules
from lodestar.domain.rehearsals.queries import compared
from lodestar.domain.rehearsals.rules.watching import Seen, Span
from tests.factories.rehearsals import letter, person, remark, sample_report

FIRST, LAST = date(2026, 3, 1), date(2026, 8, 28)
AMAL = person("mentor-1", "mentor", "Amal Probe", "Amal")
NOUR = person("mentee-1", "mentee", "نور مثال", "نور")


def monthly(to):
    days = [FIRST + timedelta(days=30 * number) for number in range(7)]
    return [letter(to, day=day.isoformat()) for day in days]


def seen(letters=None, waited=None, running=()):
    letters = monthly("mentor-1") + monthly("mentee-1") if letters is None else letters
    return Seen([AMAL, NOUR], letters, waited or {}, LAST, running)


def told(remarks):
    return [(each["code"], each["stage"], each["who"]) for each in remarks]


@pytest.mark.parametrize(
    ("role", "most"), [("mentor", rules.MOST_MENTORS), ("mentee", rules.MOST_MENTEES)]
)
def test_every_test_person_has_a_name_of_their_own(role, most):
    names = names_of(role, most)

    assert len(set(names)) == len(names) == most


def test_in_a_small_cohort_each_fate_falls_on_somebody_and_never_on_more_than_half():
    rates = {"mentor.decline": 0.05, "mentee.silence": 0.05, "pair.never_met": 0.1}

    usual, quiet = (rules.fates_of(rates, 2, 2, manner) for manner in ("usual", "quiet"))

    assert (usual.mentors_decline, usual.mentees_silent, usual.never_meet) == (1, 1, 1)
    assert (quiet.mentors_decline, quiet.mentees_silent, quiet.never_meet) == (1, 1, 1)


def test_a_rehearsal_in_which_all_is_well_leaves_no_remark():
    assert rules.remarks_of(seen()) == []


def test_somebody_whose_letters_came_only_after_the_last_day_was_in_no_silence_between_two():
    late = letter("mentee-1", day=(LAST + timedelta(days=3)).isoformat())

    assert rules.remarks_of(seen(letters=[*monthly("mentor-1"), late])) == []


def test_the_headline_says_all_of_it_in_a_sentence():
    assert rules.headline(182, 41.2, sample_report()["tally"]) == (
        "182 days in 41 seconds: 1 of 1 mentees found a mentor, 1 pair met, 3 letters."
    )


@pytest.mark.parametrize(
    ("fate", "words"),
    [("held", "was held back"), ("dead", "could not be sent"), ("broken", "could not be written")],
)
def test_a_letter_that_did_not_go_is_a_remark_of_its_stage(fate, words):
    failed = letter("mentee-1", "feedback.pulse", fate=fate, why="KeyError: day")

    found = rules.remarks_of(seen([*monthly("mentor-1"), *monthly("mentee-1"), failed]))

    assert told(found) == [(f"letter:feedback.pulse:{fate}", "feedback", ["mentee-1"])]
    assert found[0]["said"] == f"A letter, “We found somebody for you”, {words}: KeyError: day"


def test_who_stands_without_a_partner_for_long_is_named():
    found = rules.remarks_of(
        seen(waited={"mentee-1": Span(150, FIRST), "mentor-1": Span(21, FIRST)})
    )

    assert told(found) == [("stuck:mentee", "matching", ["mentee-1"])]
    assert found[0]["said"] == (
        "نور مثال was accepted as a mentee and then stood without a mentor and without anything to "
        "answer for 150 days, from 1 March 2026 on."
    )


def test_pairs_that_run_on_after_the_last_day_are_counted():
    found = rules.remarks_of(seen(running=["mentor-1", "mentee-1"]))

    assert told(found) == [("running", "feedback", ["mentee-1", "mentor-1"])]


def test_people_who_hear_nothing_for_long_are_counted_by_role():
    found = rules.remarks_of(seen([*monthly("mentor-1"), letter("mentee-1", day="2026-03-01")]))

    assert told(found) == [("quiet:mentee", "feedback", ["mentee-1"])]
    assert "the longest is نور مثال, 180 days from 1 March 2026 on" in found[0]["said"]


def test_a_silence_that_falls_on_all_is_a_matter_of_the_design():
    found = rules.remarks_of(seen([letter("mentor-1", day="2026-03-01")]))

    assert ("quiet:all", "design", []) in told(found)


def test_many_letters_within_a_week_are_a_crowd():
    crowd = [letter("mentee-1", day=f"2026-03-0{day}") for day in (2, 3, 4, 5)]

    found = rules.remarks_of(seen([*monthly("mentor-1"), *monthly("mentee-1"), *crowd]))

    assert told(found) == [("crowd", "feedback", ["mentee-1"])]
    assert found[0]["said"] == "نور مثال gets 5 letters within 7 days, from 1 March 2026 on."


def test_two_equal_reports_differ_in_nothing():
    assert compared(sample_report(), sample_report()).is_nothing


def test_who_was_paired_with_whom_is_no_change_of_a_letter():
    before = sample_report(
        letters=[letter("mentee-1", text="Dear نور, meet Amal Probe: http://a/1/")]
    )
    after = sample_report(
        letters=[letter("mentee-1", text="Dear نور, meet Lena Berg: http://a/2/")]
    )

    assert compared(before, after).letters == []


def test_a_reworded_a_new_and_a_missing_letter_are_told_by_role_and_kind():
    before = sample_report(letters=[letter("mentee-1", text="Old words."), letter("mentor-1", "feedback.pulse")])  # fmt: skip
    after = sample_report(letters=[letter("mentee-1", text="New words."), letter("mentor-1", "feedback.reminder")])  # fmt: skip

    found = compared(before, after).letters

    assert [(c.role, c.kind, c.before, c.after, c.is_reworded, c.sample) for c in found] == [
        ("mentee", "matching.proposed", 1, 1, True, 0),
        ("mentor", "feedback.pulse", 1, 0, False, None),
        ("mentor", "feedback.reminder", 0, 1, False, 1),
    ]


def test_remarks_that_are_gone_and_new_ones_are_told():
    found = compared(sample_report(), sample_report(remarks=[remark("crowd")]))

    assert [each["code"] for each in found.new] == ["crowd"]
    assert [each["code"] for each in found.gone] == ["quiet:mentee"]
