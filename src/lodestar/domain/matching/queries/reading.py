"""What do a participant's answers say that the engine can compare?"""

from collections.abc import Callable, Mapping, Set
from typing import Any

from lodestar.domain.common.languages import language_code
from lodestar.domain.forms.rules import is_own_field
from lodestar.engine.answers.places import place_path, time_zone_of, zone_named
from lodestar.engine.answers.profiles import industry_from, is_answer, role_from, usual_topics
from lodestar.engine.answers.studies import field_path
from lodestar.engine.answers.values import values_of
from lodestar.engine.matching.problem import Answer

# People write the name of a trade in a hundred ways; the engine's tables bring them together.
PATHS: Mapping[str, Callable[[str], Answer]] = {
    "industry": industry_from,
    "function": role_from,
    "field_of_study": field_path,
}


def answers_of(answers: Mapping[str, Any], opt_in: Set[str] = frozenset()) -> dict[str, Answer]:
    """Return answers as the engine compares them.

    What needs a yes counts only where that yes was given. Trades become paths of a common table, and who
    told a country but no time zone gets the one of its capital.

    >>> answers_of({"gender": "woman", "country": "Kenya"}, {"gender"})["time_zone"]
    'Africa/Nairobi'
    """
    hidden = {name for name in opt_in if not answers.get(f"{name}_matters")}
    told = {name: value for name, value in answers.items() if name not in hidden}
    found = {
        name: answer_of(value)
        for name, value in told.items()
        if is_own_field(name) or not is_silent(value)
    }
    for name, path_from in PATHS.items():
        trade = found.get(name)
        if isinstance(trade, str) and " > " not in trade:
            found[name] = path_from(trade)
    if "topics" in found:
        found["topics"] = usual_topics(found["topics"])
    if "languages" in found:
        found["languages"] = tuple(map(language_code, values_of(found["languages"])))
    return found | where_of(found)


def where_of(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return clock and place, from country and region where no clock is told."""
    country, region, city = (str(answers.get(name) or "") for name in ("country", "region", "city"))
    zone = zone_named(str(answers.get("time_zone") or "")) or time_zone_of(country, region)
    place = place_path(country, region, city) or answers.get("place")
    return {name: value for name, value in (("time_zone", zone), ("place", place)) if value}


def is_silent(value: Any) -> bool:
    """Words such as "n/a" and "prefer not to answer" say nothing."""
    return isinstance(value, str) and not is_answer(value)


def answer_of(value: Any) -> Answer:
    if isinstance(value, list):
        return tuple(str(part) for part in value)
    if isinstance(value, dict):
        return {str(name): int(strength) for name, strength in value.items()}
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
