"""The survey that anybody with its address may answer: on one page, in two minutes, without JavaScript."""

from datetime import timedelta

import pytest
from django.test import Client

from lodestar.domain.common.time import today
from lodestar.domain.needs.models import NeedsAnswer
from tests.factories.needs import make_answer, make_survey
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db
SAID = {
    "topics_wished": ["Interviews", "Finding work"],
    "first": "Finding work",
    "more": "ريادة الأعمال",
    "industry": "Health care",
    "country": "Kenya",
    "time_zone": "Africa/Nairobi",
    "language_1": "sw",
    "language_2": "ar",
    "hours_per_month": "2",
    "about": "Somebody who tells me the truth.",
    "consent": "on",
}


def address(survey):
    return f"/programs/{survey.cohort.program.slug}/needs/{survey.role}/"


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_a_visitor_answers_without_a_name_and_finds_it_again():
    survey = make_survey(make_cohort(is_published=False, opens_in=20))
    browser = Client()

    asked = browser.get(address(survey))
    answer = browser.post(address(survey), SAID)
    again = text_of(browser.get(address(survey)))

    [kept] = NeedsAnswer.objects.all()
    assert "What would help you most?" in text_of(asked)
    assert (answer.status_code, answer["Location"]) == (302, address(survey))
    assert (kept.person, kept.sent_at is not None) == (None, True)
    assert kept.answers == {
        "topics": ["Finding work", "Interviews", "ريادة الأعمال"],
        "industry": "Health care",
        "country": "Kenya",
        "time_zone": "Africa/Nairobi",
        "languages": ["sw", "ar"],
        "hours_per_month": 2,
        "about": "Somebody who tells me the truth.",
    }
    assert "Your answers are counted" in again
    assert "ريادة الأعمال" in again
    assert "Your answers are counted" not in text_of(Client().get(address(survey)))


def test_half_an_answer_is_kept_and_gone_on_with():
    survey = make_survey()
    browser = signed_in(make_person())

    later = browser.post(address(survey), {"about": "Not sure yet.", "later": "yes"})
    page = text_of(browser.get(address(survey)))
    sent = browser.post(address(survey), SAID)

    assert (later.status_code, sent.status_code) == (302, 302)
    assert "Kept, but not sent yet" in page
    assert "Not sure yet." in page
    assert [a.sent_at is not None for a in NeedsAnswer.objects.all()] == [True]


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"topics_wished": [], "first": "", "more": ""}, "Choose at least one."),
        ({"consent": ""}, "Without this yes we cannot count your answers."),
        ({"more": "", "time_zone": "Mars/Base"}, "Select a valid choice"),
        ({"hours_per_month": "900"}, "less than or equal to 40"),
    ],
)
def test_what_is_missing_is_asked_again_and_nothing_typed_is_lost(wrong, word):
    survey = make_survey()

    answer = Client().post(address(survey), SAID | wrong)

    assert (answer.status_code, NeedsAnswer.objects.count()) == (422, 0)
    assert word in text_of(answer)
    assert "Somebody who tells me the truth." in text_of(answer)


def test_a_mentor_is_asked_what_they_offer_and_promises_nothing():
    survey = make_survey(role="mentor")
    ruth = make_person("Ruth")
    said = {"topics_wished": ["Interviews"], "capacity": "2", "consent": "on"}

    browser = signed_in(ruth)
    page = text_of(browser.get(address(survey)))
    browser.post(address(survey), said)

    [kept] = NeedsAnswer.objects.all()
    assert "You promise nothing" in page
    assert "Which three matter most?" not in page
    assert (kept.person, kept.answers) == (ruth, {"topics": {"Interviews": 2}, "capacity": 2})


def test_a_member_finds_what_is_known_of_them_filled_in():
    survey = make_survey()
    amina = make_person(city="Mombasa", country="Kenya", languages=["sw"])

    page = text_of(signed_in(amina).get(address(survey)))

    assert 'value="Mombasa"' in page
    assert '<option value="sw" selected>' in page


def test_answers_are_taken_back_and_pressing_twice_does_no_harm():
    survey = make_survey()
    amina = make_person()
    answer = make_answer(survey, amina)
    browser = signed_in(amina)

    pressed = [browser.post(address(survey) + "take-back/") for _ in range(2)]

    answer.refresh_from_db()
    assert [each.status_code for each in pressed] == [302, 302]
    assert (answer.answers, answer.sent_at) == ({}, None)
    assert Client().post(address(survey) + "take-back/").status_code == 302


