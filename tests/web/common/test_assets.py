"""The association's colours and mark, and the icons, come from here and are kept by browsers."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client

import lodestar.web
from lodestar.domain.people.models import Association
from lodestar.web.common import icons
from lodestar.web.common.colours import shades

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
TEMPLATES = [
    path
    for path in Path(lodestar.web.__file__).parent.rglob("*.html")
    if "layout" not in path.parts and path.name not in ("takeaway_file.html", "copy_of_data.html")
]  # letters, and files that are taken along, carry their styles with them


@pytest.mark.django_db
def test_the_colours_of_the_association_are_served_for_both_palettes():
    Association.objects.create(name="Halden", colour="#7a1f3d")

    answer = Client().get("/association.css")

    assert answer["Content-Type"] == "text/css"
    assert f"--brand: light-dark(#7a1f3d, {shades('#7a1f3d', 'dark').brand});" in (
        answer.content.decode()
    )


@pytest.mark.django_db
def test_colours_are_not_sent_twice_until_they_change():
    association = Association.objects.create(name="Halden", colour="#7a1f3d")
    tag = Client().get("/association.css")["ETag"]

    again = Client(headers={"If-None-Match": tag}).get("/association.css")
    association.colour = "#0b6e4f"
    association.save()
    changed = Client(headers={"If-None-Match": tag}).get("/association.css")

    assert (again.status_code, changed.status_code) == (304, 200)


@pytest.mark.django_db
def test_the_mark_is_served_as_nothing_but_an_image():
    Association.objects.create(name="Halden", mark=PNG, mark_type="image/png")

    answer = Client().get("/association/mark")

    assert BytesIO(answer.content).getvalue() == PNG
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_without_a_mark_there_is_nothing_at_its_address():
    assert Client().get("/association/mark").status_code == 404


def test_every_icon_that_a_template_names_is_in_the_sprite():
    named = set()
    for path in TEMPLATES:
        text = path.read_text()
        named |= set(re.findall(r'<c-icon\s+name="([a-z0-9-]+)"', text))
        named |= set(re.findall(r'<c-[\w-]+[^>]*\sicon="([a-z0-9-]+)"', text))

    drawn = set(re.findall(rb'<symbol id="([\w-]+)"', icons.sprite()))
    assert len(named) > 5
    assert named - {name.decode() for name in drawn} == set()


def test_the_sprite_holds_drawings_and_nothing_that_runs():
    drawn = icons.sprite().lower()

    assert drawn.count(b"<path") > 50
    assert b"script" not in drawn
    assert b"onload" not in drawn


def test_no_template_carries_styles_or_scripts_within():
    inline = re.compile(r'\sstyle="|<style(?![^>]*nonce)|\son[a-z]+="|<script(?![^>]*(src|nonce))')

    pages = [p for p in TEMPLATES if not p.name.endswith("_file.html")]  # to be read without us
    assert [str(p) for p in pages if inline.search(p.read_text())] == []
