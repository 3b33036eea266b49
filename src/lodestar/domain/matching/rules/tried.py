"""What may be tried instead of the design's own weights, objective and floor, and how is it told?"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lodestar.domain.matching.rules.words import criterion_in_words
from lodestar.domain.programs.models import Design
from lodestar.engine.matching.problem import PERFECT, Objective

MOST_WEIGHT = 100
MOST_ROWS = 200
MOST_BYTES = 100_000
NAMES = ("criterion", "name")
NUMBERS = ("learned", "weight", "weight_now")
OBJECTIVES = {
    Objective.WORST_FIRST: gettext_lazy("the weakest match as good as possible"),
    Objective.SERVED: gettext_lazy("the best total"),
    Objective.TOTAL: gettext_lazy("the best total, even if fewer are served"),
    Objective.NASH: gettext_lazy("more for whoever has less"),
    Objective.SOFT_MIN: gettext_lazy("much more for whoever has least"),
    Objective.BANDS: gettext_lazy("as few weak matches as possible"),
    Objective.RANK_MAXIMAL: gettext_lazy("as many first wishes as possible"),
    Objective.STABLE: gettext_lazy("no two people who would rather have each other"),
}


@dataclass(frozen=True, slots=True)
class Tried:
    """What differs from the design: weights by criterion, the objective, the floor; nothing where all is its own."""

    weights: Mapping[str, int] = field(default_factory=dict)
    objective: str = ""
    floor: int | None = None

    @property
    def is_any(self) -> bool:
        return bool(self.weights or self.objective or self.floor is not None)

    def as_data(self) -> dict[str, Any]:
        if not self.is_any:
            return {}
        return {
            "weights": dict(sorted(self.weights.items())),
            "objective": self.objective,
            "floor": self.floor,
        }


def tried_from(data: Mapping[str, Any]) -> Tried:
    return Tried(data.get("weights", {}), data.get("objective", ""), data.get("floor"))


def why_not_tried(tried: Tried, own: Mapping[str, int]) -> str:
    """Return why a setting cannot be tried; `own` are the design's weights by criterion."""
    unknown = [name for name in tried.weights if name not in own]
    if unknown:
        return _("“%(name)s” is no criterion of this program.") % {"name": unknown[0]}
    if any(not 0 <= weight <= MOST_WEIGHT for weight in tried.weights.values()):
        return _("A weight is a whole number from 0 to %(most)d.") % {"most": MOST_WEIGHT}
    if not any({**own, **tried.weights}.values()):
        return _(
            "Give at least one criterion a weight: with all at 0 nobody fits better than others."
        )
    if tried.objective and tried.objective not in [o.value for o in OBJECTIVES]:
        return _("This way of choosing among everybody is not known.")
    if tried.floor is not None and not 0 <= tried.floor <= PERFECT // 2:
        return _("The floor lies between 0 and half of a perfect score.")
    return ""


def objective_in_words(code: str) -> str:
    """Return what an objective wants."""
    found = [words for objective, words in OBJECTIVES.items() if objective.value == code]
    return str(found[0]) if found else code


def tried_in_words(data: Mapping[str, Any], own: Mapping[str, int]) -> list[str]:
    """Tell in sentences what a run weighed otherwise than its design."""
    if not data:
        return []
    tried = tried_from(data)
    told = [
        _("%(criterion)s weighs %(new)d instead of %(old)s.")
        % {"criterion": criterion_in_words(name), "new": new, "old": own.get(name, "–")}
        for name, new in tried.weights.items()
    ]
    if tried.objective:
        told.append(
            _("When not everybody can have the best partner: %(what)s.")
            % {"what": objective_in_words(tried.objective)}
        )
    if tried.floor is not None:
        told.append(
            _("No pair under %(floor)s of 100 is proposed.")
            % {"floor": tried.floor * 100 // PERFECT}
        )
    return told


@dataclass(frozen=True, slots=True)
class ReadWeights:
    """What a file of weights says: weights by criterion, or what is wrong with it, row by row."""

    weights: Mapping[str, int] = field(default_factory=dict)
    problems: Sequence[str] = ()


def read_weights(content: bytes, known: Sequence[str]) -> ReadWeights:
    """Read the file that `lodestar learn` writes: a column of criteria and one of weights, whole or not at all.

    Weights are brought to shares of 100.
    """
    if len(content) > MOST_BYTES:
        return ReadWeights(problems=[_("The file is too large for a list of weights.")])
    rows = list(csv.reader(io.StringIO(text_of(content), newline=""), delimiter=comma_of(content)))
    rows = [[cell.strip() for cell in row] for row in rows[: MOST_ROWS + 1]]
    heading = [cell.lower() for cell in rows[0]] if rows else []
    name_at = next((heading.index(name) for name in NAMES if name in heading), None)
    number_at = next((heading.index(name) for name in NUMBERS if name in heading), None)
    if name_at is None or number_at is None:
        return ReadWeights(
            problems=[
                _(
                    "Row 1: the headings “criterion” and “learned” (or “weight”) are missing. Choose the "
                    "file weights.csv that `lodestar learn` has written."
                )
            ]
        )
    return read_rows(rows, (name_at, number_at), known)


def text_of(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def comma_of(content: bytes) -> str:
    first = content.split(b"\n", 1)[0]
    return ";" if first.count(b";") > first.count(b",") else ","


def read_rows(
    rows: Sequence[Sequence[str]], places: tuple[int, int], known: Sequence[str]
) -> ReadWeights:
    found: dict[str, float] = {}
    problems = []
    for number, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        name, cell = ("".join(row[place : place + 1]) for place in places)
        if problem := why_not_row(name, cell, known, found):
            problems.append(_("Row %(row)d: %(problem)s") % {"row": number, "problem": problem})
        else:
            found[name] = float(cell.replace(",", "."))
    if not problems and not any(found.values()):
        problems.append(_("No criterion has a weight in this file."))
    return ReadWeights(problems=problems) if problems else ReadWeights(in_shares(found))


def why_not_row(name: str, cell: str, known: Sequence[str], found: Mapping[str, float]) -> str:
    if name not in known:
        return _(
            "“%(name)s” is no criterion of this program. Known are: %(known)s. Correct the name, or take the row out."
        ) % {"name": name, "known": ", ".join(known)}
    if name in found:
        return _("“%(name)s” stands in the file twice. Keep one row.") % {"name": name}
    try:
        weight = float(cell.replace(",", "."))
    except ValueError:
        weight = -1.0
    if not 0 <= weight < float("inf"):
        return _("the weight of “%(name)s” is “%(cell)s”. Write a number, 0 or more.") % {
            "name": name,
            "cell": cell,
        }
    return ""


def in_shares(found: Mapping[str, float]) -> dict[str, int]:
    """Return weights as shares of 100; whatever weighs anything keeps at least 1."""
    whole = sum(found.values())
    return {
        name: max(1, round(MOST_WEIGHT * weight / whole)) if weight else 0
        for name, weight in found.items()
    }


def moved_in_words(count: int) -> str:
    return ngettext(
        "%(count)d mentee would have another mentor.",
        "%(count)d mentees would have another mentor.",
        count,
    ) % {"count": count}


def why_not_adopt(tried: Tried) -> str:
    """Return why a design cannot take this on: it knows three objectives, and one floor for all."""
    known = [choice.value for choice in Design.Objective]
    if tried.floor is not None or (tried.objective and tried.objective not in known):
        return _(
            "A design keeps its weights and one of three ways to choose. This floor or this way is chosen run by run."
        )
    return ""
