"""One mentor after the other: what each answer, each silence and each absence leads to."""

from datetime import timedelta

import pytest

from lodestar.domain.applications.actions import pause_participant
from lodestar.domain.applications.models import Participant
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.matching import actions, queries, rules
from lodestar.domain.matching.jobs import expire_matches, go_on_asking, propose_replacements
from lodestar.domain.matching.models import Ask, Choice, Match
from lodestar.domain.mentorships.actions import accept_match, decline_match
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.messaging.models import Letter
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import (
    asked,
    asking_cohort,
    make_choice,
    make_match,
    make_run,
    publish,
)
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
Closing, Status = Ask.Closing, Match.Status
DAY = timedelta(days=1)


@pytest.fixture
def cohort():
    return asking_cohort()


@pytest.fixture
def amina(cohort):
    return make_mentee(cohort, make_person("Amina", "Odhiambo"))


@pytest.fixture
def ruth(cohort):
    return make_mentor(cohort, make_person("Ruth", "Okafor"), capacity=1)


@pytest.fixture
def noor(cohort):
    return make_mentor(cohort, make_person("Noor", "Haddad"), capacity=2)


def letters(kind):
    found = Letter.objects.filter(kind=kind).order_by("pk")
    return list(found.values_list("person__given_name", flat=True))


def fates():
    """Return (mentor, what came back) of every request, the first first."""
    return [
        (str(ask.choice.mentor.person.given_name), ask.closing)
        for ask in Ask.objects.select_related("choice__mentor__person").order_by("pk")
    ]


def places(*people):
    return [Participant.objects.get(pk=each.pk).places_taken for each in people]


def test_a_request_goes_to_the_mentor_with_reasons_and_a_day(amina, ruth):
    ask = asked(amina, ruth)

    assert (ask.match.origin, ask.match.status) == ("asked", Status.HALF_ACCEPTED)
    assert ask.match.reasons[0]["code"] == "shared"
    assert ask.match.reply_by == rules.deadline(now(), 5)
    assert (letters("matching.asked"), places(amina, ruth)) == (["Ruth"], [1, 0])


def test_asked_twice_is_asked_once(amina, ruth):
    ask = asked(amina, ruth)

    again = actions.ask_mentor(ask.choice, by=amina.person)

    assert (again, Ask.objects.count()) == (ask, 1)


def test_a_yes_begins_the_mentorship_and_closes_the_request(amina, ruth):
    ask = asked(amina, ruth)

    accept_match(ask.match, by=ruth.person)
    go_on_asking(now())
    go_on_asking(now())

    assert Mentorship.objects.get().match == ask.match
    assert (fates(), places(amina, ruth)) == ([("Ruth", "yes")], [1, 1])
    assert letters("matching.ask_went_on") == []


def test_a_no_asks_the_next_and_one_letter_tells_both(amina, ruth, noor):
    ask = asked(amina, ruth, noor)

    decline_match(ask.match, by=ruth.person, reason="time", note="A new baby.")
    go_on_asking(now())
    go_on_asking(now())

    assert fates() == [("Ruth", "no"), ("Noor", "")]
    assert letters("matching.ask_went_on") == ["Amina"]
    assert (letters("matching.asked"), letters("matching.closed")) == (["Ruth", "Noor"], [])
    assert places(amina, ruth, noor) == [1, 0, 0]


def test_silence_is_reminded_of_twice_and_then_the_next_is_asked(amina, ruth, noor):
    ask = asked(amina, ruth, noor)
    first, last = ask.match.next_reminder_at, ask.match.reply_by

    expire_matches(first)
    expire_matches(first)
    expire_matches(last - timedelta(hours=1))
    expire_matches(last + timedelta(seconds=1))
    go_on_asking(now())

    assert letters("matching.ask_reminder") == ["Ruth", "Ruth"]
    assert fates() == [("Ruth", "silent"), ("Noor", "")]
    assert letters("matching.ask_over") == ["Ruth"]


def test_not_now_is_kept_for_its_day_and_the_next_is_asked(amina, ruth, noor):
    ask = asked(amina, ruth, noor)
    later = today() + 28 * DAY

    actions.put_off(ask.match, by=ruth.person, until=later)
    go_on_asking(now())

    assert fates() == [("Ruth", "later"), ("Noor", "")]
    closed = Ask.objects.get(closing="later")
    assert (closed.again_on, closed.match.decline_reason) == (later, "later")
    assert "from" in rules.why_not_again(ask.choice, later - DAY)
    assert rules.why_not_again(queries.choices_of(amina)[0], later) == ""


