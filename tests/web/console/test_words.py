"""An admin says what mentors and mentees are called, once; every page and letter takes it up."""

import pytest
from django.test import Client

from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.actions.association import choose_words
from lodestar.domain.people.models import Association
from lodestar.web.mail.writing import write
from tests.factories.matching import published_match
from tests.factories.people import make_person, make_role, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/console/association/words/"
STUDENTS = {"en": {"mentee": ["student", "students"]}}


@pytest.fixture
def admin():
    noor = make_person("Noor", "Haddad")
    make_role(noor)
    return noor


@pytest.fixture
def association():
    return Association.objects.create(name="Halden Alumni")


def test_it_is_said_once_and_read_everywhere(admin, association):
    browser = signed_in(admin)
    match = published_match()

    answer = browser.post(PAGE, {"en-mentee-one": "student", "en-mentee-many": "students"})
    page = browser.get(PAGE).content.decode()

    association.refresh_from_db()
    letter = Letter.objects.get(kind="matching.proposed", person=match.mentor.person)
    assert answer["Location"] == PAGE
    assert association.vocabulary == STUDENTS
    assert "A mentor and a student find each other in a program" in page
    assert write(letter, "ruth@example.org").subject.startswith("We found a student for you")


def test_saying_the_usual_word_says_nothing(admin, association):
    signed_in(admin).post(PAGE, {"en-mentee-one": "mentee", "en-mentee-many": "mentees"})

    association.refresh_from_db()
    assert association.vocabulary == {}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"en-mentee-one": "student"}, "Say both"),
        ({"en-mentee-one": "%(x)s", "en-mentee-many": "xs"}, "Only letters"),
        ({"en-mentee-one": "<b>s", "en-mentee-many": "xs"}, "Only letters"),
        ({"en-mentee-one": "s" * 41, "en-mentee-many": "xs"}, "at most 40 characters"),
    ],
)
def test_what_a_sentence_could_not_carry_is_asked_again(admin, association, said, why):
    answer = signed_in(admin).post(PAGE, said)

    association.refresh_from_db()
    assert (answer.status_code, association.vocabulary) == (422, {})
    assert why in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"xx": {"mentee": ("a", "b")}},
        {"en": {"match": ("a", "b")}},
        {"en": {"mentee": ("a",)}},
        {"en": {"mentee": ("a%", "b")}},
    ],
)
def test_the_rule_holds_behind_the_form_too(admin, association, wrong):
    with pytest.raises(RefusedError):
        choose_words(wrong, by=admin)
    with pytest.raises(NotFoundError):
        choose_words(STUDENTS, by=make_person())


def test_without_a_name_there_are_no_words(admin):
    with pytest.raises(RefusedError):
        choose_words(STUDENTS, by=admin)


def test_a_page_asks_for_the_words_with_the_association_and_not_again(
    association, django_assert_num_queries
):
    Association.objects.update(vocabulary=STUDENTS)
    with django_assert_num_queries(1) as usual:
        Client().get("/accounts/sign-in/")

    assert "association" in usual.captured_queries[0]["sql"]
