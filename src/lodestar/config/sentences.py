"""Which sentences do the sources mark for translation?

Read by Python itself, so that everybody has the same list on every machine and needs no other tool.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from django.utils.translation.template import templatize

PLAIN = {"_", "_lazy", "gettext", "gettext_lazy", "gettext_noop"}
COUNTED = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
COUNTED_IN_CONTEXT = {"npgettext", "npgettext_lazy"}
MARKS = PLAIN | COUNTED | IN_CONTEXT | COUNTED_IN_CONTEXT
CALL = re.compile(r"\b(?:_|gettext|ngettext|pgettext|npgettext)\(")
# Tables of words that their callers translate: they stand where no mark of Django can be.
TABLES = {
    "engine/tables/columns.py": "REASONS",
    "domain/common/languages.py": "MORE_LANGUAGES",
}
NUMBER = re.compile(r"(%\(\w+\))d")
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as the sources have it; `many` is its plural, where it counts something."""

    one: str
    many: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.one

    @property
    def has_places(self) -> bool:
        return bool(PLACE.search(self.one + self.many))


class UnreadableError(Exception):
    """A mark that holds no plain sentence: nobody could translate what is in it."""


def sentences_in(tree: Path) -> dict[Sentence, list[str]]:
    """Return every marked sentence under a folder, each with the files that say it, in their order."""
    found: dict[Sentence, list[str]] = {}
    for path in sources(tree):
        place = path.relative_to(tree).as_posix()
        text = path.read_text(encoding="utf-8")
        read = in_python(text, place) if path.suffix == ".py" else in_template(text, place)
        for sentence in read:
            places = found.setdefault(sentence, [])
            if place not in places:
                places.append(place)
    return joined(found)


def sources(tree: Path) -> list[Path]:
    """Return the files that may say something, always in the same order."""
    kinds = [
        *tree.rglob("*.py"),
        *tree.rglob("templates/**/*.html"),
        *tree.rglob("templates/**/*.txt"),
    ]
    return sorted(path for path in kinds if "migrations" not in path.parts)


def joined(found: Mapping[Sentence, list[str]]) -> dict[Sentence, list[str]]:
    """Let a sentence that is said alone and counted elsewhere be one entry, as a catalogue needs it."""
    counted: dict[tuple[str, str], Sentence] = {}
    for sentence in filter(lambda each: each.many, found):
        known = counted.setdefault(sentence.key, sentence)
        if as_text(known.many) != as_text(sentence.many):
            raise UnreadableError(f"{found[sentence][0]} counts {sentence.one!r} in a second way.")
    once: dict[Sentence, list[str]] = {}
    for sentence, places in found.items():
        once.setdefault(counted.get(sentence.key, sentence), []).extend(places)
    return once


def as_text(plural: str) -> str:
    """Return a plural as templates have it, where every fact is text: `%(days)s` for `%(days)d`."""
    return NUMBER.sub(r"\1s", plural)


def in_python(text: str, place: str) -> Iterator[Sentence]:
    """Return the sentences of a module in the order in which it says them."""
    tree = ast.parse(text)
    if place in TABLES:
        yield from in_table(tree, TABLES[place])
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name in MARKS and (words := words_of(call, name, place)):
            yield sentence_of(name, words)


def in_table(tree: ast.Module, name: str) -> Iterator[Sentence]:
    """Return the sentences of a table: all that its keys stand for."""
    for node in tree.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(node.value, ast.Dict):
            continue
        called: ast.expr = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
        if isinstance(called, ast.Name) and called.id == name:
            inside = chain.from_iterable(map(ast.walk, node.value.values))
            constants = [each.value for each in inside if isinstance(each, ast.Constant)]
            yield from (Sentence(each) for each in constants if isinstance(each, str))


def words_of(call: ast.Call, name: str, place: str) -> list[str]:
    """Return the words inside a mark; none where it looks up a sentence that is marked elsewhere."""
    count = 1 + (name in COUNTED | IN_CONTEXT) + 2 * (name in COUNTED_IN_CONTEXT)
    given = call.args[:count]
    if all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in given):
        return [str(each.value) for each in given if isinstance(each, ast.Constant)]
    if any(isinstance(each, ast.JoinedStr | ast.BinOp) for each in given):
        raise UnreadableError(f"{place}:{call.lineno} glues a sentence together inside its mark.")
    return []


def sentence_of(name: str, words: list[str]) -> Sentence:
    if name in COUNTED:
        return Sentence(words[0], words[1])
    if name in IN_CONTEXT:
        return Sentence(words[1], context=words[0])
    if name in COUNTED_IN_CONTEXT:
        return Sentence(words[1], words[2], context=words[0])
    return Sentence(words[0])


def in_template(text: str, place: str) -> Iterator[Sentence]:
    """Return the sentences of a template, by Django's own reading of it."""
    made = templatize(text, origin=place)
    for mark in CALL.finditer(made):
        yield from in_python(call_at(made, mark.start()), place)


def call_at(text: str, start: int) -> str:
    """Return the call that begins here: up to the first bracket with which it is whole Python."""
    end = text.find(")", start)
    while end >= 0:
        call = text[start : end + 1]
        try:
            ast.parse(call)
        except SyntaxError:
            end = text.find(")", end + 1)
        else:
            return call
    raise UnreadableError(f"no end of {text[start : start + 60]!r}")
