"""What can be done with a forecast: ask, claim, store, fail, keep."""

from datetime import timedelta

import pytest

from lodestar.domain.applications.models import Application, RoleInCohort
from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.matching.models import MatchRun
from lodestar.domain.trials import actions, rules
from lodestar.domain.trials.actions import Figures
from lodestar.domain.trials.models import Forecast
from lodestar.domain.trials.queries import PoolWish
from lodestar.domain.trials.queries.solving import pool_of
from tests.factories.applications import make_application, make_mentee, make_mentor
from tests.factories.matching import make_people, make_run
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_design
from tests.factories.trials import APPLICANTS, ask, computed, make_forecast, ready_forecast
from tests.wakes import woken

pytestmark = pytest.mark.django_db
Status, Pool = Forecast.Status, Forecast.Pool


def keys(rows):
    return sorted(row["key"] for row in rows)


def test_asking_freezes_who_is_in_or_has_applied_and_what_is_believed(lena, cohort):
    mentees, mentors = make_people(cohort, 5, 2)
    waiting = make_application(cohort, make_person("Yusuf", "Demir"))
    make_application(cohort, make_person("Ana", "Ruiz"), status=Application.Status.DRAFT)

    found = ask(cohort, by=lena)

    assert (found.status, found.requested_by, found.progress) == (Status.REQUESTED, lena, 0)
    wanted = [person.public_id for person in [*mentees, waiting]]
    assert keys(found.inputs["mentees"]) == sorted(wanted)
    assert keys(found.inputs["mentors"]) == sorted(m.public_id for m in mentors)
    assert found.inputs["procedure"]["pulses"] == 3
    assert found.inputs["procedure"]["first_meeting_days"] == 10
    assert found.believed["rates"]["mentee.silence"]["published"] == 0.05
    assert Entry.objects.filter(verb="forecast.requested", key=found.public_id).count() == 1


def test_a_waiting_mentor_is_tried_with_the_places_they_offer(lena, cohort):
    make_people(cohort, 5, 2)
    answers = {"topics": {"Interviews": 2}, "capacity": 9}
    waiting = make_application(
        cohort, make_person("Omar", "Farouk"), role=RoleInCohort.MENTOR, answers=answers
    )

    found = ask(cohort, by=lena)

    places = {row["key"]: row["capacity"] for row in found.inputs["mentors"]}
    assert places[waiting.public_id] == cohort.design.capacity_maximum


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ((0, 0), "Nobody is here to try it on"),
        ((2, 1), "With 3 people a forecast says nothing"),
        ((1, 0), "With 1 person a forecast says nothing"),
        ((9, 1), "With 10 people a forecast says nothing"),
    ],
)
def test_too_few_people_are_refused_with_a_sentence(lena, cohort, people, said):
    make_people(cohort, *people)

    with pytest.raises(RefusedError, match=said):
        ask(cohort, by=lena)

    assert Forecast.objects.count() == 0


def test_an_impossible_rate_is_refused_and_nothing_is_stored(lena, cohort):
    make_people(cohort, 5, 2)

    with pytest.raises(RefusedError, match="is not a chance from 0 to 1"):
        ask(cohort, by=lena, figures=Figures({"mentee.silence": 1.4}))

    assert Forecast.objects.count() == 0


def test_what_was_typed_takes_the_place_of_the_published_figure(lena, cohort):
    make_people(cohort, 5, 2)
    figures = Figures({"mentee.silence": 0.3}, {"manual_case": 4})

    found = computed(ask(cohort, by=lena, figures=figures))

    rate = found.report["rates"]["mentee.silence"]
    assert (rate["typed"], rate["usual"], rate["published"]) == (0.3, 0.3, 0.05)
    assert found.report["hours"]["manual_case"] == 4
    assert found.report["hours"]["source"] == "typed in by the office"


def test_no_more_than_three_forecasts_of_a_cohort_wait(lena, cohort):
    make_people(cohort, 5, 2)
    for _ in range(rules.MOST_WAITING):
        ask(cohort, by=lena)

    with pytest.raises(RefusedError, match="3 forecasts of this cohort wait already"):
        ask(cohort, by=lena)


