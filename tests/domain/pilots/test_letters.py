"""The letters of a trial run wait until somebody has looked at them, and go once."""

from datetime import timedelta

import pytest

from lodestar.domain.applications import actions as applications
from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.feedback.jobs import ask_due_pulses
from lodestar.domain.feedback.models import Pulse
from lodestar.domain.matching.actions import (
    expire_match,
)
from lodestar.domain.matching.jobs import expire_matches
from lodestar.domain.matching.models import Match
from lodestar.domain.matching.rules import deadline
from lodestar.domain.mentorships import actions as mentorships
from lodestar.domain.messaging.models import Letter, Occasion
from lodestar.domain.messaging.queries import letters_due, waiting_letters
from lodestar.domain.people.models import Role
from lodestar.domain.pilots.actions import letters as actions
from lodestar.domain.pilots.queries import letters as queries
from lodestar.domain.programs.actions import change_cohort, hold_letters, send_letters_at_once
from lodestar.domain.programs.rules import phases_of
from lodestar.web.mail.registry import KINDS
from tests.domain.pilots.lives import (
    AT_ONCE,
    HELD,
    OF_A_DAY,
    OF_NEWS,
    OF_ONESELF,
    OF_THE_OFFICE,
    OF_TIMES,
    TO_A_MAIL,
    TO_THE_OFFICE,
    later,
    live_by_asking,
    live_by_ranking,
    live_through,
    proposal,
)
from tests.factories.applications import make_application
from tests.factories.mentorships import make_mentorship, make_reachable, the_two
from tests.factories.messaging import make_code_letter, make_letter, make_waiting_letter, outcome_of
from tests.factories.people import make_person, make_role
from tests.factories.pilots import make_pilot
from tests.factories.programs import (
    make_cohort,
    make_coordinator,
    make_program,
)

pytestmark = pytest.mark.django_db
Status = Letter.Status


@pytest.fixture
def pilot(lena):
    return make_pilot(make_program(coordinator=lena), opens_in=-19)


@pytest.fixture
def held(pilot, lena):
    return hold_letters(pilot, by=lena)


def kinds_by_status():
    return {
        status: set(Letter.objects.filter(status__in=statuses).values_list("kind", flat=True))
        for status, statuses in (("held", ["waiting", "dropped"]), ("at once", ["queued"]))
    }


def test_whatever_a_held_cohort_says_waits_and_nothing_else_does(held, lena):
    make_role(make_reachable("Noor", "Haddad"), Role.Kind.ADMIN)

    live_through(held, lena)
    live_by_asking(held)
    live_by_ranking(held)
    make_code_letter()
    make_letter("accounts.moved", email="old@example.org")
    make_letter("accounts.address", email="new@example.org")
    for kind in ("replies.files", "replies.held", "replies.refused"):
        make_letter(kind, email="who.answered@example.org")

    assert kinds_by_status() == {"held": HELD, "at once": AT_ONCE}
    never_held = (
        AT_ONCE
        | TO_A_MAIL
        | OF_A_DAY
        | OF_TIMES
        | OF_ONESELF
        | OF_THE_OFFICE
        | TO_THE_OFFICE
        | OF_NEWS
    )
    assert set(KINDS) == HELD | never_held, "say of a new kind whether a trial run can hold it"


def test_without_the_hold_nothing_waits(pilot, lena):
    make_role(make_reachable("Noor", "Haddad"), Role.Kind.ADMIN)

    live_through(pilot, lena)

    assert kinds_by_status()["held"] == set()
    of_a_cohort = Letter.objects.exclude(batch="").exclude(kind="applications.carried")
    assert set(of_a_cohort.values_list("batch", flat=True)) == {pilot.public_id}


def test_what_a_letter_is_about_says_to_which_cohort_it_belongs():
    undecided = [
        model.__name__
        for model in Occasion.__subclasses__()
        if "batch" not in vars(model) and not model._meta.abstract
    ]

    assert len(Occasion.__subclasses__()) > 3
    assert undecided == []


def test_holding_takes_back_what_is_queued_and_only_of_this_cohort(pilot, lena):
    mine = make_application(pilot, make_person())
    other = make_application(make_cohort(), make_person())
    letters = [make_letter("applications.received", to=a.person, about=a) for a in (mine, other)]

    hold_letters(pilot, by=lena)
    hold_letters(pilot, by=lena)

    assert [outcome_of(letter) for letter in letters] == [Status.WAITING, Status.QUEUED]
    assert [e.details for e in Entry.objects.filter(verb="cohort.letters_held")] == [{"queued": 1}]


