"""Makes up cohorts of any size for benchmarks: six families, each hard in its own way."""

import random
from collections.abc import Sequence

from lodestar.engine.answers.industries import INDUSTRIES
from lodestar.engine.answers.roles import ROLES
from lodestar.engine.matching.defaults import CRITERIA
from lodestar.engine.matching.problem import (
    Constraint,
    ConstraintKind,
    Criterion,
    CriterionKind,
    Design,
    Mentee,
    Mentor,
    Objective,
    TextMethod,
)

FAMILIES = ("realistic", "scarce", "popular", "ties", "geotight", "abundant")
BRANCHES = ("Career", "Technology", "Science", "Business", "Arts", "Health", "Law", "Teaching")
TOPICS = [f"{branch} > topic {n}" for branch in BRANCHES for n in range(8)]
ZONES = (
    "America/Los_Angeles", "America/New_York", "America/Sao_Paulo", "Europe/London", "Europe/Berlin",
    "Africa/Lagos", "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney",
)  # fmt: skip
LANGUAGES = ("English", "Spanish", "Portuguese", "French", "German", "Hindi", "Japanese", "Arabic")
STUDIES = [f"{field} > {kind}" for field in BRANCHES for kind in ("theory", "practice", "history")]
PLACES = [
    f"part {p} > country {c} > city {t}" for p in range(5) for c in range(6) for t in range(8)
]
CLOCK = Constraint("clocks", ConstraintKind.MAX_HOURS_APART, 2)
LANGUAGE = Constraint("language", ConstraintKind.COMMON_LANGUAGE)


def cohort(
    family: str,
    mentees: int,
    mentors: int,
    seed: int = 1,
    *,
    method: TextMethod = TextMethod.THEMES,
) -> tuple[list[Mentee], list[Mentor], Design]:
    """Return a made-up cohort of one family; the same for the same arguments."""
    draw = random.Random(f"{family} {mentees} {mentors} {seed}")
    told = [Mentee(f"E{n}", answers(draw, family, is_mentor=False)) for n in range(mentees)]
    places = capacities(draw, family, mentees, mentors)
    offered = [
        Mentor(f"M{n}", answers(draw, family, is_mentor=True), places[n]) for n in range(mentors)
    ]
    return told, offered, design_of(family, method)


def capacities(draw: random.Random, family: str, mentees: int, mentors: int) -> list[int]:
    most = {"scarce": 2, "abundant": 5}.get(family, 3)
    drawn = [draw.randint(1, most) for _ in range(mentors)]
    if family == "scarce":
        wanted = mentees // 2
        while sum(drawn) > wanted:
            drawn[draw.randrange(mentors)] = draw.randint(0, 1)
    return drawn


def answers(draw: random.Random, family: str, *, is_mentor: bool) -> dict[str, object]:
    if family == "ties":
        return {"topics": (draw.choice(TOPICS[:6]),), "industry": f"field {draw.randint(1, 4)}"}
    main = draw.randrange(len(BRANCHES))
    own = TOPICS[8 * main : 8 * main + 8]
    wanted = TOPICS[:4] if family == "popular" and not is_mentor else [*own, *own, *TOPICS]
    named = dict.fromkeys(draw.choices(wanted, k=draw.randint(2, 6 if is_mentor else 4)))
    said: dict[str, object] = {
        "topics": {topic: draw.randint(1, 3) for topic in named},
        "industry": draw.choice(list(INDUSTRIES.table)),
        "role": draw.choice(list(ROLES.table)),
        "field_of_study": draw.choice(STUDIES[3 * main : 3 * main + 3] + STUDIES),
        "years": draw.randint(6, 35) if is_mentor else draw.randint(0, 8),
        "place": draw.choice(PLACES),
        "time_zone": draw.choice(ZONES),
        "languages": tuple(dict.fromkeys(draw.choices(LANGUAGES, (6, 3, 2, 2, 2, 2, 1, 1), k=2))),
        "about": sentence(draw, main),
    }
    return {field: answer for field, answer in said.items() if draw.random() < 0.93}


def sentence(draw: random.Random, main: int) -> str:
    words = [f"{BRANCHES[main].lower()}{draw.randrange(60)}" for _ in range(18)]
    return " ".join([*words, *(f"common{draw.randrange(400)}" for _ in range(18))])


def design_of(family: str, method: TextMethod) -> Design:
    criteria: Sequence[Criterion] = [
        criterion
        if criterion.kind is not CriterionKind.TEXT
        else Criterion("about", CriterionKind.TEXT, "about", "about", 10, method=method)
        for criterion in CRITERIA
        if criterion.kind is not CriterionKind.OPT_IN
    ]
    if family == "ties":
        criteria = [criterion for criterion in CRITERIA if criterion.name in ("topics", "industry")]
    rules = (CLOCK, LANGUAGE) if family == "geotight" else ()
    return Design(criteria=tuple(criteria), constraints=rules, objective=Objective.SERVED, floor=0)