@pytest.mark.parametrize(("opens_in", "word"), [(3, "We ask from"), (-30, "We stopped asking on")])
def test_before_and_after_its_days_it_says_so_and_takes_nothing(opens_in, word):
    survey = make_survey(opens_in=opens_in, days=5)

    page = text_of(Client().get(address(survey)))
    posted = Client().post(address(survey), SAID)

    assert word in page
    assert (posted.status_code, NeedsAnswer.objects.count()) == (409, 0)


def test_nobody_reads_the_answer_of_somebody_else():
    survey = make_survey()
    make_answer(survey, make_person("Amina"), answers={"about": "CANARY", "topics": ["Law"]})
    make_answer(survey, answers={"about": "CANARY", "topics": ["Law"]})

    for browser in (Client(), signed_in(make_person("Jonas"))):
        assert "CANARY" not in text_of(browser.get(address(survey)))


def test_where_a_name_is_asked_for_a_visitor_is_led_to_sign_in_and_back():
    survey = make_survey(takes_nameless=False)
    visitor = Client()

    page = text_of(visitor.get(address(survey)))
    refused = visitor.post(address(survey), SAID)
    member = signed_in(make_person()).post(address(survey), SAID)

    assert f'href="/accounts/sign-in/?next={address(survey)}"' in page
    assert "What would you like help with?" not in page
    assert (refused.status_code, member.status_code) == (409, 302)
    assert NeedsAnswer.objects.count() == 1


def proposed(field, typed, **more):
    """Return what is proposed, in order."""
    page = Client().get(f"/words/{field}/", {field: typed, **more}).content.decode()
    return [line.split('"')[0] for line in page.split('value="')[1:]]


def test_words_are_proposed_while_somebody_types():
    nurses = proposed("function", "Nurse")
    assert len(nurses) == 12
    assert all(word.startswith("Nurse") for word in nurses[:3])
    assert "React" in proposed("more", "reac")
    assert "Biology" in proposed("field_of_study", "biol")
    assert [proposed("function", typed) for typed in ("", "n", "qqqq", "<b>")] == [[]] * 4
    assert Client().get("/words/shoe/").status_code == 404


def test_what_is_proposed_for_a_short_form_says_so_that_the_browser_shows_it():
    page = Client().get("/words/function/", {"function": "SWE"}).content.decode()

    assert '<option value="Software Developer" label="SWE: Software Developer"></option>' in page
    wrong = Client().get("/words/field_of_study/", {"field_of_study": 'cs"><b>'}).content.decode()
    assert "<b>" not in wrong


def test_the_topics_of_the_programs_own_list_take_part():
    survey = make_survey()
    survey.cohort.design.topics = [{"group": "Work", "topics": ["A CV with <stars>", "Interviews"]}]
    survey.cohort.design.save()

    assert proposed("more", "interv", survey=survey.public_id) == ["Interviews"]
    assert proposed("more", "resume", survey=survey.public_id) == ["A CV with &lt;stars&gt;"]
    assert "Interviews" not in proposed("more", "interv", survey="x")
    assert f"{survey.public_id}" in text_of(Client().get(address(survey)))


def test_a_topic_of_the_list_typed_by_hand_is_that_topic():
    survey = make_survey()

    Client().post(address(survey), SAID | {"more": "interviews"})

    assert NeedsAnswer.objects.get().answers["topics"] == ["Finding work", "Interviews"]


def test_a_topic_chosen_twice_is_named_and_what_was_typed_is_kept():
    survey = make_survey()
    said = SAID | {"second": "Finding work", "third": "Interviews"}

    answer = Client().post(address(survey), said)
    kept = Client().post(address(survey), said | {"later": "yes"})

    assert (answer.status_code, kept.status_code) == (422, 302)
    page = text_of(answer)
    assert "“Finding work” stands further up already. Choose another, or none." in page
    assert "Somebody who tells me the truth." in page
    assert page.count('<option value="Finding work" selected>') == 2


def test_a_program_that_asks_nothing_has_no_such_page():
    cohort = make_cohort()
    make_survey(cohort)

    for role in ("mentor", "dean"):
        answer = Client().get(f"/programs/{cohort.program.slug}/needs/{role}/")
        assert answer.status_code == 404
    assert Client().get("/programs/no-such/needs/mentee/").status_code == 404


def test_the_program_leads_to_its_open_surveys_only():
    cohort = make_cohort()
    make_survey(cohort)
    make_survey(cohort, role="mentor", opens_in=-30, days=5)

    page = text_of(Client().get(f"/programs/{cohort.program.slug}/"))

    assert f"/programs/{cohort.program.slug}/needs/mentee/" in page
    assert f"/programs/{cohort.program.slug}/needs/mentor/" not in page
    assert cohort.closes_on > today() - timedelta(days=1)
