"""In which form is the answer to a question kept?

Cleaning is done once for all: what is clean stays as it is, and what cannot be read as an answer is none.
"""

from collections.abc import Callable, Mapping
from datetime import date

from lodestar.engine.answers.values import plain
from lodestar.engine.forms.questions import NO, YES, Kind, Question

LONGEST_SHORT, LONGEST_LONG = 200, 2000
LARGEST = 1_000_000
STEPS_OF_A_SCALE = 5
YESES = {"yes", "true", "on", "1"}
NOES = {"no", "false", "off", "0"}


def cleaned(question: Question, value: object) -> object:
    """Return an answer as it is kept, or None where it says nothing.

    >>> cleaned(Question("q_run", Kind.YES_NO), True)
    'yes'
    """
    return CLEANING[question.kind](question, value)


def _line(text: object, longest: int) -> str:
    return str(text).replace("\x00", "").strip()[:longest].strip()


def _short(_question: Question, value: object) -> object:
    return _text(" ".join(str(value).split()) if isinstance(value, str) else value, LONGEST_SHORT)


def _long(_question: Question, value: object) -> object:
    return _text(value, LONGEST_LONG)


def _text(value: object, longest: int) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return _line(value, longest) or None


def known(question: Question, value: object) -> str | None:
    """Return the key of what was chosen: by its key, or by what it is called in any language."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    said = plain(str(value))
    by_key = {plain(option.key): option.key for option in question.options}
    by_label = {plain(option.label): option.key for option in question.options}
    for words in question.words.values():
        by_label |= {plain(label): key for key, label in words.options.items() if label}
    found = by_key.get(said) or by_label.get(said)
    return found if found in question.option_keys else None


def _listed(value: object) -> list[object]:
    if isinstance(value, Mapping):
        return list(value)
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


def _one(question: Question, value: object) -> object:
    values = _listed(value)
    return known(question, values[0]) if values else None


def _ranked(question: Question, value: object) -> object:
    """Several in the order in which they were told."""
    found = [key for each in _listed(value) if (key := known(question, each)) is not None]
    return list(dict.fromkeys(found))[: question.most or None] or None


def _several(question: Question, value: object) -> object:
    """Several in the order of the form; of too many, those that stand first."""
    chosen = {known(question, each) for each in _listed(value)}
    return [key for key in question.option_keys if key in chosen][: question.most or None] or None


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    try:
        found = float(str(value).strip())
    except ValueError:
        return None
    return int(found) if abs(found) <= LARGEST else None


def _scale(question: Question, value: object) -> object:
    return _within(_whole(value), 1, question.most or STEPS_OF_A_SCALE)


def _number(question: Question, value: object) -> object:
    least = 0 if question.least is None else question.least
    return _within(_whole(value), least, LARGEST if question.most is None else question.most)


def _within(number: int | None, least: int, most: int) -> int | None:
    return number if number is not None and least <= number <= most else None


def _date(_question: Question, value: object) -> object:
    try:
        return date.fromisoformat(str(value).strip()[:10]).isoformat()
    except ValueError:
        return None


def _yes_no(_question: Question, value: object) -> object:
    said = plain(str(value))
    return YES if said in YESES else NO if said in NOES else None


def _as_it_is(_question: Question, value: object) -> object:
    return value


CLEANING: Mapping[Kind, Callable[[Question, object], object]] = {
    Kind.USUAL: _as_it_is,
    Kind.SHORT: _short,
    Kind.LONG: _long,
    Kind.ONE: _one,
    Kind.SEVERAL: _several,
    Kind.RANKED: _ranked,
    Kind.SCALE: _scale,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
}
