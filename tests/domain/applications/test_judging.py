"""What the rules say of who applied, and who says that they know them."""

from dataclasses import replace

import pytest
from django.utils import translation

from lodestar.domain.applications import jobs
from lodestar.domain.applications.actions import (
    accept_application,
    answer_vouching,
    ask_for_vouching,
    end_word,
    find_on_roll,
    save_answers,
    submit_application,
    vouch_for_applicant,
)
from lodestar.domain.applications.models import Application
from lodestar.domain.applications.queries import judging
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.forms.rules import Words
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.actions.verifying import vouch
from lodestar.domain.people.models import Education, Position, Verification
from lodestar.domain.programs.actions import set_eligibility
from lodestar.domain.programs.models import Audience, EligibilityRule
from lodestar.domain.programs.rules.eligibility import EligibilityWish
from tests.factories.applications import MENTEE_ANSWERS, make_application
from tests.factories.forms import ask as ask_form
from tests.factories.forms import make_question
from tests.factories.people import make_account, make_person

pytestmark = pytest.mark.django_db


def ask(cohort, kind="verified", role="mentee", **fields):
    return EligibilityRule.objects.create(
        design=cohort.design, role=role, kind=kind, **({"is_binding": True} | fields)
    )


def audience(cohort, **rules):
    return Audience.objects.create(design=cohort.design, role="mentee", **rules)


@pytest.fixture
def application(cohort):
    return make_application(cohort, make_person("Amina", "Odhiambo"))


def judged(application):
    application.refresh_from_db()
    return application.eligibility


def test_it_is_judged_when_it_is_sent_and_when_answers_change(cohort):
    audience(cohort, class_year_from=2015, is_binding=True)
    amina = make_person()
    draft = make_application(cohort, amina, status="draft")

    sent = submit_application(draft, by=amina)
    unsure = judged(sent)
    save_answers(sent, by=amina, answers={"class_year": 2003})
    outside = judged(sent)
    save_answers(sent, by=amina, answers={"class_year": 2016})

    assert (unsure, outside, judged(sent)) == ("unsure", "outside", "eligible")


def test_answers_count_before_the_roll_and_the_roll_before_nothing(cohort, application):
    audience(
        cohort, class_year_from=2015, countries=["Kenya"], fields_of_study=["law"],
        industries=["health"],
    )  # fmt: skip
    amina = application.person
    unknown = judging.for_the_office(application)
    amina.class_year, amina.country = 2010, "Chile"
    Education.objects.create(person=amina, field="Law and policy")
    Position.objects.create(person=amina, industry="Health care", is_current=True)
    by_the_roll = judging.for_the_office(application)
    application.answers |= {"class_year": 2020, "country": "Kenya", "industry": "Law"}
    by_answers = judging.for_the_applicant(application)

    assert [len(each.remarks) for each in (unknown, by_the_roll, by_answers)] == [4, 2, 1]
    assert by_the_roll.remarks[0] == "This cohort is for class years from 2015 on. They said 2010."
    assert by_answers.remarks == ["This cohort is for people who work in health. You said Law."]


def test_years_since_graduation_follow_from_the_class_year(cohort, application):
    ask(cohort, "at_least", answer="years_of_experience", least=3)
    application.answers["class_year"] = cohort.starts_on.year - 2
    too_few = judging.judgement_of(application).outcome
    application.answers["class_year"] = cohort.starts_on.year - 3

    assert (too_few, judging.judgement_of(application).outcome) == ("outside", "eligible")


def test_the_look_judges_what_was_never_judged_or_by_another_version(cohort, application):
    audience(cohort, class_year_from=2015, is_binding=True)

    first = jobs.judge_waiting_applications(now())
    again = jobs.judge_waiting_applications(now())
    other = cohort.program.designs.create(version=2)
    Application.objects.update(judged_by=other)

    assert (first, again, jobs.judge_waiting_applications(now())) == (1, 0, 1)
    assert judged(application) == "unsure"


def test_judging_costs_the_same_for_one_and_for_thirty(cohort, django_assert_max_num_queries):
    audience(cohort, class_year_from=2015)
    ask(cohort)
    for number in range(30):
        make_application(cohort, make_person(f"Ann {number}"))
    rows = list(judging.applications_to_judge())

    with django_assert_max_num_queries(8):
        judging.judgements_of(rows)


def test_nobody_is_accepted_whom_nobody_knows_where_the_design_asks_for_it(
    lena, cohort, application
):
    ask(cohort)
    with pytest.raises(RefusedError, match="Nobody has confirmed yet who Amina Odhiambo is"):
        accept_application(application, by=lena)

    vouch_for_applicant(application, by=lena, sentence=" She was in my seminar.\x00 ")

    assert judged(application) == "eligible"
    assert accept_application(application, by=lena).status == "accepted"


def test_a_rule_that_does_not_bind_stops_nobody(lena, cohort, application):
    ask(cohort, is_binding=False)

    assert judging.for_the_office(application).remarks == ["Nobody has confirmed yet who they are."]
    assert accept_application(application, by=lena).status == "accepted"


def test_being_on_the_roll_needs_no_word(cohort):
    ask(cohort, "on_roll")
    known = make_application(cohort, make_person("Bo", external_id="H1"))

    assert judging.judgement_of(known).outcome == "eligible"


def test_a_word_is_taken_back_and_counts_no_more(lena, cohort, application):
    ask(cohort)
    word = vouch_for_applicant(application, by=lena, sentence="I taught her.")
    other = make_application(cohort, make_person("Bo"))
    with pytest.raises(NotFoundError):
        end_word(other, word, by=lena)

    end_word(application, word, by=lena)

    assert judged(application) == "unsure"
    assert judging.known_person(application.person) == judging.Known()


