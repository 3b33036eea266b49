"""How are the answers of an application read by people?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lodestar.domain.applications.models import RoleInCohort
from lodestar.web.common.choices import city_of, language_names


@dataclass(frozen=True)
class Told:
    """One answer under its question, in words; `step` is where it is changed."""

    question: str
    lines: list[str]
    step: str


def told(role: str, answers: Mapping[str, Any]) -> list[Told]:
    """Return what was answered, in the order of the form; what was left blank is not shown."""
    is_mentor = role == RoleInCohort.MENTOR
    found = [
        Told(
            _("Can help with") if is_mentor else _("Would like help with"),
            topics(answers),
            "topics",
        ),
        Told(_("Places for mentees"), texts(answers, "capacity"), "topics"),
        Told(_("Own words"), texts(answers, "about"), "words"),
        Told(
            _("As a mentor") if is_mentor else _("Would like somebody"),
            styles(answers, is_mentor=is_mentor),
            "words",
        ),
        Told(_("Hours a month"), texts(answers, "hours_per_month"), "words"),
        Told(_("Gender, by their own wish"), texts(answers, "gender"), "words"),
        Told(_("Class year"), texts(answers, "class_year"), "you"),
        Told(_("Place"), joined(answers, "city", "country"), "you"),
        Told(_("Time zone"), [city_of(z) for z in texts(answers, "time_zone")], "you"),
        Told(_("Languages"), language_names(answers.get("languages", [])), "you"),
        Told(_("Work"), joined(answers, "function", "industry"), "you"),
        Told(_("Studied"), texts(answers, "field_of_study"), "you"),
    ]
    return [answer for answer in found if answer.lines]


def told_in_lines(role: str, answers: Mapping[str, Any]) -> list[str]:
    """Return what was answered in one sentence each, for a letter."""
    return [f"{each.question}: {', '.join(each.lines)}." for each in told(role, answers)]


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
