"""How many were asked each question of a form, how many answered, and who chose what how often?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lodestar.engine.forms.asking import Answers, is_answered, visible
from lodestar.engine.forms.questions import Form


@dataclass(frozen=True, slots=True)
class Tally:
    """One question counted: who was asked it, who answered, and how often each thing was chosen, by its key."""

    asked: int
    answered: int
    chosen: Mapping[str, int] = field(default_factory=dict)


def tallied(form: Form, said: Iterable[tuple[str, Answers]]) -> dict[str, Tally]:
    """Count a form over people, each a role with answers; a question nobody was asked is left out."""
    asked, answered = Counter[str](), Counter[str]()
    chosen: dict[str, Counter[str]] = {each.key: Counter() for each in form if each.option_keys}
    for role, answers in said:
        for question in visible(form, role, answers):
            asked[question.key] += 1
            answered[question.key] += is_answered(question, answers)
            if question.key in chosen:
                chosen[question.key].update(values_told(answers.get(question.key)))
    return {key: Tally(count, answered[key], chosen.get(key, {})) for key, count in asked.items()}


def values_told(answer: object) -> list[str]:
    """Return the choices in an answer, by their keys."""
    values = answer if isinstance(answer, list) else [answer]
    return [str(value) for value in values if value is not None]
