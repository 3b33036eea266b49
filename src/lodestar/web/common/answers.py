"""How are the answers of an application read by people?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.forms.rules import (
    USUAL_FORM,
    Form,
    answer_in_words,
    label_of,
    says_something,
)
from lodestar.web.common.choices import city_of, language_names


@dataclass(frozen=True)
class Told:
    """One answer under its question, in words; `step` is where it is changed."""

    question: str
    lines: list[str]
    step: str


def told(
    role: str, answers: Mapping[str, Any], form: Form = USUAL_FORM, language: str = ""
) -> list[Told]:
    """Return what was answered, own questions last; what was left blank or is not asked is not shown."""
    steps = {question.key: question.step for question in form}
    usual = [
        replace(each, step=steps.get(key, ""))
        for key, each in usual_told(role, answers).items()
        if each.lines
    ]
    own = [
        Told(
            label_of(question, language),
            answer_in_words(question, answers[question.key], language),
            question.step,
        )
        for question in form
        if question.is_own and says_something(answers.get(question.key))
    ]
    return [*usual, *own]


def usual_told(role: str, answers: Mapping[str, Any]) -> dict[str, Told]:
    """Return what was answered to the usual questions, by their names."""
    is_mentor = role == RoleInCohort.MENTOR
    style = _("As a mentor") if is_mentor else _("Would like somebody")
    helps = _("Can help with") if is_mentor else _("Would like help with")
    found = {
        "topics": (helps, topics(answers)),
        "capacity": (_("Places for mentees"), texts(answers, "capacity")),
        "about": (_("Own words"), texts(answers, "about")),
        "style": (style, styles(answers, is_mentor=is_mentor)),
        "hours_per_month": (_("Hours a month"), texts(answers, "hours_per_month")),
        "gender": (_("Gender, by their own wish"), texts(answers, "gender")),
        "class_year": (_("Class year"), texts(answers, "class_year")),
        "place": (_("Place"), joined(answers, "city", "country")),
        "time_zone": (_("Time zone"), [city_of(z) for z in texts(answers, "time_zone")]),
        "languages": (_("Languages"), language_names(answers.get("languages", []))),
        "work": (_("Work"), joined(answers, "function", "industry")),
        "field_of_study": (_("Studied"), texts(answers, "field_of_study")),
    }
    return {key: Told(question, lines, "") for key, (question, lines) in found.items()}


def told_in_lines(
    role: str, answers: Mapping[str, Any], form: Form = USUAL_FORM, language: str = ""
) -> list[str]:
    """Return what was answered in one sentence each, for a letter."""
    return [in_a_line(each) for each in told(role, answers, form, language)]


def in_a_line(told: Told) -> str:
    """Put an answer behind its question; what ends with a question mark needs no colon."""
    between = "" if told.question.endswith("?") else ":"
    return f"{told.question}{between} {', '.join(told.lines)}".rstrip(".") + "."


def texts(answers: Mapping[str, Any], name: str) -> list[str]:
    return [str(answers[name])] if answers.get(name) else []


def joined(answers: Mapping[str, Any], *names: str) -> list[str]:
    words = [str(answers[name]) for name in names if answers.get(name)]
    return [", ".join(words)] if words else []


def topics(answers: Mapping[str, Any]) -> list[str]:
    """A mentee's in order of importance; a mentor's from the strongest on, with the strength."""
    said = answers.get("topics", [])
    if not isinstance(said, Mapping):
        return [str(topic) for topic in said]
    words = {1: _("a little"), 2: _("well"), 3: _("very well")}
    strongest_first = sorted(said.items(), key=lambda pair: -pair[1])
    return [f"{topic} ({words.get(strength, strength)})" for topic, strength in strongest_first]


def styles(answers: Mapping[str, Any], *, is_mentor: bool) -> list[str]:
    offered = {
        "listens": _("listens"),
        "challenges": _("challenges"),
        "opens_doors": _("opens doors"),
        "teaches": _("teaches"),
    }
    wished = {
        "listens": _("who listens"),
        "challenges": _("who challenges me"),
        "opens_doors": _("who opens doors"),
        "teaches": _("who teaches me"),
    }
    words = offered if is_mentor else wished
    return [words.get(style, style) for style in answers.get("style", [])]
