"""How does a run look at a glance, with ten pairs or with a thousand?"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lodestar.domain.matching.models import Match

HUNDREDTH = 10_000
IN_A_PART = 20
MOST_BARS = 60
MOST_MENTORS = 28
WIDTH, TALL = 660, 120
LABELS, CELL, ROW, HEAD = 190, 34, 30, 150
LONGEST_NAME = 24


def strength(score: int) -> int:
    """Return how strong a match is in four steps, for the shade of its cell."""
    return min(3, max(0, score // (25 * HUNDREDTH)))


def strength_in_words(score: int) -> str:
    return (_("weak"), _("fair"), _("good"), _("strong"))[strength(score)]


@dataclass(frozen=True)
class Bar:
    """Some matches next to each other in strength, drawn as one bar that leads to their part."""

    x: float
    y: float
    width: float
    height: float
    step: int
    part: int
    label: str
    is_here: bool


@dataclass(frozen=True)
class Cell:
    """A mentee beside a mentor: how well they fit, and whether they are matched."""

    x: int
    y: int
    number: int
    step: int
    is_match: bool
    label: str


@dataclass(frozen=True)
class Name:
    """A name along an edge of the board, cut where it is long."""

    at: int
    short: str
    whole: str


@dataclass(frozen=True)
class Board:
    """One part of a run as a board: mentees down, mentors across."""

    width: int
    height: int
    mentees: Sequence[Name]
    mentors: Sequence[Name]
    cells: Sequence[Cell]
    left: int = LABELS
    head: int = HEAD
    cell: int = CELL - 4
    row: int = ROW - 4
    rows: Sequence[Match] = field(default_factory=tuple)


def parts_in(count: int) -> int:
    return max(1, -(-count // IN_A_PART))


def bars_of(scores: Sequence[int], here: int) -> list[Bar]:
    """Draw all matches of a run, the strongest first, in as many bars as can be told apart."""
    if not scores:
        return []
    size = max(1, -(-len(scores) // MOST_BARS))
    bands = [scores[first : first + size] for first in range(0, len(scores), size)]
    wide = WIDTH / len(bands)
    found = []
    for place, band in enumerate(bands):
        mean, first = sum(band) / len(band), place * size
        tall = max(2.0, TALL * mean / (100 * HUNDREDTH))
        facts = {
            "first": first + 1,
            "last": first + len(band),
            "most": round(band[0] / HUNDREDTH),
            "least": round(band[-1] / HUNDREDTH),
        }
        part = first // IN_A_PART + 1
        found.append(
            Bar(
                x=round(place * wide, 2),
                y=round(TALL - tall, 2),
                width=round(max(1.0, wide - 2), 2),
                height=round(tall, 2),
                step=strength(int(mean)),
                part=part,
                label=_("Matches %(first)d to %(last)d: %(most)d to %(least)d of 100") % facts,
                is_here=part == here,
            )
        )
    return found


def board_of(
    matches: Sequence[Match], scores: dict[tuple[int, str], int], names: dict[str, str]
) -> Board:
    """Lay out one part; `scores` are known fits by (mentee, mentor's key), `names` by mentor's key."""
    own = [match.mentor.public_id for match in matches]
    others = [mentor for (_mentee, mentor) in scores if mentor not in own]
    mentors = list(dict.fromkeys([*own, *others]))[:MOST_MENTORS]
    across = {key: LABELS + place * CELL for place, key in enumerate(mentors)}
    cells = []
    for place, match in enumerate(matches):
        for key in mentors:
            score = scores.get((match.mentee_id, key))
            if score is None:
                continue
            facts = {
                "mentee": match.mentee,
                "mentor": names.get(key, ""),
                "score": round(score / HUNDREDTH),
                "word": strength_in_words(score),
            }
            is_match = key == match.mentor.public_id
            label = (
                _("%(mentee)s is matched with %(mentor)s: %(score)d of 100, %(word)s")
                if is_match
                else _("%(mentee)s with %(mentor)s would be %(score)d of 100, %(word)s")
            )
            cells.append(
                Cell(
                    across[key],
                    HEAD + place * ROW,
                    round(score / HUNDREDTH),
                    strength(score),
                    is_match,
                    label % facts,
                )
            )
    return Board(
        width=LABELS + len(mentors) * CELL + 90,
        height=HEAD + len(matches) * ROW,
        mentees=[
            named(HEAD + place * ROW, str(match.mentee)) for place, match in enumerate(matches)
        ],
        mentors=[named(across[key], names.get(key, "")) for key in mentors],
        cells=cells,
        rows=matches,
    )


def named(at: int, name: str) -> Name:
    return Name(at, name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…", name)
