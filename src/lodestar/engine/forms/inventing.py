"""What would a made-up person answer to a program's own questions? Drawn, and the same for the same dice."""

from random import Random
from typing import Any

from lodestar.engine.forms.asking import Answers, visible
from lodestar.engine.forms.cleaning import cleaned
from lodestar.engine.forms.questions import Form, Kind, Question

SHARE_OF_BLANKS = 0.2
WORDS = "A few honest words."
A_DAY = "2000-06-15"
MOST_CHOSEN = 3
MOST_DRAWN = 10


def invented(form: Form, role: str, answers: Answers, dice: Random) -> dict[str, Any]:
    """Return answers with one to each own question that then is asked; what may stay blank sometimes does."""
    found = dict(answers)
    for question in (each for each in form if each.is_own):
        asked = {each.key for each in visible(form, role, found)}
        is_left_blank = not question.is_required and dice.random() < SHARE_OF_BLANKS
        if question.key in asked and not is_left_blank:
            found[question.key] = cleaned(question, drawn(question, dice))
    return found


def drawn(question: Question, dice: Random) -> object:
    """Draw one answer."""
    keys = question.option_keys
    if question.kind in (Kind.SEVERAL, Kind.RANKED):
        return dice.sample(keys, min(len(keys), question.most or MOST_CHOSEN, MOST_CHOSEN))
    if keys:
        return dice.choice(keys)
    if question.kind is Kind.NUMBER:
        least = question.least or 0
        return dice.randint(least, least + MOST_DRAWN if question.most is None else question.most)
    return A_DAY if question.kind is Kind.DATE else WORDS
