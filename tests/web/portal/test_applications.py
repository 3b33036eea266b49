"""Applying in three steps, on a phone, with nothing but HTML."""

import pytest
from django.test import Client
from django.urls import reverse

from lodestar.domain.applications.models import Application
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Design
from tests.factories.applications import MENTEE_ANSWERS, make_application, make_mentee
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db

YOU = {
    "given_name": "Amina",
    "family_name": "Odhiambo",
    "class_year": "2021",
    "city": "Nairobi",
    "country": "Kenya",
    "time_zone": "Africa/Nairobi",
    "language_1": "en",
    "language_2": "sw",
    "language_3": "",
    "function": "Laboratory assistant",
    "industry": "Health care",
    "field_of_study": "Biology",
}
WORDS = {
    "about": "A plan for my first year, and somebody who tells me the truth.",
    "style": ["listens", "challenges"],
    "hours_per_month": "2",
    "matching_consent": "on",
}


@pytest.fixture
def amina():
    return make_person("Amina", "")


@pytest.fixture
def cohort():
    return make_cohort(make_program(slug="first-steps", coordinator=make_person("Lena", "Berg")))


def step(name, role="mentee"):
    return f"/programs/first-steps/apply/{role}/{name}/"


def own(person):
    return Application.objects.get(person=person)


def test_a_visitor_reads_the_program_and_signs_in_to_apply(cohort):
    page = Client().get("/programs/first-steps/")
    apply = Client().get("/programs/first-steps/apply/mentee/")

    assert page.status_code == 200
    assert page.context["state"] == "open"
    assert 'href="/programs/first-steps/apply/mentee/"' in page.content.decode()
    assert (apply.status_code, apply["Location"]) == (
        302,
        f"{reverse('account_login')}?next=/programs/first-steps/apply/mentee/",
    )


@pytest.mark.parametrize(
    ("opens_in", "words"),
    [(5, "Applications open on"), (-60, "Applications are closed for now")],
)
def test_a_closed_door_says_so_and_sends_nobody_into_a_form(amina, opens_in, words):
    make_cohort(make_program(slug="first-steps"), opens_in=opens_in)
    browser = signed_in(amina)

    page = browser.get("/programs/first-steps/").content.decode()
    apply = browser.get("/programs/first-steps/apply/mentee/")

    assert words in page
    assert "/apply/" not in page
    assert apply["Location"] == "/programs/first-steps/"


def test_a_program_without_a_cohort_says_that_one_is_being_prepared():
    make_program(slug="first-steps")

    page = Client().get("/programs/first-steps/").content.decode()

    assert "The next cohort is being prepared" in page


def test_a_program_that_is_not_public_does_not_exist_for_visitors():
    make_cohort(make_program(slug="first-steps", is_public=False))

    assert Client().get("/programs/first-steps/").status_code == 404
    assert signed_in(make_person()).get(step("you")).status_code == 404


def test_a_mentee_applies_in_three_steps_without_javascript(amina, cohort):
    browser = signed_in(amina)

    start = browser.get("/programs/first-steps/apply/mentee/")
    you = browser.post(step("you"), YOU)
    topics = browser.post(
        step("topics"), {"topics_wished": ["Finding work"], "first": "Interviews"}
    )
    words = browser.post(step("words"), WORDS)

    application = own(amina)
    assert [start["Location"], you["Location"], topics["Location"], words["Location"]] == [
        step("you"),
        step("topics"),
        step("words"),
        f"/applications/{application.public_id}/",
    ]
    assert application.status == "submitted"
    assert application.answers == {
        "class_year": 2021,
        "city": "Nairobi",
        "country": "Kenya",
        "time_zone": "Africa/Nairobi",
        "languages": ["en", "sw"],
        "function": "Laboratory assistant",
        "industry": "Health care",
        "field_of_study": "Biology",
        "topics": ["Interviews", "Finding work"],
        "about": WORDS["about"],
        "style": ["listens", "challenges"],
        "hours_per_month": 2,
        "matching_consent": True,
    }
    person = Person.objects.get(pk=amina.pk)
    assert (person.full_name, person.class_year, person.languages) == (
        "Amina Odhiambo",
        2021,
        ["en", "sw"],
    )
    assert (person.positions.get().title, person.educations.get().field) == (
        "Laboratory assistant",
        "Biology",
    )


