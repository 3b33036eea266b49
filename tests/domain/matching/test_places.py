"""A mentor takes more or fewer mentees than they said when they applied."""

import pytest

from lodestar.domain.applications.models import Participant
from lodestar.domain.applications.rules.places import why_not_places
from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.matching.actions import answer_match, change_places
from lodestar.domain.matching.jobs import go_on_asking
from lodestar.domain.matching.models import Ask, Match
from lodestar.domain.matching.queries.places import places_agreed
from lodestar.domain.mentorships.actions import accept_match
from lodestar.domain.messaging.models import Letter
from lodestar.domain.programs.models import Cohort, Design
from lodestar.web.mail.writing import write
from tests.factories.applications import make_application, make_mentee, make_mentor
from tests.factories.matching import asked, asking_cohort, make_match, make_run, publish
from tests.factories.mentorships import make_reachable
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_coordinator
from tests.races import at_once, on_postgresql

pytestmark = pytest.mark.django_db
YES = Match.Answer.ACCEPTED


def mentor_with(*, proposals=0, agreed=0, capacity=3):
    """Return a mentor to whom some were proposed, the first of whom both sides said yes to."""
    cohort = make_cohort()
    mentor = make_mentor(cohort, make_reachable("Ruth", "Okafor"), capacity=capacity)
    run = make_run(cohort)
    matches = [
        make_match(run, mentor, make_mentee(cohort, make_reachable(f"Mia{n}", "Keller")))
        for n in range(agreed + proposals)
    ]
    if matches:
        publish(run, by=make_person("Lena", "Berg"))
        Letter.objects.all().delete()
    for match in matches[:agreed]:
        for side in (match.mentee, match.mentor):
            accept_match(match, by=side.person)
    return fresh(mentor), matches


def fresh(mentor):
    return Participant.objects.select_related("person", "cohort__design").get(pk=mentor.pk)


def change(mentor, capacity):
    return change_places(mentor, by=mentor.person, capacity=capacity)


def places(mentor):
    mentor = fresh(mentor)
    return mentor.places_taken, mentor.capacity


def states(matches):
    return [Match.objects.get(pk=match.pk).status for match in matches]


@pytest.mark.parametrize(
    ("role", "capacity", "agreed", "told"),
    [
        ("mentor", 1, 0, ""),
        ("mentor", 3, 3, ""),
        ("mentor", 4, 0, ""),
        ("mentor", 5, 0, "This program allows 4 at most."),
        ("mentor", 0, 0, "It has to be at least 1 here."),
        ("mentor", 1, 2, "You have said yes to 2 people"),
        ("mentee", 1, 0, "Only mentors"),
    ],
)
def test_how_many_one_may_take(role, capacity, agreed, told):
    design = Design(capacity_maximum=4)
    who = Participant(role=role, capacity=2, cohort=Cohort(design=design))

    assert why_not_places(who, capacity, agreed).startswith(told)
    assert bool(why_not_places(who, capacity, agreed)) == bool(told)


def test_a_mentor_of_a_group_keeps_as_many_as_it_needs_to_begin():
    design = Design(capacity_maximum=6, format=Design.Format.GROUP, group_least=3)
    who = Participant(role="mentor", capacity=5, cohort=Cohort(design=design))

    assert why_not_places(who, 2, 0) == "It has to be at least 3 here."
    assert why_not_places(who, 3, 0) == ""


def test_more_than_the_design_allows_that_was_given_may_be_kept_but_not_raised():
    who = Participant(role="mentor", capacity=7, cohort=Cohort(design=Design(capacity_maximum=3)))

    assert why_not_places(who, 7, 0) == ""
    assert why_not_places(who, 8, 0) == "This program allows 7 at most."


def test_fewer_keeps_what_is_agreed_and_says_no_to_the_latest_proposals():
    mentor, matches = mentor_with(agreed=1, proposals=2)

    change(mentor, 2)

    assert places(mentor) == (2, 2)
    assert states(matches) == ["accepted", "proposed", "declined"]
    told = Letter.objects.filter(kind="matching.closed")
    assert [letter.person for letter in told] == [matches[2].mentee.person]
    assert fresh(matches[2].mentee).places_taken == 0


def test_who_said_yes_is_let_go_last():
    mentor, matches = mentor_with(proposals=2)
    answer_match(matches[1], by=matches[1].mentee.person, answer=YES)

    change(mentor, 1)

    assert states(matches) == ["declined", "half_accepted"]


def test_a_yes_of_the_mentor_counts_as_agreed_before_the_other_has_answered():
    mentor, matches = mentor_with(proposals=2)
    for match in matches:
        answer_match(match, by=mentor.person, answer=YES)

    with pytest.raises(RefusedError, match="You have said yes to 2 people"):
        change(mentor, 1)

    assert (places_agreed(mentor), places(mentor)) == (2, (2, 3))
    assert states(matches) == ["half_accepted", "half_accepted"]


