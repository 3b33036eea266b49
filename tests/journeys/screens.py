"""Pictures of pages, and whether everybody can use them: phone and desktop, light and dark.

Stories call `shoot(page, name)` and `axe_finds_nothing(page)`. From the command line it pictures
the addresses of a running server, all or those given:

    python -m tests.journeys.screens http://localhost:8000 / /home/ --as amina@example.org
"""

import argparse
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(os.environ.get("PICTURES", "var/pictures"))
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
SCHEMES = ("light", "dark")
SETTLED = 300  # milliseconds until the colours of the other scheme have arrived
# In another scheme nothing but the colours is another.
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's own Chromium, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def shoot(page: Page, name: str, *, sizes: Any = SIZES, schemes: Any = SCHEMES) -> list[Path]:
    """Picture the whole page in every size and scheme; the page keeps its own size afterwards."""
    before = page.viewport_size
    PICTURES.mkdir(parents=True, exist_ok=True)
    taken = []
    for size in sizes:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.wait_for_timeout(SETTLED)
            path = PICTURES / f"{name}-{size}-{scheme}.png"
            page.screenshot(path=path, full_page=True)
            taken.append(path)
    page.emulate_media(color_scheme=None, reduced_motion=None)
    if before:
        page.set_viewport_size(before)
    return taken


def axe_finds_nothing(page: Page, *, sizes: Any = SIZES, schemes: Any = SCHEMES) -> None:
    """Fail with what axe and our own eyes find, in every size and scheme."""
    found = problems(page, sizes=sizes, schemes=schemes)
    assert found == [], "\n".join([page.url, *found])


def problems(page: Page, *, sizes: Any = SIZES, schemes: Any = SCHEMES) -> list[str]:
    before = page.viewport_size
    found = []
    for size in sizes:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{size}: {problem}" for problem in (*sideways(page), *small_targets(page))]
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            rules = RULES if scheme == schemes[0] else CONTRAST
            found += [f"{size}, {scheme}: {problem}" for problem in violations(page, rules)]
    page.emulate_media(color_scheme=None, reduced_motion=None)
    if before:
        page.set_viewport_size(before)
    return list(dict.fromkeys(found))


def violations(page: Page, rules: Any = RULES) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = json.dumps({"runOnly": rules, "resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {rule['help']}: {node['target']} {node['html'][:160]}"
        for rule in page.evaluate(f"axe.run({options}).then(found => found.violations)")
        for node in rule["nodes"]
    ]


def sideways(page: Page) -> list[str]:
    """A page never scrolls sideways; a table may, within its own frame."""
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [f"the page is {wider}px wider than the screen"] if wider > 0 else []


def small_targets(page: Page) -> list[str]:
    """Buttons and fields are as tall as a thumb needs: 44 pixels."""
    script = """() => [...document.querySelectorAll('main button, main .button, main input:not([type=hidden],[type=checkbox],[type=radio]), main select, main .choice')]
      .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
      .map(e => e.outerHTML.slice(0, 90) + ' is ' + Math.round(e.getBoundingClientRect().height) + 'px tall')"""
    return list(page.evaluate(script))


def sign_in(page: Page, server: str, email: str) -> None:
    """Sign in by mailed code; a demo shows every letter in its outbox."""
    known = codes_sent_to(page, server, email)
    page.goto(f"{server}/accounts/sign-in/")
    page.locator("main input[type=email]").fill(email)
    page.locator("main form button.primary").click()
    page.locator("main input:not([type=hidden])").fill(new_code(page, server, email, known))
    page.locator("main form button.primary").click()
    page.wait_for_load_state()


def new_code(page: Page, server: str, email: str, known: list[str]) -> str:
    """Wait up to two minutes: a busy machine sends its letters late."""
    patience = time.monotonic() + 120
    while time.monotonic() < patience:
        codes = codes_sent_to(page, server, email)
        if len(codes) > len(known):
            return codes[0]
        page.wait_for_timeout(250)
    raise AssertionError(f"no new code for {email} in the outbox")


def codes_sent_to(page: Page, server: str, email: str) -> list[str]:
    """Read the codes in the demo's outbox, the newest first, in a tab of its own."""
    outbox = page.context.new_page()
    try:
        outbox.goto(f"{server}/demo/outbox/?{urlencode({'address': email})}")
        return [code.strip() for code in outbox.locator("td code").all_inner_texts()]
    finally:
        outbox.close()


def name_of(address: str) -> str:
    return re.sub(r"\W+", "-", address).strip("-") or "front"


def tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server")
    parser.add_argument("addresses", nargs="+")
    parser.add_argument("--as", dest="email", default="")
    parser.add_argument("--prefix", default="")
    parser.add_argument("--session", default="", help="the value of a session cookie, instead")
    wishes = parser.parse_args()
    found = 0
    with chromium() as browser:
        context = browser.new_context(base_url=wishes.server)
        page = context.new_page()
        page.on("console", lambda message: tell(message.text) if message.type == "error" else None)
        if wishes.session:
            context.add_cookies(
                [{"name": "sessionid", "value": wishes.session, "url": wishes.server}]
            )
        if wishes.email:
            sign_in(page, wishes.server, wishes.email)
        for address in wishes.addresses:
            page.goto(address)
            shoot(page, wishes.prefix + name_of(address))
            seen = problems(page)
            found += len(seen)
            tell("\n  ".join([address, *(seen or ["fine"])]))
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
