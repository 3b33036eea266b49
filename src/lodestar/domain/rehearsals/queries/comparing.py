"""What is different since the last rehearsal: which letters, and which remarks?"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Report = Mapping[str, Any]
Pile = dict[tuple[str, str], list[Mapping[str, Any]]]
ADDRESS = re.compile(r"https?://\S+|\S+@\S+")
NOBODY = "…"


@dataclass(frozen=True, slots=True)
class LetterChange:
    """One kind of letter to one role in two rehearsals."""

    role: str
    kind: str
    before: int
    after: int
    is_reworded: bool
    sample: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """What the later rehearsal has that the earlier has not, and the other way round."""

    letters: list[LetterChange] = field(default_factory=list)
    new: list[Mapping[str, Any]] = field(default_factory=list)
    gone: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not (self.letters or self.new or self.gone)


def compared(before: Report, after: Report) -> Change:
    """Hold two reports against each other; who happened to be paired with whom counts as no change."""
    codes = [{remark["code"] for remark in each["remarks"]} for each in (before, after)]
    return Change(
        letters=letter_changes(before, after),
        new=[remark for remark in after["remarks"] if remark["code"] not in codes[0]],
        gone=[remark for remark in before["remarks"] if remark["code"] not in codes[1]],
    )


def letter_changes(before: Report, after: Report) -> list[LetterChange]:
    old, new = pile_of(before), pile_of(after)
    found = []
    for role, kind in sorted(old.keys() | new.keys()):
        was, now = old[role, kind], new[role, kind]
        is_reworded = bool(was and now) and wording(was, before).isdisjoint(wording(now, after))
        if len(was) != len(now) or is_reworded:
            sample = now[0]["number"] if now else None
            found.append(LetterChange(role, kind, len(was), len(now), is_reworded, sample))
    return found


def pile_of(report: Report) -> Pile:
    """Return the letters by the role of their reader and their kind."""
    roles = {person["key"]: person["role"] for person in report["people"]}
    found: Pile = defaultdict(list)
    for number, letter in enumerate(report["letters"]):
        role = roles.get(letter["to"], "")
        found[role, letter["kind"]].append({**letter, "number": number})
    return found


def wording(letters: list[Mapping[str, Any]], report: Report) -> set[str]:
    """Return what letters say once names and addresses are taken out."""
    names = {name for person in report["people"] for name in (person["name"], person["first_name"])}
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
    return {
        pattern.sub(NOBODY, ADDRESS.sub("", f"{letter['subject']}\n{letter['text']}"))
        for letter in letters
    }
