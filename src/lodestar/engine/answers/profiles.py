"""What does a person's row of text say that matching can compare?"""

import re
from collections.abc import Callable, Mapping, Sequence

from lodestar.engine.answers.industries import INDUSTRIES
from lodestar.engine.answers.places import place_path, time_zone_of, zone_named
from lodestar.engine.answers.roles import ROLES
from lodestar.engine.answers.studies import field_path
from lodestar.engine.answers.topics import topic_of
from lodestar.engine.answers.values import MIDDLE_STRENGTH, number_of, plain, values_of
from lodestar.engine.matching.problem import Answer
from lodestar.engine.tables.values import year_in

IN_FAMILIES = ("industry", "role", "field_of_study")
AS_WRITTEN = "_as_written"
NO_ANSWER = frozenset(
    ("-", "–", "?", "n/a", "na", "none", "other", "not applicable", "prefer not to answer")
)
STRENGTH = re.compile(
    r"^(?P<topic>.+?)\s*[(:=]\s*(?P<strength>[1-3]|low|medium|high)\s*\)?$", re.IGNORECASE
)
IN_WORDS = {"low": 1, "medium": 2, "high": 3}
MONTHS = re.compile(
    r"\s*(?P<months>\d+)\s*(?:months?|mos?|monate?|mois|meses|mesi)\b", re.IGNORECASE
)
MOST_YEARS = 100


def split_list(text: str, *, commas: bool = False) -> tuple[str, ...]:
    """Return the values of a cell parted by ; or | or new lines (and by commas where asked).

    >>> split_list("Salary; Interviews ;"), split_list("German, French", commas=True)
    (('Salary', 'Interviews'), ('German', 'French'))
    """
    parts = re.split(r"[;|\n]+" if not commas or ";" in text else r"[;|\n,]+", text)
    return tuple(part.strip() for part in parts if part.strip())


def topics_from(text: str) -> Answer:
    """Return topics in order, or with strengths where the cell states any; `;` parts them.

    >>> topics_from("Salary (3); Front-End Web Developer: 1")
    {'Salary': 3, 'Web development': 1}
    """
    return usual_topics(topics_of(split_list(text)))


def topics_of(parts: Sequence[str]) -> Answer:
    """Return topics as they were written, with strengths where any of them states one.

    >>> topics_of(["Salary (3)", "Law"]), topics_of(["Law"])
    ({'Salary': 3, 'Law': 2}, ('Law',))
    """
    stated = [STRENGTH.match(part) for part in parts]
    if not any(stated):
        return tuple(dict.fromkeys(parts))
    return {
        found["topic"] if found else part: _strength(found["strength"])
        if found
        else MIDDLE_STRENGTH
        for part, found in zip(parts, stated, strict=True)
    }


def _strength(said: str) -> int:
    return IN_WORDS.get(said.casefold()) or int(said)


def usual_topics(answer: Answer) -> Answer:
    """Return topics by their usual names."""
    if isinstance(answer, Mapping):
        return {topic_of(topic): strength for topic, strength in answer.items()}
    return tuple(dict.fromkeys(topic_of(topic) for topic in values_of(answer)))


def industry_from(text: str) -> Answer:
    """Return the path of an industry, or its own words where the table knows none."""
    return INDUSTRIES.path(text) or text.replace(">", " ")


def role_from(text: str) -> Answer:
    """Return the path of a role; unknown titles stay as they are."""
    return ROLES.path(text) or text.replace(">", " ")


def years_from(text: str) -> int | None:
    """Return whole years of experience; what can't be a number of years says none.

    >>> [years_from(text) for text in ("5-7 years", "18 months", "2 years 6 months", "2015")]
    [6, 1, 2, None]
    """
    if found := MONTHS.match(text):
        return int(found["months"][:4]) // 12
    years = number_of(text)
    return years if years is not None and years <= MOST_YEARS else None


READERS: Mapping[str, Callable[[str], Answer]] = {
    "topics": topics_from,
    "industry": industry_from,
    "role": role_from,
    "years": years_from,
    "years_in_field": years_from,
    "class_year": year_in,
    "field_of_study": field_path,
    "languages": lambda text: split_list(text, commas=True),
    "identity": lambda text: split_list(text, commas=True),
    "about": str,
    "time_zone": zone_named,
}


def answers_from(cells: Mapping[str, str]) -> dict[str, Answer]:
    """Return a person's answers by field from their row of text by field.

    The time zone and the place come from country, region and city where no zone is stated; a
    career goal stands in for the topics and leads the role where there is one.

    >>> sorted(answers_from({"country": "UK", "years": "5-7 years"}).items())
    [('country', 'UK'), ('place', 'Europe > United Kingdom'), ('time_zone', 'Europe/London'), ('years', 6)]
    """
    said = {field: cell.strip() for field, cell in cells.items() if is_answer(cell)}
    found: dict[str, Answer] = {}
    for field, cell in said.items():
        read = READERS.get(field)
        found[field] = read(cell) if read else _values(cell)
        if field in IN_FAMILIES:
            found[field + AS_WRITTEN] = cell
    if goal := said.get("goal"):
        found.setdefault("topics", topics_from(goal))
        found["role"] = role_from(split_list(goal)[0])
    country, region = said.get("country", ""), said.get("region", "")
    region = split_list(region)[0] if region else ""
    found["time_zone"] = found.get("time_zone") or time_zone_of(country, region)
    found.setdefault("place", place_path(country, region, said.get("city", "")))
    return {field: answer for field, answer in found.items() if answer not in (None, "", ())}


def is_answer(cell: str) -> bool:
    """Whether a cell says anything: neither blank nor a word for nothing."""
    return bool(cell.strip()) and plain(cell) not in NO_ANSWER


def _values(cell: str) -> Answer:
    values = split_list(cell)
    return values if len(values) > 1 else cell
