"""Which shortage binds, and what do the mentees in it have in common?

In each draw the groups that are short of places are found exactly (Hall 1935). Each is described by the one
answer that fits it best, and the draws in which the same description came up are counted. The answer is chosen by
weighted relative accuracy (Lavrač, Flach & Zupan 1999): how many more mentees are both in the group and
of that answer than there would be by chance.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.answers.values import PATH_SEPARATOR, plain, values_of
from lodestar.engine.matching.constraints import USUAL_FIELD
from lodestar.engine.matching.problem import (
    Answer,
    ConstraintKind,
    CriterionKind,
    Design,
    Mentee,
)
from lodestar.engine.measures.rates import Share, share_of
from lodestar.engine.simulation.feasibility import Feasibility
from lodestar.engine.simulation.seating import ShortGroup

EVERYONE = "everyone"
OF_VALUE = "of_value"
MIXED = "mixed"
NO_MENTOR = "no_eligible_mentor"
ALMOST_ALL = 0.95
FEWEST_ALIKE = 2 / 3
LEAST_LIFT = 1.2

TOLD_BY = (CriterionKind.TOPICS, CriterionKind.CATEGORY, CriterionKind.HIERARCHY,
           CriterionKind.TIMEZONE, CriterionKind.LANGUAGE)  # fmt: skip
RULED_BY = (ConstraintKind.COMMON_LANGUAGE, ConstraintKind.MAX_HOURS_APART,
            ConstraintKind.MUST_SHARE)  # fmt: skip
ALSO_TOLD_BY = ("industry", "topics", "country", "languages")
AT_MOST_VALUES = 400


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """What a short group has in common, as a code that the caller puts into words.

    `everyone`: nearly all mentees; `of_value`: most of them answered `value` in `field`, far more than
    others did; `mixed`: no one answer describes them; `no_eligible_mentor`: nobody may be
    matched with them (with field and value where one describes them).
    """

    code: str
    field: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A shortage that binds in `share` of the draws; sizes are means over the draws in which it does.

    `mentees` share the `places` of `mentors`; `alike` of them gave the answer; `lift` is how many times
    as common it is among them as among all. `short` is mentees less places; `short_over_all` counts the draws
    without it as 0. `mentor_places` are positions of the mentors who were in it most of the time.
    """

    label: Label
    share: Share
    mentees: float
    alike: float
    lift: float
    mentors: float
    places: float
    short: float
    short_over_all: float
    members: tuple[int, ...]
    mentor_members: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """Every answer that may describe mentees: which of them gave it (answers x mentees)."""

    names: tuple[tuple[str, str], ...]
    gave: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Described:
    """One short group of one draw with its label."""

    draw: int
    group: ShortGroup
    label: Label
    alike: int
    lift: float


def bottlenecks(
    mentees: Sequence[Mentee], design: Design, found: Feasibility
) -> tuple[Bottleneck, ...]:
    """Return what binds, the most frequent first.

    `found` are feasibility draws of these mentees, in their order.
    """
    values = values_told(mentees, fields_told(design))
    by_label: dict[Label, list[Described]] = defaultdict(list)
    for draw, groups in enumerate(found.short):
        for group in groups:
            described = Described(draw, group, *label_of(group, values, int(found.here[draw])))
            by_label[described.label].append(described)
    binding = [_bottleneck(label, groups, len(found.short)) for label, groups in by_label.items()]
    return tuple(
        sorted(binding, key=lambda each: (-each.share.count, -each.short_over_all, each.label))
    )


def fields_told(design: Design) -> tuple[str, ...]:
    """Return the mentees' fields that may describe a group; never one that is opt-in.

    >>> from lodestar.engine.matching.defaults import default_design
    >>> "identity" in fields_told(default_design())
    False
    """
    private = {c.mentee_field for c in design.criteria if c.kind is CriterionKind.OPT_IN}
    weighed = [c.mentee_field for c in design.criteria if c.kind in TOLD_BY]
    ruled = [
        constraint.mentee_field
        or (
            str(constraint.value)
            if constraint.kind is ConstraintKind.MUST_SHARE and constraint.value
            else USUAL_FIELD[constraint.kind]
        )
        for constraint in design.constraints
        if constraint.kind in RULED_BY
    ]
    return tuple(f for f in dict.fromkeys((*ruled, *weighed, *ALSO_TOLD_BY)) if f not in private)


