"""Asking what people need: who may answer, when, what is kept and who finds it."""

from datetime import date, timedelta

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import today
from lodestar.domain.needs import actions, queries, rules
from lodestar.domain.needs.models import NeedsAnswer, NeedsSurvey
from tests.factories.needs import NEEDS, make_answer, make_survey
from tests.factories.people import make_person
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db
SAID = {"topics": ["إيجاد عمل", "Interviews"], "languages": ["ar"], "about": "أول وظيفة"}


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_a_cohort_is_asked_before_anybody_outside_sees_it(lena):
    cohort = make_cohort(opens_in=30, is_published=False)

    survey = actions.ask(cohort, role="mentee", days=(today(), today()), by=lena)
    again = actions.ask(cohort, role="mentee", days=(today(), today() + timedelta(days=9)), by=lena)

    assert (again, NeedsSurvey.objects.count()) == (survey, 1)
    assert again.closes_on == today() + timedelta(days=9)
    assert verbs() == ["needs_survey.opened", "needs_survey.moved"]
    assert queries.survey_to_answer(cohort.program.slug, "mentee", today()) == survey


@pytest.mark.parametrize(
    ("opens_in", "closes_in"), [(5, 1), (60, 70), (0, 9999), (-3, 5), (-9, -2)]
)
def test_days_that_make_no_sense_are_refused(lena, opens_in, closes_in):
    cohort = make_cohort()
    days = today() + timedelta(days=opens_in), today() + timedelta(days=closes_in)

    with pytest.raises(RefusedError):
        actions.ask(cohort, role="mentor", days=days, by=lena)

    assert NeedsSurvey.objects.count() == 0


def test_a_day_that_has_gone_by_is_refused_with_its_mend(lena):
    cohort = make_cohort()
    days = date(2020, 12, 20), date(2020, 12, 22)

    refused = [
        rules.why_not_ask(cohort, each, today()) for each in (days, (days[0], cohort.closes_on))
    ]

    assert refused == [
        "22 December 2020 has gone by, so nobody could answer. Choose today or a later day as the "
        "last; to stop asking, choose today. Nothing was changed.",
        "20 December 2020 has gone by: asking cannot begin before today. Choose today or a later "
        "day as the first. Nothing was changed.",
    ]


@pytest.mark.parametrize(("opens_in", "days"), [(-3, 9), (-9, 4)])
def test_a_survey_that_has_begun_or_ended_keeps_its_days(lena, opens_in, days):
    survey = make_survey(opens_in=opens_in, days=days)
    kept = survey.opens_on, survey.closes_on

    same = actions.ask(survey.cohort, role="mentee", days=kept, by=lena, takes_nameless=False)
    with pytest.raises(RefusedError):
        actions.ask(
            survey.cohort,
            role="mentee",
            days=(kept[0] - timedelta(days=1), today() + timedelta(days=2)),
            by=lena,
        )

    same.refresh_from_db()
    assert (same.opens_on, same.closes_on, same.takes_nameless) == (*kept, False)


def test_an_answer_is_kept_half_done_and_sent_when_it_is_whole():
    leila = make_person("ليلى", "المنصوري")
    survey = make_survey()

    half = actions.keep_answer(survey, by=leila, said={"about": "أول وظيفة"})
    with pytest.raises(RefusedError) as refused:
        actions.send_answer(half, by=leila)
    whole = actions.keep_answer(survey, by=leila, said=SAID, has_consent=True)
    sent = actions.send_answer(whole, by=leila)

    assert str(refused.value).startswith("Choose at least one topic")
    assert (half, whole) == (sent, sent)
    assert sent.answers == SAID
    assert sent.consent_version == rules.CONSENT_TEXT
    assert actions.send_answer(sent, by=leila).sent_at == sent.sent_at
    assert verbs() == ["needs_answer.kept", "needs_answer.kept", "needs_answer.sent"]


def test_an_answer_made_incomplete_later_counts_no_more():
    amina = make_person()
    answer = make_answer(person=amina)

    kept = actions.keep_answer(answer.survey, by=amina, said=answer.answers, has_consent=False)

    assert (kept, kept.sent_at) == (answer, None)


