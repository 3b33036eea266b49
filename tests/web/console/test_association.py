"""The page on which an admin says who the association is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lodestar.domain.people.models import Role
from lodestar.domain.people.queries import association, association_mark
from lodestar.web.common.colours import shades
from tests.factories.people import make_person, make_role, signed_in

PAGE = "/console/association/"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
WORDS = {"name": "Halden College Alumni", "colour": "#7a1f3d"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return signed_in(make_role(make_person()).person)


def test_an_admin_sets_name_colour_and_mark(admin):
    mark = SimpleUploadedFile("mark.png", PNG, content_type="image/png")

    answer = admin.post(PAGE, WORDS | {"mark": mark}, follow=True)

    assert answer.redirect_chain == [(PAGE, 302)]
    assert (association().name, association_mark()) == (WORDS["name"], (PNG, "image/png"))
    assert "Saved. Every page and letter carries it from now on." in answer.content.decode()
    assert 'src="/association/mark' in answer.content.decode()


def test_a_picture_that_could_run_scripts_is_refused_by_its_bytes_not_its_name(admin):
    mark = SimpleUploadedFile("mark.png", b"<svg onload=alert(1)>", content_type="image/png")

    answer = admin.post(PAGE, WORDS | {"mark": mark})

    assert answer.status_code == 422
    assert "This is not a PNG or WebP picture." in answer.content.decode()
    assert association().pk is None


def test_a_slip_keeps_what_was_typed(admin):
    answer = admin.post(PAGE, {"name": "", "colour": "#0b6e4f"})

    assert answer.status_code == 422
    assert 'value="#0b6e4f"' in answer.content.decode()
    assert "Nothing was lost" in answer.content.decode()


def test_the_preview_shows_a_colour_before_it_is_kept(admin):
    answer = admin.get(PAGE, {"colour": "#ffd400"}, headers={"HX-Request": "true"})

    text = answer.content.decode()
    assert text.strip().startswith("<section")
    assert shades("#ffd400", "light").brand in text
    assert shades("#ffd400", "dark").link in text
    assert association().pk is None


@pytest.mark.parametrize("colour", ["", "red", "#12", '"><script>', "#GGGGGG"])
def test_a_colour_that_is_none_previews_the_default(admin, colour):
    answer = admin.get(PAGE, {"colour": colour}, headers={"HX-Request": "true"})

    assert "#264e7e" in answer.content.decode()
    assert "<script" not in answer.content.decode()


def test_nobody_else_finds_the_page():
    lead = signed_in(make_role(make_person(), Role.Kind.SAFEGUARDING).person)
    member = signed_in(make_person())

    assert (
        lead.get(PAGE).status_code,
        member.get(PAGE).status_code,
        member.post(PAGE, WORDS).status_code,
        Client().get(PAGE).status_code,
    ) == (404, 404, 404, 302)
    assert association().pk is None