def test_a_question_first_gives_the_days_anew_once(amina, ruth):
    ask = asked(amina, ruth)
    Match.objects.update(reply_by=now() + DAY)

    ask = actions.ask_back(ask, by=ruth.person, text=" Which year? ")
    with pytest.raises(RefusedError, match="one question already"):
        actions.ask_back(ask, by=ruth.person, text="And why?")
    actions.reply_to_question(ask, by=amina.person, text="The third.")
    with pytest.raises(RefusedError, match="answered this already"):
        actions.reply_to_question(ask, by=amina.person, text="The fourth.")

    ask.refresh_from_db()
    assert (ask.question, ask.reply) == ("Which year?", "The third.")
    assert Match.objects.get().reply_by == rules.deadline(now(), 5)
    assert (letters("matching.ask_question"), letters("matching.ask_reply")) == (
        ["Amina"],
        ["Ruth"],
    )


def test_what_is_taken_back_stops_the_list_until_they_ask_again(amina, ruth, noor):
    ask = asked(amina, ruth, noor)

    actions.take_back_ask(ask, by=amina.person)
    go_on_asking(now())

    assert (fates(), places(amina)) == ([("Ruth", "taken_back")], [0])
    assert letters("matching.ask_over") == ["Ruth"]
    assert actions.ask_mentor(ask.choice, by=amina.person).match.status == Status.HALF_ACCEPTED


def test_the_last_place_releases_those_who_wait_and_asks_their_next(cohort, amina, ruth, noor):
    bo = make_mentee(cohort, make_person("Bo"))
    first, second = asked(amina, ruth), asked(bo, ruth, noor)

    accept_match(first.match, by=ruth.person)
    go_on_asking(now())

    assert fates() == [("Ruth", "yes"), ("Ruth", "not_free"), ("Noor", "")]
    second.match.refresh_from_db()
    assert second.match.status == Status.WITHDRAWN
    assert letters("matching.ask_went_on") == ["Bo"]
    assert places(amina, bo, ruth, noor) == [1, 1, 1, 0]


def test_a_mentor_who_pauses_while_asked_lets_everybody_go_on(cohort, amina, ruth, noor):
    asked(amina, ruth, noor)

    pause_participant(ruth, by=ruth.person, until=today() + 30 * DAY)
    go_on_asking(now())

    assert fates() == [("Ruth", "not_free"), ("Noor", "")]
    assert letters("matching.ask_over") == ["Ruth"]


@pytest.mark.parametrize("gone", ["left", "blocked"])
def test_a_mentor_who_leaves_while_asked_lets_everybody_go_on(amina, ruth, noor, gone):
    asked(amina, ruth, noor)

    if gone == "left":
        Participant.objects.filter(pk=ruth.pk).update(left_at=now())
    else:
        type(ruth.person).objects.filter(pk=ruth.person_id).update(blocked_at=now())
    go_on_asking(now())

    assert fates() == [("Ruth", "not_free"), ("Noor", "")]


def test_a_mentee_who_leaves_asks_nobody_any_more(amina, ruth, noor):
    asked(amina, ruth, noor)

    Participant.objects.filter(pk=amina.pk).update(left_at=now())
    go_on_asking(now())

    assert (fates(), places(amina)) == ([("Ruth", "taken_back")], [0])


def test_a_mentor_with_enough_to_answer_is_passed_over_and_asked_when_one_is_answered(noor):
    cohort = noor.cohort
    type(cohort.design).objects.filter(pk=cohort.design_id).update(most_asks=1)
    cohort.design.refresh_from_db()
    busy = make_mentor(cohort, make_person("Kofi"), capacity=3)
    people = [make_mentee(cohort, make_person(name)) for name in ("Amina", "Bo")]
    waiting = asked(people[0], busy)
    first = asked(people[1], noor, busy)

    decline_match(first.match, by=noor.person)
    go_on_asking(now())
    before = fates()
    decline_match(waiting.match, by=busy.person)
    go_on_asking(now())

    assert before == [("Kofi", ""), ("Noor", "no")]
    assert fates() == [("Kofi", "no"), ("Noor", "no"), ("Kofi", "")]
    assert letters("matching.ask_went_on") == ["Bo", "Amina", "Bo"]


def test_nobody_asks_before_everybody_may():
    cohort = asking_cohort(in_days=-3)
    amina, ruth = make_mentee(cohort, make_person("Amina")), make_mentor(cohort)

    with pytest.raises(RefusedError, match="Everybody can ask from"):
        asked(amina, ruth)
    assert Choice.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"places_taken": 1}, "One at a time"),
        ({"left_at": now}, "somebody else’s|no longer take part"),
    ],
)
def test_who_cannot_ask(amina, ruth, changes, sentence):
    made = {name: value() if callable(value) else value for name, value in changes.items()}
    Participant.objects.filter(pk=amina.pk).update(**made)

    with pytest.raises(RefusedError, match=sentence):
        asked(Participant.objects.get(pk=amina.pk), ruth)
    assert not Ask.objects.exists()


