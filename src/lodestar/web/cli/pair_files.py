"""Reads lists of pairs: who must stay together, who works together already, who may not meet."""

from collections.abc import Mapping
from pathlib import Path

from lodestar.web.cli.cohorts import pairs_of
from lodestar.web.cli.doors import note
from lodestar.web.cli.phrases import counted
from lodestar.web.cli.sheets import FileFault, Sheet, read_sheet

BAN_CODES = ("blocked", "past_pair", "banned")
HELP_ON_BLOCKED = (
    "pairs that may not meet: mentee, mentor, reason (blocked, past_pair or banned; blank or any other text: "
    "blocked)"
)
MOST_TOLD = 5

Named = tuple[Mapping[str, str], Mapping[str, str]]


def read_pairs(
    path: Path | None, named: Named, ends: tuple[str, str] = ("mentee", "mentor")
) -> dict[tuple[str, str], str]:
    """Return the pairs of a list that must know everybody; `ends` are its headings."""
    if path is None:
        return {}
    pairs, unknown = pairs_of(read_sheet(path), *named, ends)
    for row, name in unknown:
        raise FileFault(
            f"{path.name}, row {row}: nobody in these files has the ID or address “{name}”. "
            "Correct or remove the row."
        )
    return pairs


def read_kept(path: Path | None, named: Named) -> dict[tuple[str, str], str]:
    """Return the pairs that work already; whoever has left the cohort since is said, not refused."""
    if path is None:
        return {}
    pairs, unknown = pairs_of(read_sheet(path), *named)
    if unknown:
        verb = "is" if len(unknown) == 1 else "are"
        note(
            f"{path.name}: {some_named(unknown)} {verb} not here any more, so nothing is kept for them."
        )
    return pairs


def read_bans(sheet: Sheet, named: Named) -> dict[tuple[str, str], str]:
    """Return the pairs that may not meet, each with its code.

    A standing list may name people of other years, so unknown ones are said, not refused; and whatever
    somebody wrote as a reason, the pair does not meet.
    """
    pairs, unknown = pairs_of(sheet, *named)
    if unknown:
        note(
            f"{sheet.name}: nobody here is called {some_named(unknown)}; such a row blocks nobody."
        )
    codes = {pair: _code(reason) for pair, reason in pairs.items()}
    in_words = [pair for pair, code in codes.items() if pairs[pair] and not code]
    if in_words:
        pair = in_words[0]
        note(
            f"{sheet.name}: {counted(len(in_words), 'reason')} in words of your own, for example "
            f"“{pairs[pair]}” for {pair[0]} and {pair[1]}, {'counts' if len(in_words) == 1 else 'count'} as "
            f"blocked. The codes are {', '.join(BAN_CODES)}."
        )
    return {pair: code or BAN_CODES[0] for pair, code in codes.items()}


def some_named(people: list[tuple[int, str]]) -> str:
    """Return who stands in which row, for a sentence.

    >>> some_named([(4, "zoe"), (7, "M-9")])
    '“zoe” (row 4), “M-9” (row 7)'
    """
    more = len(people) - MOST_TOLD
    told = ", ".join(f"“{name}” (row {row})" for row, name in people[:MOST_TOLD])
    return told + (f" and {more} more" if more > 0 else "")


def _code(reason: str) -> str:
    """Return the code that a reason is, in whatever letters, or nothing."""
    spelt = "_".join(reason.casefold().replace("_", " ").split())
    return spelt if spelt in BAN_CODES else ""
