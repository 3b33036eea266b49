"""Who will want to meet again, given how each found the other at a mixer?

Two logistic models (logistic.py). A person's own yes is foretold from what the person wrote down: how much
they liked the other, how much they expect a yes, each also against the person's own usual (some people like
everybody), and from how the others at the event found both. The other's yes is foretold from the same, for meetings of which
the other wrote nothing down. A mutual yes needs both; as the two answers hardly depend on each other
(correlation -0.05 in 2,668 meetings), its chance is the product.
Source of the reference: Fisman, Iyengar, Kamenica & Simonson, Q. J. Econ. 121 (2006), 673-697.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lodestar.engine.learning.agreement import Estimate, jackknife, ordering_share
from lodestar.engine.learning.evidence import numbered
from lodestar.engine.learning.feedback import Bools, Floats, Ints
from lodestar.engine.learning.logistic import Logistic, fit_logistic
from lodestar.engine.matching.problem import MatchingError

FEWEST_MEETINGS = 100
FEWEST_EVENTS = 3
LOWEST, HIGHEST = 0, 10


@dataclass(frozen=True, slots=True, eq=False)
class Meetings:
    """One row per person and meeting: what this person thought of the other.

    `liking` and `expects` are 0 to 10, NaN where nothing was written; `expects` is how probable the
    person thinks the other's yes is. `says_yes` is only needed to learn and to check.
    """

    events: tuple[str, ...]
    people: tuple[str, ...]
    met: tuple[str, ...]
    liking: Floats
    expects: Floats
    says_yes: Bools

    def __len__(self) -> int:
        return len(self.events)


@dataclass(frozen=True, slots=True, eq=False)
class ChoiceModel:
    """What was learned from mixers: the own yes, and the other's seen from this side alone."""

    own: Logistic
    other: Logistic


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """Chances by row: this person's yes, the other's seen from this side, and both together."""

    own: Floats
    other: Floats
    mutual: Floats


@dataclass(frozen=True, slots=True)
class ChoiceAccuracy:
    """How often a yes was given a higher chance than a no, at events the model had not seen.

    `plain_own` and `plain_other` are the same for liking and expecting alone, without a model.
    `mean_chance` and `mutual_share` are the foretold and the true share of mutual yeses.
    """

    events: int
    meetings: int
    own: Estimate | None
    other: Estimate | None
    mutual: Estimate | None
    plain_own: float | None
    plain_other: float | None
    mean_chance: float
    mutual_share: float


def learn_choices(meetings: Meetings, ridge: float = 1.0) -> ChoiceModel:
    """Learn from mixers what foretells a yes. Raises `MatchingError` below 100 rows.

    >>> met = [(f"p{me}", f"p{other}") for me in range(11) for other in range(11) if me != other]
    >>> liking = np.array([float(other[1:]) for _, other in met])
    >>> seen = Meetings(("May",) * 110, *zip(*met), liking, liking, liking > 5)
    >>> bool(learn_choices(seen).own.coefficients[1] > 0)
    True
    """
    _check(meetings)
    if len(meetings) < FEWEST_MEETINGS:
        raise MatchingError(
            f"There are {len(meetings)} answers about meetings: at least {FEWEST_MEETINGS} are needed."
        )
    columns, back = _columns(meetings), _back(meetings)
    answered = back >= 0
    return ChoiceModel(
        fit_logistic(columns, meetings.says_yes, ridge),
        fit_logistic(columns[answered], meetings.says_yes[back[answered]], ridge),
    )


def mutual_choice(model: ChoiceModel, meetings: Meetings) -> Chances:
    """Return for each row the chance of a yes from this side, from the other, and from both.

    Where the other wrote something down about the same meeting, the chance of both uses that;
    otherwise what this side lets one guess.

    >>> met = [(f"p{me}", f"p{other}") for me in range(11) for other in range(11) if me != other]
    >>> liking = np.array([float(other[1:]) for _, other in met])
    >>> seen = Meetings(("May",) * 110, *zip(*met), liking, liking, liking > 5)
    >>> chances = mutual_choice(learn_choices(seen), seen)
    >>> met[int(chances.mutual.argmax())]
    ('p9', 'p10')
    """
    _check(meetings)
    columns, back = _columns(meetings), _back(meetings)
    own, other = model.own.chance(columns), model.other.chance(columns)
    return Chances(own, other, own * np.where(back >= 0, own[back], other))


def leave_one_event_out(meetings: Meetings, ridge: float = 1.0) -> ChoiceAccuracy:
    """Return how well each event is foretold from all others. Needs at least three events.

    The orders are compared over all events together. As leaving out an event with many yeses lowers what
    is foretold for it, answers without any sense come out a little below one half, never above.

    >>> met = [(f"p{me}", f"p{other}") for me in range(11) for other in range(11) if me != other]
    >>> liking = np.array([float(other[1:]) for _, other in met] * 3)
    >>> events = ("May",) * 110 + ("June",) * 110 + ("July",) * 110
    >>> seen = Meetings(events, *zip(*met * 3), liking, liking, liking > 5)
    >>> leave_one_event_out(seen).own.value
    1.0
    """
    _check(meetings)
    event, keys = numbered(meetings.events)
    if len(keys) < FEWEST_EVENTS:
        raise MatchingError(
            f"There are {len(keys)} events: at least {FEWEST_EVENTS} are needed to leave one out."
        )
    chances = np.zeros((len(meetings), 3))
    for number in range(len(keys)):
        model = learn_choices(_only(meetings, event != number), ridge)
        unseen = mutual_choice(model, _only(meetings, event == number))
        chances[event == number] = np.column_stack([unseen.own, unseen.other, unseen.mutual])
    return _accuracy(meetings, event, chances)


