"""How a name is spelled is kept whenever the name is."""

import pytest

from lodestar.domain.people.actions.accounts import name_person
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries.names import named
from lodestar.domain.privacy.actions.forgetting import forget_person
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def found(search):
    return [str(person) for person in named(Person.objects.all(), search)]


@pytest.mark.parametrize("search", ["jose", "JOSÉ", "nunez jo", "mueller", "müller", "منصوري"])
def test_somebody_is_found_however_their_name_is_spelled(search):
    make_person("José", "Núñez")
    make_person("Eva", "Müller")
    make_person("ليلى", "المنصوري")
    make_person("Ann", "Other")

    assert len(found(search)) == 1


def test_whoever_takes_another_name_is_found_by_it_alone(lena):
    name_person(lena, given_name="Zoë", family_name="Berg", by=lena)

    assert (found("zoe"), found("lena")) == (["Zoë Berg"], [])


def test_a_name_that_is_kept_with_some_fields_alone_takes_its_spelling_along(lena):
    lena.given_name = "Zoë"
    lena.save(update_fields=["given_name"])

    assert found("zoe") == ["Zoë Berg"]


def test_people_who_are_made_many_at_once_are_found():
    Person.objects.bulk_create([Person(given_name="Zoë"), Person(given_name="Chloé")])

    assert found("chloe") == ["Chloé"]


def test_whoever_is_forgotten_is_not_found(lena):
    forget_person(lena)

    assert found("lena") == []


def test_a_percent_sign_finds_nobody(lena):
    assert found("%") == []