def test_the_office_reads_a_request_before_it_goes(amina, ruth):
    design = amina.cohort.design
    type(design).objects.filter(pk=design.pk).update(asks_are_read=True)
    amina.cohort.design.refresh_from_db()
    lena = make_person("Lena")

    ask = asked(amina, ruth)
    before = (ask.match, places(amina), letters("matching.asked"))
    actions.pass_ask(ask, by=lena)
    actions.pass_ask(ask, by=lena)

    assert before == (None, [0], [])
    assert (Match.objects.count(), places(amina), letters("matching.asked")) == (1, [1], ["Ruth"])


def test_the_office_lets_a_request_go_with_a_reason_or_gives_days(amina, ruth, noor):
    lena, ask = make_person("Lena"), asked(amina, ruth, noor)
    until = ask.match.reply_by

    actions.extend_ask(ask, by=lena, days=3)
    assert Match.objects.get().reply_by == rules.deadline(until, 3)
    with pytest.raises(RefusedError, match="short reason"):
        actions.release_ask(ask, by=lena, note=" ")
    actions.release_ask(ask, by=lena, note="Ruth is ill.")

    assert fates() == [("Ruth", "released"), ("Noor", "")]
    assert letters("matching.ask_went_on") == ["Amina"]


def test_a_mentee_taken_by_the_office_while_their_request_is_read_asks_no_more(amina, ruth, noor):
    design = amina.cohort.design
    type(design).objects.filter(pk=design.pk).update(asks_are_read=True)
    amina.cohort.design.refresh_from_db()
    asked(amina, ruth)

    publish(make_match(make_run(amina.cohort), noor, amina).run, by=make_person("Lena"))
    go_on_asking(now())

    assert (fates(), places(amina, ruth, noor)) == ([("Ruth", "taken")], [1, 0, 1])


def test_a_run_leaves_out_who_waits_and_refuses_by_name_who_asked_since(amina, ruth, noor):
    run = make_run(amina.cohort)
    make_match(run, noor, amina)
    asked(amina, ruth)

    assert amina not in list(queries.open_participants(amina.cohort))
    with pytest.raises(RefusedError, match="Amina Odhiambo has no place left"):
        publish(run, by=make_person("Lena"))
    assert places(amina, noor) == [1, 0]


def test_only_ones_own_list_and_request_can_be_touched(amina, ruth):
    ask, jonas = asked(amina, ruth), make_person("Jonas")

    for act in (
        lambda: actions.take_back_ask(ask, by=jonas),
        lambda: actions.ask_back(ask, by=jonas, text="?"),
        lambda: actions.reply_to_question(ask, by=jonas, text="!"),
        lambda: actions.ask_mentor(ask.choice, by=jonas),
        lambda: actions.choose_mentor(amina, ruth, by=jonas),
        lambda: actions.order_choices(amina, by=jonas, keys=[]),
    ):
        with pytest.raises(RefusedError):
            act()


def test_a_list_holds_so_many_in_order(amina, ruth, noor):
    design = amina.cohort.design
    type(design).objects.filter(pk=design.pk).update(most_choices=2)
    amina.cohort.design.refresh_from_db()
    kofi = make_mentor(amina.cohort, make_person("Kofi"))

    first = actions.choose_mentor(amina, ruth, by=amina.person, note="Dear Ruth")
    second = actions.choose_mentor(amina, noor, by=amina.person)
    actions.choose_mentor(amina, ruth, by=amina.person)
    with pytest.raises(RefusedError, match="holds 2 mentors already"):
        actions.choose_mentor(amina, kofi, by=amina.person)
    actions.order_choices(amina, by=amina.person, keys=[second.public_id, "odd", first.public_id])

    assert [choice.mentor for choice in queries.choices_of(amina)] == [noor, ruth]
    actions.drop_choice(first, by=amina.person)
    actions.drop_choice(first, by=amina.person)
    assert [choice.mentor for choice in queries.choices_of(amina)] == [noor]


def test_who_may_be_met_is_shown_best_fit_first(amina, ruth, noor):
    full = make_mentor(amina.cohort, make_person("Full"), capacity=1, places_taken=1)
    paused = make_mentor(amina.cohort, make_person("Paused"), paused_until=today() + DAY)
    apart = make_mentor(amina.cohort, make_person("Apart"))
    actions.ban_pair(apart, amina, by=make_person("Lena"), reason="Family.")
    Participant.objects.filter(pk=noor.pk).update(answers=ruth.answers | {"topics": {"Law": 3}})

    found = queries.by_fit(amina, queries.free_mentors(amina))

    assert found == [ruth, noor]
    assert not {full, paused, apart} & {*found}
    assert make_choice(amina, ruth).rank == 1


def test_after_a_no_to_what_was_asked_the_office_proposes_nobody_by_itself():
    cohort = asking_cohort("office", "ask")
    amina, ruth = make_mentee(cohort), make_mentor(cohort)
    make_mentor(cohort, capacity=2)
    ask = asked(amina, ruth)
    decline_match(ask.match, by=ruth.person, reason=Match.DeclineReason.FIT)
    go_on_asking(now())

    assert queries.waiting_for_another(cohort) == []
    assert propose_replacements(now()) == 0