def values_told(mentees: Sequence[Mentee], fields: Sequence[str]) -> Values:
    """Return who gave which answer; a path counts for each of its steps. Answers of one person are left out."""
    names: list[tuple[str, str]] = []
    rows: list[NDArray[np.float32]] = []
    for field in fields:
        given: dict[str, list[int]] = defaultdict(list)
        spelled: dict[str, str] = {}
        for place, mentee in enumerate(mentees):
            for value in steps_of(mentee.answers.get(field)):
                given[plain(value)].append(place)
                spelled[plain(value)] = min(value, spelled.get(plain(value), value))
        common = [key for key in given if len(given[key]) > 1]
        # of two steps that say the same of the same people, the longer one comes first and wins
        common.sort(key=lambda key: (-len(given[key]), -key.count(">"), key))
        for key in common[:AT_MOST_VALUES]:
            row = np.zeros(len(mentees), dtype=np.float32)
            row[given[key]] = 1
            names.append((field, spelled[key]))
            rows.append(row)
    gave = np.stack(rows) if rows else np.zeros((0, len(mentees)), dtype=np.float32)
    return Values(tuple(names), gave)


def steps_of(answer: Answer) -> tuple[str, ...]:
    """Return the values of an answer, each path also by what it begins with.

    >>> steps_of("Health > Care")
    ('Health', 'Health > Care')
    """
    found: dict[str, str] = {}
    for value in values_of(answer):
        steps = [step.strip() for step in value.split(">") if step.strip()]
        for length in range(1, len(steps) + 1):
            path = PATH_SEPARATOR.join(steps[:length])
            found.setdefault(plain(path), path)
    return tuple(found.values())


def label_of(group: ShortGroup, values: Values, here: int) -> tuple[Label, int, float]:
    """Return the label of a group, how many of it gave that answer, and its lift.

    `here` is how many mentees took part in the draw.

    >>> bio, law = (Mentee("b", {"industry": "Biotech"}), Mentee("l", {"industry": "Law"}))
    >>> told = values_told([bio] * 3 + [law] * 5, ["industry"])
    >>> label_of(ShortGroup((0, 1, 2), (0,), 1), told, here=8)[0].value
    'Biotech'
    """
    size, people = len(group.mentees), values.gave.shape[1]
    if group.mentors and size >= ALMOST_ALL * here:
        return Label(EVERYONE), size, 1.0
    code = OF_VALUE if group.mentors else NO_MENTOR
    inside = values.gave[:, list(group.mentees)].sum(axis=1).astype(np.float64)
    everywhere = values.gave.sum(axis=1).astype(np.float64)
    alike = inside / size
    lift = alike * people / np.maximum(everywhere, 1)
    accuracy = np.where(
        (alike >= FEWEST_ALIKE) & (lift >= LEAST_LIFT), inside - size * everywhere / people, 0
    )
    if not len(accuracy) or accuracy.max() <= 0:
        return Label(MIXED if group.mentors else NO_MENTOR), size, 1.0
    best = int(accuracy.argmax())
    return Label(code, *values.names[best]), int(inside[best]), float(lift[best])


def _bottleneck(label: Label, groups: Sequence[Described], draws: int) -> Bottleneck:
    count = len({described.draw for described in groups})

    def per_draw(numbers: Iterable[float]) -> float:
        return sum(numbers) / count

    members = [member for found in groups for member in found.group.mentees]
    mentors = [member for found in groups for member in found.group.mentors]
    short = sum(found.group.short for found in groups)
    return Bottleneck(
        label=label,
        share=share_of(count, draws),
        mentees=per_draw(len(found.group.mentees) for found in groups),
        alike=per_draw(found.alike for found in groups),
        lift=sum(found.lift for found in groups) / len(groups),
        mentors=per_draw(len(found.group.mentors) for found in groups),
        places=per_draw(found.group.places for found in groups),
        short=short / count,
        short_over_all=short / draws,
        members=_usual(members, count),
        mentor_members=_usual(mentors, count),
    )


def _usual(members: Sequence[int], draws: int) -> tuple[int, ...]:
    """Return who was in it in at least half of the draws, else whoever was in it most often."""
    if not members:
        return ()
    counts = np.bincount(np.array(members, dtype=np.int64))
    often = np.flatnonzero(counts >= min(draws / 2, counts.max()))
    return tuple(often.tolist())
