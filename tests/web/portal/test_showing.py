"""What others see of oneself: chosen, looked at, hidden and paused through the pages."""

from datetime import timedelta

import pytest

from lodestar.domain.common.time import today
from tests.factories.directory import make_listed, make_looking_cohort, make_reader, refresh
from tests.factories.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentor():
    return make_listed(make_looking_cohort(), employer="Canaryworks", city="Oslo")


def test_one_sees_oneself_exactly_as_others_do(mentor):
    reader = make_reader(mentor.cohort)
    refresh()
    page = signed_in(reader.participant.person).get(f"/directory/{mentor.public_id}/")
    own = signed_in(mentor.person).get(f"/me/seen/{mentor.public_id}/look/").content.decode()
    seen = page.content.decode()

    for word in ("Canaryworks", "Oslo", "I ask questions", "Finding work (very well)"):
        assert (word in own) == (word in seen) == True  # noqa: E712
    assert "Hours a month" not in own


def test_what_is_chosen_counts_at_once(mentor):
    reader, browser = make_reader(mentor.cohort), signed_in(mentor.person)
    refresh()
    address = f"/me/seen/{mentor.public_id}/"
    page = browser.get(address).content.decode()
    assert "only the office" in page
    names = (
        "topics",
        "about",
        "work",
        "field_of_study",
        "class_year",
        "place",
        "time_zone",
        "languages",
        "evidence",
    )
    wished = dict.fromkeys(names, "proposal") | {"work": "office"}

    assert browser.post(address, wished)["Location"] == address
    assert browser.post(address, wished | {"work": "nonsense"}).status_code == 422

    assert "Canaryworks" not in browser.get(f"{address}look/").content.decode()
    found = (
        signed_in(reader.participant.person).get("/directory/?text=canaryworks").content.decode()
    )
    assert "Nobody fits all of this" in found


def test_hiding_and_coming_back(mentor):
    reader, browser = make_reader(mentor.cohort), signed_in(mentor.person)
    refresh()
    mentee = signed_in(reader.participant.person)
    address = f"/me/seen/{mentor.public_id}/hide/"

    browser.post(address, {"hidden": "yes"})
    assert mentee.get(f"/directory/{mentor.public_id}/").status_code == 404
    assert "You are hidden" in browser.get(f"/me/seen/{mentor.public_id}/").content.decode()
    browser.post(address, {"hidden": "no"})
    assert mentee.get(f"/directory/{mentor.public_id}/").status_code == 200


def test_a_pause_is_told_with_its_day_and_ends_with_one_button(mentor):
    reader, browser = make_reader(mentor.cohort), signed_in(mentor.person)
    refresh()
    address, until = f"/me/seen/{mentor.public_id}/pause/", today() + timedelta(days=20)

    refused = browser.post(address, {"until": today().isoformat()})
    assert refused.status_code == 422
    assert "A pause lasts until a day ahead" in refused.content.decode()
    assert browser.post(address, {"until": "soon"}).status_code == 422
    assert browser.post(address, {"until": until.isoformat()}).status_code == 302
    seen = (
        signed_in(reader.participant.person).get(f"/directory/{mentor.public_id}/").content.decode()
    )
    assert f"there again from {until:%B}" in " ".join(seen.split()) or "Takes a pause" in seen
    browser.post(address, {"resume": "yes"})
    mentor.refresh_from_db()
    assert mentor.paused_until is None


def test_a_mentee_chooses_too_and_nobody_chooses_for_another(mentor):
    reader = make_reader(mentor.cohort)
    own = reader.participant

    page = signed_in(own.person).get(f"/me/seen/{own.public_id}/").content.decode()

    assert "Hide me" not in page
    assert "Take a pause" in page
    assert signed_in(own.person).get(f"/me/seen/{mentor.public_id}/").status_code == 404
