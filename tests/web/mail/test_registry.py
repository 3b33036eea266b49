"""Whatever a room queues or opens, the letter box knows."""

import re
from pathlib import Path

from django.template.loader import get_template

from lodestar.web.mail import registry

SOURCES = Path(registry.__file__).parents[2]
QUEUED = re.compile(r"queue_letter\(\s*\"([a-z_]+\.[a-z_]+)\"")
OPENED = re.compile(r"(?:open_link\(|answer_url\(\s*letter,)\s*\"([a-z_]+\.[a-z_]+)\"")


def named(pattern):
    return {name for path in SOURCES.rglob("*.py") for name in pattern.findall(path.read_text())}


def test_every_letter_that_is_queued_can_be_written():
    assert len(named(QUEUED)) > 3
    assert named(QUEUED) - set(registry.KINDS) == set()


def test_every_link_that_is_opened_has_a_purpose():
    assert "letters.stop" in named(OPENED)
    assert named(OPENED) - set(registry.PURPOSES) == set()


def test_every_template_of_a_letter_compiles():
    folder = SOURCES / "web/mail/templates"
    names = [str(path.relative_to(folder)) for path in folder.rglob("*.txt")]

    assert len(names) > 3
    for name in names:
        get_template(name)