def test_a_proposal_that_nobody_has_heard_of_yet_is_taken_back_without_a_word():
    mentor, matches = mentor_with(proposals=2)
    Match.objects.filter(pk=matches[1].pk).update(proposed_at=now().replace(year=now().year + 1))

    change(mentor, 1)

    assert states(matches) == ["proposed", "withdrawn"]
    assert places(mentor) == (1, 1)
    assert not Letter.objects.filter(kind="matching.closed").exists()


def test_requests_that_no_longer_fit_are_closed_and_their_mentees_told():
    cohort = asking_cohort()
    mentor = make_mentor(cohort, make_reachable("Ruth", "Okafor"), capacity=2)
    mentees = [make_mentee(cohort, make_reachable(name, "Keller")) for name in ("Mia", "Jo")]
    first, second = (asked(mentee, mentor) for mentee in mentees)
    accept_match(first.match, by=mentor.person)
    Letter.objects.all().delete()

    change(fresh(mentor), 1)
    go_on_asking(now())

    closed = {ask.pk: ask.closing for ask in Ask.objects.all()}
    assert closed == {first.pk: "yes", second.pk: "not_free"}
    told = Letter.objects.filter(kind="matching.ask_went_on")
    assert [letter.person for letter in told] == [mentees[1].person]


def test_more_is_kept_written_down_and_those_who_wait_are_looked_at(monkeypatch):
    mentor, _matches = mentor_with(capacity=1)
    woken = []
    monkeypatch.setattr("lodestar.domain.matching.actions.places.wake", woken.append)

    for _time in range(2):
        change(fresh(mentor), 3)

    assert places(mentor) == (0, 3)
    assert woken == ["go_on_asking", "propose_replacements"]
    entry = Entry.objects.get(verb="participant.places_changed")
    assert entry.details == {"capacity": 3, "dropped": 0}


def test_the_office_hears_once_a_week_that_somebody_on_the_waitlist_has_a_place():
    mentor, _matches = mentor_with(capacity=1)
    make_mentee(mentor.cohort, make_reachable("Amina", "Odhiambo"))
    lena = make_coordinator(mentor.cohort.program, make_reachable("Lena", "Berg")).person
    make_application(mentor.cohort, make_person("Mei"), status="waitlisted")

    for capacity in (3, 2, 3):
        change(fresh(mentor), capacity)

    letter = Letter.objects.get(kind="applications.place_free")
    sent = write(letter, "lena@example.org")
    assert letter.person == lena
    assert sent.subject == f"A place is free in {mentor.cohort}"
    assert "2 places are free, and 1 on the waitlist would like one." in sent.body
    assert f"/console/cohorts/{mentor.cohort.public_id}/waitlist/" in sent.body


def test_the_office_hears_nothing_where_nobody_waits_or_no_place_is_free():
    mentor, _matches = mentor_with(capacity=2)
    make_coordinator(mentor.cohort.program, make_reachable("Lena", "Berg"))

    change(fresh(mentor), 3)
    make_application(mentor.cohort, make_person("Mei"), status="waitlisted")
    for name in ("Ada", "Bo", "Cy"):
        make_mentee(mentor.cohort, make_person(name))
    change(fresh(mentor), 2)

    assert not Letter.objects.filter(kind="applications.place_free").exists()


def test_nobody_changes_the_places_of_another():
    mentor, _matches = mentor_with()

    with pytest.raises(RefusedError, match="not yours"):
        change_places(mentor, by=make_person("Eve"), capacity=1)

    assert places(mentor) == (0, 3)


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_yes_and_fewer_places_at_once_never_take_more_than_there_are():
    cohort = asking_cohort()
    mentor = make_mentor(cohort, make_reachable("Ruth", "Okafor"), capacity=2)
    asks = [
        asked(make_mentee(cohort, make_reachable(name, "Keller")), mentor) for name in ("Mia", "Jo")
    ]

    at_once(
        *(lambda each=each: accept_match(each.match, by=mentor.person) for each in asks),
        lambda: change(fresh(mentor), 1),
    )

    taken, capacity = places(mentor)
    agreed = Match.objects.filter(mentor=mentor, mentor_answer=YES).count()
    assert taken == agreed <= capacity


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_proposal_answered_at_the_moment_it_is_let_go_ends_one_way():
    mentor, matches = mentor_with(proposals=2)

    at_once(
        lambda: accept_match(matches[1], by=mentor.person),
        lambda: change(fresh(mentor), 1),
    )

    taken, capacity = places(mentor)
    held = Match.objects.filter(mentor=mentor, status__in=Match.OPEN).count()
    assert taken == held <= capacity
