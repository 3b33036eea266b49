"""A no brings somebody else within the hour, without blame, and never the same two again."""

from datetime import timedelta

import pytest

from lodestar.domain.applications.actions import take_place
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, set_clock
from lodestar.domain.matching import actions, jobs, queries
from lodestar.domain.matching.models import Match, Standby, Unmatched
from lodestar.domain.messaging.models import Letter
from lodestar.domain.programs.models import Design
from lodestar.web.mail.writing import write
from tests.factories.matching import make_match, make_people, make_run, publish
from tests.factories.people import make_person
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db
Status, Answer, Reason = Match.Status, Match.Answer, Match.DeclineReason


@pytest.fixture
def lena():
    return make_person("Lena", "Berg")


@pytest.fixture
def people(lena):
    """Return one mentee, three mentors and their published match with the first, the second standing by."""
    cohort = make_cohort()
    [amina], mentors = make_people(cohort, mentees=1, mentors=3)
    run = make_run(cohort)
    match = make_match(run, mentors[0], amina)
    Standby.objects.create(run=run, mentee=amina, mentor=mentors[2], turn=1, score=300_000)
    publish(run, by=lena)
    match.refresh_from_db()
    return amina, mentors, match


def say_no(match, side="mentor", reason=Reason.FIT):
    person = getattr(match, side).person
    return actions.answer_match(match, by=person, answer=Answer.DECLINED, reason=reason)


def set_design(match, **fields):
    Design.objects.filter(pk=match.mentor.cohort.design_id).update(**fields)


def open_pairs():
    found = Match.objects.filter(status=Status.PROPOSED).select_related("mentor", "mentee")
    return [(match.mentee, match.mentor) for match in found]


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_after_a_no_the_standby_is_proposed_and_told_nothing_of_it(people, who):
    amina, mentors, match = people
    say_no(match, who)

    assert jobs.propose_replacements(now()) == 1
    assert jobs.propose_replacements(now()) == 0

    assert open_pairs() == [(amina, mentors[2])]
    new = Match.objects.get(status=Status.PROPOSED)
    assert (new.origin, new.follows, new.proposed_by, new.run) == ("standby", match, None, None)
    taken = [type(m).objects.get(pk=m.pk).places_taken for m in (amina, *mentors)]
    assert taken == [1, 0, 0, 1]
    letters = Letter.objects.filter(kind="matching.proposed", about_key=new.public_id)
    told = {letter.person.pk: write(letter, "a@example.org").body for letter in letters}
    assert "your earlier match in First Steps did not go ahead" in told[amina.person.pk]
    assert "earlier" not in told[mentors[2].person.pk]
    assert not any("said no" in text for text in told.values())


def test_where_the_standby_is_taken_the_next_best_is_proposed(people):
    amina, mentors, match = people
    take_place(mentors[2])
    say_no(match)

    jobs.propose_replacements(now())

    assert open_pairs() == [(amina, mentors[1])]


def test_the_same_two_are_never_proposed_again(people):
    _amina, mentors, match = people
    for mentor in mentors[1:]:
        take_place(mentor)
    say_no(match, "mentee")

    assert jobs.propose_replacements(now()) == 0
    assert open_pairs() == []


def test_a_ban_stands_against_the_standby(people, lena):
    amina, mentors, match = people
    actions.ban_pair(mentors[2], amina, by=lena, reason="They share a household")
    say_no(match)

    jobs.propose_replacements(now())

    assert open_pairs() == [(amina, mentors[1])]


def test_what_was_taken_back_or_ran_out_without_the_mentor_brings_somebody_else_too(people, lena):
    amina, mentors, match = people
    actions.answer_match(match, by=amina.person, answer=Answer.ACCEPTED)
    moment = now() + timedelta(days=12)
    set_clock(lambda: moment)
    jobs.expire_matches(moment)

    assert jobs.propose_replacements(moment) == 1
    actions.withdraw_match(Match.objects.get(status=Status.PROPOSED), by=lena)
    assert jobs.propose_replacements(moment) == 1

    assert open_pairs() == [(amina, mentors[1])]  # never the silent first one


