"""What stays bare on a page in the trial language, once people's own words are taken away?

In the trial language every marked sentence stands in brackets. So whatever has letters outside of them is
either data or was never marked for translation.
"""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from django.apps import apps
from django.db import models

BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]{3,}")
READ_ALOUD = {
    "title",
    "alt",
    "aria-label",
    "placeholder",
    "data-label",
    "aria-description",
    "label",
}
NOT_READ = {"script", "style", "code", "template"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Reader(HTMLParser):
    """Collects what people read on a page: its text, and the attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.open: list[str] = []
        self.unread = 0
        self.depth = 0

    def handle_starttag(self, tag, attrs) -> None:
        told = dict(attrs)
        if told.get("translate") != "no":
            self.said += [value for name, value in attrs if name in READ_ALOUD and value]
        if tag not in VOID:
            self.open.append(tag)
            self.unread += tag in NOT_READ or bool(self.unread) or told.get("translate") == "no"

    def handle_endtag(self, tag) -> None:
        while self.open and tag in self.open:
            last = self.open.pop()
            self.unread -= bool(self.unread)
            if last == tag:
                return

    def handle_data(self, data) -> None:
        if not self.unread:
            self.said.append(self.outside(data))

    def outside(self, text: str) -> str:
        """Leave out what stands in brackets, even where tags part a sentence."""
        kept = []
        for sign in text:
            self.depth += sign == "⟦"
            kept += [sign] if not self.depth else []
            self.depth -= sign == "⟧" and self.depth > 0
        return "".join(kept)


def read(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    return [" ".join(each.split()) for each in reader.said if each.strip()]


def words_of_people() -> list[str]:
    """Return every piece of text in the database, the longest first."""
    found: set[str] = set()
    for model in apps.get_models():
        if not model.__module__.startswith("lodestar.domain"):
            continue
        fields = [f for f in model._meta.concrete_fields if holds_words(f)]
        for row in model._default_manager.values_list(*(f.name for f in fields)):
            found.update(" ".join(text.split()) for text in texts_in(row))
    lines = {line for text in found for line in (text, *re.split(r"(?<=[.!?]) ", text))}
    return sorted((line for line in lines if WORD.search(line)), key=len, reverse=True)


def holds_words(field) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
    return is_text and field.name not in {"public_id", "status"}


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)


def bare(text: str, data: Iterable[str], allowed: re.Pattern[str]) -> str:
    """Return what is left of a text without what is marked, what is data and what is allowed."""
    while BRACKETED.search(text):
        text = BRACKETED.sub("¤", text)
    text = allowed.sub("¤", text)
    if not WORD.search(text):
        return ""
    for words in data:
        if words in text:
            text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", "¤", text)
            if not WORD.search(text):
                return ""
    return text if WORD.search(text) else ""