def test_all_forecasts_of_a_cohort_meet_the_same_fates(lena, cohort):
    make_people(cohort, 5, 2)

    first, second = ask(cohort, by=lena), ask(cohort, by=lena)

    assert first.seed == second.seed
    assert first.inputs_sha256 == second.inputs_sha256


def test_asking_wakes_the_job(lena, cohort, django_capture_on_commit_callbacks):
    make_people(cohort, 5, 2)

    with django_capture_on_commit_callbacks(execute=True):
        ask(cohort, by=lena)

    assert woken[-1] == "compute_forecasts"


def test_a_worker_that_lost_its_claim_changes_nothing(lena, cohort):
    make_people(cohort, 5, 2)
    ask(cohort, by=lena)
    lost = actions.claim_forecast(now())
    again = actions.claim_forecast(now() + timedelta(hours=1))

    assert not actions.note_progress(lost, 0.5)
    assert not actions.store_forecast(lost, {"draws": 1})
    assert not actions.fail_forecast(lost, "no")
    assert actions.note_progress(again, 0.5)

    again.refresh_from_db()
    assert (again.status, again.progress) == (Status.CLAIMED, 50)


def test_the_people_of_an_earlier_cohort_are_tried_as_they_were(lena, cohort):
    earlier = make_cohort(cohort.program, opens_in=-400)
    mentees, mentors = make_people(earlier, 5, 2, capacity=2)
    both = make_person("Noor", "Haddad")
    mentees.append(make_mentee(earlier, both, left_at=now()))
    mentors.append(make_mentor(earlier, both, capacity=2, places_taken=2))

    found = ask(cohort, by=lena, wish=PoolWish(Pool.PAST, past=earlier))

    assert (found.past_cohort, len(found.inputs["mentees"])) == (earlier, 6)
    assert {row["capacity"] for row in found.inputs["mentors"]} == {2}
    assert found.inputs["bans"] == [[mentees[-1].public_id, mentors[-1].public_id, "same_person"]]


def test_made_up_people_have_answers_of_the_roll_and_names_of_nobody(lena, cohort):
    for number in range(6):
        make_person(f"نور{number}", "الحداد", class_year=cohort.starts_on.year - 2, country="Kenya")
        make_person(
            f"Ruth{number}", "Okafor", class_year=cohort.starts_on.year - 30, about="secret"
        )

    found = ask(cohort, by=lena, wish=PoolWish(Pool.ROLL, mentees=30, mentors=12))

    told = [row["answers"] for row in [*found.inputs["mentees"], *found.inputs["mentors"]]]
    assert (len(found.inputs["mentees"]), len(found.inputs["mentors"])) == (30, 12)
    assert all(answers["topics"] for answers in told)
    assert "نور" not in str(found.inputs)
    assert "secret" not in str(found.inputs)
    assert {answers["country"] for answers in told[:30]} == {"Kenya"}
    assert pool_of(found.inputs).mentees[0].key == "mentee 1"


def test_made_up_people_wish_what_the_programs_people_wished(lena, cohort):
    make_people(make_cohort(cohort.program), 6, 6, capacity=3)
    for number in range(5):
        make_person(f"Ruth{number}", "Okafor", class_year=cohort.starts_on.year - 30)
        make_person(f"Amina{number}", "Odhiambo", class_year=cohort.starts_on.year - 1)

    found = ask(cohort, by=lena, wish=PoolWish(Pool.ROLL, mentees=5, mentors=5))

    topics = {str(row["answers"]["topics"]) for row in found.inputs["mentees"]}
    assert topics == {"('Finding work', 'Interviews')"}
    assert {row["capacity"] for row in found.inputs["mentors"]} == {3}


def test_an_empty_roll_makes_nobody_up(lena, cohort):
    with pytest.raises(RefusedError, match="It takes 5 of each to make up people like them"):
        ask(cohort, by=lena, wish=PoolWish(Pool.ROLL, mentees=50, mentors=50), design=cohort.design)