def test_a_mentor_says_how_well_they_know_each_topic(amina, cohort):
    browser = signed_in(amina)

    browser.post(step("you", "mentor"), YOU)
    browser.post(step("topics", "mentor"), {"topic_0": "3", "topic_1": "", "capacity": "2"})
    browser.post(step("words", "mentor"), WORDS)

    answers = own(amina).answers
    assert (own(amina).status, answers["topics"], answers["capacity"]) == (
        "submitted",
        {"Finding work": 3},
        2,
    )


@pytest.mark.parametrize("language", ["de", "German"])
def test_what_is_known_of_a_person_is_already_filled_in(cohort, language):
    person = make_person(
        class_year=2010, city="Graz", languages=[language], time_zone="Europe/Vienna"
    )

    form = signed_in(person).get(step("you")).context["form"]

    assert {name: form.initial[name] for name in ("class_year", "city", "time_zone")} == {
        "class_year": 2010,
        "city": "Graz",
        "time_zone": "Europe/Vienna",
    }
    assert form.initial["language_1"] == "de"


def test_looking_at_a_form_begins_nothing(amina, cohort):
    signed_in(amina).get(step("words"))

    assert not Application.objects.exists()


def test_somebody_who_left_goes_on_at_the_first_open_step(amina, cohort):
    browser = signed_in(amina)
    browser.post(step("you"), YOU)
    later = browser.post(step("topics"), {"later": "yes"})

    again = browser.get("/programs/first-steps/apply/mentee/")

    assert later["Location"] == "/home/"
    assert again["Location"] == step("topics")


def test_errors_keep_what_was_typed_and_say_what_is_missing(amina, cohort):
    answer = signed_in(amina).post(step("you"), YOU | {"time_zone": "", "city": "Kisumu"})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"time_zone": ["Please answer this one."]}
    assert 'value="Kisumu"' in answer.content.decode()
    assert not Application.objects.exists()


def test_more_than_six_topics_are_too_many(amina):
    topics = [f"Topic {number}" for number in range(8)]
    program = make_program(slug="first-steps")
    program.designs.create(version=1, topics=topics)
    make_cohort(program)

    answer = signed_in(amina).post(
        step("topics"), {"topics_wished": topics[:6], "first": topics[7]}
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["topics_wished"]


def test_the_last_step_sends_nothing_while_an_earlier_answer_is_missing(amina, cohort):
    browser = signed_in(amina)

    answer = browser.post(step("words"), WORDS, follow=True)

    assert own(amina).status == "draft"
    assert "Choose your time zone" in answer.content.decode()


def test_sending_twice_sends_once(cohort):
    draft = make_application(cohort, status="draft")
    browser = signed_in(draft.person)

    first = browser.post(f"/applications/{draft.public_id}/submit/")
    second = browser.post(f"/applications/{draft.public_id}/submit/")

    assert first["Location"] == second["Location"] == f"/applications/{draft.public_id}/"
    assert own(draft.person).status == "submitted"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("draft", "Not sent yet"),
        ("submitted", "It has arrived, thank you"),
        ("accepted", "You are in"),
        ("waitlisted", "You are on the waitlist"),
        ("declined", "Not this time"),
        ("withdrawn", "You have withdrawn"),
    ],
)
def test_the_page_says_where_it_stands(cohort, status, words):
    application = make_application(cohort, status=status, decision_note="From all of us.")

    page = signed_in(application.person).get(f"/applications/{application.public_id}/")

    assert words in page.content.decode()
    assert next(answer.lines for answer in page.context["answers"]) == MENTEE_ANSWERS["topics"]