def test_nobody_vouches_for_themself_or_without_a_word_or_from_outside(lena, cohort, application):
    own = make_application(cohort, lena)
    with pytest.raises(RefusedError, match="your own application"):
        vouch_for_applicant(own, by=lena, sentence="I know me.")
    with pytest.raises(RefusedError, match="Nobody can vouch for themself"):
        vouch(lena, by=lena, sentence="I know me.")
    with pytest.raises(RefusedError, match="Say in a sentence"):
        vouch_for_applicant(application, by=lena, sentence=" \x00")
    with pytest.raises(RefusedError, match="Only a coordinator"):
        vouch_for_applicant(application, by=make_person("Eve"), sentence="I know her.")


def test_somebody_is_found_on_the_roll_and_nothing_is_merged(lena, cohort, application):
    ask(cohort, "on_roll")
    audience(cohort, class_year_from=2015, is_binding=True)
    row = make_person("amina", "odhiambo", external_id="H7", class_year=2016)
    make_person("Amina", "Odhiambo")
    taken = make_person("Amina", "Odhiambo", external_id="H8")
    make_account(taken)

    offered = judging.may_be_on_roll(application)
    word = find_on_roll(application, on_roll=row, by=lena)

    assert offered == [row]
    assert judged(application) == "eligible"
    assert application.person.class_year is None
    assert find_on_roll(application, on_roll=row, by=lena) == word
    assert judging.may_be_on_roll(application) == []
    with pytest.raises(RefusedError, match="signs in as this person"):
        find_on_roll(application, on_roll=taken, by=lena)
    namesake = make_application(cohort, make_person("Amina", "Odhiambo"))
    with pytest.raises(RefusedError, match="Somebody else was found"):
        find_on_roll(namesake, on_roll=row, by=lena)


def test_a_member_is_asked_once_and_nobody_learns_who_is_one(cohort, application):
    amina, ruth = application.person, make_person("Ruth")
    make_account(ruth, "ruth@example.org")

    for email in ("nobody@example.org", "ruth@example.org", "RUTH@example.org"):
        ask_for_vouching(application, by=amina, email=email)

    word = Verification.objects.get()
    assert (word.by, word.status) == (ruth, "asked")
    assert list(Letter.objects.values_list("kind", "person")) == [("applications.vouch", ruth.pk)]
    assert not judging.known_person(amina).is_verified
    answer_vouching(word, by=ruth, knows=True, sentence="We shared a room.")
    assert judging.known_person(amina).is_verified


def test_a_member_may_say_that_they_do_not_know_them(cohort, application):
    ruth = make_person("Ruth")
    make_account(ruth, "ruth@example.org")
    ask_for_vouching(application, by=application.person, email="ruth@example.org")
    word = Verification.objects.get()

    answer_vouching(word, by=ruth, knows=False)

    with pytest.raises(RefusedError, match="answered already"):
        answer_vouching(word, by=ruth, knows=True, sentence="After all.")
    assert not judging.known_person(application.person).is_verified


def test_three_members_are_asked_and_no_more(application):
    for number in range(5):
        make_account(make_person(f"Ann {number}"), f"ann{number}@example.org")
        ask_for_vouching(application, by=application.person, email=f"ann{number}@example.org")

    assert Verification.objects.count() == 3


def test_a_rule_asks_for_an_answer_to_a_question_of_the_program_s_own(cohort):
    ask_form(cohort.design, make_question(words={"de": Words("Welcher Sport?", "", {"Chess": "Schach"})}))  # fmt: skip
    ask(cohort, kind="chosen", answer="q_sport", values=["Chess", "Sailing"])
    runs, plays, nothing = (
        make_application(cohort, answers=MENTEE_ANSWERS | said)
        for said in ({"q_sport": "Running"}, {"q_sport": "Chess"}, {})
    )

    jobs.judge_waiting_applications(now())

    assert [judged(each) for each in (runs, plays, nothing)] == ["outside", "eligible", "unsure"]
    assert judging.for_the_applicant(runs).against == [
        "This cohort is for people who answer “Chess and go” or “Sailing” to “Which sport do you do?”. "
        "You said Running."
    ]
    with translation.override("de"):
        assert "“Schach”" in judging.for_the_office(runs).against[0]


def test_a_draft_is_judged_only_by_what_its_writer_is_asked(cohort):
    clubs = make_question("club", "Are you in a club?", "yes_no")
    ask_form(cohort.design, clubs, make_question(only_if=("club", "yes")))
    ask(cohort, kind="chosen", answer="q_sport", values=["Chess"])
    said = MENTEE_ANSWERS | {"q_club": "no", "q_sport": "Running"}
    draft = make_application(cohort, make_person(), status="draft", answers=said)

    hidden = judging.judgement_of(draft).outcome
    draft.answers |= {"q_club": "yes"}

    assert (hidden, judging.judgement_of(draft).outcome) == ("unsure", "outside")


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ((), "Tick some of the answers"),
        (("Running", "Chess", "Sailing"), "but not all of them"),
        (("Golf",), "Tick some of the answers"),
    ],
)
def test_a_rule_asks_for_some_answers_that_there_are(cohort, lena, values, problem):
    ask_form(cohort.design, make_question())
    wish = EligibilityWish("mentee", "chosen", "q_sport", values=values)

    with pytest.raises(RefusedError, match=problem):
        set_eligibility(cohort.design, by=lena, wishes=[wish])
    with pytest.raises(RefusedError, match="not asked here any more"):
        set_eligibility(cohort.design, by=lena, wishes=[replace(wish, answer="q_gone")])
