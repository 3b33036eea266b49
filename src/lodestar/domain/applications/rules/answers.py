"""Which answers does an application hold, and in which form?"""

from collections.abc import Callable, Mapping
from datetime import date

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.common.languages import language_code
from lodestar.domain.forms.rules import Form, Question, counted, says_something, visible
from lodestar.domain.forms.rules import cleaned as cleaned_own
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.rules.asked import form_of
from lodestar.engine.answers.places import zone_named
from lodestar.engine.answers.profiles import topics_of

Answers = dict[str, object]

MOST_TOPICS_OF_A_MENTEE = 6
MOST_VALUES = 40
LONGEST_WORD = 200
LONGEST_TEXT = 2000
STRONGEST = 3
STYLES = ("listens", "challenges", "opens_doors", "teaches")
BOTH_SIDES = (
    "topics", "industry", "function", "employer", "field_of_study", "languages", "time_zone",
    "country", "region", "city", "years_of_experience", "class_year", "about", "style", "hours_per_month",
    "gender", "gender_matters", "matching_consent",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1900, 2100


def answer_names(role: str, form: Form = ()) -> tuple[str, ...]:
    usual = (*BOTH_SIDES, "capacity") if role == RoleInCohort.MENTOR else BOTH_SIDES
    return (*usual, *(each.key for each in form if each.is_own and each.is_asked_of(role)))


def cleaned(role: str, answers: Mapping[str, object], form: Form = ()) -> Answers:
    """Return the answers this role gives in their one form; unknown and blank ones are left out.

    With the questions of a program's own form, the answers to these are kept too.

    >>> cleaned("mentee", {"topics": ["Interviews", " "], "city": " ", "shoe_size": 4})
    {'topics': ['Interviews']}
    """
    found = {
        name: FORMS.get(name, word)(answers[name]) for name in answer_names(role) if name in answers
    }
    if "topics" in answers:
        wish = strengths if role == RoleInCohort.MENTOR else ranked
        found["topics"] = wish(answers["topics"])
    if not found.get("gender_matters"):
        found.pop("gender", None)
    for question in form:
        if question.is_own and question.is_asked_of(role) and question.key in answers:
            found[question.key] = cleaned_own(question, answers[question.key])
    return {name: value for name, value in found.items() if says_something(value)}


def word(value: object) -> object:
    return str(value).replace("\x00", "").strip()[:LONGEST_WORD] if value is not None else ""


def text(value: object) -> object:
    return str(value).replace("\x00", "").strip()[:LONGEST_TEXT] if value is not None else ""


def words(value: object) -> object:
    values = value if isinstance(value, list | tuple) else [value]
    return list(dict.fromkeys(filter(None, (str(word(v)) for v in values))))[:MOST_VALUES]


def spoken(value: object) -> object:
    """Languages by their codes, so that everybody who speaks one says the same."""
    return list(dict.fromkeys(language_code(name) for name in _listed(value)))


def ways(value: object) -> object:
    """Ways of being a mentor, of which there are four."""
    names = [name.casefold().replace(" ", "_") for name in _listed(value)]
    return [name for name in dict.fromkeys(names) if name in STYLES]


def number(value: object) -> object:
    try:
        return max(0, min(LAST_YEAR, int(float(str(value)))))
    except (ValueError, OverflowError):
        return None


def year(value: object) -> object:
    found = number(value)
    return found if isinstance(found, int) and FIRST_YEAR <= found <= LAST_YEAR else None


def ranked(value: object) -> object:
    """A mentee's topics, the most important first."""
    if isinstance(value, Mapping):
        pairs = sorted(value.items(), key=lambda pair: -int(str(number(pair[1]) or 0)))
        value = [name for name, _strength in pairs]
    names = words(value)
    return names[:MOST_TOPICS_OF_A_MENTEE] if isinstance(names, list) else []


def strengths(value: object) -> object:
    """A mentor's topics, each with a strength of 1 to 3."""
    stated = value if isinstance(value, Mapping) else dict.fromkeys(_listed(value), 2)
    pairs = ((str(word(name)), number(strength)) for name, strength in stated.items())
    return {
        name: max(1, min(STRONGEST, strength if isinstance(strength, int) else 2))
        for name, strength in list(pairs)[:MOST_VALUES]
        if name
    }


def _listed(value: object) -> list[str]:
    names = words(value)
    return names if isinstance(names, list) else []


FORMS: dict[str, Callable[[object], object]] = {
    "about": text,
    "languages": spoken,
    "style": ways,
    "class_year": year,
    "years_of_experience": number,
    "hours_per_month": number,
    "capacity": number,
    "gender_matters": bool,
    "matching_consent": bool,
}


def for_matching(answers: Mapping[str, object], on: date) -> Answers:
    """Return the answers as a participant keeps them, with what follows from them.

    The place is a path from country to city, and whoever told only a class year has as many
    years of experience as have passed since.

    >>> for_matching({"country": "Kenya", "city": "Nairobi"}, date(2026, 1, 1))["place"]
    'Kenya > Nairobi'
    """
    kept = dict(answers)
    place = [str(answers[name]) for name in ("country", "city") if answers.get(name)]
    if answers.get("country"):
        kept["place"] = " > ".join(place)
    class_year = answers.get("class_year")
    if "years_of_experience" not in kept and isinstance(class_year, int):
        kept["years_of_experience"] = max(0, on.year - class_year)
    return kept


def own_questions(cohort: Cohort, role: str) -> list[Question]:
    """Return the questions of the program's own that people of a role are asked."""
    return [each for each in form_of(cohort.design) if each.is_own and each.is_asked_of(role)]


def without_hidden(form: Form, role: str, answers: Mapping[str, object]) -> Answers:
    """Return answers without those to questions that branching hides; what was set aside stays aside.

    While somebody is still writing, hidden answers are kept, so that thinking again loses nothing.
    """
    shown = {name for question in visible(form, role, answers) for name in question.fields}
    hidden = {name for question in form for name in question.fields if question.condition} - shown
    return {name: value for name, value in answers.items() if name not in hidden}


def matched_by(design: Design, role: str, answers: Mapping[str, object], on: date) -> Answers:
    """Return what counts of an application: what its form asks of this person, as matching keeps it."""
    return for_matching(counted(form_of(design), role, answers), on)


def capacity_of(role: str, answers: Mapping[str, object], default: int, maximum: int) -> int:
    """A mentee takes one place; a mentor as many as they offer, within the design's limits."""
    if role != RoleInCohort.MENTOR:
        return 1
    offered = answers.get("capacity")
    return max(1, min(offered if isinstance(offered, int) else default, maximum))


FROM_ROW = {
    "industry": "industry",
    "job_title": "function",
    "employer": "employer",
    "languages": "languages",
    "time_zone": "time_zone",
    "country": "country",
    "state": "region",
    "city": "city",
    "style": "style",
    "years_of_experience": "years_of_experience",
    "hours": "hours_per_month",
    "capacity": "capacity",
    "about": "about",
}


def answers_of_row(person: Person, values: Mapping[str, object]) -> Answers:
    """Read answers off an imported row, and from the profile what the row does not say."""
    told: Answers = {
        "languages": person.languages,
        "time_zone": person.time_zone,
        "country": person.country,
        "region": person.state,
        "city": person.city,
        "class_year": person.class_year,
        "about": person.about,
    }
    said = {ours: values[theirs] for theirs, ours in FROM_ROW.items() if theirs in values}
    degrees = values.get("educations")
    fields = [d.get("field_of_study") for d in degrees] if isinstance(degrees, list) else []
    said["field_of_study"] = next(filter(None, fields), "")
    zone = str(said.get("time_zone", ""))
    said["time_zone"] = zone_named(zone) or zone
    said |= wishes_of_row(values)
    own = values.get("own")
    said |= own if isinstance(own, Mapping) else {}
    said = {name: value for name, value in said.items() if says_something(value)}
    return {name: value for name, value in (told | said).items() if says_something(value)}


def wishes_of_row(values: Mapping[str, object]) -> Answers:
    """Read what somebody looks for: a career goal stands in for topics and leads the kind of work.

    >>> wishes_of_row({"goal": ["Product manager"]})
    {'topics': ('Product manager',), 'function': 'Product manager'}
    """
    topics, goals = _listed(values.get("topics")), _listed(values.get("goal"))
    said: Answers = {"topics": topics_of(topics or goals)}
    return said | {"function": goals[0]} if goals else said
