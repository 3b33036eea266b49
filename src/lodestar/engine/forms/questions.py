"""What is a form made of, and how is it written down as plain data and read back?

A form is a document: its questions in the order in which they are asked. It is read, copied and frozen whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

OWN = "q_"
BOTH = "both"
STEPS = ("you", "topics", "words")

Data = dict[str, Any]


class Kind(StrEnum):
    """How a question is answered; a usual one is asked as the program knows how to."""

    USUAL = "usual"
    SHORT = "short"
    LONG = "long"
    ONE = "one"
    SEVERAL = "several"
    RANKED = "ranked"
    SCALE = "scale"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"


class Use(StrEnum):
    """What an answer is for."""

    MATCH = "match"
    BRIEF = "brief"
    REPORT = "report"
    NONE = "none"


WITH_OPTIONS = (Kind.ONE, Kind.SEVERAL, Kind.RANKED)
# Answers of these kinds can decide whether a later question is asked.
LEADING = (*WITH_OPTIONS, Kind.SCALE, Kind.YES_NO)
YES, NO = "yes", "no"
USUAL_FIELDS: Mapping[str, tuple[str, ...]] = {
    "topics": ("topics",),
    "about": ("about",),
    "work": ("function", "industry", "role", "employer"),
    "field_of_study": ("field_of_study",),
    "class_year": ("class_year", "years_of_experience"),
    "place": ("place", "city", "country", "region"),
    "time_zone": ("time_zone",),
    "languages": ("languages",),
    "style": ("style",),
    "hours_per_month": ("hours_per_month",),
    "capacity": ("capacity",),
    "gender": ("gender", "gender_matters"),
}
USUAL_LEADING = ("topics", "languages", "style")


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; its key is how it was called first, and stays when it is called otherwise."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Ask only those whose answer to an earlier question is, or contains, one of these values."""

    question: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A question in another language; what is blank is read in the form's own."""

    label: str = ""
    help: str = ""
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        return not (self.label or self.help or any(self.options.values()))


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `least` and `most` bound a number, the steps of a scale, or how many may be chosen.

    A lasting answer is about the person rather than the program, so it is asked once in a lifetime.
    One for reviewers is shown to those who read applications without names, whatever they score.
    """

    key: str
    kind: Kind = Kind.USUAL
    label: str = ""
    help: str = ""
    step: str = STEPS[-1]
    role: str = BOTH
    is_required: bool = False
    use: Use = Use.NONE
    options: tuple[Option, ...] = ()
    condition: Condition | None = None
    least: int | None = None
    most: int | None = None
    is_lasting: bool = False
    is_for_reviewers: bool = False
    words: Mapping[str, Words] = field(default_factory=dict)

    @property
    def is_own(self) -> bool:
        return self.kind is not Kind.USUAL

    @property
    def fields(self) -> tuple[str, ...]:
        """Return under which names the answer is kept."""
        return (self.key,) if self.is_own else USUAL_FIELDS.get(self.key, (self.key,))

    @property
    def can_lead(self) -> bool:
        """Tell if another question may depend on the answer."""
        return self.kind in LEADING or (not self.is_own and self.key in USUAL_LEADING)

    @property
    def option_keys(self) -> tuple[str, ...]:
        """Return the values that can be answered, where there is a list of them."""
        if self.kind is Kind.YES_NO:
            return (YES, NO)
        if self.kind is Kind.SCALE:
            return tuple(str(step) for step in range(1, (self.most or 5) + 1))
        return tuple(option.key for option in self.options)

    def is_asked_of(self, role: str) -> bool:
        return self.role in (BOTH, role)


Form = Sequence[Question]


def is_own_field(name: str) -> bool:
    """Tell if an answer of this name belongs to a program's own question."""
    return name.startswith(OWN)


def in_order(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return questions step by step; within a step they stay as they stand."""
    known = [question for question in questions if question.step in STEPS]
    return tuple(sorted(known, key=lambda question: STEPS.index(question.step)))


def as_data(questions: Form) -> list[Data]:
    """Write a form down, leaving out what is as usual, so that two forms alike are written alike."""
    return [_question_as_data(question) for question in questions]


def _question_as_data(question: Question) -> Data:
    data: Data = {"key": question.key, "kind": question.kind.value, "step": question.step}
    data |= {name: getattr(question, name) for name in ("label", "help", "least", "most")}
    data |= {"required": question.is_required, "lasting": question.is_lasting}
    data["reviewers"] = question.is_for_reviewers
    data["role"] = question.role if question.role != BOTH else ""
    data["use"] = question.use.value if question.use is not Use.NONE else ""
    data["options"] = [[option.key, option.label] for option in question.options]
    if question.condition:
        data["if"] = [question.condition.question, list(question.condition.values)]
    data["words"] = {
        language: {"label": said.label, "help": said.help, "options": dict(said.options)}
        for language, said in sorted(question.words.items())
    }
    return {name: value for name, value in data.items() if value not in ("", None, False, [], {})}


def form_from(data: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Read a form that was written down.

    >>> form_from(as_data([Question("q_sport", Kind.YES_NO, "Do you run?")]))[0].label
    'Do you run?'
    """
    return tuple(_question_from(each) for each in data)


def _question_from(data: Mapping[str, Any]) -> Question:
    condition = data.get("if")
    return Question(
        key=data["key"],
        kind=Kind(data["kind"]),
        label=data.get("label", ""),
        help=data.get("help", ""),
        step=data["step"],
        role=data.get("role", BOTH),
        is_required=data.get("required", False),
        use=Use(data.get("use", Use.NONE)),
        options=tuple(Option(key, label) for key, label in data.get("options", [])),
        condition=Condition(condition[0], tuple(condition[1])) if condition else None,
        least=data.get("least"),
        most=data.get("most"),
        is_lasting=data.get("lasting", False),
        is_for_reviewers=data.get("reviewers", False),
        words={
            language: Words(said["label"], said["help"], said["options"])
            for language, said in data.get("words", {}).items()
        },
    )
