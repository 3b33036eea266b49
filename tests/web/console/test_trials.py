"""The wind tunnel through the test client: ask, wait, read, compare, hold against what happened."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from lodestar.domain.common.time import now
from lodestar.domain.matching.models import Match, MatchRun
from lodestar.domain.trials.actions import pin_forecast
from lodestar.domain.trials.models import Forecast
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import asking_cohort, make_match, make_people, make_run
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_design, make_program
from tests.factories.trials import computed, make_forecast, ready_forecast

pytestmark = pytest.mark.django_db
Status, Pool = Forecast.Status, Forecast.Pool


@pytest.fixture
def office(lena):
    return signed_in(lena)


def url(name, fact):
    return reverse(f"console:{name}", args=[fact.public_id])


def form_in(office, cohort, **changes):
    """Return what the form of a cohort begins with, as a browser would send it."""
    form = office.get(url("tunnel", cohort)).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in (sent | changes).items() if value is not None}


def page(office, name, fact, **query):
    return office.get(url(name, fact), query).content.decode()


def test_the_whole_way_from_asking_to_reading(office, cohort):
    make_people(cohort, 6, 4)

    asked = office.post(url("tunnel-run", cohort), form_in(office, cohort))
    forecast = Forecast.objects.get()
    waiting = page(office, "forecast", forecast)
    computed(forecast)
    ready = page(office, "forecast", forecast)
    listed = page(office, "tunnel", cohort)

    assert asked.url == url("forecast", forecast)
    assert 'hx-trigger="every 2s"' in waiting
    assert "0 % done" in waiting
    assert "of 6 mentees will meet a mentor; 9 times of 10 between" in ready
    assert "hx-trigger" not in ready
    assert re.search(r"In \d+ % of draws all \d mentees share \d places?\.", ready)
    assert "Recruit" in ready
    assert "about 1 in 10 pairs failed in a small alumni e-mentoring scheme" in ready
    assert "no difference in outcomes can be shown" in ready
    assert "Read this forecast" in listed
    assert {r["typed"] for r in forecast.believed["rates"].values()} == {None}


def test_progress_and_result_come_as_a_fragment(office, cohort):
    forecast = make_forecast(cohort, status=Status.CLAIMED, progress=40)

    part = office.get(url("forecast", forecast), headers={"HX-Request": "true"}).content.decode()

    assert part.strip().startswith('<div class="loose" id="forecast"')
    assert "40 % done" in part
    assert "<html" not in part


def test_a_changed_rate_and_hours_are_told_as_typed_in(office, cohort):
    make_people(cohort, 6, 4)
    sent = form_in(office, cohort, rate_mentor_silence="30", hours_manual_case="4")

    office.post(url("tunnel-run", cohort), sent)
    forecast = computed(Forecast.objects.get())

    typed = {name: rate["typed"] for name, rate in forecast.believed["rates"].items()}
    assert {name: value for name, value in typed.items() if value} == {"mentor.silence": 0.3}
    assert forecast.believed["hours"]["manual_case"] == 4
    assert "30 %" in page(office, "forecast", forecast)


@pytest.mark.parametrize("wrong", ["140", "-1", "many", ""])
def test_an_impossible_rate_is_asked_again_and_nothing_is_lost(office, cohort, wrong):
    make_people(cohort, 6, 4)
    sent = form_in(office, cohort, rate_mentor_silence=wrong, rate_mentee_decline="7.5")

    answer = office.post(url("tunnel-run", cohort), sent)

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "A rate lies between 0 and 100 percent" in said
    assert 'value="7.5"' in said
    assert Forecast.objects.count() == 0


@pytest.mark.parametrize(
    ("people", "said"),
    [((0, 0), "Nobody is here to try it on"), ((2, 1), "With 3 people a forecast says nothing")],
)
def test_too_few_applicants_are_told_so_plainly(office, cohort, people, said):
    make_people(cohort, *people)

    answer = office.post(url("tunnel-run", cohort), form_in(office, cohort, pool=Pool.APPLICANTS))

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_cohort_with_nobody_begins_with_made_up_people(office, cohort):
    for number in range(6):
        make_person(f"Young{number}", "A", class_year=cohort.starts_on.year - 1)
        make_person(f"Old{number}", "B", class_year=cohort.starts_on.year - 31)

    sent = form_in(office, cohort)
    office.post(url("tunnel-run", cohort), sent | {"mentees": 30, "mentors": 20})

    forecast = Forecast.objects.get()
    assert (sent["pool"], forecast.pool) == (Pool.ROLL, Pool.ROLL)
    assert (len(forecast.inputs["mentees"]), len(forecast.inputs["mentors"])) == (30, 20)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pool": "roll", "mentees": 2, "mentors": 1}, "It takes 5 of each"),
        ({"pool": "past"}, "Choose the cohort whose people are to be tried."),
        ({"pool": "everyone"}, "Select a valid choice."),
        ({"design": "nowhere"}, "Select a valid choice."),
        ({"pool": "past", "past": "elsewhere"}, "Select a valid choice."),
    ],
)
def test_a_pool_that_is_none_is_asked_again(office, cohort, changes, said):
    make_people(cohort, 6, 4)
    make_person("Some", "One", class_year=1990)

    answer = office.post(url("tunnel-run", cohort), form_in(office, cohort, **changes))

    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_an_earlier_cohort_and_its_history_are_offered(office, cohort):
    earlier = make_cohort(cohort.program, name="Spring")
    make_people(earlier, 6, 4)

    sent = form_in(office, cohort, pool="past", past=earlier.public_id)
    office.post(url("tunnel-run", cohort), sent)

    forecast = computed(Forecast.objects.get())
    assert forecast.past_cohort == earlier
    assert "(Spring)" in page(office, "forecast", forecast)


def test_two_designs_stand_side_by_side(office, lena, cohort):
    first = ready_forecast(cohort, by=lena)
    wider = make_design(cohort.program, capacity_maximum=2, reply_days=2)
    second = ready_forecast(cohort, by=lena, people=None, design=wider)

    chosen = page(office, "forecast", first)
    said = page(office, "forecast-beside", first, other=second.public_id)

    assert f'value="{second.public_id}"' in chosen
    assert "The same people meet the same fates in both" in said
    assert "From version 1 to version 2 of the design:" in said
    assert "<li>Days to answer a proposed match" in said
    assert "Rates and hours are the same in both." in said


def test_the_same_forecast_twice_is_no_difference(office, lena, cohort):
    first = ready_forecast(cohort, by=lena)
    second = ready_forecast(cohort, by=lena, people=None)

    said = page(office, "forecast-beside", first, other=second.public_id)

    assert "No difference: the same people met the same fates" in said
    assert "Both try version 1 of the design." in said
    assert "Measure by measure" not in said


def test_different_numbers_of_people_are_compared_in_shares_with_a_warning(office, lena, cohort):
    first = ready_forecast(cohort, by=lena)
    make_people(cohort, 8, 2)
    second = ready_forecast(cohort, by=lena, people=None)

    said = page(office, "forecast-beside", first, other=second.public_id)

    assert re.search(
        r"Of the first 6 mentees \d+ % meet a mentor, of the second 14 it is \d+ %", said
    )
    assert "They were tried on different numbers of people" in said
    assert "Mentees who meet, of 100" in said
    assert "more mentees meet" not in said


@pytest.mark.parametrize("other", ["nowhere", "itself", "elsewhere"])
def test_what_cannot_stand_beside_is_not_found(office, cohort, other):
    found, elsewhere = make_forecast(cohort), make_forecast(make_cohort(cohort.program))
    keys = {"itself": found.public_id, "elsewhere": elsewhere.public_id}

    answer = office.get(url("forecast-beside", found), {"other": keys.get(other, other)})

    assert answer.status_code == 404


def test_different_people_and_rates_are_told(office, lena, cohort):
    first = make_forecast(cohort)
    second = make_forecast(
        cohort, pool=Pool.ROLL, inputs={"mentees": [{"key": "a", "answers": {}}]}
    )
    second.report = {
        **second.report,
        "rates": second.report["rates"]
        | {"mentor.silence": first.report["rates"]["mentee.answer"]},
    }
    second.save()

    said = page(office, "forecast-beside", first, other=second.public_id)

    assert "They were tried on different people" in said
    assert "Rates and hours that differ" in said


def test_the_kept_forecast_is_held_against_what_happened(office, lena, cohort):
    found = ready_forecast(cohort, by=lena)
    before = office.get(url("forecast-happened", found)).status_code

    office.post(url("forecast-keep", found))
    not_yet = page(office, "forecast-happened", found)
    run = make_run(cohort, status=MatchRun.Status.PUBLISHED, published_at=now())
    running = page(office, "forecast-happened", found)
    type(cohort).objects.filter(pk=cohort.pk).update(
        **{name: (now() - timedelta(days=9)).date() for name in ("opens_on", "closes_on", "matching_on", "starts_on")},
        ends_on=(now() - timedelta(days=1)).date(),
    )  # fmt: skip
    over = page(office, "forecast-happened", found)

    assert before == 404
    assert "Nothing has happened yet" in not_yet
    assert run.published_at
    assert "not there yet" in running
    assert "below what was expected" in over


def test_after_the_matches_went_out_keeping_is_no_longer_offered(office, cohort):
    found = make_forecast(cohort)
    offered = page(office, "forecast", found)
    make_run(cohort, status=MatchRun.Status.PUBLISHED, published_at=now())

    refused = office.post(url("forecast-keep", found))

    assert "Keep it, to hold what happens against it" in offered
    assert "Keep it, to hold" not in page(office, "forecast", found)
    assert refused.status_code == 409


def test_a_failed_forecast_says_why(office, cohort):
    found = make_forecast(cohort, status=Status.FAILED, problem="It took too long.")

    said = page(office, "forecast", found)

    assert "It took too long." in said
    assert "Back to the wind tunnel" in said


def test_names_and_topics_in_arabic_are_shown(office, lena, cohort):
    answers = {"topics": ["المقابلات"], "languages": ["ar"]}
    for number in range(6):
        make_mentee(cohort, make_person(f"ليلى{number}", "المصري"), answers=answers)
        make_mentee(cohort, make_person(f"Ana{number}", "Ruiz"))
    for number in range(3):
        make_mentor(cohort, make_person(f"عمر{number}", "فاروق"))

    found = ready_forecast(cohort, by=make_person("هدى", "نور"), people=None)

    assert "هدى نور" in page(office, "forecast", found)
    assert pin_forecast(found, by=lena).pinned_at


def test_many_forecasts_are_listed_without_their_inputs(
    office, cohort, django_assert_max_num_queries
):
    for _ in range(12):
        make_forecast(cohort)

    with django_assert_max_num_queries(45):
        page(office, "tunnel", cohort)


def test_fit_is_told_in_percent_of_a_perfect_match_beside_an_earlier_cohorts(office, lena, cohort):
    earlier = make_cohort(cohort.program, name="Spring")
    make_match(make_run(earlier), status=Match.Status.ACCEPTED, score=431_000)

    said = page(office, "forecast", ready_forecast(cohort, by=lena))

    assert "How well matches fit" in said
    assert "In Spring the matches with two yeses had 43 %" in said
    assert "1,000,000" not in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rate_mentor_decline": "5.55"}, "Mentors who say no to a match · A rate lies between 0 and 100 percent, with one digit"),
        ({"hours_rule": "-1"}, "Hours to talk a rule over and to change it · Hours lie between 0 and 100"),
        ({"hours_rule": "1.234"}, "Hours to talk a rule over and to change it · Hours lie between 0 and 100"),
        ({"mentees": "", "mentors": ""}, "Say how many mentees and how many mentors are to be made up."),
        ({"mentees": "60", "mentors": ""}, "Made-up mentors · Say how many mentors are to be made up too."),
        ({"mentees": "0"}, "Made-up mentees · Write a whole number from 1 to 5,000."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_in_our_words_with_its_field(office, cohort, changes, said):
    for number in range(6):
        make_person(f"Young{number}", "A", class_year=cohort.starts_on.year - 1)
        make_person(f"Old{number}", "B", class_year=cohort.starts_on.year - 31)

    answer = office.post(url("tunnel-run", cohort), form_in(office, cohort, **changes))

    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert Forecast.objects.count() == 0


def test_the_kept_forecast_speaks_for_a_cohort_else_the_newest_on_its_own_people(office, cohort):
    other = make_design(cohort.program)

    def told():
        found = office.get(url("tunnel", cohort))
        return found.context["told"], found.content.decode()

    nobody = told()[0]
    toy = make_forecast(cohort, pool=Pool.ROLL)
    only_toy, said_of_toy = told()
    own = make_forecast(cohort)
    make_forecast(cohort, pool=Pool.ROLL)
    make_forecast(cohort, design=other)
    on_own, said_of_own = told()
    kept = make_forecast(cohort, pinned_at=now())
    make_forecast(cohort)
    on_kept, said_of_kept = told()

    assert (nobody, only_toy, on_own, on_kept) == (None, toy, own, kept)
    assert "These are not this cohort’s own people" in said_of_toy
    assert "on the applicants so far: 6 mentees and 4 mentors" in said_of_own
    assert "It is the one you kept." in said_of_kept


def test_rates_that_were_typed_in_are_named_when_keeping_and_later(office, lena, cohort):
    make_people(cohort, 6, 4)
    sent = form_in(office, cohort, rate_mentor_silence="100", rate_mentee_decline="7.5")
    office.post(url("tunnel-run", cohort), sent)
    found = computed(Forecast.objects.get())

    before = page(office, "forecast", found)
    office.post(url("forecast-keep", found))
    later = page(office, "forecast-happened", found)

    named = "Mentors who do not answer a match in time: 100 % instead of 5 %"
    assert "if you keep it, they are kept with it" in before
    assert named in before
    assert "Mentees who say no to a match: 7.5 % instead of 5 %" in before
    assert "It was kept with rates that were typed in:" in later
    assert named in later
    assert "find no mentor who says yes too, because people drop out" in before


def test_how_long_it_takes_is_told_by_the_size(office, cohort):
    make_people(cohort, 6, 4)

    said = page(office, "tunnel", cohort)

    assert (
        "6 mentees and 4 mentors take about 4 seconds, on a busy machine up to 32 seconds." in said
    )
    assert "60 mentees and 40 mentors take about 5 seconds" in said


def test_what_no_forecast_plays_is_told_before_one_is_asked_for(lena):
    cohort = asking_cohort("ask", program=make_program(coordinator=lena), exploring_days=14)

    told = page(signed_in(lena), "tunnel", cohort)

    assert "Asking and ranking are not played" in told
    assert "The trial meeting is not played" in told
