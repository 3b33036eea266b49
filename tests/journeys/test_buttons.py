"""What a button sends does not depend on where it stands, nor on whether htmx sends it."""

from pathlib import Path
from urllib.parse import parse_qs

import django_htmx
import pytest

import lodestar.web.common

pytestmark = pytest.mark.journey

HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
APP = Path(lodestar.web.common.__file__).parent / "static" / "app.js"
HERE = "http://somewhere.invalid/"
BOARD = """<!doctype html><html lang="en"><title>Board</title><body>
<form id="board" method="post" action="/moved" hx-post="/moved" hx-swap="none">
  <input type="hidden" name="token" value="t"><button name="up" value="inside">Inside</button>
</form>
<button form="board" name="up" value="outside">Outside</button></body></html>"""


@pytest.mark.parametrize("has_htmx", [True, False])
@pytest.mark.parametrize("label", ["Inside", "Outside"])
def test_a_button_says_its_name_inside_its_form_and_outside(browser, has_htmx, label):
    sent = []

    def answer(route):
        if route.request.method == "POST":
            sent.append(parse_qs(route.request.post_data))
        route.fulfill(body=BOARD, content_type="text/html")

    page = browser.new_page()
    page.route("**/*", answer)
    page.goto(HERE)
    if has_htmx:
        page.add_script_tag(path=HTMX)
        page.add_script_tag(path=APP)
    page.get_by_role("button", name=label).click()
    page.wait_for_load_state("networkidle")
    page.close()

    assert sent == [{"token": ["t"], "up": [label.lower()]}]
