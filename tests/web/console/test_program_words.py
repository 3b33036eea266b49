"""A program says its name, promise and description in each language; readers find their own, else the first."""

import pytest
from django.test import Client
from django.utils import translation

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions import clone_program, word_program
from lodestar.web.mail.writing import write
from tests.factories.matching import published_match
from tests.factories.people import make_person, signed_in

pytestmark = pytest.mark.django_db
FRENCH = {"fr": {"name": "Premiers pas", "promise": "Une personne pour vos débuts."}}


def page_of(program):
    return f"/console/programs/{program.public_id}/words/"


def test_the_office_writes_it_and_sees_what_is_missing(lena, program):
    browser = signed_in(lena)
    program.description = "For the first years."
    program.save()

    before = browser.get(page_of(program)).content.decode()
    told = {f"fr-{name}": text for name, text in FRENCH["fr"].items()}
    answer = browser.post(page_of(program), told)
    after = browser.get(page_of(program)).content.decode()

    program.refresh_from_db()
    assert answer["Location"] == page_of(program)
    assert program.words == FRENCH
    assert "3 texts missing" in before
    assert "one text missing" in after
    assert "For the first years." in after


def test_a_visitor_reads_it_in_their_language_and_the_rest_as_it_is(lena, program):
    program.description = "For the first years."
    program.save()
    word_program(program, FRENCH, by=lena)

    french, english = (
        Client(headers={"Accept-Language": code}).get(f"/programs/{program.slug}/").content.decode()
        for code in ("fr", "en")
    )

    assert "Premiers pas" in french
    assert "Une personne pour vos débuts." in french
    assert "For the first years." in french
    assert "Premiers pas" not in english


def test_a_letter_names_it_as_its_reader_does(lena):
    match = published_match()
    program = match.cohort.program
    program.words = FRENCH
    program.save()
    Person.objects.filter(pk=match.mentee.person_id).update(reads_in="fr")

    letter = Letter.objects.get(kind="matching.proposed", person=match.mentee.person)

    assert "Premiers pas" in write(letter, "a@example.org").body


def test_what_is_not_said_is_said_as_it_is(program):
    program.words = {"fr": {"name": "Premiers pas"}}
    with translation.override("fr"):
        assert (str(program), program.promises) == ("Premiers pas", program.promise)
    with translation.override("en"):
        assert program.called == program.name


def test_blanks_and_languages_that_we_do_not_have_are_not_kept(lena, program):
    word_program(program, {"fr": {"name": " ", "promise": " Oui. "}}, by=lena)

    assert word_program(program, {"fr": {"name": "", "promise": "Oui."}}, by=lena).words == {
        "fr": {"promise": "Oui."}
    }
    for wrong in ({"xx": {"name": "A"}}, {"fr": {"slug": "a"}}):
        with pytest.raises(RefusedError):
            word_program(program, wrong, by=lena)
    with pytest.raises(RefusedError):
        word_program(program, FRENCH, by=make_person())


def test_a_program_like_it_keeps_the_texts_but_not_the_name(lena, program):
    word_program(program, FRENCH, by=lena)

    copy = clone_program(program, by=lena, name="Second Steps")

    assert copy.words == {"fr": {"promise": "Une personne pour vos débuts."}}