def test_only_a_trial_run_can_be_held_and_only_by_its_coordinators(pilot, lena):
    ordinary = make_cohort(pilot.program)

    for cohort, person in ((ordinary, lena), (pilot, make_person("Tomas", "Lind"))):
        with pytest.raises(RefusedError):
            hold_letters(cohort, by=person)
        cohort.refresh_from_db()
        assert not cohort.holds_letters


def test_a_held_trial_run_stays_one(held, lena):
    with pytest.raises(RefusedError, match="Stop holding them first"):
        change_cohort(held, by=lena, name=held.name, phases=phases_of(held), is_pilot=False)


def test_a_release_goes_once_however_often_it_is_pressed(held, lena):
    match = proposal(held, lena)
    stale = list(waiting_letters(held))

    counts = [actions.release_letters(held, by=lena) for _ in range(2)]
    with pytest.raises(RefusedError, match="somebody was faster"):
        actions.release_waiting_letter(stale[0], by=lena)

    assert counts == [2, 0]
    assert {letter.about_key for letter in letters_due(now())} == {match.public_id}
    assert [e.details for e in Entry.objects.filter(verb="letters.released")] == [
        {"kind": "", "count": 2}
    ]


def test_who_releases_in_the_middle_of_a_release_leaves_nothing_to_send(held, lena, monkeypatch):
    proposal(held, lena)
    per = make_person("Per", "Lund")
    make_coordinator(held.program, per)

    def meanwhile(*_args, **_named):
        monkeypatch.undo()
        actions.release_letters(held, by=per)

    monkeypatch.setattr(actions, "restart", meanwhile)
    count = actions.release_letters(held, by=lena)

    assert (count, letters_due(now()).count()) == (0, 2)
    assert Entry.objects.filter(verb="letters.released").count() == 1


def test_one_letter_or_one_kind_is_released_and_the_rest_waits(held, lena):
    proposal(held, lena)
    applicants = [make_application(held, make_person()) for _ in range(2)]
    first, second = (make_waiting_letter(each, to=each.person) for each in applicants)

    actions.release_waiting_letter(first, by=lena)
    one = [outcome_of(first), outcome_of(second), waiting_letters(held).count()]
    count = actions.release_letters(held, by=lena, kind="matching.proposed")

    assert one == [Status.QUEUED, Status.WAITING, 3]
    assert (count, list(waiting_letters(held))) == (2, [second])


def test_the_days_to_answer_count_from_the_release(held, lena):
    match = proposal(held, lena)
    moment = later(days=20)

    untouched = (expire_matches(moment), Match.objects.get(pk=match.pk).status)
    actions.release_letters(held, by=lena)

    match.refresh_from_db()
    due = deadline(moment, held.design.reply_days)
    assert untouched == (0, Match.Status.PROPOSED)
    assert (match.proposed_at, match.reply_by) == (moment, due)
    assert moment < match.next_reminder_at < due
    assert set(Letter.objects.values_list("status", "expires_at")) == {(Status.QUEUED, due)}


def test_both_of_a_match_have_until_the_same_day(held, lena):
    match = proposal(held, lena)
    first, second = waiting_letters(held)
    later(days=3)
    actions.release_waiting_letter(first, by=lena)
    moment = later(days=3)

    actions.release_waiting_letter(second, by=lena)

    match.refresh_from_db()
    assert match.reply_by == deadline(moment, held.design.reply_days)
    assert expire_matches(moment) == 0


def test_nobody_is_reminded_of_a_letter_that_waits(held, lena):
    match = proposal(held, lena)

    expire_matches(match.next_reminder_at + timedelta(minutes=1))

    assert set(Letter.objects.values_list("kind", flat=True)) == {"matching.proposed"}


def test_a_pulse_is_open_for_its_whole_time_after_the_release(held, lena):
    mentorship = make_mentorship(held)
    ask_due_pulses(later(days=30))
    moment = later(days=18)

    actions.release_letters(held, by=lena)
    reminded = ask_due_pulses(moment + timedelta(days=1))

    closes_at = moment + timedelta(days=21)
    assert set(Pulse.objects.filter(mentorship=mentorship).values_list("closes_at", flat=True)) == {
        closes_at
    }
    assert set(letters_due(moment).values_list("expires_at", flat=True)) == {closes_at}
    assert (reminded, ask_due_pulses(moment + timedelta(days=5))) == (0, 2)


