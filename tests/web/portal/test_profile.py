"""What members tell about themselves, and to what they agree."""

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.people.models import Consent
from tests.factories.people import make_person, signed_in

pytestmark = pytest.mark.django_db
TOLD = {
    "given_name": "Amina",
    "family_name": "Odhiambo",
    "class_year": "2019",
    "city": "Nairobi",
    "country": "Kenya",
    "time_zone": "Africa/Nairobi",
    "language_1": "sw",
    "language_2": "en",
    "function": "nurse",
    "about": "I like <b>long</b> walks.",
}


def test_a_profile_is_kept_and_shown_to_oneself():
    person = make_person()
    client = signed_in(person)

    answer = client.post("/me/profile/", TOLD)
    person.refresh_from_db()
    page = client.get("/me/").content.decode()
    form = client.get("/me/profile/").content.decode()

    assert answer["Location"] == "/me/"
    assert (person.city, person.languages, person.about) == (
        "Nairobi",
        ["sw", "en"],
        "I like <b>long</b> walks.",
    )
    assert "nurse" in page
    assert "&lt;b&gt;long" in page
    assert 'value="Nairobi"' in form
    assert Entry.objects.filter(verb="profile.kept").count() == 1


def test_what_is_missing_is_asked_again_and_nothing_lost():
    person = make_person()

    answer = signed_in(person).post("/me/profile/", {**TOLD, "given_name": ""})

    assert answer.status_code == 422
    assert 'value="Nairobi"' in answer.content.decode()
    person.refresh_from_db()
    assert person.city == ""


def test_each_yes_and_no_is_an_event():
    person = make_person()
    client = signed_in(person)

    for said in ("yes", "yes", "no"):
        client.post("/me/news/", {"is_given": said})

    assert list(person.consents.order_by("pk").values_list("use", "is_given", "channel")) == [
        ("news", True, "portal"),
        ("news", False, "portal"),
    ]
    assert "News from the association: no" in client.get("/me/").content.decode()


def test_no_choice_is_asked_again():
    assert signed_in(make_person()).post("/me/news/", {}).status_code == 422
    assert Consent.objects.count() == 0
