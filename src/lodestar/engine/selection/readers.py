"""Who reads which application, so that everybody reads alike much and nobody reads somebody close to them?

Applications are taken in their order; each goes to those of its possible readers who have least to read. Among
equals a hash of both keys decides: it never depends on the order of rows, is the same at every run, and mixes who
reads together with whom, which the figures on agreement live from. Without conflicts no two readers ever differ
by more than one. Greedy is not the best possible where many conflicts meet; it never moves what was given out.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

READERS = 2


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads: who they are, whom they may be close to, and as what they apply themself."""

    key: int
    family_name: str = ""
    employers: frozenset[str] = frozenset()
    applies_as: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Subject:
    """An application to be read; `known` had it before, and those of them who still have it count."""

    key: int
    person: int
    role: str
    family_name: str = ""
    employers: frozenset[str] = frozenset()
    known: frozenset[int] = frozenset()
    has: int = 0


def alike(name: str) -> str:
    """Return a name so that two spellings of it are equal."""
    return " ".join(name.casefold().split())


def names(values: Iterable[object]) -> frozenset[str]:
    return frozenset(filter(None, (alike(str(value or "")) for value in values)))


def may_read(reader: Reader, subject: Subject) -> bool:
    """Nobody reads themself, somebody of their name or employer, or those they compete with.

    >>> may_read(Reader(1, "Okafor"), Subject(9, 2, "mentee", "okafor "))
    False
    """
    if reader.key == subject.person or reader.key in subject.known:
        return False
    if subject.role in reader.applies_as or reader.employers & subject.employers:
        return False
    family = alike(reader.family_name)
    return not family or family != alike(subject.family_name)


def share_out(
    subjects: Sequence[Subject],
    readers: Sequence[Reader],
    load: Mapping[int, int],
    *,
    wanted: int = READERS,
) -> dict[int, tuple[int, ...]]:
    """Return for each application the further readers it goes to, as many as it lacks and as there are."""
    busy = {reader.key: load.get(reader.key, 0) for reader in readers}
    found = {}
    for subject in subjects:
        possible = [reader.key for reader in readers if may_read(reader, subject)]
        possible.sort(key=lambda key: (busy[key], _mixed(key, subject.key)))
        chosen = tuple(possible[: max(0, wanted - subject.has)])
        for key in chosen:
            busy[key] += 1
        if chosen:
            found[subject.key] = chosen
    return found


def _mixed(reader: int, subject: int) -> str:
    return hashlib.sha256(f"{reader} {subject}".encode()).hexdigest()
