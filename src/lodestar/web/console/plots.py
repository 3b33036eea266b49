"""Where do the points of a picture stand, and what does each say?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lodestar.domain.matching.rules import objective_in_words

HUNDREDTH = 10_000
WIDTH, HEIGHT, MARGIN = 640, 360, 48


def of_100(points: float) -> str:
    """Return points of a perfect score as a number of 100."""
    return f"{points / HUNDREDTH:.1f}"


@dataclass(frozen=True)
class EffectRow:
    """One measure of two settings: what it means, what each gives, and which way it went."""

    name: str
    own: str
    tried: str
    own_share: float
    tried_share: float
    change: str


def effect_rows(answer: Mapping[str, Any]) -> list[EffectRow]:
    """Lay the figures of the design beside those of what is tried."""
    if not answer:
        return []
    own, tried, everybody = answer["own"], answer["tried"], max(1, answer["mentees"])
    rows = [
        counted(_("Mentees with a mentor"), own["served"], tried["served"], everybody),
        scored(_("Mean fit, of 100"), own["mean"], tried["mean"]),
        scored(_("The weakest match, of 100"), own["worst"], tried["worst"]),
        scored(_("The weakest tenth, of 100"), own["lowest_tenth"], tried["lowest_tenth"]),
    ]
    if own["first"] is not None and tried["first"] is not None:
        rows.append(
            counted(
                _("Mentees with the mentor who fits them best"),
                own["first"],
                tried["first"],
                everybody,
            )
        )
    uneven = [figures["gini"] for figures in (own, tried)]
    rows.append(
        EffectRow(
            _("How unevenly fit is shared (0: all alike)"),
            f"{uneven[0]:.3f}",
            f"{uneven[1]:.3f}",
            uneven[0],
            uneven[1],
            f"{uneven[1] - uneven[0]:+.3f}",
        )
    )
    return rows


def counted(name: str, own: int, tried: int, of: int) -> EffectRow:
    return EffectRow(name, str(own), str(tried), own / of, tried / of, f"{tried - own:+d}")


def scored(name: str, own: int, tried: int) -> EffectRow:
    perfect = 100 * HUNDREDTH
    change = f"{(tried - own) / HUNDREDTH:+.1f}"
    return EffectRow(name, of_100(own), of_100(tried), own / perfect, tried / perfect, change)


def gap_sentences(answer: Mapping[str, Any]) -> list[str]:
    """Tell whether groups differ, as far as their size lets it be told."""
    if not answer:
        return []
    names = {"served": _("in having a mentor"), "score": _("in how well they are matched")}
    who = {"own": _("By the design’s weights"), "tried": _("By what you try")}
    return [
        gap_in_words(who[side], names[gap["measure"]], gap)
        for side in ("own", "tried")
        for gap in answer[side]["gaps"]
        if gap["measure"] in names
    ]


def gap_in_words(who: str, what: str, gap: Mapping[str, Any]) -> str:
    told = {
        "who": who,
        "what": what,
        "highest": ", ".join(gap["highest"]),
        "lowest": ", ".join(gap["lowest"]),
    }
    if gap["verdict"] == "too_few":
        return (
            _("%(who)s: too few people in each group to say whether groups differ %(what)s.") % told
        )
    if gap["verdict"] == "difference":
        return (
            _("%(who)s: groups differ %(what)s; most for %(highest)s, least for %(lowest)s.") % told
        )
    return _("%(who)s: no clear difference between groups %(what)s.") % told


@dataclass(frozen=True)
class Point:
    """One choice on the curve: where it stands, what it is called and what it gives."""

    number: int
    x: float
    y: float
    name: str
    query: str
    served: int
    mean: str
    worst: str
    tenth: str
    uneven: str
    apart: str
    first: object
    blocking: object
    is_own: bool


@dataclass(frozen=True)
class Spot:
    """Where one or more choices stand, by their numbers."""

    x: float
    y: float
    numbers: str
    is_own: bool
    is_at_end: bool


@dataclass(frozen=True)
class Plot:
    """The curve: its points, where they stand, and the ends of both scales in numbers of 100.

    `nobody` names the choices that would serve nobody: they have no mean and no weakest match, so no point.
    """

    points: Sequence[Point]
    spots: Sequence[Spot]
    nobody: Sequence[str]
    across: tuple[str, str]
    up: tuple[str, str]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = MARGIN
    right: int = WIDTH - MARGIN
    top: int = MARGIN
    bottom: int = HEIGHT - MARGIN


def curve_plot(answer: Mapping[str, Any]) -> Plot | None:
    """Place every objective and floor by its weakest match (across) and its mean (up)."""
    if not answer:
        return None
    told = [point for point in answer["points"] if point["served"]]
    nobody = [point_name(point) for point in answer["points"] if not point["served"]]
    if not told:
        return Plot((), (), nobody, across=("", ""), up=("", ""))
    across, up = ([point[name] for point in told] for name in ("worst", "mean"))
    ends = [(min(side), max(max(side), min(side) + 1)) for side in (across, up)]
    points = [
        Point(
            number=number,
            x=placed(point["worst"], *ends[0], MARGIN, WIDTH - MARGIN),
            y=placed(point["mean"], *ends[1], HEIGHT - MARGIN, MARGIN),
            name=point_name(point),
            query=f"{point['kind']}={point['value']}",
            served=point["served"],
            mean=of_100(point["mean"]),
            worst=of_100(point["worst"]),
            tenth=of_100(point["lowest_tenth"]),
            uneven=f"{point['gini']:.3f}",
            apart=apart_in_words(point.get("gaps", ())),
            first="–" if point["first"] is None else point["first"],
            blocking="–" if point["blocking"] is None else point["blocking"],
            is_own=is_own(point, answer),
        )
        for number, point in enumerate(told, 1)
    ]
    shown = [(of_100(low), of_100(high)) for low, high in ends]
    return Plot(points, spots_of(points), nobody, across=shown[0], up=shown[1])


def spots_of(points: Sequence[Point]) -> list[Spot]:
    """Put choices that give the same onto one spot, under all their numbers."""
    there: dict[tuple[float, float], list[Point]] = {}
    for point in points:
        there.setdefault((point.x, point.y), []).append(point)
    return [
        Spot(x, y, ranges([p.number for p in some]), any(p.is_own for p in some), x > WIDTH / 2)
        for (x, y), some in there.items()
    ]


def ranges(numbers: Sequence[int]) -> str:
    """Return rising numbers with neighbours drawn together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def placed(value: float, low: float, high: float, first: float, last: float) -> float:
    return round(first + (value - low) / (high - low) * (last - first), 1)


def apart_in_words(gaps: Sequence[Mapping[str, Any]]) -> str:
    """Tell how far apart the mean fit of two groups is at the most, as far as their sizes let it be told."""
    gap = next((each for each in gaps if each["measure"] == "score"), None)
    if gap is None:
        return ""
    if gap["verdict"] == "too_few" or gap["value"] is None:
        return _("too few to say")
    told = {
        "points": of_100(gap["value"]),
        "highest": ", ".join(gap["highest"]),
        "lowest": ", ".join(gap["lowest"]),
    }
    if gap["verdict"] == "difference":
        return _("%(points)s: most for %(highest)s, least for %(lowest)s") % told
    return _("%(points)s, which may be chance") % told


def point_name(point: Mapping[str, Any]) -> str:
    if point["kind"] == "floor":
        return _("no pair under %(n)d of 100") % {"n": point["value"] // HUNDREDTH}
    return objective_in_words(point["value"])


def is_own(point: Mapping[str, Any], answer: Mapping[str, Any]) -> bool:
    own = answer["objective"] if point["kind"] == "objective" else answer["floor"]
    return bool(point["value"] == own)
