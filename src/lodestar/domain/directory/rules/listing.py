"""By what may a participant be found? Only by what they let others read."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.languages import LANGUAGES
from lodestar.domain.matching.rules.vocabulary import STEP
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.asked import ASKED, is_field_shown, shown_from
from lodestar.engine.answers.values import path_of, plain, values_of
from lodestar.engine.matching.problem import Answer

READ = (
    "topics", "about", "function", "industry", "employer", "field_of_study", "class_year",
    "years_of_experience", "city", "country", "region", "time_zone", "languages", "style",
    "hours_per_month", "gender", "gender_matters",
)  # fmt: skip
RULED = ("languages", "time_zone", "employer", "years_of_experience")
SHORT = (
    "topics", "function", "industry", "employer", "field_of_study", "city", "country", "region",
)  # fmt: skip
# Under which kind of filter the answer to a field stands; paths stand there with all their beginnings.
KINDS: Mapping[str, str] = {
    "topics": "topic",
    "function": "work",
    "industry": "industry",
    "field_of_study": "study",
    "place": "place",
    "languages": "language",
    "style": "style",
}
LONGEST_TERM = 120


def policy_of(design: Design) -> str:
    """Return what a design lets be read, in one letter for each answer."""
    return "".join(shown_from(design, asked.name)[1] for asked in ASKED)


def open_answers(participant: Participant, shown: Collection[str]) -> dict[str, Any]:
    """Return those answers of the form that others read."""
    said = participant.answers
    return {name: said[name] for name in READ if name in said and is_field_shown(name, shown)}


def profile_of(read: Mapping[str, Answer]) -> dict[str, Any]:
    """Return what matching compares, as plain data; own words are found, but not compared here."""
    return {name: kept(value) for name, value in read.items() if name != "about"}


def kept(value: Answer) -> object:
    return list(value) if isinstance(value, tuple) else value


def ruled_of(read: Mapping[str, Answer], fields: Iterable[str]) -> dict[str, Any]:
    """Return what the rules of a design read of somebody, whether others may read it or not."""
    return {name: kept(read[name]) for name in {*RULED, *fields} if name in read}


def terms_of(profile: Mapping[str, Any]) -> dict[str, str]:
    """Return what one can filter by, each with what it is called.

    >>> terms_of({"languages": ["sw"], "industry": "Health > Care"})
    {'industry:health': 'Health', 'industry:health > care': 'Care', 'language:sw': 'sw'}
    """
    found: dict[str, str] = {}
    for field, kind in KINDS.items():
        for value in values_of(answer_in(profile.get(field))):
            for term, label in steps_of(kind, value):
                found.setdefault(term, label)
    return found


def answer_in(value: Any) -> Answer:
    """Return a stored answer as the engine reads it."""
    answer: Answer = tuple(value) if isinstance(value, list) else value
    return answer


def steps_of(kind: str, value: str) -> list[tuple[str, str]]:
    """Return a path's beginnings as terms, with the last step of each."""
    steps = [step.strip() for step in value.split(STEP.strip()) if step.strip()]
    return [
        (term_of(kind, STEP.join(steps[:end])), steps[end - 1]) for end in range(1, len(steps) + 1)
    ]


def term_of(kind: str, value: str) -> str:
    """Return a value as it is compared; what others write into an address becomes the same.

    >>> term_of("topic", " Web Development >  Front end")
    'topic:web development > front end'
    """
    value = value.replace("\x00", "")
    return f"{kind}:{STEP.join(path_of(value)) or plain(value)}"[:LONGEST_TERM]


def short_texts(name: str, answers: Mapping[str, Any], profile: Mapping[str, Any]) -> list[str]:
    """Return the words by which somebody is found, those in which a typing mistake is forgiven."""
    written = [value for field in SHORT for value in values_of(answer_in(answers.get(field)))]
    usual = [value for field in KINDS for value in values_of(answer_in(profile.get(field)))]
    languages = [
        LANGUAGES.get(code, code) for code in values_of(answer_in(profile.get("languages")))
    ]
    return [name, *dict.fromkeys([*written, *usual, *languages])]