def _accuracy(meetings: Meetings, event: Ints, chances: Floats) -> ChoiceAccuracy:
    back = _back(meetings)
    told = back >= 0
    theirs = meetings.says_yes[back] & told
    both = meetings.says_yes & theirs

    def share(score: Floats, is_yes: Bools, rows: Bools) -> Estimate | None:
        return jackknife(
            event[rows], lambda kept: ordering_share(score[rows][kept], is_yes[rows][kept])
        )

    def plain(score: Floats, is_yes: Bools, rows: Bools) -> float | None:
        kept = rows & ~np.isnan(score)
        return ordering_share(score[kept], is_yes[kept])

    everybody = np.ones(len(event), dtype=bool)
    return ChoiceAccuracy(
        events=len(np.unique(event)),
        meetings=len(meetings),
        own=share(chances[:, 0], meetings.says_yes, everybody),
        other=share(chances[:, 1], theirs, told),
        mutual=share(chances[:, 2], both, told),
        plain_own=plain(meetings.liking, meetings.says_yes, everybody),
        plain_other=plain(meetings.expects, theirs, told),
        mean_chance=float(chances[told, 2].mean()),
        mutual_share=float(both[told].mean()),
    )


def _columns(meetings: Meetings) -> Floats:
    """Return liking, expecting, the usual of both for this person, and how others found the two."""
    person, people = numbered(_within(meetings.events, meetings.people))
    place = {name: number for number, name in enumerate(people)}
    met = np.array([place.get(name, -1) for name in _within(meetings.events, meetings.met)])
    liking, usual_liking = _filled(meetings.liking, person)
    expects, usual_expects = _filled(meetings.expects, person)
    apart = liking - usual_liking
    received = np.bincount(met[met >= 0], apart[met >= 0], len(people)).astype(np.float64)
    heard = np.bincount(met[met >= 0], minlength=len(people))
    back = _back(meetings)
    theirs = np.where(back >= 0, apart[back], 0)
    standing = _mean_without(received[met], heard[met], apart)
    own_standing = _mean_without(received[person], heard[person], theirs, back >= 0)
    return np.column_stack([liking, expects, usual_liking, usual_expects, standing, own_standing])


def _filled(numbers: Floats, person: Ints) -> tuple[Floats, Floats]:
    """Return numbers with blanks at the person's usual, and the usual itself."""
    given = ~np.isnan(numbers)
    overall = float(numbers[given].mean()) if given.any() else 0.0
    sums = np.bincount(person[given], numbers[given], int(person.max()) + 1)
    counts = np.bincount(person[given], minlength=len(sums))
    usual = np.where(counts > 0, sums / np.maximum(counts, 1), overall)[person]
    return np.where(given, numbers, usual), usual


def _mean_without(sums: Floats, counts: Ints, own: Floats, has_own: Bools | None = None) -> Floats:
    """Return a mean without the row itself, so that nobody's own answer tells on them."""
    left = counts - (1 if has_own is None else has_own)
    return np.where(left > 0, (sums - own) / np.maximum(left, 1), 0.0)


def _back(meetings: Meetings) -> Ints:
    """Return for each row the row of the other side of the same meeting, or -1."""
    keys = list(zip(meetings.events, meetings.people, meetings.met, strict=True))
    place = {key: row for row, key in enumerate(keys)}
    return np.array([place.get((event, met, person), -1) for event, person, met in keys])


def _within(events: Sequence[str], names: Sequence[str]) -> list[str]:
    return [f"{event}\n{name}" for event, name in zip(events, names, strict=True)]


def _only(meetings: Meetings, kept: Bools) -> Meetings:
    rows = np.flatnonzero(kept)
    return Meetings(
        tuple(meetings.events[row] for row in rows),
        tuple(meetings.people[row] for row in rows),
        tuple(meetings.met[row] for row in rows),
        meetings.liking[rows],
        meetings.expects[rows],
        meetings.says_yes[rows],
    )


def _check(meetings: Meetings) -> None:
    columns = (meetings.people, meetings.met, meetings.liking, meetings.expects, meetings.says_yes)
    if not len(meetings) or any(len(column) != len(meetings) for column in columns):
        raise MatchingError(
            "The columns of the meetings differ in length: give one row per answer."
        )
    if len(set(zip(meetings.events, meetings.people, meetings.met, strict=True))) < len(meetings):
        raise MatchingError("A meeting is listed twice from the same side: keep one row for each.")
    for numbers in (meetings.liking, meetings.expects):
        given = numbers[~np.isnan(numbers)]
        if np.any((given < LOWEST) | (given > HIGHEST)):
            raise MatchingError(
                f"An answer is off the scale: it must lie between {LOWEST} and {HIGHEST}."
            )