def test_another_design_is_tried_on_the_same_people(lena, cohort):
    make_people(cohort, 6, 3)
    stricter = make_design(cohort.program, capacity_maximum=1, reply_days=2)

    found = ask(cohort, by=lena, design=stricter)

    assert found.design == stricter
    assert found.inputs["procedure"]["reply_days"] == 2
    assert found.inputs["design"]["capacity_maximum"] == 1


def test_another_design_gives_places_by_what_mentors_offered(lena, cohort):
    make_people(cohort, 6, 1)
    offered = {"topics": {"Interviews": 2}, "capacity": 3}
    make_mentor(cohort, make_person("Omar", "Farouk"), answers=offered, capacity=2)
    narrow = make_design(cohort.program, capacity_maximum=1)
    wide = make_design(cohort.program, capacity_maximum=3)

    places = [
        sorted(row["capacity"] for row in ask(cohort, by=lena, design=design).inputs["mentors"])
        for design in (cohort.design, narrow, wide)
    ]

    assert places == [[1, 2], [1, 1], [1, 3]]


def test_nobody_who_applied_as_both_is_tried_with_themselves(lena, cohort):
    make_people(cohort, 5, 2)
    both = make_person("Noor", "Haddad")
    mentee = make_application(cohort, both)
    mentor = make_application(cohort, both, role=RoleInCohort.MENTOR)

    found = ask(cohort, by=lena)

    assert found.inputs["bans"] == [[mentee.public_id, mentor.public_id, "same_person"]]


def test_two_thousand_people_are_frozen_and_tried(lena, cohort):
    for number in range(20):
        make_person(f"Y{number}", "Z", class_year=cohort.starts_on.year - 2)
        make_person(f"O{number}", "Z", class_year=cohort.starts_on.year - 20)

    found = ask(cohort, by=lena, wish=PoolWish(Pool.ROLL, mentees=1_200, mentors=800))

    assert (len(found.inputs["mentees"]), len(found.inputs["mentors"])) == (1_200, 800)


def test_too_many_pairs_are_refused(monkeypatch, lena, cohort):
    make_people(cohort, 6, 3)
    monkeypatch.setattr("lodestar.domain.trials.rules.forecasts.MOST_PAIRS", 17)

    with pytest.raises(RefusedError, match="choose fewer people"):
        ask(cohort, by=lena)


def test_one_forecast_is_kept_and_another_may_take_its_place(lena, cohort):
    first, second = (make_forecast(cohort) for _ in range(2))

    actions.pin_forecast(first, by=lena)
    actions.pin_forecast(second, by=lena)
    again = actions.pin_forecast(second, by=lena)

    first.refresh_from_db()
    assert (first.pinned_at, first.pinned_by) == (None, None)
    assert again.pinned_by == lena
    assert Entry.objects.filter(verb="forecast.pinned").count() == 2


def test_after_the_first_matches_went_out_no_forecast_can_be_kept(lena, cohort):
    found = make_forecast(cohort)
    make_run(cohort, status=MatchRun.Status.PUBLISHED, published_at=now())

    with pytest.raises(RefusedError, match="had to be chosen before"):
        actions.pin_forecast(found, by=lena)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"status": Status.REQUESTED}, "Only a forecast that is ready"),
        ({"pool": Pool.ROLL}, "this cohort’s own applicants"),
    ],
)
def test_what_is_no_forecast_of_the_cohort_cannot_be_kept(lena, cohort, fields, said):
    with pytest.raises(RefusedError, match=said):
        actions.pin_forecast(make_forecast(cohort, **fields), by=lena)


def test_names_in_arabic_change_nothing(lena, cohort):
    for number in range(6):
        make_mentee(cohort, make_person(f"ليلى{number}", "المصري"))
    for number in range(3):
        make_mentor(cohort, make_person(f"عمر{number}", "فاروق"))

    found = computed(ask(cohort, by=lena, wish=APPLICANTS))

    assert found.report["planned"] == 3
    assert "ليلى" not in str(found.inputs)


def test_a_computed_forecast_holds_what_was_asked(lena):
    found = ready_forecast(by=lena)

    assert (found.status, found.progress) == (Status.READY, 100)
    assert found.report["draws"] == 40
    assert found.report["inputs"]["mentees"] == 6
    assert Entry.objects.filter(verb="forecast.ready").count() == 1
