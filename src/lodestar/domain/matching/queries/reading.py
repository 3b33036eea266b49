"""What do a participant's answers say that the engine can compare?"""

from collections.abc import Callable, Mapping, Set
from typing import Any

from lodestar.engine.matching.places import place_path, time_zone_of
from lodestar.engine.matching.problem import Answer
from lodestar.engine.matching.profiles import industry_from, role_from
from lodestar.engine.matching.studies import field_path

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
    found = {name: answer_of(value) for name, value in answers.items() if name not in hidden}
    for name, path_from in PATHS.items():
        told = found.get(name)
        if isinstance(told, str) and told and " > " not in told:
            found[name] = path_from(told)
    country = str(answers.get("country") or "")
    if country:
        found["time_zone"] = found.get("time_zone") or time_zone_of(country)
        place = place_path(country, "", str(answers.get("city") or ""))
        found["place"] = place or found.get("place")
    return found


def answer_of(value: Any) -> Answer:
    if isinstance(value, list):
        return tuple(str(part) for part in value)
    if isinstance(value, dict):
        return {str(name): int(strength) for name, strength in value.items()}
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