def test_somebody_without_a_name_finds_their_answer_and_takes_it_along_on_signing_in():
    survey = make_survey()
    nameless = actions.keep_answer(survey, by=None, said=SAID, has_consent=True)
    amina = make_person()

    found = queries.own_answer(survey, None, nameless.public_id)
    taken = actions.keep_answer(survey, by=amina, key=nameless.public_id, said=SAID)

    assert found == nameless
    assert (taken, taken.person) == (nameless, amina)
    assert queries.own_answer(survey, None, nameless.public_id) is None
    assert queries.own_answer(survey, make_person(), "") is None


def test_whoever_answered_already_keeps_that_answer_and_no_second_one():
    survey = make_survey()
    amina = make_person()
    first = actions.keep_answer(survey, by=amina, said=SAID)
    other = actions.keep_answer(survey, by=None, said=SAID)

    again = actions.keep_answer(survey, by=amina, key=other.public_id, said={"topics": ["Law"]})

    assert (again, again.answers) == (first, {"topics": ["Law"]})
    assert NeedsAnswer.objects.filter(person=amina).count() == 1


@pytest.mark.parametrize(("opens_in", "days"), [(2, 5), (-9, 3)])
def test_nothing_is_taken_before_the_first_and_after_the_last_day(opens_in, days):
    survey = make_survey(opens_in=opens_in, days=days)

    with pytest.raises(RefusedError):
        actions.keep_answer(survey, by=make_person(), said=SAID)

    assert NeedsAnswer.objects.count() == 0


def test_answers_without_a_name_have_an_end(monkeypatch):
    monkeypatch.setattr("lodestar.domain.needs.rules.surveys.MOST_NAMELESS", 1)
    survey = make_survey()
    actions.keep_answer(survey, by=None, said=SAID)

    with pytest.raises(RefusedError):
        actions.keep_answer(survey, by=None, said=SAID)

    assert actions.keep_answer(survey, by=make_person(), said=SAID).survey == survey


def test_where_a_name_is_asked_for_nobody_answers_without_and_those_before_count_no_more(lena):
    survey = make_survey()
    nameless, named = make_answer(survey), make_answer(survey, make_person())
    days = survey.opens_on, survey.closes_on

    closed = actions.ask(survey.cohort, role="mentee", days=days, by=lena, takes_nameless=False)

    assert [voice.key for voice in queries.voices_of(survey.cohort)] == [named.public_id]
    for key in ("", nameless.public_id):
        with pytest.raises(RefusedError):
            actions.keep_answer(closed, by=None, key=key, said=SAID)
    taken = actions.keep_answer(closed, by=lena, key=nameless.public_id, said=SAID)
    assert (taken, taken.person) == (nameless, lena)


def test_an_answer_is_taken_back_after_the_last_day_too():
    amina = make_person()
    answer = make_answer(make_survey(opens_in=-9, days=2), amina)

    empty = actions.take_back_answer(answer, by=amina)

    assert (empty.answers, empty.sent_at, empty.consent_version) == ({}, None, "")


@pytest.mark.parametrize("act", [actions.send_answer, actions.take_back_answer])
def test_nobody_acts_on_the_answer_of_somebody_else(act):
    answer = make_answer(person=make_person(), sent_at=None)

    for other in (None, make_person()):
        with pytest.raises(RefusedError):
            act(answer, by=other)

    answer.refresh_from_db()
    assert (answer.sent_at, answer.answers) == (None, NEEDS)


def test_the_survey_that_is_open_is_shown_else_the_next_else_the_last():
    cohorts = [make_cohort()]
    cohorts += [make_cohort(cohorts[0].program) for _ in range(2)]
    past, present, ahead = (
        make_survey(cohort, opens_in=start, days=9)
        for cohort, start in zip(cohorts, (-90, -3, 60), strict=True)
    )
    slug = past.cohort.program.slug

    def shown_in(days):
        return queries.survey_to_answer(slug, "mentee", today() + timedelta(days=days))

    assert [shown_in(0), shown_in(30), shown_in(300)] == [present, ahead, ahead]
    with pytest.raises(NotFoundError):
        queries.survey_to_answer(slug, "mentor", today())


def test_who_was_asked_is_counted_by_role(django_assert_num_queries):
    survey = make_survey()
    make_answer(survey, make_person())
    make_answer(survey)
    make_answer(survey, sent_at=None)

    with django_assert_num_queries(2):
        asked = queries.asked_in(survey.cohort, today())

    assert list(asked) == ["mentee"]
    told = asked["mentee"]
    assert (told.begun, told.sent, told.nameless, told.is_open) == (3, 2, 1, True)
