"""The portal among the apps of a phone: its manifest, its icons, and what works without a line."""

import io
import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from lodestar.domain.people.models import Association
from lodestar.web.common.app_icons import drawn
from lodestar.web.common.colours import shades
from lodestar.web.common.views.installing import KEPT_FILES
from tests.faces import make_photo
from tests.factories.people import make_person, signed_in

pytestmark = pytest.mark.django_db


def picture(answer):
    return Image.open(io.BytesIO(answer.content))


def test_the_manifest_speaks_for_the_association():
    Association.objects.create(name="Halden College Alumni", colour="#7a1f3d")

    answer = Client().get("/manifest.webmanifest")

    told = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["name"], told["short_name"]) == ("Halden College Alumni", "Halden")
    assert (told["start_url"], told["scope"], told["display"]) == ("/home/", "/", "standalone")
    assert told["theme_color"] == shades("#7a1f3d", "light").brand


def test_every_icon_of_the_manifest_is_as_large_as_it_says():
    told = json.loads(Client().get("/manifest.webmanifest").content)

    sizes = {f"{picture(Client().get(i['src'])).width}x{picture(Client().get(i['src'])).height}" == i["sizes"] for i in told["icons"]}  # fmt: skip

    assert sizes == {True}
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}


def test_without_a_mark_the_star_lies_on_the_colour():
    image = Image.open(io.BytesIO(drawn(b"", "#264e7e", 192, False)))

    assert image.getpixel((4, 4)) == (0x26, 0x4E, 0x7E)
    assert image.getpixel((96, 96)) == (0xC9, 0x91, 0x2F)


def test_a_mark_stays_within_the_circle_to_which_a_phone_may_cut():
    told = io.BytesIO()
    Image.new("RGB", (400, 100), "black").save(told, "PNG")

    image = Image.open(io.BytesIO(drawn(told.getvalue(), "#264e7e", 512, True))).convert("L")

    dark = [
        (x, y) for x in range(0, 512, 8) for y in range(0, 512, 8) if image.getpixel((x, y)) < 40
    ]
    assert dark
    assert all((x - 256) ** 2 + (y - 256) ** 2 <= (512 * 0.4) ** 2 for x, y in dark)


def test_a_mark_that_cannot_be_drawn_gives_way_to_the_star():
    assert drawn(b"\x89PNG\r\n\x1a\nbroken", "#264e7e", 192, False) == drawn(
        b"", "#264e7e", 192, False
    )


def test_the_worker_keeps_files_and_one_page_and_nothing_of_anybody():
    person = make_person()
    browser = signed_in(person)

    answer = browser.get("/service-worker.js")
    text = answer.content.decode()
    kept = json.loads(re.search(r"const FILES = (\[.*\]);", text).group(1).replace("\\u002D", "-"))

    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-cache"
    assert all(file.startswith(("/static/", "/icons.svg?")) for file in kept)
    assert 'credentials: "omit"' in text
    assert text == Client().get("/service-worker.js").content.decode()


def test_every_file_that_is_kept_is_there_and_used():
    page = Client().get("/").content.decode()

    assert [name for name in KEPT_FILES if finders.find(name) is None] == []
    assert [name for name in KEPT_FILES if f"/static/{name}" not in page] == []


def test_the_page_without_a_line_is_nobodys_and_takes_no_message_away():
    person = make_person("Canary", "Bird")
    photo = make_photo(person)
    browser = signed_in(person)
    browser.post("/me/photo/remove/")

    page = browser.get("/offline/").content.decode()
    home = browser.get("/home/").content.decode()

    assert "Canary" not in page
    assert photo.public_id not in page
    assert "Your photo is forgotten" not in page
    assert "Your photo is forgotten" in home


def test_every_page_leads_to_the_manifest():
    page = Client().get("/").content.decode()

    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    assert '<link rel="apple-touch-icon" href="/app-icon/touch.png">' in page
