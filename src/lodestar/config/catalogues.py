"""How does a catalogue stay true to the sources, and become what Django reads?

polib belongs to the tools of developers: nothing that runs needs it, because the compiled catalogue
is kept beside its source.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import polib

from lodestar.config.sentences import Sentence, sentences_in

TREE = Path(__file__).resolve().parents[1]
ALIKE = 0.85
WIDTH = 110
HEADER = {
    "Project-Id-Version": "Lodestar",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
PLURALS = {"fr": "nplurals=2; plural=(n > 1);"}
Key = tuple[str, str, str]
Said = Mapping[Sentence, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Differences:
    """What the sources say and a catalogue lacks, and what it holds that nobody says any more."""

    missing: Sequence[str] = field(default_factory=list)
    stale: Sequence[str] = field(default_factory=list)


def path_of(language: str) -> Path:
    return TREE / "locale" / language / "LC_MESSAGES" / "django.po"


def languages() -> list[str]:
    return sorted(
        path.parents[1].name for path in (TREE / "locale").glob("*/LC_MESSAGES/django.po")
    )


def opened(path: Path) -> polib.POFile:
    """Return a catalogue; one that nobody began is empty."""
    if path.exists():
        return polib.pofile(str(path), wrapwidth=WIDTH)
    return polib.POFile(wrapwidth=WIDTH)


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def key_in(sentence: Sentence) -> Key:
    return sentence.context, sentence.one, sentence.many


def differences(catalogue: polib.POFile, said: Said) -> Differences:
    """Hold a catalogue against the sources."""
    known = {key_of(entry) for entry in catalogue if not entry.obsolete}
    wanted = set(map(key_in, said))
    return Differences(
        missing=sorted(one for _context, one, _many in wanted - known),
        stale=sorted(one for _context, one, _many in known - wanted),
    )


def renewed(old: polib.POFile, said: Said, language: str) -> polib.POFile:
    """Return a catalogue of what the sources say now, with every translation that still fits.

    Where a sentence was only worded otherwise, its translation is kept as a proposal to look at.
    """
    new = polib.POFile(wrapwidth=WIDTH)
    new.metadata = {**HEADER, "Language": language, "Plural-Forms": PLURALS[language]}
    new.header = f"Lodestar in {language}. How to translate: docs/translating.md"
    known = {key_of(entry): entry for entry in old if not entry.obsolete}
    now = {key_in(sentence) for sentence in said}
    gone = {e.msgid: e for key, e in known.items() if key not in now and is_told(e)}
    for sentence, places in said.items():
        entry = blank(sentence, places)
        keep(entry, known.get(key_in(sentence)) or alike(entry, gone))
        new.append(entry)
    return new


def blank(sentence: Sentence, places: Sequence[str]) -> polib.POEntry:
    plurals = {0: "", 1: ""} if sentence.many else {}
    return polib.POEntry(
        msgctxt=sentence.context or None,
        msgid=sentence.one,
        msgid_plural=sentence.many,
        msgstr_plural=plurals,
        occurrences=[(place, "") for place in places],
        flags=["python-format"] if sentence.has_places else [],
    )


def is_told(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr or any(entry.msgstr_plural.values()))


def alike(entry: polib.POEntry, gone: Mapping[str, polib.POEntry]) -> polib.POEntry | None:
    """Return the translated entry that this one probably was before it was worded otherwise."""
    close = get_close_matches(entry.msgid, gone, n=1, cutoff=ALIKE)
    return gone[close[0]] if close else None


def keep(entry: polib.POEntry, known: polib.POEntry | None) -> None:
    """Take over a translation; as a proposal if it was made for other words."""
    if known is None:
        return
    entry.tcomment = known.tcomment
    is_same = key_of(entry) == key_of(known)
    if bool(entry.msgid_plural) == bool(known.msgid_plural):
        entry.msgstr, entry.msgstr_plural = known.msgstr, known.msgstr_plural or entry.msgstr_plural
    if is_told(entry) and (known.fuzzy or not is_same):
        entry.flags.append("fuzzy")
        entry.previous_msgid = known.previous_msgid if is_same else known.msgid


def compiled(catalogue: polib.POFile) -> bytes:
    """Return what Django reads: translations that somebody has looked at, and no others."""
    return bytes(catalogue.to_binary())


def renew(language: str, said: Said) -> Differences:
    """Write a catalogue and its compiled form anew; say what changed."""
    path = path_of(language)
    old = opened(path)
    new = renewed(old, said, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{new}\n", encoding="utf-8")
    path.with_suffix(".mo").write_bytes(compiled(new))
    return differences(old, said)


def is_fresh(language: str) -> bool:
    """Whether the compiled catalogue is what its source says."""
    path = path_of(language)
    return path.with_suffix(".mo").read_bytes() == compiled(opened(path))


def told(language: str) -> tuple[int, int]:
    """Return how many sentences are translated, and how many there are."""
    entries = [entry for entry in opened(path_of(language)) if not entry.obsolete]
    return sum(entry.translated() for entry in entries), len(entries)


def words(rest: list[str]) -> int:
    """Bring every catalogue up to the sources; a language that is named is begun."""
    said = sentences_in(TREE)
    for language in sorted({*languages(), *rest}):
        if language not in PLURALS:
            sys.stderr.write(
                f"lodestar: give {language} a plural rule in {Path(__file__).name} first.\n"
            )
            return 2
        found = renew(language, said)
        done, count = told(language)
        sys.stdout.write(
            f"{language}: {len(found.missing)} new, {len(found.stale)} gone; {done} of {count} translated\n"
        )
    return 0
