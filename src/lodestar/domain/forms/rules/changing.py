"""What can a question be made to be, and when is a form no form?"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lodestar.domain.forms.rules.usual import USUAL_ROLES, name_of
from lodestar.engine.answers.values import plain
from lodestar.engine.forms.asking import roles_of
from lodestar.engine.forms.questions import (
    BOTH,
    OWN,
    WITH_OPTIONS,
    Condition,
    Form,
    Kind,
    Option,
    Question,
    Use,
    Words,
)

MOST_QUESTIONS = 60
MOST_OPTIONS = 40
LONGEST_LABEL, LONGEST_HELP, LONGEST_OPTION = 200, 500, 100
MOST_STEPS_OF_A_SCALE = 10
# A mentor who says no number has the usual one; nobody has to say what they are.
NEVER_REQUIRED = ("capacity", "gender")
OF_SURVEYS = (Use.REPORT, Use.NONE)
NOT_MATCHED = (Kind.NUMBER, Kind.DATE)


@dataclass(frozen=True, slots=True)
class QuestionWish:
    """What somebody wants a question to be; of `options`, those that have no key are new."""

    label: str = ""
    help: str = ""
    kind: str = Kind.SHORT
    step: str = "words"
    role: str = BOTH
    is_required: bool = False
    use: str = Use.NONE
    options: Sequence[tuple[str, str]] = ()
    condition: Condition | None = None
    least: int | None = None
    most: int | None = None
    is_lasting: bool = False
    is_for_reviewers: bool = False
    words: Mapping[str, Words] = field(default_factory=dict)


def own_key(label: str, taken: Collection[str]) -> str:
    """Return a key for a new question that nobody has yet, and that a person can read in a file.

    >>> own_key("Which sport?", {"q_which_sport"})
    'q_which_sport_2'
    """
    letters = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().casefold()
    name = OWN + (re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:24].strip("_") or "question")
    numbered = (f"{name}_{number}" for number in range(2, MOST_QUESTIONS * 2))
    return next(key for key in (name, *numbered) if key not in taken)


def wished(key: str, wish: QuestionWish, *, is_own: bool) -> Question:
    """Return the question that somebody wants; a usual one keeps what the program knows about it."""
    kind = Kind(wish.kind) if is_own else Kind.USUAL
    return Question(
        key=key,
        kind=kind,
        label=wish.label.strip(),
        help=wish.help.strip(),
        step=wish.step,
        role=wish.role if is_own else USUAL_ROLES.get(key, BOTH),
        is_required=wish.is_required and key not in NEVER_REQUIRED,
        use=Use(wish.use) if is_own else Use.MATCH,
        options=_options(wish.options) if kind in WITH_OPTIONS else (),
        condition=wish.condition,
        least=wish.least if kind is Kind.NUMBER else None,
        most=wish.most if kind in (Kind.NUMBER, Kind.SCALE, Kind.SEVERAL, Kind.RANKED) else None,
        is_lasting=wish.is_lasting,
        is_for_reviewers=wish.is_for_reviewers and is_own,
        words=wish.words,
    )


def _options(told: Sequence[tuple[str, str]]) -> tuple[Option, ...]:
    """Keep the keys of what there was; a new thing is known by how it is called first."""
    taken = {key for key, _label in told if key}
    found = []
    for key, label in told:
        words = " ".join(label.split())
        if not words:
            continue
        if not key:
            spare = (words, *(f"{words} ({number})" for number in range(2, MOST_OPTIONS + 2)))
            key = next(each for each in spare if each not in taken)
        found.append(Option(key, words))
        taken.add(key)
    return tuple(found)


def why_not_form(form: Form) -> str:
    """Say why these questions are no form, or nothing."""
    if len(form) > MOST_QUESTIONS:
        told = {"count": len(form), "most": MOST_QUESTIONS}
        return _("These are %(count)d questions; nobody answers more than %(most)d.") % told
    keys = Counter(question.key for question in form)
    twice = next((question for question in form if keys[question.key] > 1), None)
    if twice:
        return _("“%(question)s” is asked twice.") % {"question": name_of(twice)}
    return next(filter(None, map(why_not_question, form)), "")


def why_not_survey(questions: Form) -> str:
    """Say why these cannot be a survey's own questions, or nothing.

    They come after its usual ones on one page, and nobody but the office reads the answers.
    """
    told = {"name": next((name_of(each) for each in questions if not _fits_a_survey(each)), "")}
    if told["name"]:
        return _("“%(name)s” cannot be asked in a survey.") % told
    return why_not_form(questions)


def _fits_a_survey(question: Question) -> bool:
    is_for_others = question.is_lasting or question.is_for_reviewers
    return question.is_own and question.use in OF_SURVEYS and not is_for_others


def why_not_question(question: Question) -> str:
    """Say why this is no question, or nothing."""
    if question.is_own and not question.label:
        return _("A question needs words.")
    told = {"question": name_of(question)}
    checks = (
        (bool(roles_of(question)) and question.role in (BOTH, "mentor", "mentee"),
         _("“%(question)s” has to be asked of mentors, mentees or both.")),
        (len(question.label) <= LONGEST_LABEL and len(question.help) <= LONGEST_HELP,
         _("“%(question)s” is longer than anybody reads on a phone.")),
        (question.kind not in WITH_OPTIONS or len(question.options) >= 2,
         _("“%(question)s” needs at least two things to choose from.")),
        (len(question.options) <= MOST_OPTIONS,
         _("“%(question)s” has more to choose from than anybody reads; forty are the most.")),
        (all(len(option.label) <= LONGEST_OPTION for option in question.options),
         _("“%(question)s” has a choice that is longer than a line.")),
        (not _twice(question), _("“%(question)s” has the same choice twice.")),
        (_is_bounded(question), _("The bounds of “%(question)s” leave nothing to answer.")),
        (not (question.use is Use.MATCH and question.kind in NOT_MATCHED),
         _("“%(question)s” is a number or a day, and matching compares neither. Say what else it is for.")),
    )  # fmt: skip
    return next((sentence % told for is_right, sentence in checks if not is_right), "")


def _twice(question: Question) -> bool:
    said = [plain(option.label) for option in question.options]
    return len(set(said)) < len(said)


def _is_bounded(question: Question) -> bool:
    if question.kind is Kind.SCALE:
        return question.most is None or 2 <= question.most <= MOST_STEPS_OF_A_SCALE
    if question.kind is Kind.NUMBER:
        return (question.least or 0) < (question.most if question.most is not None else 10**6)
    return question.most is None or question.most >= 1