def test_what_is_too_late_is_refused_by_name_and_left_over_by_a_release(held, lena):
    application = make_application(held, make_person())
    late = make_waiting_letter(application, to=application.person, expires_at=now())
    later(minutes=1)

    with pytest.raises(RefusedError, match="too late for this letter"):
        actions.release_waiting_letter(late, by=lena)

    assert (actions.release_letters(held, by=lena), outcome_of(late)) == (0, Status.WAITING)


def test_a_letter_is_set_aside_with_a_reason_and_never_goes(held, lena):
    proposal(held, lena)
    letter = waiting_letters(held)[0]
    moment = later(days=20)

    for reason in ("", "  "):
        with pytest.raises(RefusedError, match="why it is not sent"):
            actions.set_letter_aside(letter, by=lena, reason=reason)
    actions.set_letter_aside(letter, by=lena, reason="We told her by phone.")
    with pytest.raises(RefusedError, match="somebody was faster"):
        actions.release_waiting_letter(letter, by=lena)

    assert (outcome_of(letter), letter.problem) == (Status.DROPPED, "We told her by phone.")
    assert list(queries.letters_set_aside(held)) == [letter]
    assert actions.release_letters(held, by=lena) == 1
    assert set(Match.objects.values_list("reply_by", flat=True)) == {
        deadline(moment, held.design.reply_days)
    }


def test_the_hold_ends_without_releasing_anything_by_itself(held, lena):
    application = make_application(held, make_person())
    letter = make_waiting_letter(application, to=application.person)

    count = actions.stop_holding(held, by=lena, releases=False)
    fresh = make_letter("applications.accepted", to=application.person, about=application)

    assert (count, outcome_of(letter), fresh.status) == (0, Status.WAITING, Status.QUEUED)
    assert actions.stop_holding(held, by=lena, releases=True) == 1
    assert outcome_of(letter) == Status.QUEUED


def test_only_a_coordinator_releases(held, lena):
    proposal(held, lena)
    letter = waiting_letters(held)[0]
    tomas = make_person("Tomas", "Lind")

    for act in (
        lambda: actions.release_letters(held, by=tomas),
        lambda: actions.release_waiting_letter(letter, by=tomas),
        lambda: actions.set_letter_aside(letter, by=tomas, reason="No."),
        lambda: send_letters_at_once(held, by=tomas),
    ):
        with pytest.raises(RefusedError):
            act()

    assert outcome_of(letter) == Status.WAITING
    assert queries.waiting_letter_for(lena, letter.public_id) == letter
    with pytest.raises(NotFoundError):
        queries.waiting_letter_for(tomas, letter.public_id)


def test_what_went_on_without_its_letter_is_not_told_any_more(held, lena):
    match = proposal(held, lena)
    mentorships.decline_match(match, by=match.mentor.person)
    applicant = make_application(held, make_person())
    applications.waitlist_application(applicant, by=lena)
    applications.accept_application(applicant, by=lena)
    mentorship = make_mentorship(held, mentor=make_person("Omar", "Farouk"))
    mentorships.remind_unmet(mentorship)
    mentorships.log_meeting(mentorship, by=the_two(mentorship)[0], held_on=today())

    assert sorted(waiting_letters(held).values_list("kind", flat=True)) == [
        "applications.accepted",
        "matching.closed",
    ]


def test_a_match_of_which_a_letter_waits_does_not_run_out(held, lena):
    match = proposal(held, lena)
    moment = later(days=20)
    actions.set_letter_aside(waiting_letters(held)[0], by=lena, reason="No address.")

    assert expire_matches(moment + timedelta(days=30)) == 0
    actions.release_letters(held, by=lena)
    assert expire_matches(moment + timedelta(days=30)) == 1
    assert not expire_match(match, moment + timedelta(days=30))


def test_what_waits_is_counted_by_kind_and_forgotten_after_three_days(held, lena):
    proposal(held, lena)
    applicant = make_application(held, make_person())
    make_waiting_letter(applicant, to=applicant.person)

    counted = [(each.kind, each.count) for each in queries.kinds_waiting(held)]
    found = [
        [
            (each.cohort, each.count, each.days)
            for each in queries.forgotten_letters_for(who, moment)
        ]
        for who in (lena, make_person())
        for moment in (now(), now() + timedelta(days=3, minutes=1))
    ]

    assert counted == [("matching.proposed", 2), ("applications.received", 1)]
    assert found == [[], [(held, 3, 3)], [], []]