@pytest.mark.parametrize(
    "happens",
    [
        lambda match: say_no(match, "mentee", Reason.TIME),
        lambda _match: jobs.expire_matches(now() + timedelta(days=12)),
        lambda match: set_design(match, ways=["ask"]) or say_no(match),
        lambda match: (
            type(match.mentee).objects.filter(pk=match.mentee.pk).update(left_at=now())
            and say_no(match)
        ),
    ],
)
def test_whoever_has_no_time_is_silent_asks_themselves_or_left_is_left_in_peace(people, happens):
    _amina, _mentors, match = people
    happens(match)

    jobs.propose_replacements(now())

    assert open_pairs() == []


def test_a_mentor_without_time_is_not_proposed_to_the_next(people):
    amina, mentors, match = people
    bo = make_people(amina.cohort, mentees=1, mentors=0)[0][0]
    say_no(match, "mentor", Reason.TIME)

    assert mentors[0] not in queries.replacing.mentors_to_ask(amina.cohort)
    assert bo.places_taken == 0


def test_where_the_design_says_so_a_person_looks_first(people, lena):
    amina, mentors, match = people
    set_design(match, replacing=Design.Replacing.LOOK)
    say_no(match)

    assert jobs.propose_replacements(now()) == 0
    cohort = make_fresh(amina.cohort)
    [found] = queries.replacements_in(cohort, queries.waiting_for_another(cohort))
    assert (found.mentor, found.source.value) == (mentors[2], "standby")
    assert found.why_look == "This design asks you to look first."
    assert actions.propose_replacement(found, by=lena, now=now()).proposed_by == lena
    assert actions.propose_replacement(found, by=lena, now=now()) is None


def make_fresh(cohort):
    return type(cohort).objects.select_related("design").get(pk=cohort.pk)


def test_after_so_many_by_itself_a_person_looks(people):
    _amina, _mentors, match = people
    set_design(match, most_replacements=1)
    say_no(match)
    jobs.propose_replacements(now())
    say_no(Match.objects.get(status=Status.PROPOSED))

    assert jobs.propose_replacements(now()) == 0
    cohort = make_fresh(match.mentor.cohort)
    [found] = queries.replacements_in(cohort, queries.waiting_for_another(cohort))
    assert found.why_look == "Proposed by itself as often as this design allows: 1 in a row."


def test_the_last_place_of_the_standby_goes_once(people):
    amina, mentors, match = people
    say_no(match)
    [found] = queries.replacements_in(amina.cohort, queries.waiting_for_another(amina.cohort))
    take_place(mentors[2])

    with pytest.raises(RefusedError, match="no place left"):
        actions.propose_replacement(found, by=None, now=now())

    assert open_pairs() == []
    assert type(amina).objects.get(pk=amina.pk).places_taken == 0


def test_a_run_keeps_its_standbys_and_its_certificate(lena):
    from lodestar.domain.matching.queries.solving import engine_arguments, engine_options
    from lodestar.engine.matching.certificate import as_fields
    from lodestar.engine.matching.run import run_match
    from lodestar.engine.rescue.beside import run_with_standbys

    cohort = make_cohort()
    make_people(cohort, mentees=2, mentors=3)
    actions.request_run(cohort, by=lena)
    run = actions.claim_run(now())
    given, options = engine_arguments(run), engine_options(run)

    found = run_with_standbys(*given, **options)
    assert actions.runs.store_found(run, found)

    run.refresh_from_db()
    assert run.certificate == as_fields(run_match(*given, **options).certificate)
    assert run.standbys.count() == len(found.standbys) > 0


@pytest.mark.parametrize("turn", [0, 1])
def test_whoever_stays_on_the_list_is_proposed_a_place_that_becomes_free(lena, turn):
    cohort = make_cohort()
    [amina, *others], mentors = make_people(cohort, mentees=3, mentors=2)
    run = make_run(cohort)
    match = make_match(run, mentors[0], amina)
    take_place(mentors[1])
    for mentee in others:
        Unmatched.objects.create(run=run, participant=mentee, reason="places_short")
    publish(run, by=lena)
    actions.word_unmatched(
        cohort, "mentee:places_short", by=lena, words="I am sorry.", offers=["stay"]
    )
    actions.tell_unmatched(cohort, "mentee:places_short", by=lena)
    Unmatched.objects.filter(participant=others[1 - turn]).update(offers=[])

    assert jobs.propose_replacements(now()) == 0
    match.refresh_from_db()
    say_no(match, "mentee")
    jobs.propose_replacements(now())

    assert open_pairs() == [(others[turn], mentors[0])]
    new = Match.objects.get(status=Status.PROPOSED)
    assert (new.origin, new.follows) == ("standby", None)