def test_withdrawing_and_a_polite_no_to_those_who_have_a_partner(cohort):
    free, bound = make_mentee(cohort), make_mentee(cohort, places_taken=1)

    done = signed_in(free.person).post(f"/applications/{free.application.public_id}/withdraw/")
    refused = signed_in(bound.person).post(f"/applications/{bound.application.public_id}/withdraw/")

    assert (done.status_code, own(free.person).status) == (302, "withdrawn")
    assert (refused.status_code, own(bound.person).status) == (409, "accepted")
    assert "Please answer that first" in refused.content.decode()


@pytest.mark.parametrize("what", ["", "submit/", "withdraw/"])
def test_somebody_elses_application_does_not_exist(cohort, what):
    application = make_application(cohort, status="draft")
    browser = signed_in(make_person("Amina", "Odhiambo"))
    address = f"/applications/{application.public_id}/{what}"

    answer = browser.post(address) if what else browser.get(address)

    assert answer.status_code == 404
    assert own(application.person).status == "draft"


@pytest.mark.parametrize(
    ("design", "sentences"),
    [
        ({}, ["A talk about every 14 days, online or in person, as you two like.", "About 2 hours a month."]),
        ({"mode": "online", "cadence_days": 1, "hours_per_month": 1}, ["A talk every day, online.", "About an hour a month."]),
        ({"format": "flash", "mode": "in-person"}, ["One talk of about an hour, in person.", "An hour for each mentee you take."]),
        ({"format": "reverse"}, ["Your mentor is the younger one of you two.", "You are the younger one of you two, and the one who teaches."]),
    ],
)  # fmt: skip
def test_the_program_s_page_says_what_kind_of_pair_and_where(cohort, design, sentences):
    Design.objects.filter(pk=cohort.design_id).update(**design)

    page = Client().get("/programs/first-steps/").content.decode()

    assert [sentence for sentence in sentences if sentence not in page] == []


def test_before_applying_people_read_how_the_two_will_meet(amina, cohort):
    Design.objects.filter(pk=cohort.design_id).update(format="flash", mode="online")

    page = signed_in(amina).get(step("you")).content.decode()

    assert "You talk once, for about an hour. You will meet online." in page


def test_each_question_says_who_reads_the_answer(amina, cohort):
    shown = {"place": "proposal", "class_year": "paired", "languages": "office", "topics": "paired"}
    Design.objects.filter(pk=cohort.design_id).update(visibility=shown)
    browser = signed_in(amina)

    fields = browser.get(step("you")).context["form"].fields
    topics = browser.get(step("topics", "mentor"))
    words = browser.get(step("words")).context["form"].fields

    assert [fields[name].help_text for name in ("city", "class_year", "language_1")] == [
        "Your partner sees this with the proposal.",
        "Your partner sees this once you are paired.",
        "Only the office and the matching see this.",
    ]
    assert fields["time_zone"].help_text == (
        "So that you two meet at a humane hour. Your partner sees this with the proposal."
    )
    assert "Your partner sees this once you are paired." in topics.content.decode()
    assert topics.context["form"].fields["capacity"].help_text.startswith("Only the office")
    assert words["about"].help_text.endswith("Your partner sees this with the proposal.")
    assert fields["given_name"].help_text == ""


@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_every_question_of_the_form_says_who_reads_it(amina, cohort, role):
    unsaid = {"given_name", "family_name", "language_2", "language_3", "matching_consent"}
    topics = {"topics_wished", "first", "second", "third", "topic_0", "topic_1"}
    browser = signed_in(amina)
    pages = [browser.get(step(name, role)) for name in ("you", "topics", "words")]

    silent = {
        name
        for page in pages
        for name, field in page.context["form"].fields.items()
        if not str(field.help_text).endswith(("with the proposal.", "the matching see this."))
    }

    assert silent - topics == unsaid
