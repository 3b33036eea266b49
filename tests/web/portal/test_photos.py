"""Somebody's face: who sees it, and what a bad file is told."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from lodestar.domain.audit.models import Entry
from lodestar.domain.people.models import Person, Photo
from lodestar.web.common import access
from tests.faces import make_photo
from tests.factories.people import make_person, make_role, signed_in
from tests.world import make_side

pytestmark = pytest.mark.django_db


def a_file(form="PNG", name="me.png"):
    told = io.BytesIO()
    Image.new("RGB", (200, 200), "teal").save(told, form)
    return SimpleUploadedFile(name, told.getvalue(), content_type="image/png")


def test_a_photo_is_shown_to_oneself_and_stands_in_every_bar():
    person = make_person()
    browser = signed_in(person)

    answer = browser.post("/me/photo/", {"photo": a_file()})
    photo = Photo.objects.get(person=person)
    picture = browser.get(f"/photos/{photo.public_id}/small/")
    page = browser.get("/home/").content.decode()

    assert answer["Location"] == "/me/photo/"
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/webp", "private, max-age=3600")  # fmt: skip
    assert picture.content == bytes(photo.small)
    assert f"/photos/{photo.public_id}/small/" in page
    assert [e.verb for e in Entry.objects.order_by("pk")] == ["photo.kept"]


def test_a_new_photo_leaves_nothing_of_the_old_one_but_who_sees_it():
    person = make_person()
    old = make_photo(person, shown=Photo.Shown.PAIRED)

    signed_in(person).post("/me/photo/", {"photo": a_file("WEBP", "new.webp")})

    new = Photo.objects.get()
    assert new.public_id != old.public_id
    assert (new.shown, Person.objects.get(pk=person.pk).photo_key) == ("paired", new.public_id)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("me.png", b"GIF89a<script>"), "could not read this as a picture"),
        (SimpleUploadedFile("me.svg", b"<svg/>", content_type="image/svg+xml"), "could not read"),
        (SimpleUploadedFile("me.png", b""), "This file is empty"),
    ],
)
def test_a_bad_file_is_told_what_is_wrong_and_changes_nothing(file, sentence):
    person = make_person()
    make_photo(person)

    answer = signed_in(person).post("/me/photo/", {"photo": file})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Photo.objects.count() == 1


def test_no_file_at_all_is_asked_for():
    assert signed_in(make_person()).post("/me/photo/").status_code == 422


def test_what_can_be_seen_is_said_in_words():
    person = make_person()
    make_photo(person)
    browser = signed_in(person)

    browser.post("/me/photo/words/", {"words": "Me in a garden", "shown": "paired"})

    assert 'alt="Me in a garden"' in browser.get("/me/photo/").content.decode()
    assert Photo.objects.get().shown == "paired"


def test_a_photo_that_is_gone_cannot_be_described():
    answer = signed_in(make_person()).post("/me/photo/words/", {"words": "x", "shown": "found"})

    assert answer.status_code == 409


def test_a_photo_can_be_taken_back():
    person = make_person()
    photo = make_photo(person)
    browser = signed_in(person)

    browser.post("/me/photo/remove/")

    assert browser.get(f"/photos/{photo.public_id}/small/").status_code == 404
    assert "/photos/" not in browser.get("/home/").content.decode()
    assert [e.verb for e in Entry.objects.order_by("pk")] == ["photo.removed"]


def seers(side, photo, more=()):
    """Return who of some people sees a photo."""
    people = {**side.people, **dict(more)}
    address = f"/photos/{photo.public_id}/large/"
    return {role for role, who in people.items() if signed_in(who).get(address).status_code == 200}


@pytest.mark.parametrize("shown", Photo.Shown.values)
def test_whoever_may_see_the_person_sees_the_face(shown):
    side = make_side("a")
    found = side.facts["listed"].person
    photo = make_photo(found, shown=shown)

    may = {access.COORDINATOR} | ({access.MENTEE} if shown == "found" else set())

    assert seers(side, photo, [("themself", found)]) == {*may, "themself"}


def test_partners_and_the_office_see_a_face_that_is_kept_for_partners():
    side = make_side("a")
    photo = side.facts["photo"]
    Photo.objects.update(shown=Photo.Shown.PAIRED)
    admin = make_person("Noor")
    make_role(admin)

    assert seers(side, photo, [("admin", admin)]) == {
        access.MENTOR, access.MENTEE, access.COORDINATOR, "admin",
    }  # fmt: skip


def test_whoever_was_shut_out_is_seen_by_nobody_but_themself():
    side = make_side("a")
    mentor = side.people[access.MENTOR]
    photo = side.facts["photo"]
    Person.objects.filter(pk=mentor.pk).update(blocked_at=photo.created_at)

    assert seers(side, photo) == set()


def test_faces_cost_a_page_no_look_into_the_database(django_assert_max_num_queries):
    side = make_side("a")
    browser = signed_in(side.people[access.COORDINATOR])
    address = f"/console/programs/{side.facts['program'].slug}/about/"
    browser.get(address)
    with django_assert_max_num_queries(100) as before:
        browser.get(address)
    for person in (side.people[access.COORDINATOR], side.facts["coordinator"].person):
        make_photo(person)

    with django_assert_max_num_queries(len(before)):
        browser.get(address)
